"""Manifest, lock, placing and cleaning: what must hold on a real disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from ita_analysis.batch.cleaning import clean_notebook, notebook_bytes
from ita_analysis.batch.fingerprint import InputFile
from ita_analysis.batch.lock import hold
from ita_analysis.batch.manifest import Manifest, OutputFile, Record, load_manifest
from ita_analysis.batch.place import (
    disk_faults,
    place_files,
    scratch_folder,
    sweep,
    write_whole,
)
from ita_analysis.errors import BusyError, OutputError

RECORD = Record(
    agency_id="example-one",
    fiscal_year_be=2566,
    notebook="n",
    lang="th",
    state="ok",
    attempts=1,
    error=None,
    inputs=(),
    parameters={"agency_id": "example-one"},
    code_version="0",
    engine="stock",
    seconds=1.0,
    peak_mb=None,
    fingerprint="f",
    outputs=(OutputFile("2566/example-one/n.th.html", 4, "x"), OutputFile("shared", 1, "y")),
)


def test_the_manifest_is_read_back(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, {})
    manifest.put(RECORD)
    manifest.save()
    assert load_manifest(tmp_path).records == {"2566/example-one/n.th": RECORD}
    content = {"format": "ita-manifest-1", "reports": [asdict(RECORD)]}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    assert (tmp_path / "manifest.json").read_bytes() == f"{text}\n".encode()


def test_an_input_of_many_reports_is_held_once(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, {})
    for agency_id in ("example-one", "example-two"):
        inputs = (InputFile("data/ก.csv", "a" * 64),)
        manifest.put(replace(RECORD, agency_id=agency_id, inputs=inputs))
    manifest.save()
    one, two = load_manifest(tmp_path).records.values()
    assert one.inputs == two.inputs == inputs
    assert one.inputs[0] is two.inputs[0]


def test_a_shared_file_belongs_to_who_wrote_it_last(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, {})
    manifest.put(RECORD)
    english = replace(RECORD, lang="en", outputs=(OutputFile("shared", 2, "z"),))
    manifest.put(english)
    manifest.save()
    assert [file.path for file in manifest.records[RECORD.key].outputs] == [
        "2566/example-one/n.th.html"
    ]
    assert manifest.records[english.key].outputs == english.outputs


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"format": "x"}', b'{"version": 1}', b"\xff\xfe"]
)
def test_foreign_manifests_get_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(OutputError) as caught:
        load_manifest(tmp_path)
    assert "manifest.json" in str(caught.value)
    assert (tmp_path / "manifest.json").read_bytes() == content


def test_reports_whose_files_changed_are_not_current(tmp_path: Path) -> None:
    record = replace(RECORD, outputs=(OutputFile("page.html", 4, "x"),))
    assert not record.is_current("f", tmp_path)
    (tmp_path / "page.html").write_text("1234", encoding="ascii")
    assert record.is_current("f", tmp_path)
    assert not record.is_current("g", tmp_path)
    assert not replace(record, state="failed").is_current("f", tmp_path)
    (tmp_path / "page.html").write_text("123", encoding="ascii")
    assert not record.is_current("f", tmp_path)


def test_two_runs_cannot_hold_one_folder(tmp_path: Path) -> None:
    with hold(tmp_path), pytest.raises(BusyError, match=f"pid {os.getpid()}"), hold(tmp_path):
        pass
    with hold(tmp_path):
        pass


def test_the_lock_of_a_dead_run_is_taken_over(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom ita_analysis.batch.lock import hold\n"
        "with hold(Path(sys.argv[1])):\n    os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode == 9
    assert (tmp_path / ".ita" / "lock").read_bytes()  # it died without tidying up
    with hold(tmp_path):
        pass


def test_leftovers_of_dead_runs_are_swept(tmp_path: Path) -> None:
    left = tmp_path / ".ita" / "scratch-left"
    left.mkdir(parents=True)
    (left / "half.html").touch()
    (tmp_path / ".manifest.json.1.ita-part").touch()
    (tmp_path / "mine.txt").touch()
    assert sweep(tmp_path) == 2
    assert [item.name for item in tmp_path.rglob("*")] == [".ita", "mine.txt"]
    with scratch_folder(tmp_path) as scratch:
        assert os.name == "nt" or scratch.stat().st_mode & 0o777 == 0o700
    assert not scratch.exists()


def test_a_failed_write_leaves_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    write_whole(path, b"earlier")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"), disk_faults(tmp_path):
        write_whole(path, b"new")
    assert [item.name for item in tmp_path.iterdir()] == ["page.html"]
    assert path.read_bytes() == b"earlier"


def test_files_are_placed_with_folders_and_readable_by_all(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as scratch:
        (scratch / "a").write_bytes(b"x")
        place_files({"2566/example-one/page.html": scratch / "a"}, tmp_path)
    page = tmp_path / "2566" / "example-one" / "page.html"
    assert page.read_bytes() == b"x"
    assert os.name == "nt" or page.stat().st_mode & 0o777 == 0o644


def test_the_notebook_handed_on_tells_nothing_of_the_machine() -> None:
    place = "/srv/ตัวอย่าง/data"
    nb = {
        "cells": [
            {
                "cell_type": "code",
                "id": "8f1e",
                "metadata": {"tags": ["injected-parameters"], "papermill": {"duration": 1.5}},
                "source": f'x = "{place}/agencies.csv"',
                "outputs": [],
            },
            {
                "cell_type": "code",
                "id": "kept",
                "metadata": {"execution": {"iopub.status.busy": "2023"}, "tags": ["mine"]},
                "source": "",
                "outputs": [],
            },
        ],
        "metadata": {
            "papermill": {
                "input_path": f"{place}/n.ipynb",
                "start_time": "2023",
                "parameters": {"lang": "th"},
                "version": "2",
            }
        },
    }
    clean = clean_notebook(nb, {place: "data"})
    assert clean["metadata"]["papermill"] == {"parameters": {"lang": "th"}, "version": "2"}
    assert clean["cells"][0]["source"] == 'x = "data/agencies.csv"'
    assert [cell["id"] for cell in clean["cells"]] == ["injected-parameters-0", "kept"]
    assert clean["cells"][1]["metadata"] == {"tags": ["mine"]}
    text = notebook_bytes(clean).decode("utf-8")
    assert "2023" not in text
    assert "ตัวอย่าง" not in text
