"""What the columns of a score table mean, told from their headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ita_analysis.frameworks import Framework
from ita_analysis.scores.values import Level, clean, parse_code

FIELDS: dict[str, tuple[str, ...]] = {
    "agency_id": ("agency_id", "รหัสหน่วยงาน"),
    "agency_name_th": (
        "agency_name_th",
        "agency_name",
        "หน่วยงาน",
        "ชื่อหน่วยงาน",
        "รายชื่อหน่วยงาน",
        "ชื่อหน่วยงานภาครัฐ",
    ),
    "fiscal_year_be": (
        "fiscal_year_be",
        "fiscal_year",
        "year",
        "ปี",
        "ปีงบประมาณ",
        "ปีพ.ศ.",
        "ปีงบประมาณพ.ศ.",
        "ปีที่ประเมิน",
    ),
    "level": ("level", "level_of_row", "ระดับข้อมูล"),
    "code": ("code", "รหัส", "รหัสคะแนน"),
    "score_pct": ("score_pct", "score", "คะแนน", "ร้อยละ", "คะแนน(ร้อยละ)"),
    "published_rating": (
        "published_rating",
        "published_grade",
        "rating",
        "grade",
        "ระดับ",
        "ระดับผลการประเมิน",
        "ระดับผลการประเมินita",
        "ผลการประเมิน",
        "เกรด",
    ),
    "data_kind": ("data_kind", "ชนิดข้อมูล"),
    "source": ("source", "source_address", "แหล่งที่มา", "ที่มา"),
    "is_mean": ("is_mean",),
}
"""Column of the long form by its possible headings, written without spaces in small letters."""

IGNORED = {
    "ที่",
    "ลำดับ",
    "ลำดับที่",
    "no",
    "no.",
    "จังหวัด",
    "อำเภอ",
    "ประเภท",
    "ประเภทหน่วยงาน",
    "agency_type",
    "province",
    "province_th",
    "district_th",
    "หมายเหตุ",
}
"""Headings of columns that are known and hold no score."""

_OVERALL = re.compile(
    r"(?:ผล)?คะแนน(?:รวม|เฉลี่ย|ภาพรวม|ita|เฉลี่ยรวม|รวมita|ประเมินita|การประเมินita)?"
    r"(?:\(ร้อยละ\)|\(100\)|ร้อยละ)?|overall(?:score)?|totalscore|total|ita|itascore|ค่าคะแนน(?:รวม|ita)"
)
_INDICATOR = re.compile(r"(?:ตัวชี้วัด(?:ที่)?|indicator|ตชว\.?)\s*([1-9][0-9]?)(?![0-9.])(.*)")
_SUB = re.compile(r"(?:ตัวชี้วัดย่อย(?:ที่)?|sub-?indicator)?\s*([1-9][0-9]?\.[1-9])(?![0-9])(.*)")
_TOOL = re.compile(r"(?<![a-z])(iit|eit|oit)(?![a-z])")
_YEAR = re.compile(r"(?:คะแนน)?(?:ปี)?(?:งบประมาณ)?(?:พ\.ศ\.)?(25[0-9]{2})")
_WEIGHTED = re.compile(r"ถ่วงน้ำหนัก|weighted|(?:/|เต็ม|outof)\(?(?:30|40)|\((?:30|40)(?:คะแนน)?\)")


@dataclass(frozen=True, slots=True)
class Column:
    """The meaning of one column.

    Attributes:
        index: Its place in the row, from 0.
        heading: As written.
        field: A column of the long form; None for a column of scores.
        level: Level of the scores in it; None for a field.
        code: Code of the scores in it; None for a field.
        fiscal_year_be: The year that the heading names; None where it names none.
        is_weighted: Whether the heading says that these are weighted parts out of 30 or 40.
    """

    index: int
    heading: str
    field: str | None = None
    level: Level | None = None
    code: str | None = None
    fiscal_year_be: int | None = None
    is_weighted: bool = False


def read_columns(headings: tuple[str, ...], framework: Framework) -> list[Column]:
    """Return the columns whose headings are understood.

    Args:
        headings: The cells of a row that may be a table's head.
        framework: Rules of any year, for the indicators' titles (the same in all years).
    """
    columns = [
        column
        for index, heading in enumerate(headings)
        if (column := _column(index, heading, framework)) is not None
    ]
    fields = {column.field for column in columns}
    if "code" in fields or "level" in fields:
        # The long form: a column คะแนน holds the scores of all codes, not the overall score.
        columns = [column for column in columns if column.field is not None]
    elif "score_pct" in fields:
        columns = [
            Column(column.index, column.heading, None, "overall", "overall")
            if column.field == "score_pct"
            else column
            for column in columns
        ]
    return columns


def is_head(columns: list[Column]) -> bool:
    """Tell whether these columns make a table of scores: an agency and at least one score."""
    fields = {column.field for column in columns}
    has_agency = bool(fields & {"agency_id", "agency_name_th"})
    has_score = any(column.code is not None for column in columns)
    return has_agency and (has_score or {"code", "score_pct"} <= fields)


def is_repeated_head(texts: tuple[str, ...], columns: list[Column]) -> bool:
    """Tell whether a row below a head is a head again: a page's repeated one, or a second table's.

    Most of its cells must be headings: a row of scores may hold words such as ``overall``, too.
    """
    filled = sum(1 for text in texts if text)
    return is_head(columns) and not doubled(columns) and 2 * len(columns) > filled


def is_ignored(heading: str) -> bool:
    """Tell whether a column without a score may be passed over in silence."""
    return _key(heading) in IGNORED or not _key(heading)


def doubled(columns: list[Column]) -> list[Column]:
    """Return the columns that say the same as an earlier one."""
    seen = set()
    twice = []
    for column in columns:
        key = (column.field, column.code, column.fiscal_year_be)
        if key in seen:
            twice.append(column)
        seen.add(key)
    return twice


def _column(index: int, heading: str, framework: Framework) -> Column | None:
    key = _key(heading)
    for name, words in FIELDS.items():
        if key in words:
            return Column(index, heading, name)
    year = _YEAR.fullmatch(key)
    if year:
        return Column(index, heading, None, "overall", "overall", int(year[1]))
    found = _score_column(key, framework)
    if found is None:
        return None
    level, code = found
    return Column(index, heading, None, level, code, None, bool(_WEIGHTED.search(key)))


def _score_column(key: str, framework: Framework) -> tuple[Level, str] | None:
    sub = _SUB.fullmatch(key)
    if sub:
        return "sub_indicator", sub[1]
    indicator = _INDICATOR.fullmatch(key)
    if indicator:
        return "indicator", indicator[1]
    if _OVERALL.fullmatch(re.sub(_WEIGHTED, "", key)):
        return "overall", "overall"
    tools = set(_TOOL.findall(key))
    if len(tools) == 1:
        return "tool", tools.pop().upper()
    for each in framework.indicators.entries:
        if _key(each.title_th) == key or _key(each.title_en) == key:
            return "indicator", str(each.indicator_no)
    found = parse_code(key)
    return found if found and found[0] == "item" else None


@lru_cache(maxsize=4096)  # every row may be a head again; its words are compared with all titles
def _key(heading: str) -> str:
    return re.sub(r"\s+", "", clean(heading)).casefold()
