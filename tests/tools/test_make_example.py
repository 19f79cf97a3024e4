"""The example agency: the shipped files are the generator's, and tell the story they promise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ita_analysis.frameworks import data_folder, load_framework
from ita_analysis.register.store import load_register
from ita_analysis.scores import ScoreAnswer, answer_scores, check_scores, load_score_file, rate
from tools import make_example

AGENCY = "example-agency"
YEARS = (2563, 2564, 2565, 2566)
DATA = data_folder()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the generator has just run, starting without the agency."""
    folder = tmp_path_factory.mktemp("made") / "data"
    shutil.copytree(DATA / "frameworks", folder / "frameworks")
    (folder / "scores").mkdir()
    lines = (DATA / "agencies.csv").read_text(encoding="utf-8-sig").splitlines()
    others = [line for line in lines if not line.startswith(f"{AGENCY},")]
    text = "\n".join(others) + "\n"
    (folder / "agencies.csv").write_text(text, encoding="utf-8-sig", newline="\n")
    make_example.main(str(folder))
    return folder


@pytest.fixture(scope="module")
def answers() -> dict[int, ScoreAnswer]:
    rows = load_score_file(DATA / "scores" / "example.csv").rows
    return {answer.fiscal_year_be: answer for answer in answer_scores(rows)}


SHIPPED = [
    "agencies.csv",
    "scores/example.csv",
    "scores/example.source.yml",
    *(
        f"registers/{AGENCY}/{year}/{name}"
        for year in YEARS
        for name in ("measures.csv", "obligations.csv", "source.yml")
    ),
]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_files_are_what_the_generator_makes(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == (DATA / name).read_bytes()


def test_running_it_again_changes_nothing(made: Path) -> None:
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    make_example.main(str(made))
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before


def test_the_scores_pass_the_checks(made: Path) -> None:
    checked = check_scores(None, made)
    assert not checked.faults
    assert {each.difference_points for each in checked.recomputed} == {0}


def test_four_years_whose_totals_follow_from_their_items(answers: dict[int, ScoreAnswer]) -> None:
    assert tuple(answers) == YEARS
    assert {answer.difference for answer in answers.values()} == {0}
    assert all(answer.rating == answer.published_rating for answer in answers.values())


def test_the_rating_falls_while_the_score_rises(answers: dict[int, ScoreAnswer]) -> None:
    before, after = answers[2565], answers[2566]
    assert before.overall is not None
    assert after.overall is not None
    assert after.overall > before.overall
    assert (before.rating, after.rating) == ("A", "ผ่าน")
    # Further from the best rating of its year, and lower than what the same rules had given.
    place = {
        year: [band.code for band in load_framework(year).ratings.entries].index(rating)
        for year, rating in ((2565, "A"), (2566, "ผ่าน"))
    }
    assert place[2566] > place[2565]
    assert rate(load_framework(2566), before.overall, before.tools).rating == "ผ่านดี"
    # The reason: one tool is below what the better rating asks for.
    low = [code for code, score in after.tools.items() if score is not None and score < 85]
    assert low == ["EIT"]


def test_survey_indicators_are_the_means_of_their_items() -> None:
    rows = load_score_file(DATA / "scores" / "example.csv").rows
    of_2566 = {row.code: row.score_pct for row in rows if row.fiscal_year_be == 2566}
    items = [of_2566[f"e{number}"] for number in range(6, 11)]
    assert len([code for code in of_2566 if code.startswith("i")]) == 30
    assert abs(sum(items) / 5 - of_2566["7"]) <= 0.005


@pytest.mark.parametrize("year", YEARS)
def test_registers_are_synthetic_and_fully_understood(year: int) -> None:
    register = load_register(AGENCY, year)
    assert register.source.data_kind == "synthetic"
    assert register.coverage.n_understood == register.coverage.n_phrases
    oit = [measure for measure in register.measures if measure.tool == "OIT"]
    assert oit
    assert all(measure.sub_indicator for measure in oit)
    assert "สังเคราะห์" in (register.agency.name_th or "")


def test_the_registers_hold_every_kind_of_obligation_and_gaps() -> None:
    measures = [each for year in YEARS for each in load_register(AGENCY, year).measures]
    kinds = {duty.kind for measure in measures for duty in measure.obligations}
    assert kinds == {"due", "recurring", "after_event", "continuous", "unscheduled"}
    assert any(measure.published_date is None for measure in measures)
    assert len({unit for measure in measures for unit in measure.responsible_units_th}) >= 4
