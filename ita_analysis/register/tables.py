"""Which rows of a document are measures, and under which heading each stands.

Every row of every table goes to exactly one list, so that none is lost: see :class:`Found`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ita_analysis.documents import Document, Row, Table
from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.frameworks import Framework
from ita_analysis.register.columns import Header, Role, read_header
from ita_analysis.register.continuing import continues, join_rows
from ita_analysis.register.headings import Standing, is_heading, read_indicator
from ita_analysis.register.rows import Alignment, align, evidence
from ita_analysis.texts import fault, load_texts

MIN_CELLS = 3
"""A row with fewer words than this in its cells is a heading, a total or a signature."""

MIN_PERIODS = 2
"""After so many measures that all have a period of their own, a row without one is none."""

EXAMPLE = "(ตัวอย่าง)"
"""The first cell of a template's example row holds this: the row is no measure."""

HEADER_ROWS = 12
"""How far down a table its header is looked for: title lines may stand above it."""

_FOOTER = re.compile(
    r"\W*(?:ลงชื่อ|ลงนาม|ผู้รายงาน|ผู้จัดทำ|ผู้รับรอง|ผู้ตรวจสอบ|หมายเหตุ\s*[:：]|รวม(?:ทั้งสิ้น|ทั้งหมด)?(?:\s|$)|"
    r"ตำแหน่ง|\(\s*\.{3}|\.{5})"
)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row that is a measure.

    Attributes:
        row: The row as read, with the rows that go on with it.
        alignment: Its words by column.
        standing: Tool and indicator named before it.
        has_monitoring: Whether its table has a column for monitoring and deadlines.
        places: Places of the rows of the document that it takes.
    """

    row: Row
    alignment: Alignment
    standing: Standing
    has_monitoring: bool = True
    places: tuple[Place, ...] = ()

    @property
    def n_rows(self) -> int:
        """How many rows of the document it takes."""
        return len(self.places)


@dataclass
class Found:
    """What the tables of a document hold; every row of the document is in one of these lists.

    Attributes:
        measures: Rows that are measures, in order, with the rows that go on with them.
        headers: Header rows; all but the first of a table's form are repeats.
        headings: Rows that name a tool or an indicator.
        left_out: Rows of a report's table that are neither measure, header nor heading.
        duplicates: Rows that say word for word what a measure before them says.
        strange: Tables that are no report of measures; left alone.
        doubtful: Headers of tables that may be a report's, but name too few columns.
    """

    measures: list[MeasureRow] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    headings: list[Row] = field(default_factory=list)
    left_out: list[Row] = field(default_factory=list)
    duplicates: list[Row] = field(default_factory=list)
    strange: list[Table] = field(default_factory=list)
    doubtful: list[Header] = field(default_factory=list)

    @property
    def n_rows(self) -> int:
        """All rows that were placed."""
        return (
            sum(measure.n_rows for measure in self.measures)
            + len(self.headers) + len(self.headings) + len(self.left_out) + len(self.duplicates)
            + sum(len(table.rows) for table in self.strange)
        )  # fmt: skip


def find_measures(
    document: Document, framework: Framework, mapping: Mapping[str, Role] | None = None
) -> Found:
    """Return the measure rows of a document.

    Args:
        document: The document.
        framework: The year's framework, for the indicators it has.
        mapping: Roles by heading, as the user has said them.

    Raises:
        DataError: No table has the columns of a report of measures, or there is no row below.
    """
    reader = _Reader(framework, mapping)
    for block in document.blocks:
        if isinstance(block, Table):
            reader.table(block)
        elif is_heading(block.text):
            reader.standing = reader.standing.named_in(block.text, framework)
    found = reader.found
    if not found.headers and found.doubtful:
        raise DataError(doubt_fault(header) for header in found.doubtful)
    if not found.headers:
        raise DataError(fault("no_register_table", Place(document.name)))
    if not found.measures:
        raise DataError(fault("no_measures", found.headers[0].row.place))
    return found


def doubt_fault(header: Header) -> Fault:
    """Return the fault that names what was recognised of a header, and the way out."""
    say = load_texts()
    told = [
        f"{text} = {say(f'roles.{role.value}')}" if reason else f"{text} = ?"
        for text, role, reason in zip(
            header.row.texts, header.roles, header.reasons, strict=True
        )
        if text
    ]  # fmt: skip
    words = "; ".join(told)[:400]
    return fault("columns_doubtful", header.row.place, file=header.row.place.file, reason=words)


class _Reader:
    """Goes through the tables and keeps what the rows above have said."""

    def __init__(self, framework: Framework, mapping: Mapping[str, Role] | None) -> None:
        self.found = Found()
        self.standing = Standing()
        self._framework = framework
        self._mapping = mapping
        self._header: Header | None = None

    def table(self, table: Table) -> None:
        """Read a table: a report's, one that goes on with it, or a strange one."""
        headers = [read_header(row, self._mapping) for row in table.rows[:HEADER_ROWS]]
        if not any(header.is_sure for header in headers) and not self._goes_on(table):
            self.found.doubtful += [header for header in headers if header.is_doubtful][:1]
            self.found.strange.append(table)
            return
        is_first = table.is_continued
        for row in table.rows:
            header = read_header(row, self._mapping)
            if header.is_sure:
                self._header = header
                self.found.headers.append(header)
                continue  # a page's repeated header does not part a row from its rest
            self._row(row, is_first)
            is_first = False

    def _goes_on(self, table: Table) -> bool:
        """Whether a table without a header goes on with the report's table before it."""
        if self._header is None:
            return False
        roles = self._header.roles
        if table.is_continued and len(table.rows[0].cells) == len(roles):
            return True
        rows = [row for row in table.rows if sum(map(bool, row.texts)) >= MIN_CELLS]
        if not rows:
            return all(len(row.cells) <= len(roles) for row in table.rows)
        speaking = sum(_speaks_for(row, roles) for row in rows)
        return 2 * speaking >= len(rows)

    def _row(self, row: Row, is_first: bool) -> None:
        found, header = self.found, self._header
        words = " ".join(text for text in row.texts if text)
        if self._is_beside(row):
            found.left_out.append(row)
        elif header and found.measures and self._goes_on_with_last(row, header, is_first):
            self._go_on(row, header, is_first)
        elif sum(map(bool, row.texts)) < MIN_CELLS and is_heading(words):
            self.standing = self.standing.named_in(words, self._framework)
            found.headings.append(row)
        elif header is None or sum(map(bool, row.texts)) < MIN_CELLS:
            found.left_out.append(row)
        elif row.texts[0] and any(measure.row.texts == row.texts for measure in found.measures):
            found.duplicates.append(row)
        else:
            last = self._measure(row, header, self.standing, (row.place,))
            found.measures.append(last)
            title = last.alignment.values.get(Role.TITLE, "")
            self.standing = last.standing.named_in(title, self._framework)

    def _is_beside(self, row: Row) -> bool:
        """Whether a row is empty, a total, a signature, or a template's example."""
        filled = [text for text in row.texts if text]
        if not filled:
            return True  # it is placed so that the count is whole; there is nothing to tell
        is_short = self._header is None or len(filled) < len(self._header.roles)
        return EXAMPLE in filled[0] or bool(is_short and _FOOTER.match(filled[0]))

    def _goes_on_with_last(self, row: Row, header: Header, is_first: bool) -> bool:
        measures = self.found.measures
        has_periods = len(measures) >= MIN_PERIODS and all(
            measure.alignment.values.get(Role.PERIOD) for measure in measures
        )
        return continues(row, measures[-1].row, header.roles, is_first, has_periods)

    def _measure(
        self, row: Row, header: Header, standing: Standing, places: tuple[Place, ...]
    ) -> MeasureRow:
        alignment = align(row, header.roles)
        for role in (Role.TOOL, Role.INDICATOR):
            named = alignment.values.get(role, "")
            if named:
                standing = read_indicator(named, standing, self._framework)
        has_monitoring = Role.MONITORING in header.roles
        return MeasureRow(row, alignment, standing, has_monitoring, places)

    def _go_on(self, row: Row, header: Header, is_first: bool) -> None:
        last = self.found.measures[-1]
        whole = join_rows(last.row, row, is_first)
        self.found.measures[-1] = self._measure(
            whole, header, last.standing, (*last.places, row.place)
        )


def _speaks_for(row: Row, roles: tuple[Role, ...]) -> bool:
    values = align(row, roles).values
    kinds = (Role.PERIOD, Role.MONITORING, Role.RESULT)
    return sum(evidence(values.get(role, ""), role) for role in kinds) > 0
