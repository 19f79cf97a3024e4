"""The score store: the same scores as the files, and never those of files that have changed."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from pathlib import Path

import pytest

from ita_analysis.errors import DataError, OutputError, UsageError
from ita_analysis.scores import (
    compile_scores,
    compiling,
    load_overview,
    load_score_file,
    load_scores,
    store,
    year_values,
)
from ita_analysis.scores.compiling import bucket_of
from ita_analysis.scores.model import COLUMNS

HEAD = ",".join(COLUMNS[:-1])


def add(data: Path, name: str, *lines: str, head: str = HEAD) -> Path:
    file = data / "scores" / name
    file.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return file


def many(n_agencies: int) -> list[str]:
    return [
        f"synthetic-{number},สังเคราะห์ {number},2566,{level},{code},{number % 100},,synthetic,x"
        for number in range(n_agencies)
        for level, code in (("indicator", "10"), ("indicator", "9"), ("overall", "overall"))
    ]


def test_one_agency_is_what_its_file_says(data: Path) -> None:
    frame = load_scores("mean-trat-province", data)
    assert tuple(frame.columns) == COLUMNS
    rows = [
        row
        for row in load_score_file(data / "scores" / "published.csv", data).rows
        if row.agency_id == "mean-trat-province"
    ]
    found = zip(frame["fiscal_year_be"], frame["code"], frame["score_pct"], strict=True)
    assert sorted(found) == sorted(
        (row.fiscal_year_be, row.code, float(row.score_pct)) for row in rows
    )
    assert frame["is_mean"].all()
    order = ["overall", *(str(number) for number in range(1, 11))]
    assert frame["code"].tolist() == order * 2
    assert frame["fiscal_year_be"].tolist() == [2563] * 11 + [2564] * 11
    assert year_values(frame)[2564]["9"] == Decimal("72.89")


def test_an_agency_without_scores(data: Path) -> None:
    frame = load_scores("nakhai-ubon", data)
    assert frame.empty
    assert tuple(frame.columns) == COLUMNS
    with pytest.raises(UsageError):
        load_scores("../secrets", data)


def test_no_score_files_at_all(data: Path) -> None:
    (data / "scores" / "published.csv").unlink()
    assert load_scores("nakhai-ubon", data).empty
    assert load_overview(data).empty


def test_many_buckets_give_the_same(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(data, "many.csv", *many(300))
    whole = load_overview(data)
    monkeypatch.setattr(store, "BUCKET_BYTES", 5_000)
    monkeypatch.setattr(compiling, "ROW_GROUP", 16)
    monkeypatch.setattr(store, "FORM", "other")
    parts = load_overview(data)
    assert len(list(compile_scores(data).glob("[0-9]*.parquet"))) > 5
    assert whole.equals(parts)
    for number in (0, 17, 299):
        frame = load_scores(f"synthetic-{number}", data)
        assert frame["code"].tolist() == ["overall", "9", "10"]
        assert frame["score_pct"].tolist() == [float(number % 100)] * 3


def test_buckets_do_not_depend_on_the_process() -> None:
    assert [bucket_of(f"synthetic-{number}", 100) for number in range(4)] == [95, 9, 23, 81]


def test_a_changed_score_is_seen(data: Path) -> None:
    file = add(data, "own.csv", "a-1,ก,2566,overall,overall,80,,agency,x")
    assert load_scores("a-1", data)["score_pct"].tolist() == [80.0]
    first = compile_scores(data)
    changed = file.read_text(encoding="utf-8").replace(",80,", ",81,")
    stat = file.stat()
    file.write_text(changed, encoding="utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # same size, same time
    assert load_scores("a-1", data)["score_pct"].tolist() == [81.0]
    assert compile_scores(data) != first


def test_a_settled_file_is_not_read_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = time.time() - 3600
    for file in data.rglob("*.*"):
        os.utime(file, (old, old))
    load_scores("mean-trat-province", data)

    def never(file: Path) -> str:
        raise AssertionError(file)

    monkeypatch.setattr(store, "_sha256", never)
    assert len(load_scores("mean-trat-province", data)) == 22


def test_a_changed_rule_is_seen(data: Path) -> None:
    first = compile_scores(data)
    rules = data / "frameworks" / "2566.yml"
    rules.write_text(rules.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert compile_scores(data) != first


def test_files_that_change_all_the_time_are_refused(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_sha256", lambda file: os.urandom(8).hex())
    with pytest.raises(DataError) as caught:
        compile_scores(data)
    assert caught.value.faults[0].code == "changed_while_read"
    assert not list((data.parent / ".cache" / "scores").glob("*.part"))


def test_odd_but_readable_rows_are_read(data: Path) -> None:
    add(
        data,
        "own.csv",
        "a-1,ก,๒๕๖๖,indicator,9,๘๐.๕,,agency,x",
        "a-1,ก,2566,indicator,10,-,,agency,x",
        "a-1,ก,2566,item,O1,100,,agency,x",
        'a-1,"ก, ข",2566,indicator,8,70,,agency,x',
    )
    frame = load_scores("a-1", data)
    assert dict(zip(frame["code"], frame["score_pct"], strict=True)) == {
        "8": 70.0,
        "9": 80.5,
        "o1": 100.0,
    }


def test_wide_and_cp874_files_are_read(data: Path) -> None:
    add(data, "wide.csv", "อบต.นาคาย,2566,80", head="หน่วยงาน,ปี,คะแนนรวม")
    old = "\n".join((HEAD, "a-1,อบต.เก่า,2565,overall,overall,75,,agency,เอกสาร"))
    (data / "scores" / "old.csv").write_text(old, encoding="cp874")
    assert load_scores("nakhai-ubon", data)["score_pct"].tolist() == [80.0]
    assert load_scores("a-1", data)["agency_name_th"].tolist() == ["อบต.เก่า"]


@pytest.mark.parametrize(
    ("line", "code", "row"),
    [
        ("a-1,ก,2566,indicator,11,50,,agency,x", "score_code_unknown", 4),
        ("a-1,ก,2566,item,o1,50,,agency,x", "oit_item_value", 4),
        ("a-1,ก,2566,indicator,9,101,,agency,x", "score_out_of_range", 4),
        ("a-1,ก,2566,indicator,9,50,,agency,x,extra", "score_row_too_long", 4),
        ("a-1,ก,2566,indicator,1,61,,agency,x", "score_conflict", 4),
    ],
)
def test_faulty_files_store_nothing(data: Path, line: str, code: str, row: int) -> None:
    first = "a-1,ก,2566,indicator,1,60,,agency,x"
    quoted = 'a-1,"ก",2566,indicator,2,60,,agency,x'
    add(data, "own.csv", first, quoted, line)
    with pytest.raises(DataError) as caught:
        load_scores("a-1", data)
    found = [(each.code, each.place.row) for each in caught.value.faults]
    assert (code, row) in found
    assert not list((data.parent / ".cache" / "scores").glob("*/state.json"))
    assert not list((data.parent / ".cache" / "scores").glob("*.part"))


def test_conflicts_between_files(data: Path) -> None:
    add(data, "own.csv", "state-audit-office,ก,2568,overall,overall,94.65,ผ่าน,agency,x")
    with pytest.raises(DataError) as caught:
        load_scores("state-audit-office", data)
    assert [each.code for each in caught.value.faults] == ["score_conflict"]
    assert "own.csv" in str(caught.value)
    assert "published.csv" in str(caught.value)


def test_repetitions_count_once(data: Path) -> None:
    line = "a-1,ก,2566,indicator,9,60,,agency,x"
    add(data, "own.csv", line, line)
    add(data, "copy.csv", line)
    assert len(load_scores("a-1", data)) == 1


def test_a_cache_that_cannot_be_written(data: Path) -> None:
    (data.parent / ".cache").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(OutputError):
        load_scores("a-1", data)


def test_overview(data: Path) -> None:
    frame = load_overview(data)
    own = frame[frame["agency_id"] == "state-audit-office"]
    assert own["fiscal_year_be"].tolist() == [2567, 2568]
    assert own["overall_pct"].tolist() == [92.43, 94.64]
    assert own["published_rating"].tolist() == ["ผ่านดี", "ผ่าน"]
    assert frame["n_scores"].sum() == 111
    assert frame["is_mean"].sum() == 16


def test_what_compiling_took_of_memory_is_given_back(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back = []

    class Pool:
        def release_unused(self) -> None:
            given_back.append(True)

    monkeypatch.setattr(store.pa, "default_memory_pool", Pool)
    compile_scores(data)
    compile_scores(data)  # there is nothing to compile
    assert given_back == [True]
