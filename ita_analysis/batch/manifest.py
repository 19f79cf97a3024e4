"""The manifest: one record per report, and the only thing that says a report is done."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from ita_analysis.batch.fingerprint import InputFile
from ita_analysis.batch.journal import Journal, read_journal
from ita_analysis.batch.memory import give_back
from ita_analysis.batch.place import write_whole
from ita_analysis.errors import OutputError, Place
from ita_analysis.texts import LANGUAGES, fault

NAME = "manifest.json"
FORMAT = "ita-manifest-1"
"""First entry of the file: tells our manifests from other programs' files."""

_SMALLEST_BATCH = 500
"""Fewest journal records after which the manifest is written whole."""

State = Literal["ok", "failed", "timeout", "killed", "skipped"]


@dataclass(frozen=True)
class OutputFile:
    """A file that a report consists of.

    Attributes:
        path: Path relative to the output folder.
        size: Bytes.
        sha256: Hash of its content.
    """

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Record:
    """What is known of one report.

    Attributes:
        agency_id: Key of the agency.
        fiscal_year_be: Fiscal year (BE).
        notebook: Name of the notebook.
        lang: Language of the report.
        state: How its last making ended.
        attempts: Times it was tried in that run.
        error: One line telling why it was not made; None where it was.
        inputs: The files it was made from.
        parameters: What the notebook was given.
        code_version: This package's version and the hash of its code.
        engine: Name of the engine that ran it.
        seconds: Time it took, with the export.
        peak_mb: Largest memory of its kernel in megabytes; None where it was not measured.
        fingerprint: Hash of all that the outputs were made from; None where there are none.
        outputs: The files in place. After a failure these are the earlier run's, untouched.
        made_on: Day (ISO) on which the outputs were made; None where there are none.
        agency_name: Name of the agency in the report's language; empty where it is not listed.
        agency_type: Kind of agency; empty where it is unknown.
        province: Its province; empty where it has none or it is unknown.
        title: Title of the outputs; empty where there are none.
        headline: Their main finding; may be empty.
        share_on_time_pct: Dated obligations on time; None if not known.
        change_points: Change of the overall score; None if not known.
        rating: Rating of the year; empty where it is not told.
        data_kind: ``agency``, ``published`` or ``synthetic``; empty where there are no outputs.
    """

    agency_id: str
    fiscal_year_be: int
    notebook: str
    lang: str
    state: State
    attempts: int
    error: str | None
    inputs: tuple[InputFile, ...]
    parameters: Mapping[str, object]
    code_version: str
    engine: str
    seconds: float
    peak_mb: float | None
    fingerprint: str | None
    outputs: tuple[OutputFile, ...]
    made_on: str | None = None
    agency_name: str = ""
    agency_type: str = ""
    province: str = ""
    title: str = ""
    headline: str = ""
    share_on_time_pct: float | None = None
    change_points: float | None = None
    rating: str = ""
    data_kind: str = ""

    @property
    def key(self) -> str:
        """Name of the report, as in the plan."""
        return f"{self.base}.{self.lang}"

    @property
    def base(self) -> str:
        """Name of the report without its language."""
        return f"{self.fiscal_year_be}/{self.agency_id}/{self.notebook}"

    def is_current(self, fingerprint: str, out: Path) -> bool:
        """Tell whether the report stands as it would be made now.

        Its files must be there with their recorded size; ``ita verify`` re-reads them whole.
        """
        return (
            self.state == "ok"
            and self.fingerprint == fingerprint
            and all(_size(out / item.path) == item.size for item in self.outputs)
        )


@dataclass
class Manifest:
    """All records of an output folder.

    Attributes:
        out: The output folder.
        records: Key of a report -> its record.
        is_recovered: Whether a run before was cut short, so that the file was not up to date.
    """

    out: Path
    records: dict[str, Record]
    is_recovered: bool = False
    journal: Journal = field(init=False)
    _n_since: int = 0

    def __post_init__(self) -> None:
        self.journal = Journal(self.out)

    def put(self, record: Record, durable: bool = True) -> None:
        """Record a report in the journal; from time to time write the manifest whole.

        Args:
            record: How the report ended.
            durable: Wait until the disk has it.
        """
        self.take(record)
        self.journal.record(asdict(record), durable)
        self._n_since += 1
        # Rarer as the manifest grows: writing it takes time in proportion to its size.
        if self._n_since >= max(_SMALLEST_BATCH, len(self.records) // 4):
            self.save()

    def take(self, record: Record) -> None:
        """Take a record in.

        A file belongs to the report that wrote it last: the executed notebook and the CSV tables
        are shared by the languages of a report.
        """
        written = {item.path for item in record.outputs}
        for lang in LANGUAGES:
            key = f"{record.base}.{lang}"
            other = self.records.get(key)
            if other is None or lang == record.lang:
                continue
            kept = tuple(item for item in other.outputs if item.path not in written)
            self.records[key] = replace(other, outputs=kept)
        self.records[record.key] = record

    def save(self) -> None:
        """Write the manifest, whole or not at all, in the order of the reports' keys."""
        self._write()
        give_back()
        self.journal.clear()
        self._n_since = 0

    def _write(self) -> None:
        records = [self.records[key] for key in sorted(self.records)]
        content = {"format": FORMAT, "reports": records}
        buffer = io.BytesIO()
        # Record by record: as plain values all at once, a country's take gigabytes.
        with io.TextIOWrapper(buffer, encoding="utf-8", newline="\n") as file:
            json.dump(content, file, default=vars, ensure_ascii=False, indent=1)
            file.write("\n")
            file.flush()
            write_whole(self.out / NAME, buffer.getvalue())


def load_manifest(out: Path) -> Manifest:
    """Return the manifest of an output folder; an empty one where there is none.

    Where a run was cut short, its journal is taken in too. A report whose files were just being
    put into place then counts as not made: they may be of two makings.

    Raises:
        OutputError: There is a file of that name that is no manifest of ours.
    """
    path = out / NAME
    inputs: dict[InputFile, InputFile] = {}
    try:
        content = json.loads(path.read_bytes())
        if content["format"] != FORMAT:
            raise ValueError(content["format"])
        records = [_record(item, inputs) for item in content["reports"]]
    except FileNotFoundError:
        records = []
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(fault("not_a_manifest", Place(file=str(path)))) from error
    manifest = Manifest(out, {record.key: record for record in records})
    unfinished: set[str] = set()
    for event in read_journal(out):
        manifest.is_recovered = True
        if "record" in event:
            record = _record(event["record"], inputs)
            manifest.take(record)
            unfinished.discard(record.key)
        elif event.get("step") == "exported":
            unfinished.add(event["report"])
    for key in unfinished & manifest.records.keys():
        manifest.records[key] = replace(manifest.records[key], fingerprint=None)
    return manifest


def _record(item: dict[str, Any], inputs: dict[InputFile, InputFile]) -> Record:
    """Return a record; a file that many reports were made from is held once, in ``inputs``."""
    known = {field.name for field in fields(Record)}
    values = {name: value for name, value in item.items() if name in known}
    files = (InputFile(**file) for file in item["inputs"])
    values["inputs"] = tuple(inputs.setdefault(file, file) for file in files)
    values["outputs"] = tuple(OutputFile(**file) for file in item["outputs"])
    return Record(**values)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
