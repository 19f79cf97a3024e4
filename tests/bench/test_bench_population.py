"""The invented country has the published mean and share of passed agencies, and nobody's name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ita_analysis.bench import page
from ita_analysis.bench.country import TEMPLATE_AGENCY
from ita_analysis.bench.population import (
    PASS_MARK,
    NationalYear,
    make_population,
    overall_scores,
    read_national,
)
from ita_analysis.frameworks.folders import data_folder
from ita_analysis.register.store import load_register

DATA = data_folder(None)
RANKS = [(number + 0.5) / 8300 for number in range(8300)]


@pytest.mark.parametrize(
    "year", read_national(DATA / "national.csv"), ids=lambda year: str(year.fiscal_year_be)
)
def test_scores_have_the_published_mean_and_share(year: NationalYear) -> None:
    scores = overall_scores(year, RANKS)
    assert sum(scores) / len(scores) == pytest.approx(year.mean_pct, abs=0.05)
    assert all(0 <= score <= 100 for score in scores)
    if year.passed is not None:
        passed = sum(score >= PASS_MARK for score in scores) / len(scores)
        assert passed == pytest.approx(year.passed, abs=0.001)


def test_the_same_seed_gives_the_same_country(tmp_path: Path) -> None:
    template = DATA / "registers" / TEMPLATE_AGENCY
    for name in ("a", "b"):
        make_population(tmp_path / name, DATA / "national.csv", template, 3)
    one, other = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.csv")}
        for n in ("a", "b")
    )
    assert one
    assert list(one.values()) == list(other.values())
    year = int(min(path.name for path in template.iterdir()))
    assert load_register("synthetic-00002", year, tmp_path / "a").measures


def test_parts_add_up_to_the_whole(tmp_path: Path) -> None:
    template = DATA / "registers" / TEMPLATE_AGENCY
    make_population(tmp_path, DATA / "national.csv", template, 5)
    with (tmp_path / "scores" / "synthetic.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["fiscal_year_be"] == "2566"]
    assert {row["data_kind"] for row in rows} == {"synthetic"}
    for agency in {row["agency_id"] for row in rows}:
        score = {r["code"]: float(r["score_pct"]) for r in rows if r["agency_id"] == agency}
        whole = 0.3 * score["IIT"] + 0.3 * score["EIT"] + 0.4 * score["OIT"]
        assert whole == pytest.approx(score["overall"], abs=0.02)
        assert max(score.values()) <= 100


def test_every_score_is_on_the_scale(tmp_path: Path) -> None:
    # Many enough that some agencies stand near the lower end.
    make_population(tmp_path, DATA / "national.csv", DATA / "registers" / TEMPLATE_AGENCY, 300)
    with (tmp_path / "scores" / "synthetic.csv").open(encoding="utf-8-sig", newline="") as file:
        scores = [float(row["score_pct"]) for row in csv.DictReader(file)]
    assert 0 <= min(scores) < 40
    assert 99 < max(scores) <= 100


def test_the_table_goes_between_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "home", lambda: tmp_path)
    (tmp_path / "docs").mkdir()
    path = tmp_path / "docs" / "benchmarks.md"
    path.write_text("# Benchmarks\n\nkept\n", encoding="utf-8")
    page.write_section("runner", "one")
    page.write_section("runner", "two\n")
    text = path.read_text(encoding="utf-8")
    assert text == "# Benchmarks\n\nkept\n\n<!-- runner: start -->\ntwo\n<!-- runner: end -->\n"
