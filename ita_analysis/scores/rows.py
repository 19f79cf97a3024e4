"""From an entry's text to a checked score, with every fault of the entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from ita_analysis.errors import Fault, Place
from ita_analysis.frameworks import Framework, known_years, load_framework
from ita_analysis.register.agencies import Agency
from ita_analysis.scores.entries import Entry
from ita_analysis.scores.model import AGENCY_ID, DATA_KINDS, ScoreRow
from ita_analysis.scores.names import AgencyNames, name_key, new_agency_id
from ita_analysis.scores.values import (
    LEVELS,
    Level,
    clean,
    code_fault,
    parse_code,
    parse_score,
    parse_year,
    value_fault,
)
from ita_analysis.texts import fault
from ita_analysis.thai import repair_text, unreadable

_TRUE = {"true", "1", "yes", "ใช่"}


@dataclass(frozen=True, slots=True)
class RowResult:
    """What an entry gave: a row, faults, or neither where it says that there is no score."""

    row: ScoreRow | None
    faults: tuple[Fault, ...]


class RowReader:
    """Reads entries into rows; remembers years, agencies and what it should tell the reader.

    Attributes:
        notes: What a reader should know and need not mend.
        new_agencies: Names of agencies that are not in the list, by the key they were given.
    """

    def __init__(
        self,
        agencies: Mapping[str, Agency],
        data_dir: str | Path | None,
        default_source: str,
        agency_id: str | None = None,
    ) -> None:
        self._agencies = agencies
        self._names = AgencyNames(agencies)
        self._data_dir = data_dir
        self._years = set(known_years(data_dir))
        self._default_source = default_source
        self._agency_id = agency_id
        self._spellings: dict[str, str] = {}
        self.notes: list[Fault] = []
        self.new_agencies: dict[str, str] = {}

    def read(self, entry: Entry) -> RowResult:
        """Check one entry."""
        faults: list[Fault] = []
        score = _kept(parse_score(entry.score, _at(entry, "score_pct")), faults)
        year = self._year(entry, faults)
        coded = _code(entry, faults)
        agency_id, name = self._agency(entry, faults)
        kind = clean(entry.fields.get("data_kind", "")) or "agency"
        if kind not in DATA_KINDS:
            place = _at(entry, "data_kind")
            faults.append(fault("score_kind_unknown", place, kind, allowed=", ".join(DATA_KINDS)))
        framework = self._framework(year, entry, faults)
        if framework and coded:
            wrong = code_fault(framework, *coded, _at(entry, "code")) or (
                value_fault(framework, coded[1], score, _at(entry, "score_pct"))
                if score is not None
                else None
            )
            if wrong:
                faults.append(wrong)
        if faults or score is None or coded is None or year is None:
            return RowResult(None, tuple(faults))
        level, code = coded
        cells = {
            "agency_id": agency_id,
            "agency_name_th": name,
            "fiscal_year_be": year,
            "level": level,
            "code": code,
            "score_pct": score,
            "published_rating": clean(entry.fields.get("published_rating", "")),
            "data_kind": kind,
            "source": clean(entry.fields.get("source", "")) or self._default_source,
            "is_mean": clean(entry.fields.get("is_mean", "")).casefold() in _TRUE,
            "place": entry.place,
        }
        try:
            return RowResult(ScoreRow.model_validate(cells), ())
        except ValidationError as error:
            wrong_values = [
                fault(
                    "score_row_faulty",
                    _at(entry, str(each["loc"][0])),
                    str(each["input"]),
                    reason=each["msg"],
                )
                for each in error.errors()
            ]
            return RowResult(None, tuple(wrong_values))

    def _year(self, entry: Entry, faults: list[Fault]) -> int | None:
        text = entry.fields.get("fiscal_year_be", "")
        place = _at(entry, "fiscal_year_be")
        if not text:
            faults.append(fault("score_year_missing", place))
            return None
        year = parse_year(text)
        if year is None:
            faults.append(fault("score_year_wrong", place, text))
            return None
        if year.is_converted:
            self._note_once("score_year_converted", place, text, read=year.fiscal_year_be)
        return year.fiscal_year_be

    def _framework(self, year: int | None, entry: Entry, faults: list[Fault]) -> Framework | None:
        if year is None:
            return None
        if year not in self._years:
            years = ", ".join(map(str, sorted(self._years)))
            place = _at(entry, "fiscal_year_be")
            faults.append(fault("score_year_unknown", place, str(year), years=years))
            return None
        return load_framework(year, self._data_dir)

    def _agency(self, entry: Entry, faults: list[Fault]) -> tuple[str, str]:
        raw = repair_text(entry.fields.get("agency_name_th", "")).text
        given = clean(entry.fields.get("agency_id", "")) or self._agency_id or ""
        place = _at(entry, "agency_name_th")
        broken = unreadable(raw)
        if broken:
            faults.append(fault("score_text_unreadable", place, raw, what=", ".join(broken)))
            return "", raw
        if given and not is_agency_id(given):
            faults.append(fault("agency_id_wrong", _at(entry, "agency_id"), given))
            return "", raw
        if not given and not raw:
            faults.append(fault("score_agency_missing", place))
            return "", ""
        if not given:
            ids = self._names.find(raw)
            if len(ids) > 1:
                faults.append(fault("agency_ambiguous", place, raw, allowed=", ".join(ids)))
                return "", raw
            given = ids[0] if ids else new_agency_id(raw)
        name = raw or (self._agencies[given].name_th if given in self._agencies else given)
        self._remember(given, name, place)
        return given, name

    def _remember(self, agency_id: str, name: str, place: Place) -> None:
        if agency_id not in self._agencies:
            self.new_agencies.setdefault(agency_id, name)
        first = self._spellings.setdefault(agency_id, name)
        if first != name:
            code = "score_agency_spelling"
            if name_key(first) != name_key(name):
                code = "score_agency_other_name"
            self._note_once(code, place, name, first=first, agency_id=agency_id)

    def _note_once(self, code: str, place: Place, found: str, **values: object) -> None:
        if not any(note.code == code and note.found == found for note in self.notes):
            self.notes.append(fault(code, place, found, **values))


def is_agency_id(text: str) -> bool:
    """Tell whether a text can be the key of an agency."""
    return re.fullmatch(AGENCY_ID, text) is not None


def _code(entry: Entry, faults: list[Fault]) -> tuple[Level, str] | None:
    coded = parse_code(entry.code) if entry.code else None
    place = _at(entry, "code")
    level = clean(entry.level).casefold()
    if coded is None and level == "overall" and not entry.code:
        coded = ("overall", "overall")
    if coded is None:
        faults.append(fault("score_code_unreadable", place, entry.code))
        return None
    if level and level not in LEVELS:
        place = _at(entry, "level")
        faults.append(fault("score_level_unknown", place, level, allowed=", ".join(LEVELS)))
        return None
    if level and level != coded[0]:
        faults.append(fault("score_level_wrong", place, entry.code, level=level, fits=coded[0]))
        return None
    return coded


def _kept(value: Decimal | Fault | None, faults: list[Fault]) -> Decimal | None:
    if isinstance(value, Fault):
        faults.append(value)
        return None
    return value


def _at(entry: Entry, column: str) -> Place:
    """Return where a value stands: in a wide table the heading names the column already."""
    place = entry.place
    return Place(place.file, place.part, place.row, place.column or column)
