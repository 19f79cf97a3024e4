"""The brief: a number that stands on two reports is the same number, and nothing is left out."""

from __future__ import annotations

from typing import Any

import pytest

from ita_analysis import (
    brief_report,
    compare_years_report,
    improvement_report,
    open_register,
    timeliness_report,
)
from ita_analysis.pages.brief import BriefReport
from ita_analysis.reports import Block
from ita_analysis.reports.mime import BLOCK_MIME, REPORT_MIME, TABLES_MIME
from ita_analysis.texts import LANGUAGES, load_texts

REGISTERS = [("nakhai-ubon", 2566), ("example-agency", 2566)]
SCORES = [("example-agency", 2566), ("khao-tok", 2562), ("mean-trat-province", 2564)]
ALL = sorted({*REGISTERS, *SCORES, ("example-agency", 2563), ("example-agency", 2564)})


def text_of(block: Block) -> str:
    return "\n".join(bundle["text/plain"] for bundle in block.outputs)


def whole(report: BriefReport) -> list[Block]:
    return [
        report.title(),
        report.key_figures(),
        report.actions(),
        report.lateness(),
        report.uncertain(),
        report.close(),
    ]


def card_lines(block: Block) -> set[str]:
    return {
        line
        for bundle in block.outputs
        if bundle[BLOCK_MIME]["kind"] == "cards"
        for line in bundle["text/plain"].splitlines()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("agency", "year"), SCORES)
def test_its_score_cards_are_those_of_the_comparison(agency: str, year: int, lang: str) -> None:
    detailed = compare_years_report(agency, year, lang)
    brief = brief_report(agency, year, lang)
    assert card_lines(detailed.key_figures()) <= card_lines(brief.key_figures())
    assert text_of(detailed.headline()).splitlines()
    assert brief.comparison is not None
    assert brief.comparison.years.equals(detailed.result.years)
    assert brief.comparison.changes.equals(detailed.result.changes)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("agency", "year"), REGISTERS)
def test_its_counts_are_those_of_the_timeliness_report(agency: str, year: int, lang: str) -> None:
    detailed = timeliness_report(open_register(agency, year), lang)
    brief = brief_report(agency, year, lang)
    say = load_texts(lang)
    mine = {line.split(" (")[0] for line in card_lines(brief.key_figures())}
    theirs = {line.split(" (")[0] for line in card_lines(detailed.key_figures())}
    for status in ("on_time", "late", "no_evidence"):
        line = f"{say(f'timeliness.card_{status}')}: {detailed.result.count('due', status)}"
        assert line in mine & theirs
    headline = text_of(detailed.headline()).splitlines()[0]
    assert headline in text_of(brief.lateness())


@pytest.mark.parametrize(("agency", "year"), ALL)
def test_its_worth_is_that_of_the_improvement_report(agency: str, year: int) -> None:
    detailed = improvement_report(agency, year).result
    brief = brief_report(agency, year)
    for row in brief.next_steps.to_dict("records"):
        if row["action_kind"] in {"measure", "due"}:
            found = detailed.measures.set_index("measure_no").loc[row["measure_no"]]
            name = "points_per_item" if row["worth_per"] == "item" else "points_per_point"
            assert row["worth_points"] == found[name]
        elif row["action_kind"] == "item":
            assert detailed.way is not None
            steps = detailed.way.steps.set_index("item_code")
            assert row["worth_points"] == steps.loc[row["item_code"], "gain_points"]
        else:
            assert detailed.way is not None
            gains = detailed.way.gains
            same = gains[
                (gains["way"] == "together") & (gains["indicator_no"] == row["indicator_no"])
            ]
            assert list(same["needed_pct"]) == [row["needed_pct"]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("agency", "year"), ALL)
def test_each_action_bears_its_worth(agency: str, year: int, lang: str) -> None:
    report = brief_report(agency, year, lang)
    html = "".join(bundle.get("text/html", "") for bundle in report.actions().outputs)
    say = load_texts(lang)
    assert html.count(f"<dt>{say('brief.fact_worth')}</dt>") == len(report.next_steps)
    # a value that rests on an assumed rule says so beside itself
    n_assumed = int((report.next_steps["rule_basis"] == "assumed").sum())
    steps = html.split("</ol>")[0]
    assert steps.count(f"({say('framework.basis.assumed')})</dd>") >= n_assumed


def test_what_to_add_is_said_where_there_is_nothing_to_do() -> None:
    text = text_of(brief_report("khao-tok", 2562, "en").actions())
    assert "The data cannot yet tell what to do first." in text
    assert "ita import FILE" in text
    assert "ita import-scores FILE" in text


def test_an_unscored_agency_says_so_first() -> None:
    text = text_of(brief_report("nakhai-ubon", 2566, "en").key_figures())
    assert text.startswith("The data hold no ITA scores of this agency")


@pytest.mark.parametrize("as_of", ["2022-10-01", "2023-01-15", "2023-04-30", "2023-09-30"])
@pytest.mark.parametrize(("agency", "year"), REGISTERS)
def test_on_any_day_of_the_year(agency: str, year: int, as_of: str) -> None:
    report = brief_report(agency, year, "th", as_of)
    for block in whole(report):
        text = text_of(block)
        for wrong in ("nan", "None", "<NA>", "NaT"):
            assert wrong not in text
    published = report.next_steps["published_date"].dropna()
    assert (published <= as_of).all()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("agency", "year"), ALL)
def test_nothing_missing_shows_as_a_programmers_word(agency: str, year: int, lang: str) -> None:
    for block in whole(brief_report(agency, year, lang)):
        text = text_of(block) + "".join(str(b.get("text/html", "")) for b in block.outputs[-1:])
        for wrong in (">nan<", ">None<", "<NA>", "NaT", "NaN"):
            assert wrong not in text


def test_title_and_table_for_programs() -> None:
    report = brief_report("example-agency", 2566)
    info: dict[str, Any] = report.title().outputs[1][REPORT_MIME]
    assert info["is_one_page"] is True
    assert info["data_kind"] == "synthetic"
    assert info["notebook"] == "brief"
    assert TABLES_MIME in report.close().outputs[0]
    assert report.next_steps["action_no"].tolist() == [1, 2, 3]
