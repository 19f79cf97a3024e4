"""Known errors of sources, mended as data with their reason: data/corrections.yml."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ita_analysis.documents import Document
from ita_analysis.documents.yaml_text import load_yaml
from ita_analysis.errors import DataError, Place
from ita_analysis.frameworks import data_folder
from ita_analysis.register.model import Note, Register
from ita_analysis.texts import fault

FILE = "corrections.yml"


class Correction(BaseModel):
    """One known error of a source.

    Attributes:
        agency_name_th: Agency whose document has the error.
        field: Field of the agency's head that is wrong.
        expect: What the document prints. Where it prints something else, nothing is corrected.
        correct: What is right.
        reason_th: Why, in Thai.
        reason_en: Why, in English.
        source: On what the correction rests.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency_name_th: str
    field: str = Field(pattern="^(name_th|district_th|province_th)$")
    expect: str
    correct: str
    reason_th: str
    reason_en: str
    source: str


def load_corrections(data_dir: str | Path | None = None) -> list[Correction]:
    """Return the corrections; none where there is no such file.

    Raises:
        DataError: The file is not a list of corrections.
    """
    path = data_folder(data_dir) / FILE
    if not path.is_file():
        return []
    try:
        entries = load_yaml(path.read_text(encoding="utf-8")) or []
        return [Correction.model_validate(entry) for entry in entries]
    except (yaml.YAMLError, ValidationError, TypeError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise DataError(fault("bad_file", Place(FILE), reason=reason)) from None


def correct(register: Register, corrections: list[Correction], document: Document) -> Register:
    """Return the register with the corrections that apply, each told in a note with its line."""
    agency, notes = register.agency, list(register.notes)
    for correction in corrections:
        if correction.agency_name_th != register.agency.name_th:
            continue
        if getattr(agency, correction.field) == correction.expect:
            agency = agency.model_copy(update={correction.field: correction.correct})
            values = correction.model_dump(exclude={"agency_name_th"})
            lines = (p.place.row for p in document.paragraphs if correction.expect in p.text)
            notes.insert(0, Note(code="source_corrected", row=next(lines, None), values=values))
    return register.model_copy(update={"agency": agency, "notes": tuple(notes)})
