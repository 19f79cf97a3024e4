"""Whose report a document is, and for which fiscal year and round."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ita_analysis.documents import Document, Paragraph
from ita_analysis.errors import DataError, Place
from ita_analysis.register.model import AgencyHead
from ita_analysis.texts import fault
from ita_analysis.thai import Precision, find_dates, fiscal_year_span, half_span, to_arabic

# Full and short names of the kinds of agency, longest first, and the kind's short name.
AGENCY_KINDS = (
    ("องค์การบริหารส่วนตำบล", "อบต."),
    ("องค์การบริหารส่วนจังหวัด", "อบจ."),
    ("เทศบาลตำบล", "เทศบาลตำบล"),
    ("เทศบาลเมือง", "เทศบาลเมือง"),
    ("เทศบาลนคร", "เทศบาลนคร"),
    ("มหาวิทยาลัย", "สถาบันอุดมศึกษา"),
    ("สำนักงาน", "สำนักงาน"),
    ("กรม", "กรมหรือเทียบเท่า"),
    ("จังหวัด", "จังหวัด"),
)
_SHORT = {"อบต.": "องค์การบริหารส่วนตำบล", "อบจ.": "องค์การบริหารส่วนจังหวัด", "ทต.": "เทศบาลตำบล",
          "ทม.": "เทศบาลเมือง", "ทน.": "เทศบาลนคร"}  # fmt: skip
_LOCAL = re.compile(
    r"(?:"
    + "|".join(name for name, _ in AGENCY_KINDS[:5])
    + r"|อบต\.|อบจ\.|ทต\.|ทม\.|ทน\.)\s?[ก-๙]+"
)
_OTHER = re.compile(r"^(?:" + "|".join(name for name, _ in AGENCY_KINDS[5:]) + r")[ก-๙ ()]{3,80}$")
# "ชื่อหน่วยงาน: …" in forms; what follows is the name, whatever the kind of agency.
_LABELLED = re.compile(r"^(?:ชื่อ)?หน่วยงาน\s*[:：]?\s*([ก-๙][ก-๙. ()]{3,80})$")
_DISTRICT = re.compile(r"(?:อำเภอ|เขต|อ\.)\s?([ก-๙]+)")
_PROVINCE = re.compile(r"(?:จังหวัด|จ\.)\s?([ก-๙]+)|(กรุงเทพมหานคร)")
_YEAR = re.compile(r"ปี\s*งบประมาณ\s*(?:พ\.?\s?ศ\.*)?\s*(\d{4}|\d{2})(?!\d)")
_ROUND = re.compile(r"รอบ\s*(?:ระยะเวลา)?\s*(6|12)\s*เดือน")
# Words beside a year: those of the report itself, and those of the result it starts from.
_OWN_YEAR = (("รอบ", 3), ("รายงานผล", 2), ("มาตรการส่งเสริม", 2), ("ประจำปี", 1))
_LAST_YEAR = re.compile(
    r"(?:จากการ|ผลการประเมิน|วิเคราะห์)\S*\s*\S*$|ผลการประเมิน[^ ]*\s?[^ ]*\s*ประจำ$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the pages before the table say.

    Attributes:
        agency: The agency as printed.
        fiscal_year_be: Fiscal year of the report.
        round_months: 6 or 12; None where it is not said.
        period_start_date: First day covered.
        period_end_date: Last day covered.
        row_of_agency: Line in which the agency's place is named, for corrections.
    """

    agency: AgencyHead
    fiscal_year_be: int
    round_months: int | None
    period_start_date: dt.date
    period_end_date: dt.date
    row_of_agency: int | None


def read_head(
    document: Document, periods: Sequence[str] = (), fiscal_year_be: int | None = None
) -> Head:
    """Read agency, fiscal year, round and period.

    Args:
        document: The document.
        periods: Texts of the period column, asked where no paragraph names the year.
        fiscal_year_be: The year where the user has said it.

    Raises:
        DataError: The fiscal year cannot be told.
    """
    paragraphs = document.paragraphs
    year = fiscal_year_be or _fiscal_year(paragraphs, periods)
    if year is None:
        raise DataError(fault("no_fiscal_year", Place(document.name)))
    rounds = (round_of(paragraph.text) for paragraph in paragraphs)
    round_months = next((months for months in rounds if months is not None), None)
    start, end = half_span(year, 1) if round_months == 6 else fiscal_year_span(year)
    agency, row = _agency(paragraphs)
    return Head(agency, year, round_months, start, end, row)


def round_of(text: str) -> int | None:
    """Return the round that a text names, 6 or 12; None where it names none."""
    match = _ROUND.search(to_arabic(text))
    return int(match[1]) if match else None


def own_year(paragraph: Paragraph) -> int | None:
    """Return the fiscal year that a paragraph names as its report's own; None where none."""
    return _fiscal_year([paragraph], ())


def _fiscal_year(paragraphs: Sequence[Paragraph], periods: Sequence[str]) -> int | None:
    votes: Counter[int] = Counter()
    for paragraph in paragraphs:
        plain = to_arabic(paragraph.text)
        for match in _YEAR.finditer(plain):
            year = int(match[1]) + (2500 if len(match[1]) == 2 else 0)
            if not 2557 <= year <= 2657:
                continue
            own = sum(weight for words, weight in _OWN_YEAR if words in plain)
            if not _LAST_YEAR.search(plain[: match.start()]):
                votes[year] += own
    votes += Counter()  # drops the years nothing speaks for
    if votes:
        return votes.most_common(1)[0][0]
    ends = Counter(
        mention.date.end
        for text in periods
        for mention in find_dates(text, None)
        if mention.date.precision is Precision.RANGE
    )
    if not ends:
        return None
    last = ends.most_common(1)[0][0]
    return last.year + 543 + (last.month >= 10)


def _agency(paragraphs: Sequence[Paragraph]) -> tuple[AgencyHead, int | None]:
    names: Counter[str] = Counter()
    district = province = None
    row = None
    for paragraph in paragraphs:
        text = paragraph.text
        labelled = _LABELLED.match(text)
        if labelled:
            names[_full_name(labelled[1].strip())] += 5
            continue
        found = _LOCAL.search(text) or _OTHER.search(text)
        if found:
            # a name that is the whole line is the title page's
            # a province alone is more often where the agency is than the agency itself
            is_whole = found[0] == text and not text.startswith("จังหวัด")
            names[_full_name(found[0])] += 3 if is_whole else 1
        if district is None and (match := _DISTRICT.search(text)):
            district, row = match[1], paragraph.place.row
            place = _PROVINCE.search(text, match.end())
            province = (place[1] or place[2]) if place else province
    name = names.most_common(1)[0][0] if names else None
    if name and province is None:
        province = _province_elsewhere(paragraphs)
    kind = next((kind for head, kind in AGENCY_KINDS if name and name.startswith(head)), None)
    return AgencyHead(
        name_th=name, agency_type=kind, district_th=district, province_th=province
    ), row


def _full_name(name: str) -> str:
    for short, full in _SHORT.items():
        if name.startswith(short):
            return full + name[len(short) :].strip()
    return re.sub(r"\s+", "", name) if _LOCAL.fullmatch(name) else name


def _province_elsewhere(paragraphs: Sequence[Paragraph]) -> str | None:
    for paragraph in paragraphs:
        match = _PROVINCE.search(paragraph.text)
        if match and "องค์การบริหารส่วนจังหวัด" not in paragraph.text:
            return match[1] or match[2]
    return None
