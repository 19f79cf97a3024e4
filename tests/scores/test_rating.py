"""The rating by the year's bands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.frameworks import load_framework
from ita_analysis.scores.formula import compute
from ita_analysis.scores.rating import band_of, next_band, rate, shortfalls

D = Decimal
scores = st.decimals(0, 100, places=2)


@pytest.mark.parametrize(
    ("overall", "rating", "is_pass"),
    [
        ("100", "AA", True),
        ("95.00", "AA", True),
        ("94.99", "A", True),
        ("85.00", "A", True),
        ("84.99", "B", False),
        ("75.00", "B", False),
        ("65.00", "C", False),
        ("55.00", "D", False),
        ("50.00", "E", False),
        ("49.99", "F", False),
        ("0", "F", False),
    ],
)
@pytest.mark.parametrize("year", [2562, 2565])
def test_grades(year: int, overall: str, rating: str, is_pass: bool) -> None:
    found = rate(load_framework(year), D(overall))
    assert (found.rating, found.is_pass) == (rating, is_pass)


@pytest.mark.parametrize(
    ("overall", "tools", "rating"),
    [
        ("95.00", ("95", "95", "95"), "ผ่านดีเยี่ยม"),
        ("96.00", ("94.99", "100", "95"), "ผ่านดี"),
        ("94.99", ("95", "95", "95"), "ผ่านดี"),
        ("85.00", ("85", "85", "85"), "ผ่านดี"),
        ("94.64", ("98", "84.99", "99.4"), "ผ่าน"),
        ("85.00", ("84.99", "86", "85"), "ผ่าน"),
        ("84.99", ("100", "100", "63"), "ต้องปรับปรุง"),
        ("70.00", ("70", "70", "70"), "ต้องปรับปรุง"),
        ("69.99", ("70", "70", "70"), "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_ratings_from_2566(overall: str, tools: tuple[str, str, str], rating: str) -> None:
    found = rate(
        load_framework(2566),
        D(overall),
        dict(zip(("IIT", "EIT", "OIT"), map(D, tools), strict=True)),
    )
    assert found.rating == rating
    assert found.possible == (rating,)


def test_the_state_audit_office() -> None:
    """Its score rose from 92.43 to 94.64 and its rating fell, for EIT fell below 85."""
    before = rate(load_framework(2567), D("92.43"))
    assert before.rating is None
    assert before.possible == ("ผ่านดี", "ผ่าน")
    after = rate(load_framework(2568), D("94.64"))
    assert after.rating is None
    assert after.possible == ("ผ่านดี", "ผ่าน")
    assert after.is_pass is True
    assert rate(load_framework(2568), D("94.64"), {"EIT": D("84.5")}).rating == "ผ่าน"


def test_what_the_overall_score_still_allows() -> None:
    framework = load_framework(2566)
    # 96.00 leaves no tool below 86.67, so it cannot be ผ่าน
    assert rate(framework, D("96.00")).possible == ("ผ่านดีเยี่ยม", "ผ่านดี")
    only = rate(framework, D("99.81"))
    assert (only.rating, only.is_deduced) == ("ผ่านดีเยี่ยม", True)
    assert only.possible == ("ผ่านดีเยี่ยม",)
    # 85.00 with 100 in IIT leaves 78.57 for the weaker of the others
    assert rate(framework, D("85.00"), {"IIT": D("100")}).rating == "ผ่าน"
    assert rate(framework, D("84.00")).rating == "ต้องปรับปรุง"
    assert rate(framework, None).possible == tuple(band.code for band in framework.ratings.entries)
    assert rate(framework, None, {"EIT": D("50")}).possible == (
        "ผ่าน",
        "ต้องปรับปรุง",
        "ต้องปรับปรุงโดยด่วน",
    )


@given(st.fixed_dictionaries({"IIT": scores, "EIT": scores, "OIT": scores}), st.data())
def test_the_rating_is_among_the_possible_ones(
    tools: dict[str, Decimal], data: st.DataObject
) -> None:
    framework = load_framework(2566)
    overall = compute(framework, tools).score("overall")
    full = rate(framework, overall, tools)
    assert not full.is_deduced
    known = data.draw(st.sets(st.sampled_from(sorted(tools))))
    some = {code: tools[code] for code in known}
    with_some = rate(framework, overall, some)
    assert full.rating in with_some.possible
    assert with_some.rating in (None, full.rating)
    assert (with_some.rating is None) == (len(with_some.possible) > 1)
    assert full.rating in rate(framework, None, some).possible


@given(scores, scores)
def test_grades_are_monotone(first: Decimal, second: Decimal) -> None:
    framework = load_framework(2565)
    order = [band.code for band in framework.ratings.entries]
    low, high = sorted((first, second))
    assert order.index(rate(framework, high).possible[0]) <= order.index(
        rate(framework, low).possible[0]
    )


three = st.tuples(scores, scores, scores)


@given(three, three)
def test_higher_tools_never_rate_lower(
    first: tuple[Decimal, ...], second: tuple[Decimal, ...]
) -> None:
    framework = load_framework(2566)
    order = [band.code for band in framework.ratings.entries]
    places = []
    for one in (map(min, first, second), map(max, first, second)):
        tools = dict(zip(("IIT", "EIT", "OIT"), one, strict=True))
        found = rate(framework, compute(framework, tools).score("overall"), tools).rating
        assert found is not None
        places.append(order.index(found))
    assert places[1] <= places[0]


def test_next_band_and_shortfalls() -> None:
    framework = load_framework(2566)
    target = next_band(framework, "ผ่าน")
    assert target is not None
    assert target.code == "ผ่านดี"
    lacking = shortfalls(target, D("90"), {"IIT": D("99"), "EIT": D("80"), "OIT": D("92")})
    assert [(each.code, each.needed_pct) for each in lacking] == [("EIT", D(85))]
    assert next_band(framework, "ผ่านดีเยี่ยม") is None
    assert band_of(framework, "AA") is None
