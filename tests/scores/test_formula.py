"""The score from its parts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scores_small import ITEMS, small_framework

from ita_analysis.frameworks import data_folder, load_framework
from ita_analysis.scores.checks import group_rows, values_of
from ita_analysis.scores.contributions import contributions
from ita_analysis.scores.formula import compute
from ita_analysis.scores.load import load_score_file
from ita_analysis.scores.numbers import round_half_up

scores = st.decimals(0, 100, places=2)
PUBLISHED = load_score_file(data_folder() / "scores" / "published.csv").rows
GROUPS = group_rows(PUBLISHED)


@pytest.mark.parametrize("agency", ["mean-trat-province", "mean-chanthaburi-province"])
@pytest.mark.parametrize("year", [2563, 2564])
def test_published_province_rows_recompute(agency: str, year: int) -> None:
    values = values_of(GROUPS[agency, year])
    assert len(values) == 11
    computed = compute(load_framework(year), values)
    overall = computed.score("overall")
    assert overall is not None
    assert abs(overall - values["overall"]) <= Decimal("0.01")
    assert computed.basis == "proved"


def test_overall_is_not_the_mean_of_the_indicators() -> None:
    values = values_of(GROUPS["mean-trat-province", 2564])
    indicators = [values[str(number)] for number in range(1, 11)]
    assert round_half_up(sum(map(Fraction, indicators), Fraction()) / 10) == Decimal("85.60")
    assert compute(load_framework(2564), values).score("overall") == Decimal("81.45")


def test_missing_parts_stay_missing_and_are_named() -> None:
    values = values_of(GROUPS["mean-uthai-thani-province", 2564])
    computed = compute(load_framework(2564), values)
    assert computed.score("overall") is None
    assert computed.score("IIT") == Decimal("91.68")  # as given: 4 and 5 are missing
    gaps = {gap.code: gap.missing for gap in computed.gaps}
    assert gaps["overall"] == ("EIT", "OIT")
    assert gaps["EIT"] == ("6", "7", "8")
    assert computed.basis is None


def test_items_do_not_count_where_the_rule_is_unknown() -> None:
    values = {f"o{number}": Decimal(100) for number in range(1, 29)}
    computed = compute(load_framework(2568), values)
    assert computed.score("9") is None
    unknown = {gap.code for gap in computed.gaps if gap.is_rule_unknown}
    assert unknown == {"9", "10"}


def test_items_make_sub_indicators_and_indicators() -> None:
    framework = load_framework(2564)
    values = {item.code: Decimal(100) for item in framework.items.entries}
    values["o10"] = values["o42"] = Decimal(0)
    computed = compute(framework, values)
    assert computed.score("9.2") == Decimal("87.50")
    assert computed.score("9") == Decimal("97.50")
    assert computed.score("10.2") == Decimal("50.00")
    assert computed.score("10") == Decimal("75.00")
    assert computed.score("OIT") == Decimal("86.25")


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("84.995", "85.00"), ("84.9949", "84.99"), ("0.005", "0.01"), ("-0.005", "-0.01")],
)
def test_a_half_is_rounded_up(value: str, rounded: str) -> None:
    assert round_half_up(Fraction(value)) == Decimal(rounded)


@given(st.fixed_dictionaries({str(number): scores for number in range(1, 11)}))
def test_overall_lies_between_the_tools(values: dict[str, Decimal]) -> None:
    computed = compute(load_framework(2566), values)
    tools = [computed.exact[code] for code in ("IIT", "EIT", "OIT")]
    assert min(tools) <= computed.exact["overall"] <= max(tools)


@given(
    st.fixed_dictionaries(
        {"1": scores, "6": scores, **{item: st.sampled_from([0, 100]) for item in ITEMS}}
    ),
    st.sampled_from(ITEMS),
)
def test_raising_an_item_never_lowers_the_score(values: dict[str, Decimal], item: str) -> None:
    framework = small_framework(2566)
    values = {code: Decimal(value) for code, value in values.items()}
    lower = compute(framework, {**values, item: Decimal(0)}).exact["overall"]
    higher = compute(framework, {**values, item: Decimal(100)}).exact["overall"]
    assert higher > lower


both = st.fixed_dictionaries({str(number): scores for number in range(1, 11)})


@given(both, both)
def test_contributions_add_up(first: dict[str, Decimal], second: dict[str, Decimal]) -> None:
    old, new = load_framework(2564), load_framework(2565)
    before, after = compute(old, first), compute(new, second)
    parts = contributions(old, before, new, after)
    change = after.exact["overall"] - before.exact["overall"]
    assert len(parts) == 10
    assert sum(part.overall_points for part in parts) == change
    assert sum(part.shown_points for part in parts) == round_half_up(change)
    assert all(
        abs(part.overall_points - Fraction(part.shown_points)) < Fraction(1, 50) for part in parts
    )


def test_contributions_by_tool_where_only_tools_are_known() -> None:
    framework = load_framework(2566)
    before = compute(framework, {"IIT": Decimal(80), "EIT": Decimal(80), "OIT": Decimal(80)})
    after = compute(framework, {"IIT": Decimal(90), "EIT": Decimal(80), "OIT": Decimal(75)})
    parts = contributions(framework, before, framework, after)
    assert [(part.code, part.shown_points) for part in parts] == [
        ("IIT", Decimal("3.00")),
        ("EIT", Decimal("0.00")),
        ("OIT", Decimal("-2.00")),
    ]


def test_no_contributions_without_both_scores() -> None:
    framework = load_framework(2566)
    half = compute(framework, {"IIT": Decimal(80)})
    full = compute(framework, {"IIT": Decimal(80), "EIT": Decimal(80), "OIT": Decimal(80)})
    assert contributions(framework, half, framework, full) == []
