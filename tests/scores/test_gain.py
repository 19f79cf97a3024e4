"""What things are worth, and the shortest way up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scores_small import ITEMS, small_framework

from ita_analysis.frameworks import Framework, load_framework
from ita_analysis.scores.formula import compute
from ita_analysis.scores.gain import room, worth, worth_of
from ita_analysis.scores.numbers import round_half_up
from ita_analysis.scores.rating import rate
from ita_analysis.scores.way import shortest_way

D = Decimal
scores = st.decimals(0, 100, places=2)


@pytest.mark.parametrize(
    ("year", "code", "points"),
    [
        (2564, "o42", "5.00"),
        (2564, "o43", "5.00"),
        (2564, "o34", "1.25"),
        (2564, "o25", "1.00"),
        (2564, "o29", "0.80"),
        (2564, "o18", "0.57"),
        (2564, "o10", "0.50"),
        (2564, "o1", "0.44"),
        (2566, "o42", "2.00"),
        (2566, "o39", "2.00"),
    ],
)
def test_what_a_missed_item_costs(year: int, code: str, points: str) -> None:
    found = worth_of(load_framework(year), code)
    assert found is not None
    assert round_half_up(found.points_full) == D(points)


def test_what_a_point_of_an_indicator_is_worth() -> None:
    rows = {row.code: row for row in worth(load_framework(2565)) if row.level == "indicator"}
    assert [float(rows[str(number)].points_per_point) for number in (1, 6, 9, 10)] == [
        0.06,
        0.1,
        0.2,
        0.2,
    ]
    assert rows["9"].basis == "assumed"


def test_items_have_no_worth_where_the_rule_is_unknown() -> None:
    levels = {row.level for row in worth(load_framework(2568))}
    assert levels == {"tool", "indicator"}


@pytest.mark.parametrize("year", [2564, 2566])
def test_worth_of_each_level_adds_up(year: int) -> None:
    rows = worth(load_framework(year))
    for level in ("tool", "indicator"):
        assert sum(row.points_full for row in rows if row.level == level) == 100
    for level in ("sub_indicator", "item"):
        assert sum(row.points_full for row in rows if row.level == level) == 40


def test_room() -> None:
    framework = load_framework(2566)
    computed = compute(framework, {"9": D(90), "10": D(50)})
    assert room(framework, computed) == {"9": 2, "10": 10, "OIT": 12}


def reaches(framework: Framework, values: dict[str, Decimal], target: str) -> bool:
    computed = compute(framework, values)
    tools = {code: computed.score(code) for code in ("IIT", "EIT", "OIT")}
    found = rate(framework, computed.score("overall"), tools).rating
    order = [band.code for band in framework.ratings.entries]
    return found is not None and order.index(found) <= order.index(target)


values_of_small = st.fixed_dictionaries(
    {"1": scores, "6": scores, **{item: st.sampled_from([D(0), D(100)]) for item in ITEMS}}
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([2565, 2566]), values_of_small)
def test_fewest_items_against_brute_force(year: int, values: dict[str, Decimal]) -> None:
    framework = small_framework(year)
    way = shortest_way(framework, values, limit=100)
    if way.target is None:
        return
    missed = [item for item in ITEMS if values[item] == 0]
    best: list[tuple[str, ...]] = []
    for size in range(len(missed) + 1):
        best = [
            chosen
            for chosen in combinations(missed, size)
            if reaches(framework, {**values, **dict.fromkeys(chosen, D(100))}, way.target)
        ]
        if best:
            break
    homes = {item.code: item.sub_indicator for item in framework.items.entries}
    expected = {tuple(sorted(str(homes[item]) for item in chosen)) for chosen in best}
    found = {
        tuple(sorted(code for code, count in each.mend.items() for _ in range(count)))
        for each in way.item_sets
    }
    assert found == expected
    assert way.n_item_sets == len(expected)


def plain(values: dict[str, Decimal]) -> dict[str, Decimal]:
    return {code: value for code, value in values.items() if code in ("1", "6", "9", "10")}


coarse = st.integers(0, 40).map(lambda number: D(number) * D("2.5"))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([2565, 2566]),
    st.fixed_dictionaries({"1": coarse, "6": coarse, "9": coarse, "10": coarse}),
)
def test_smallest_gains_against_brute_force(year: int, values: dict[str, Decimal]) -> None:
    framework = small_framework(year)
    step = D(20)
    way = shortest_way(framework, values, step=step)
    if way.target is None:
        return
    best: Decimal | None = None
    alone: dict[str, Decimal] = {}
    codes = list(values)
    for counts in product(*(range(int((100 - values[code]) / step) + 1) for code in codes)):
        raised = {
            code: values[code] + count * step for code, count in zip(codes, counts, strict=True)
        }
        if not reaches(framework, raised, way.target):
            continue
        total = sum(counts) * step
        best = total if best is None else min(best, total)
        used = [code for code, count in zip(codes, counts, strict=True) if count]
        if len(used) == 1:
            alone[used[0]] = min(alone.get(used[0], total), total)
    assert (way.least.total_points if way.least else None) == best
    assert {next(iter(each.gains)): each.total_points for each in way.single} == alone


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([2564, 2566]),
    st.fixed_dictionaries({str(number): scores for number in range(1, 11)}),
)
def test_gains_reach_the_target_and_no_less_does(year: int, values: dict[str, Decimal]) -> None:
    framework = load_framework(year)
    way = shortest_way(framework, values)
    if way.target is None:
        assert way.rating == framework.ratings.entries[0].code
        return
    for gains in (*way.single, *([way.least] if way.least else [])):
        raised = {code: value + gains.gains.get(code, D(0)) for code, value in values.items()}
        assert reaches(framework, raised, way.target)
        computed = compute(framework, raised).score("overall")
        assert gains.overall_pct == computed
        for code in gains.gains:
            less = {**raised, code: raised[code] - D("0.01")}
            assert not reaches(framework, less, way.target) or gains is way.least
    assert way.least is not None  # every rating can be reached
    if way.single:
        assert way.least.total_points <= way.single[0].total_points


def test_a_tool_below_its_floor_is_raised_first() -> None:
    framework = load_framework(2566)
    values = {str(number): D(96) for number in range(1, 11)} | {"6": D(60)}
    way = shortest_way(framework, values)
    assert (way.rating, way.target) == ("ผ่าน", "ผ่านดี")
    assert [(each.code, each.score_pct) for each in way.shortfalls] == [("EIT", D("84.00"))]
    assert way.least is not None
    assert way.least.gains == {"6": D("2.99")}  # EIT 84.9967 is published as 85.00
    assert {next(iter(each.gains)) for each in way.single} == {"6", "7", "8"}


def test_items_cannot_make_up_for_another_tool() -> None:
    framework = load_framework(2566)
    values = {str(number): D(96) for number in range(1, 9)} | {"6": D(60)}
    values |= {item.code: D(100) for item in framework.items.entries} | {"o42": D(0)}
    way = shortest_way(framework, values)
    assert way.n_missed == 1
    assert way.item_sets == ()


def test_nothing_is_said_where_scores_are_missing() -> None:
    way = shortest_way(load_framework(2566), {"overall": D(90), "9": D(80)})
    assert way.rating is None
    assert way.least is None
    assert way.n_missed is None
    lacking = {gap.code: gap.missing for gap in way.gaps}
    assert lacking["overall"] == ("IIT", "EIT", "OIT")
    assert lacking["indicators"] == ("1", "2", "3", "4", "5", "6", "7", "8", "10")


def test_choices_name_the_missed_items() -> None:
    framework = load_framework(2564)
    values = {str(number): D(90) for number in range(1, 9)}
    values |= {item.code: D(100) for item in framework.items.entries}
    values |= {"o42": D(0), "o43": D(0), "o1": D(0), "o34": D(0)}
    way = shortest_way(framework, values)
    assert (way.rating, way.target) == ("B", "A")
    assert way.n_missed == 4
    first = way.item_sets[0]
    assert first.mend == {"10.2": 1}
    assert first.choices == {"10.2": ("o42", "o43")}
    assert first.overall_pct == compute(framework, {**values, "o42": D(100)}).score("overall")
    assert first.rating == "A"
    assert Fraction(first.overall_pct) >= 85
