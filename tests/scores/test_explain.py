"""Which misses give a published score."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.errors import UsageError
from ita_analysis.frameworks import data_folder, load_framework
from ita_analysis.scores.explain import explain
from ita_analysis.scores.formula import oit_indicator_score
from ita_analysis.scores.load import load_score_file
from ita_analysis.scores.numbers import round_half_up


@pytest.mark.parametrize(
    ("indicator_no", "score", "misses"),
    [
        (9, "97.50", [{"9.2": 1}]),
        (9, "97.5", [{"9.2": 1}]),
        (9, "97.78", [{"9.1": 1}]),
        (9, "97.14", [{"9.3": 1}]),
        (9, "96.00", [{"9.5": 1}]),
        (9, "95.00", [{"9.4": 1}, {"9.2": 2}]),  # two explanations, fewest first
        (9, "93.50", [{"9.2": 1, "9.5": 1}]),
        (9, "100.00", [{}]),
        (10, "93.75", [{"10.1": 1}]),
        (10, "87.50", [{"10.1": 2}]),
        (10, "75.00", [{"10.2": 1}, {"10.1": 4}]),
        (9, "97.51", []),
        (10, "99.00", []),
    ],
)
def test_published_scores_of_2564(
    indicator_no: int, score: str, misses: list[dict[str, int]]
) -> None:
    found = explain(load_framework(2564), indicator_no, Decimal(score))
    assert [each.misses for each in found] == misses
    assert [each.n_misses for each in found] == [sum(each.values()) for each in misses]


def test_json() -> None:
    found = explain(load_framework(2564), 9, Decimal("97.50"))
    assert [each.as_json() for each in found] == [
        {"misses": {"9.2": 1}, "n_misses": 1, "score_pct": 97.5}
    ]


def test_every_published_oit_score_of_one_agency_is_explained() -> None:
    rows = load_score_file(data_folder() / "scores" / "published.csv").rows
    own = [
        row
        for row in rows
        if row.fiscal_year_be == 2564 and row.code in ("9", "10") and not row.is_mean
    ]
    assert len(own) == 12
    for row in own:
        assert explain(load_framework(2564), int(row.code), row.score_pct), row


@pytest.mark.parametrize(
    ("year", "indicator_no", "code"),
    [
        (2568, 9, "oit_rule_unknown"),
        (2563, 10, "oit_rule_unknown"),
        (2564, 3, "not_an_oit_indicator"),
        (2564, 11, "not_an_oit_indicator"),
    ],
)
def test_what_is_not_known_is_refused_by_name(year: int, indicator_no: int, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        explain(load_framework(year), indicator_no, Decimal(90))
    assert caught.value.faults[0].code == code


@pytest.mark.parametrize("score", ["101", "-1", "NaN", "Infinity"])
def test_a_score_that_is_none(score: str) -> None:
    with pytest.raises(UsageError):
        explain(load_framework(2564), 9, Decimal(score))


@given(st.sampled_from([2564, 2565, 2566]), st.sampled_from([9, 10]), st.data())
def test_against_brute_force(year: int, indicator_no: int, data: st.DataObject) -> None:
    framework = load_framework(year)
    subs = framework.sub_indicators_of(indicator_no)
    misses = {sub.code: data.draw(st.integers(0, min(3, sub.n_items or 0))) for sub in subs}
    score = round_half_up(oit_indicator_score(framework, indicator_no, misses))
    expected = set()
    for counts in product(*(range(min(4, sub.n_items or 0) + 1) for sub in subs)):
        if sum(counts) > 4:
            continue
        tried = dict(zip((sub.code for sub in subs), counts, strict=True))
        if round_half_up(oit_indicator_score(framework, indicator_no, tried)) == score:
            expected.add(counts)
    found = explain(framework, indicator_no, score)
    assert {tuple(each.misses.get(sub.code, 0) for sub in subs) for each in found} == expected
    assert [each.n_misses for each in found] == sorted(each.n_misses for each in found)
