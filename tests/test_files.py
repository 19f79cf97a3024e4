"""Files are written whole or not at all, whatever the disk refuses."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ita_analysis.errors import OutputError
from ita_analysis.files import kept_while_unchanged, replace_file, write_whole


def refuse(*_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture(params=[(Path, "write_bytes"), (os, "fsync"), (os, "replace")], ids=lambda p: p[1])
def full_disk(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """Return a function that lets the disk refuse one of the steps of a write."""
    return lambda: monkeypatch.setattr(*request.param, refuse)


def test_a_file_is_written_with_its_folders_and_the_usual_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "ตาราง.csv"
    write_whole(path, b"earlier")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]
    (tmp_path / "usual").touch()
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_user_is_told_what_the_disk_refuses(
    tmp_path: Path, full_disk: Callable[[], None]
) -> None:
    path = tmp_path / "measures.csv"
    write_whole(path, b"earlier")
    full_disk()
    with pytest.raises(OutputError, match="No space left") as caught:
        write_whole(path, b"new")
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.file) == ("file_not_written", str(path))
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"earlier"


def test_a_program_gets_the_error_of_the_system(
    tmp_path: Path, full_disk: Callable[[], None]
) -> None:
    full_disk()
    with pytest.raises(OSError, match="No space left"):
        replace_file(tmp_path / "page.html", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_read_again_only_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("1", encoding="utf-8")
    n_read = 0

    @kept_while_unchanged
    def read(file: Path) -> str:
        nonlocal n_read
        n_read += 1
        return file.read_text(encoding="utf-8")

    assert [read(path), read(path), n_read] == ["1", "1", 1]
    path.write_text("22", encoding="utf-8")
    assert [read(path), n_read] == ["22", 2]
    replace_file(path, b"33")
    assert [read(path), n_read] == ["33", 3]


def test_a_faulty_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("1", encoding="utf-8")
    outcomes = iter([ValueError("broken"), None])

    @kept_while_unchanged
    def read(_file: Path) -> str:
        outcome = next(outcomes)
        if outcome is not None:
            raise outcome
        return "sound"

    with pytest.raises(ValueError, match="broken"):
        read(path)
    assert read(path) == "sound"
