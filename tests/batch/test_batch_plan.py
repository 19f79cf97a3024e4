"""Which reports the data give, and which day they speak for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ita_analysis.batch.holdings import Holdings
from ita_analysis.batch.notebooks import Notebook, find_notebooks
from ita_analysis.batch.parameters import Parameter
from ita_analysis.batch.plan import default_as_of, make_plan
from ita_analysis.batch.wishes import Wishes
from ita_analysis.errors import DataError, UsageError

TODAY = date(2023, 12, 1)
PARAMETERS = tuple(Parameter(name, ()) for name in ("agency_id", "fiscal_year", "lang", "as_of"))


def notebook(name: str, needs: str) -> Notebook:
    return Notebook(name, Path(f"{name}.ipynb"), needs, 1, PARAMETERS)


def keys(data: Path, *notebooks: Notebook, wishes: Wishes | None = None) -> list[str]:
    plan = make_plan(Holdings(data), notebooks, wishes or Wishes(), TODAY)
    return [task.key for task in plan]


def add_scores(data: Path) -> None:
    (data / "scores").mkdir()
    rows = "example-two,2566,overall\nexample-three,2564,overall\nno id,x,overall\n"
    (data / "scores" / "a.csv").write_text(
        "agency_id,fiscal_year_be,level\n" + rows, encoding="utf-8-sig"
    )


def test_everything_the_data_hold_is_planned_newest_first(data: Path) -> None:
    assert keys(data, notebook("n", "register")) == [
        "2566/example-one/n.th",
        "2566/example-two/n.th",
        "2565/example-one/n.th",
    ]


def test_each_notebook_gets_what_it_needs(data: Path) -> None:
    add_scores(data)
    both = "register_and_scores"
    assert keys(data, notebook("n", "scores")) == [
        "2566/example-two/n.th",
        "2564/example-three/n.th",
    ]
    assert keys(data, notebook("n", both)) == ["2566/example-two/n.th"]
    assert len(keys(data, notebook("n", "register_or_scores"))) == 4


def test_a_total_alone_is_no_ground_for_a_report_on_change_or_detail(data: Path) -> None:
    (data / "scores").mkdir()
    rows = [
        "total-only,2566,overall",
        "two-years,2565,overall",
        "two-years,2566,overall",
        "with-parts,2566,overall",
        "with-parts,2566,indicator",
    ]
    text = "\n".join(["agency_id,fiscal_year_be,level", *rows])
    (data / "scores" / "a.csv").write_text(text, encoding="utf-8-sig")
    assert keys(data, notebook("n", "scores_over_years")) == ["2566/two-years/n.th"]
    detailed = keys(data, notebook("n", "register_or_detailed_scores"))
    assert "2566/with-parts/n.th" in detailed
    assert "2566/example-one/n.th" in detailed
    assert not any("total-only" in key for key in detailed)


def test_choices_narrow_the_plan(data: Path) -> None:
    wishes = Wishes(years=((2564, 2565),), agencies=("example-one",), langs=("th", "en"))
    assert keys(data, notebook("n", "register"), wishes=wishes) == [
        "2565/example-one/n.en",
        "2565/example-one/n.th",  # last: the shared files are the Thai report's
    ]


@pytest.mark.parametrize(
    ("wishes", "code", "word"),
    [
        (Wishes(agencies=("example-won",)), "unknown_agency", "example-one"),
        (Wishes(years=((2590, 2591),)), "unknown_year", "2566"),
        (Wishes(notebooks=("m",)), "unknown_notebook", "n"),
        (Wishes(langs=("de",)), "unknown_language", "th"),
        (
            Wishes(years=((2565, 2565),), agencies=("example-two",)),
            "nothing_for_choice",
            "example-two 2566",
        ),
    ],
)
def test_unknown_names_are_answered_with_what_there_is(
    data: Path, wishes: Wishes, code: str, word: str
) -> None:
    with pytest.raises(UsageError) as caught:
        keys(data, notebook("n", "register"), wishes=wishes)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert word in caught.value.faults[0].remedy


def test_unknown_needs_are_refused(data: Path) -> None:
    with pytest.raises(UsageError, match="registers"):
        keys(data, notebook("n", "registers"))


def test_parameters_are_checked_before_anything_runs(
    data: Path, notebooks: Callable[..., Path]
) -> None:
    folder = notebooks("good", "other_parameters")
    with pytest.raises(UsageError) as caught:
        make_plan(Holdings(data), find_notebooks(folder), Wishes(), TODAY)
    assert {fault.place.file for fault in caught.value.faults} == {"other_parameters.ipynb"}


def test_no_data_is_a_fault_of_the_data(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        keys(tmp_path, notebook("n", "register"))


def test_register_folders_with_odd_names_are_not_passed_over(data: Path) -> None:
    odd = data / "registers" / "Example One" / "2023"
    odd.mkdir(parents=True)
    (odd / "measures.csv").touch()
    with pytest.raises(DataError, match="Example One/2023"):
        keys(data, notebook("n", "register"))


@pytest.mark.parametrize(
    ("today", "as_of"),
    [
        (date(2023, 10, 1), None),  # FY2566 is over: the register tells the day
        (date(2023, 9, 30), date(2023, 9, 30)),
        (date(2023, 2, 1), date(2023, 2, 1)),
        (date(2022, 2, 1), date(2022, 2, 1)),
    ],
)
def test_the_day_within_the_year_is_said_outright(today: date, as_of: date | None) -> None:
    assert default_as_of(2566, today) == as_of


def test_no_path_of_this_machine_is_a_parameter(data: Path) -> None:
    task = make_plan(Holdings(data), [notebook("n", "register")], Wishes(as_of=TODAY))[0]
    assert task.parameters == {
        "agency_id": "example-one",
        "fiscal_year": 2566,
        "lang": "th",
        "as_of": "2023-12-01",
    }
