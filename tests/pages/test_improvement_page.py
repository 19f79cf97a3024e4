"""The improvement report in both languages, for every kind of data that agencies have."""

from __future__ import annotations

import re

import pytest

from ita_analysis.errors import DataError, UsageError
from ita_analysis.pages.improvement import ImprovementReport, improvement_report
from ita_analysis.pages.improvement_tables import published_tables
from ita_analysis.reports import Block
from ita_analysis.reports.mime import BLOCK_MIME, PLOTLY_MIME, REPORT_MIME
from ita_analysis.reports.tables import Table

METHODS = ("title", "headline", "key_figures", "dumbbells", "movements", "worth", "way",
           "measures", "notes", "close")  # fmt: skip
CASES = [
    ("example-agency", 2563),
    ("example-agency", 2564),
    ("example-agency", 2565),
    ("example-agency", 2566),
    ("nakhai-ubon", 2566),
    ("mean-trat-province", 2564),
    ("mean-uthai-thani-province", 2564),
    ("state-audit-office", 2568),
    ("kanchanaburi-province", 2565),
    ("unnamed-phichit-2564-6", 2564),
    ("mean-national", 2568),
    ("khao-tok", 2562),
]


def blocks(report: ImprovementReport) -> dict[str, Block]:
    return {name: getattr(report, name)() for name in METHODS}


def words_of(block: Block) -> str:
    html = " ".join(str(each.get("text/html", "")) for each in block.outputs)
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL))


def charts_of(block: Block) -> list[str]:
    return [each[BLOCK_MIME]["name"] for each in block.outputs if PLOTLY_MIME in each]


def page(agency_id: str, year: int, lang: str = "en") -> dict[str, str]:
    report = improvement_report(agency_id, year, lang)
    return {name: words_of(block) for name, block in blocks(report).items()}


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize(("agency_id", "year"), CASES)
def test_every_section_says_something_whole(agency_id: str, year: int, lang: str) -> None:
    report = improvement_report(agency_id, year, lang)
    for name, block in blocks(report).items():
        text = words_of(block)
        assert name == "close" or text.strip(), name
        wrong = re.findall(r"\b(?:nan|NaN|None|NaT)\b|&lt;NA&gt;|<NA>|\{\w+\}", text)
        assert not wrong, (name, wrong, text)
        for chart in (each[PLOTLY_MIME] for each in block.outputs if PLOTLY_MIME in each):
            assert any(len(trace.get("x", ())) for trace in chart["data"]), name
    for frame in published_tables(report.result, agency_id).values():
        Table.of(frame).payload()
        assert list(frame.columns[:2]) == ["agency_id", "fiscal_year_be"]


@pytest.mark.parametrize(("lang", "words"), [("th", "ข้อมูลสังเคราะห์"), ("en", "synthetic data")])
def test_synthetic_data_are_said_to_be_at_the_top_and_under_each_figure(
    lang: str, words: str
) -> None:
    found = blocks(improvement_report("example-agency", 2566, lang))
    title = next(each for each in found["title"].outputs if REPORT_MIME in each)
    assert title[REPORT_MIME]["data_kind"] == "synthetic"
    feet = [
        each["text/html"]
        for block in found.values()
        for each in block.outputs
        if each.get(BLOCK_MIME, {}).get("kind") == "figure-foot"
    ]
    assert len(feet) == 2
    assert all(words in foot for foot in feet)


def test_score_up_and_rating_down_with_the_reason() -> None:
    text = page("example-agency", 2566)
    assert "89.81, 1.20 points more than in FY2565 (88.61)" in text["headline"]
    assert "Grade A; in FY2566: Pass" in text["headline"]
    assert "EIT is below 85.00" in text["headline"]
    assert "+0.86" in text["key_figures"]
    assert "OIT items alone do not reach" in text["way"]
    assert "+2.56" in text["way"]
    assert "10.2 (2.00 overall points per item, assumed)" in text["measures"]
    assert "256 days late" in text["measures"]


def test_the_shortest_way_names_the_items() -> None:
    text = page("example-agency", 2564)["way"]
    assert "At least 3 items are needed" in text
    assert "becomes 86.14 (proved)" in text
    assert "o42 มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน" in text
    assert "11 sets" in text


def test_a_register_without_scores_draws_no_empty_chart_and_says_how_to_add_them() -> None:
    found = blocks(improvement_report("nakhai-ubon", 2566, "en"))
    assert charts_of(found["dumbbells"]) == []
    assert charts_of(found["measures"]) == ["worth"]
    assert "14 measures aim at 3 of 10 indicators" in words_of(found["headline"])
    way = words_of(found["way"])
    assert "ita import-scores FILE" in way
    assert "agency_id, agency_name_th, fiscal_year_be, level, code, score_pct" in way
    measures = words_of(found["measures"])
    assert "0 of 2 obligations on time, at most 307 days late" in measures
    assert "after the OIT collection" in measures


def test_scores_without_a_register_have_no_stars_and_say_so() -> None:
    found = blocks(improvement_report("mean-trat-province", 2564, "en"))
    assert "There is no register of measures of FY2564" in words_of(found["headline"])
    assert "no indicator bears the ★" in words_of(found["dumbbells"])
    assert "means over many agencies" in words_of(found["headline"])
    chart = next(each[PLOTLY_MIME] for each in found["dumbbells"].outputs if PLOTLY_MIME in each)
    assert "aimed at" not in {trace.get("name") for trace in chart["data"]}


def test_totals_only_say_what_is_lacking_and_which_input_is_missing() -> None:
    text = page("state-audit-office", 2568)
    assert "every tool must reach 85.00" in text["way"]
    assert "no scores of indicators 1 to 10" in text["way"]
    assert "ita import-scores" in text["way"]
    kanchanaburi = page("kanchanaburi-province", 2565)
    assert "must gain 6.87 to reach 65.00" in kanchanaburi["way"]
    assert "+6.87" in kanchanaburi["key_figures"]


def test_published_oit_scores_are_explained() -> None:
    assert "1 missed in 9.1 (proved)" in page("unnamed-phichit-2564-6", 2564)["way"]


def test_no_sentence_claims_a_cause() -> None:
    for agency_id, year in CASES:
        text = " ".join(page(agency_id, year).values())
        assert not re.search(
            r"\b(?:because of|thanks to|led to|caused|due to) (?:the )?measures", text
        )
    text = page("example-agency", 2565)["movements"]
    assert "do not tell that a measure made a score change" in text


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(UsageError):
        improvement_report("no-such-agency", 2566)
    with pytest.raises(DataError) as error:
        improvement_report("nakhai-ubon", 2560)
    assert error.value.faults[0].code == "nothing_to_improve"
    assert "2566" in error.value.faults[0].remedy
