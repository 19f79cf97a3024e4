"""The comparison of years as it is read: real agencies, the example, and what is missing."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ita_analysis import compare_years_report
from ita_analysis.errors import DataError, UsageError
from ita_analysis.frameworks import data_folder
from ita_analysis.pages.compare_years import CompareYearsReport
from ita_analysis.pages.compare_years_words import signed, year_spans
from ita_analysis.reports.block import Block
from ita_analysis.reports.mime import BLOCK_MIME, PLOTLY_MIME, REPORT_MIME, TABLES_MIME
from ita_analysis.reports.tables import Table
from ita_analysis.texts import load_texts

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "compare_years.ipynb"
CELLS = ("title", "headline", "key_figures", "score_lines", "tool_lines", "changes", "indicators",
         "rating_path", "against_national", "reading_notes", "close")  # fmt: skip
REAL = [
    ("mean-trat-province", 2564),
    ("state-audit-office", 2568),
    ("kanchanaburi-province", 2565),
    ("ngao-chiangrai", 2568),
    ("mean-national", 2568),
    ("mean-group-6", 2564),
    ("khao-samo-khon-lopburi", 2563),
    ("mean-uthai-thani-province", 2564),
    ("unnamed-phichit-2564-6", 2564),
]


def text_of(block: Block) -> str:
    """What a reader without charts reads: the HTML without its tags' names."""
    return "\n".join(str(bundle.get("text/html", "")) for bundle in block.outputs)


def plain_of(block: Block) -> str:
    return "\n".join(str(bundle.get("text/plain", "")) for bundle in block.outputs)


def charts_of(block: Block) -> list[str]:
    return [bundle[BLOCK_MIME]["name"] for bundle in block.outputs if PLOTLY_MIME in bundle]


def tables_of(report: CompareYearsReport) -> dict[str, pd.DataFrame]:
    payload = next(out[TABLES_MIME] for out in report.close().outputs if TABLES_MIME in out)
    return {name: Table.parse(table).frame() for name, table in payload.items()}


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize(("agency_id", "year"), REAL)
def test_every_cell_says_something_of_every_agency(agency_id: str, year: int, lang: str) -> None:
    report = compare_years_report(agency_id, year, lang)
    for name in CELLS[:-1]:
        block = getattr(report, name)()
        assert plain_of(block).strip(), name
        for word in ("nan", "<NA>", "None", "compare."):
            assert word not in text_of(block), (name, word)
    assert tables_of(report)["years"]["agency_id"].unique().tolist() == [agency_id]


def test_the_means_of_trat() -> None:
    report = compare_years_report("mean-trat-province", 2564, "en")
    head = text_of(report.headline())
    assert "means over many agencies" in head
    assert "81.45; it rose by 5.83 points since FY2563" in head
    cards = plain_of(report.key_figures())
    assert "Against the national change: −7.52" in cards
    assert charts_of(report.changes()) == ["split-2563-2564"]
    changes = text_of(report.changes())
    assert "indicator 10 Anti-corruption practice moved it most (+2.56)" in changes
    assert "The parts add up to +5.84, the published overall score changed by +5.83" in changes
    assert "score rule: 2563–2564 proved" in changes
    assert charts_of(report.indicators()) == ["indicators"]


def test_the_state_audit_office_falls_while_it_rises() -> None:
    report = compare_years_report("state-audit-office", 2568, "th")
    path = text_of(report.rating_path())
    assert "ปี 2567 ผ่านดี (ตามประกาศ)" in path
    assert "ระดับลดลงจากปี 2567 (ผ่านดี) ทั้งที่คะแนนรวมเพิ่มขึ้น 2.21 คะแนน" in path
    assert "จึงมีเครื่องมืออย่างน้อยหนึ่งที่ต่ำกว่า 85" in path
    assert "จึงไม่ทราบว่าเครื่องมือใด" in path
    assert charts_of(report.changes()) == []
    assert "จึงแยกไม่ได้" in text_of(report.changes())
    assert "0.77" in text_of(report.against_national())
    assert "คำนวณจากค่าที่ประกาศค่าอื่น" in text_of(report.against_national())


def test_a_province_is_not_named_twice_at_the_head() -> None:
    title = compare_years_report("kanchanaburi-province", 2565, "th").title()
    info = next(each[REPORT_MIME] for each in title.outputs if REPORT_MIME in each)
    assert (info["agency_name"], info["agency_place"]) == ("จังหวัดกาญจนบุรี", "")


def test_one_year_has_no_chart_but_its_place() -> None:
    report = compare_years_report("ngao-chiangrai", 2568, "en")
    for name in CELLS:
        assert charts_of(getattr(report, name)()) == [], name
    assert "5.24 points above the national mean (93.82)" in text_of(report.headline())
    assert "Only one year has an overall score" in text_of(report.score_lines())


def test_the_country_is_not_compared_with_itself() -> None:
    report = compare_years_report("mean-national", 2568, "en")
    assert "Against the national change" not in plain_of(report.key_figures())
    assert "national mean itself" in text_of(report.against_national())
    assert "FY2567: no data" in text_of(report.rating_path())
    assert charts_of(report.score_lines()) == ["score-lines"]


def test_parts_without_a_total_are_said_to_be_parts() -> None:
    report = compare_years_report("khao-samo-khon-lopburi", 2563, "en")
    assert "no overall score" in text_of(report.headline())
    assert "no overall score of this year" in plain_of(report.key_figures())
    assert "the overall score is not known" in text_of(report.rating_path())
    assert "indicator 4 Use of state property with 85.15" in text_of(report.indicators())


def test_synthetic_data_say_so_at_the_top_and_under_each_figure() -> None:
    for lang in ("th", "en"):
        report = compare_years_report("example-agency", 2566, lang)
        say = load_texts(lang)
        assert say("report.synthetic_warning") in text_of(report.title())
        figures = [
            block
            for name in ("score_lines", "tool_lines", "changes", "indicators")
            if charts_of(block := getattr(report, name)())
        ]
        assert len(figures) == 4
        for block in figures:
            assert say("compare.synthetic") in text_of(block)
        assert say("compare.card_score_published", year=2566) not in text_of(report.key_figures())


def test_the_example_falls_by_one_yardstick_while_its_score_rises() -> None:
    path = text_of(compare_years_report("example-agency", 2566, "en").rating_path())
    falls = "by the rule of FY2566 for both years the rating fell from “Pass, good” to “Pass”"
    assert f"{falls}, although the overall score rose by" in path


def test_tables_for_programs_begin_with_their_keys() -> None:
    found = tables_of(compare_years_report("mean-trat-province", 2564))
    assert list(found) == [
        "years", "indicator_scores", "changes", "contributions", "recomputed", "breaks",
    ]  # fmt: skip
    for name, frame in found.items():
        assert list(frame.columns[:2]) == ["agency_id", "fiscal_year_be"], name
    assert found["contributions"]["overall_points"].sum() == pytest.approx(5.83)
    assert len(found["indicator_scores"]) == 20


def test_every_column_has_a_heading_in_both_languages() -> None:
    found = tables_of(compare_years_report("example-agency", 2566))
    for lang in ("th", "en"):
        say = load_texts(lang)
        names = {column for frame in found.values() for column in frame.columns}
        assert [name for name in names if not say.has(f"columns.{name}")] == []
        assert [name for name in found if not say.has(f"report.tables.{name}")] == []


def test_the_day_it_speaks_for() -> None:
    report = compare_years_report("mean-trat-province", 2564, as_of="2021-12-31")
    assert report.as_of == dt.date(2021, 12, 31)
    assert compare_years_report("mean-trat-province", 2564).as_of == dt.date(2021, 9, 30)


def test_a_year_after_the_last_one_is_said_to_be_missing() -> None:
    report = compare_years_report("mean-trat-province", 2566, "en")
    head = text_of(report.headline())
    assert "no score of FY2566; this report speaks of FY2564" in head


def test_a_year_before_the_first_one_names_the_years_there_are() -> None:
    with pytest.raises(DataError) as caught:
        compare_years_report("mean-trat-province", 2562)
    assert caught.value.faults[0].code == "no_scores_up_to_year"
    assert "2563, 2564" in caught.value.faults[0].remedy


def test_an_agency_that_is_not_listed() -> None:
    with pytest.raises(UsageError) as caught:
        compare_years_report("nobody", 2564)
    assert caught.value.faults[0].code == "agency_not_listed"


def test_peers_of_the_same_type_are_drawn_with_their_number(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(data_folder(), data, ignore=shutil.ignore_patterns("registers"))
    names = "agency_id,agency_name_th,fiscal_year_be,level,code,score_pct"
    head = f"{names},published_rating,data_kind,source\n"
    rows = [
        f"peer-{n},จังหวัดทดสอบ {n},2564,overall,overall,{60 + n}.00,,agency,t\n" for n in range(6)
    ]
    (data / "scores" / "peers.csv").write_text(head + "".join(rows), encoding="utf-8")
    with (data / "agencies.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"peer-{n},จังหวัดทดสอบ {n},,จังหวัด,,\n" for n in range(6))
    report = compare_years_report("kanchanaburi-province", 2565, "en", data_dir=data)
    words = text_of(report.score_lines())
    assert "2564 n=6" in words
    assert "fewer than 5" in words  # of FY2565, whose only other province is Narathiwat
    row = report.result.years.set_index("fiscal_year_be").loc[2564]
    assert (row["n_peers"], row["peer_p10_pct"], row["peer_p90_pct"]) == (6, 60.5, 64.5)


def test_the_notebook_runs_as_it_is() -> None:
    cells: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    shown = []
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        *lines, last = "".join(cell["source"]).splitlines()
        exec("\n".join(lines), names)  # the notebook's own lines
        if last.startswith("report."):
            shown.append(last.removeprefix("report.").removesuffix("()"))
            assert isinstance(eval(last, names), Block)
        else:
            exec(last, names)
    assert tuple(shown) == CELLS


def test_years_as_spans_and_points_with_their_sign() -> None:
    assert year_spans([2568, 2563, 2564, 2565]) == "2563–2565, 2568"
    assert [signed(points) for points in (1.005, -0.5, 0.0, -0.001)] == [
        "+1.00", "−0.50", "0.00", "0.00",
    ]  # fmt: skip
