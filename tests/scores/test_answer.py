"""What the commands answer, and what an import writes."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from ita_analysis.errors import DataError, OutputError
from ita_analysis.frameworks import data_folder
from ita_analysis.scores import (
    answer_scores,
    check_scores,
    load_national,
    load_score_file,
    plan_import,
    write_import,
    write_rejects,
)
from ita_analysis.scores.model import COLUMNS

HEAD = "หน่วยงาน,ปีงบประมาณ,IIT,EIT,OIT,คะแนนรวม,ระดับ"


def wide(folder: Path, *lines: str, name: str = "wide.csv") -> Path:
    file = folder / name
    file.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    return file


def test_the_shipped_scores_are_without_fault() -> None:
    check = check_scores()
    assert check.faults == ()
    assert check.n_rows >= 111
    found = {
        (each.agency_id, each.fiscal_year_be): each.difference_points
        for each in check.recomputed
        if each.agency_id.startswith("mean-") and each.code == "overall"
    }
    assert found == {
        ("mean-trat-province", 2563): Decimal(0),
        ("mean-trat-province", 2564): Decimal(0),
        ("mean-chanthaburi-province", 2563): Decimal("-0.01"),
        ("mean-chanthaburi-province", 2564): Decimal(0),
    }
    assert all(each.is_within_rounding for each in check.recomputed)


def test_published_scores_keep_their_addresses() -> None:
    with (data_folder() / "scores" / "published.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 111
    assert tuple(rows[0]) == COLUMNS
    assert all(row["source"].startswith("https://") for row in rows)
    for row in rows:
        is_mean = "ภาพรวม" in row["agency_name_th"] or "ค่าเฉลี่ย" in row["agency_name_th"]
        assert (row["is_mean"] == "true") == is_mean == row["agency_id"].startswith("mean-")


def test_answers(tmp_path: Path) -> None:
    lines = (
        "อบต.ก,2566,96,84,99,93.60,ผ่าน",
        "อบต.ข,2566,,,,94.64,",
        "อบต.ค,2565,90,90,90,,",
        "อบต.ง,2566,90,,,,",
        "อบต.จ,2566,,,,99.06,",
    )
    answers = answer_scores(load_score_file(wide(tmp_path, *lines)).rows)
    records = [each.as_json() for each in answers]
    for record in records:
        record.pop("agency_id")
    assert records[0] == {
        "agency_name_th": "อบต.ก",
        "fiscal_year_be": 2566,
        "IIT": 96.0,
        "EIT": 84.0,
        "OIT": 99.0,
        "overall": 93.6,
        "rating": "ผ่าน",
        "possible_ratings": ["ผ่าน"],
        "published_overall": 93.6,
        "published_rating": "ผ่าน",
        "difference": 0.0,
        "basis": "assumed",
    }
    assert records[1] == {
        "agency_name_th": "อบต.ข",
        "fiscal_year_be": 2566,
        "IIT": None,
        "EIT": None,
        "OIT": None,
        "overall": None,
        "rating": None,
        "possible_ratings": ["ผ่านดี", "ผ่าน"],
        "published_overall": 94.64,
        "published_rating": None,
        "difference": None,
        "basis": None,
    }
    assert (records[2]["overall"], records[2]["rating"]) == (90.0, "A")
    assert records[2]["difference"] is None
    assert (records[3]["overall"], records[3]["rating"]) == (None, None)
    # 99.06 leaves no tool under 95: told, as in the comparison of years
    assert (records[4]["rating"], records[4]["possible_ratings"]) == (
        "ผ่านดีเยี่ยม",
        ["ผ่านดีเยี่ยม"],
    )
    gaps = {gap.code: gap.missing for gap in answers[3].gaps}
    assert gaps["overall"] == ("EIT", "OIT")


def test_the_published_score_decides_where_rounding_does(tmp_path: Path) -> None:
    # 0.3 x 84.98 + 0.3 x 85.00 + 0.4 x 85.00 = 84.994, published from unrounded parts as 85.00
    answer = answer_scores(load_score_file(wide(tmp_path, "ก,2565,84.98,85,85,85.00,A")).rows)[0]
    assert answer.overall == Decimal("84.99")
    assert answer.rating == "A"


def test_import_adds_and_then_has_nothing_to_do(data: Path, tmp_path: Path) -> None:
    file = wide(tmp_path, "อบต.นาคาย,2566,96,84,99,93.60,ผ่าน", "อบต.ใหม่,2566,90,90,90,90,ผ่านดี")
    plan = plan_import([file], data)
    assert plan.faults == ()
    assert (len(plan.added), len(plan.changed), len(plan.same)) == (8, 0, 0)
    assert plan.as_json()[0]["agency_id"] == "nakhai-ubon"
    assert [path.name for path in write_import(plan, data)] == ["imported.csv", "agencies.csv"]
    assert file.read_text(encoding="utf-8").startswith(HEAD)
    again = plan_import([file], data)
    assert (len(again.added), len(again.changed), len(again.same)) == (0, 0, 8)
    assert write_import(again, data) == []
    written = load_score_file(data / "scores" / "imported.csv", data)
    assert written.faults == ()
    assert written.new_agencies == {}  # the list of agencies has it now
    assert check_scores(data_dir=data).faults == ()


def test_import_may_change_what_was_imported(data: Path, tmp_path: Path) -> None:
    write_import(plan_import([wide(tmp_path, "อบต.นาคาย,2566,,,,90,")], data), data)
    plan = plan_import([wide(tmp_path, "อบต.นาคาย,2566,,,,91,")], data)
    assert [(old.score_pct, new.score_pct) for old, new in plan.changed] == [(90, 91)]
    write_import(plan, data)
    rows = load_score_file(data / "scores" / "imported.csv", data).rows
    assert [row.score_pct for row in rows] == [91]


def test_import_never_contradicts_another_file(data: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in (data / "scores").iterdir())
    plan = plan_import([wide(tmp_path, "สำนักงานการตรวจเงินแผ่นดิน,2568,,,,94.65,ผ่าน")], data)
    assert [each.code for each in plan.faults] == ["score_conflict"]
    assert "published.csv" in plan.faults[0].problem
    with pytest.raises(DataError):
        write_import(plan, data)
    assert sorted(path.name for path in (data / "scores").iterdir()) == before


def test_import_with_a_fault_writes_nothing(data: Path, tmp_path: Path) -> None:
    plan = plan_import([wide(tmp_path, "ก,2566,,,,190,", "ข,2566,,,,90,")], data)
    assert [each.code for each in plan.faults] == ["score_out_of_range"]
    with pytest.raises(DataError):
        write_import(plan, data)
    assert not (data / "scores" / "imported.csv").exists()


def test_rejects_carry_their_reason(tmp_path: Path) -> None:
    table = load_score_file(wide(tmp_path, "ก,2566,,,,190,", "ข,2566,,,,90,", "=ค,2566,,,,-1,"))
    written = write_rejects(table, tmp_path / "rejects.csv")
    with written.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["score_pct"] for row in rows] == ["190", "-1"]
    assert rows[1]["agency_name_th"] == "'=ค"  # Excel runs no formula
    assert all(row["problem"] and row["remedy"] and "row" in row["place"] for row in rows)


def test_a_path_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    table = load_score_file(wide(tmp_path, "ก,2566,,,,190,"))
    with pytest.raises(OutputError):
        write_rejects(table, tmp_path / "file" / "rejects.csv")


def test_national(data: Path) -> None:
    frame = load_national().set_index("fiscal_year_be")
    assert list(frame.index) == list(range(2562, 2569))
    assert frame.loc[2563, "mean_score_pct"] == 67.90
    assert frame.loc[2568, "n_passed"] == 7832
    assert frame["mean_score_pct"].isna().tolist() == [True, *[False] * 6]
    assert frame["is_derived"].tolist() == [False] * 5 + [True, False]
    assert load_national(data).empty
    (data / "national.csv").write_text(
        "fiscal_year_be,mean_score_pct,source\n2566,190,x\n2565,90,x\n2565,91,x\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as caught:
        load_national(data)
    assert [(each.code, each.place.row) for each in caught.value.faults] == [
        ("score_row_faulty", 2),
        ("national_year_doubled", 4),
    ]


def test_a_published_tool_counts_where_only_rounding_parts_it_from_its_indicators(
    tmp_path: Path,
) -> None:
    lines = ["agency_id,agency_name_th,fiscal_year_be,level,code,score_pct"]
    scores = {**dict.fromkeys("12345", "90.00"), "6": "85.00", "7": "85.00", "8": "84.98"}
    scores |= {"9": "90.00", "10": "90.00"}
    lines += [f"made,ทดสอบ,2566,indicator,{no},{score}" for no, score in scores.items()]
    lines += ["made,ทดสอบ,2566,tool,EIT,85.00"]  # its parts give 84.99
    path = tmp_path / "long.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (answer,) = answer_scores(load_score_file(path).rows)
    assert answer.tools["EIT"] == Decimal("84.99")
    assert answer.rating == "ผ่านดี"
