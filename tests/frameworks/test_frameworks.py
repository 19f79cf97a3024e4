"""The years' rules: what they hold, what they refuse."""

from __future__ import annotations

import csv
import hashlib
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from ita_analysis.errors import DataError
from ita_analysis.frameworks import data_folder, known_years, load_framework

YEARS = list(range(2562, 2570))


def test_all_years_load() -> None:
    assert known_years() == YEARS
    for year in YEARS:
        assert load_framework(year).fiscal_year_be == year


@pytest.mark.parametrize("year", YEARS)
def test_tools_and_indicators(year: int) -> None:
    framework = load_framework(year)
    weights = {tool.code: tool.weight for tool in framework.tools.entries}
    assert weights == {"IIT": Decimal("0.30"), "EIT": Decimal("0.30"), "OIT": Decimal("0.40")}
    numbers = {
        tool: [each.indicator_no for each in framework.indicators_of(tool)] for tool in weights
    }
    assert numbers == {"IIT": [1, 2, 3, 4, 5], "EIT": [6, 7, 8], "OIT": [9, 10]}


@pytest.mark.parametrize(
    ("year", "counts"),
    [
        (2564, [9, 8, 7, 4, 5, 8, 2]),
        (2565, [9, 8, 7, 4, 5, 8, 2]),
        (2566, [10, 8, 4, 4, 4, 8, 5]),
    ],
)
def test_item_counts(year: int, counts: list[int]) -> None:
    framework = load_framework(year)
    subs = framework.sub_indicators.entries
    assert [sub.code for sub in subs] == ["9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2"]
    assert [sub.n_items for sub in subs] == counts
    assert [len(framework.items_of(sub.code)) for sub in subs] == counts
    assert framework.item_count("OIT") == (43, "published")
    assert framework.items.entries[41].code == "o42"


def test_basis_follows_what_is_known() -> None:
    overall = {year: load_framework(year).rule.overall.basis for year in YEARS}
    assert overall == {
        2562: "assumed",
        2563: "proved",
        2564: "proved",
        **dict.fromkeys(range(2565, 2570), "assumed"),
    }
    oit = {year: load_framework(year).rule.oit_indicator.basis for year in YEARS}
    assert oit == {
        2562: "unknown",
        2563: "unknown",
        2564: "proved",
        2565: "assumed",
        2566: "assumed",
        2567: "unknown",
        2568: "unknown",
        2569: "unknown",
    }
    assert load_framework(2567).item_count("OIT") == (35, "assumed")
    assert load_framework(2568).item_count("OIT") == (28, "assumed")
    assert load_framework(2569).item_count("OIT") == (None, "unknown")
    assert load_framework(2567).item_count("IIT") == (None, "unknown")
    assert load_framework(2566).item_count("EIT") == (15, "assumed")


def test_calendar() -> None:
    published = load_framework(2565)
    window = published.period("oit_answers")
    assert window is not None
    assert (window.start_date, window.end_date) == (date(2022, 3, 1), date(2022, 4, 30))
    assert published.calendar.basis == "published"
    assert published.calendar.source.address == "https://www.ts-local.com/2021/12/06/"
    assumed = load_framework(2566)
    window = assumed.period("oit_answers")
    assert window is not None
    assert (window.start_date, window.end_date) == (date(2023, 3, 1), date(2023, 4, 30))
    assert assumed.calendar.basis == "assumed"
    assert load_framework(2564).period("oit_answers") is None


def test_breaks() -> None:
    scores = [
        year
        for year in YEARS
        if any("scores" in each.affects for each in load_framework(year).breaks)
    ]
    ratings = [
        year
        for year in YEARS
        if any("rating" in each.affects for each in load_framework(year).breaks)
    ]
    assert scores == [2562, 2569]
    assert ratings == [2562, 2566, 2569]


def test_titles_of_one_ministry_carry_a_note() -> None:
    item = load_framework(2568).item("o25")
    assert item is not None
    assert item.title_th == "แผนปฏิบัติการป้องกันการทุจริต"
    assert item.note is not None
    assert item.sub_indicator is None


def test_unknown_year_names_the_years_and_the_way() -> None:
    with pytest.raises(DataError) as caught:
        load_framework(2570)
    message = str(caught.value)
    assert "2562, 2563, 2564, 2565, 2566, 2567, 2568, 2569" in message
    assert str(data_folder() / "frameworks") in message


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    shutil.copytree(data_folder() / "frameworks", data / "frameworks")
    return data


def change(data: Path, year: int, **blocks: object) -> None:
    file = data / "frameworks" / f"{year}.yml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    content.update(blocks)
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_a_new_year_is_one_file(copied: Path) -> None:
    shutil.copy(copied / "frameworks" / "2569.yml", copied / "frameworks" / "2570.yml")
    change(copied, 2570, fiscal_year_be=2570)
    assert load_framework(2570, copied).fiscal_year_be == 2570


def test_wrong_weights_are_refused(copied: Path) -> None:
    tools = yaml.safe_load((copied / "frameworks/2566.yml").read_text(encoding="utf-8"))["tools"]
    tools["entries"][0]["weight"] = "0.40"
    change(copied, 2566, tools=tools)
    with pytest.raises(DataError, match=r"1\.10"):
        load_framework(2566, copied)


def test_every_fault_of_a_file_is_named(copied: Path) -> None:
    content = yaml.safe_load((copied / "frameworks/2566.yml").read_text(encoding="utf-8"))
    content["tools"]["basis"] = "perhaps"
    content["ratings"]["entries"][0]["overall_min"] = 195
    content["wrong_key"] = 1
    change(copied, 2566, **content)
    with pytest.raises(DataError) as caught:
        load_framework(2566, copied)
    columns = {each.place.column for each in caught.value.faults}
    assert columns == {"tools.basis", "ratings.entries.0.overall_min", "wrong_key"}


def test_unknown_rule_with_a_method_is_refused(copied: Path) -> None:
    content = yaml.safe_load((copied / "frameworks/2566.yml").read_text(encoding="utf-8"))
    content["rule"]["oit_indicator"]["basis"] = "unknown"
    change(copied, 2566, rule=content["rule"])
    with pytest.raises(DataError) as caught:
        load_framework(2566, copied)
    assert caught.value.faults[0].place.column == "rule.oit_indicator"


def test_a_file_of_another_year_is_refused(copied: Path) -> None:
    shutil.copy(copied / "frameworks" / "2565.yml", copied / "frameworks" / "2566.yml")
    with pytest.raises(DataError) as caught:
        load_framework(2566, copied)
    assert caught.value.faults[0].code == "framework_wrong_year"


def test_broken_yaml_is_one_message(copied: Path) -> None:
    (copied / "frameworks" / "2566.yml").write_text("tools: [", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_framework(2566, copied)
    assert caught.value.faults[0].code == "framework_unreadable"


def test_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert data_folder(tmp_path) == tmp_path
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.delenv("ITA_DATA")
    assert (data_folder() / "frameworks" / "2566.yml").is_file()
    with pytest.raises(DataError):
        data_folder(tmp_path / "missing")


@pytest.mark.parametrize(
    "record", ["national.source.yml", "scores/published.source.yml"], ids=["national", "published"]
)
def test_source_records_fit_their_files(record: str) -> None:
    path = data_folder() / record
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    data = (path.parent / content["file"]).read_bytes().replace(b"\r\n", b"\n")
    assert hashlib.sha256(data).hexdigest() == content["sha256"]
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert len(rows) == content["n_rows"]
    assert all(row["source"].startswith("https://") for row in rows)
