"""One row's cells to the columns they belong to, by header and by what they hold.

Rows of real reports are shifted by a column, hold two columns in one cell, or repeat a cell. The
best order-preserving alignment of cells to columns is found by dynamic programming: keeping a cell
in its own column is worth a bonus, and what the cell holds speaks for or against each column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from ita_analysis.documents import Row
from ita_analysis.register.columns import Role
from ita_analysis.register.dated import dates_in
from ita_analysis.register.units import HEADS
from ita_analysis.thai import Precision

IN_PLACE = 0.6
SPLIT_COST = -0.5
SKIP_CELL_COST = -1.5
SKIP_COLUMN_COST = -0.8

_DEADLINE = re.compile(
    r"ภายใน\s*(?:เดือน|วันที่|ระยะ|กำหนด)|ทุก\s*(?:เดือน|ไตรมาส|[๐-๙0-9])|ไตรมาส\s*ละ|กำกับ\s*ติดตาม"
)
_NUMBERED = re.compile(r"[๐-๙0-9]{1,2}\s?[.)]\s*[ก-ฮเ-ไ]")
_DONE = re.compile(r"แล้ว|เรียบร้อย|ดำเนินการ")
SHORT, LONG = 60, 200


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where the words of one row went.

    Attributes:
        values: Role to text.
        n_split: Cells that held two columns.
        repeated: Texts left out because the row says them elsewhere.
        moved: Columns (roles) whose words stood in another column.
    """

    values: dict[Role, str]
    n_split: int
    repeated: tuple[str, ...]
    moved: tuple[Role, ...]

    @property
    def is_repaired(self) -> bool:
        """Whether anything was not where its header says."""
        return bool(self.n_split or self.repeated or self.moved)


_Step = tuple[float, tuple[tuple[str, int, int], ...]]


def align(row: Row, roles: tuple[Role, ...]) -> Alignment:
    """Assign the cells of a row to the columns of its table.

    Args:
        row: The row.
        roles: Role of each column, from the header.

    Returns:
        Every cell's words are in ``values`` or in ``repeated``: nothing is lost. Words of cells
        that fit no column are appended to the column before them.
    """
    texts = row.texts
    if len(texts) == len(roles) and all(
        evidence(text, role) >= 0 for text, role in zip(texts, roles, strict=True)
    ):
        return Alignment(_joined(zip(roles, texts, strict=True)), 0, (), ())
    steps = _best(texts, roles)
    pairs: list[tuple[Role, str]] = []
    repeated: list[str] = []
    moved: list[Role] = []
    n_split = 0
    for move, i, j in steps:
        if move == "keep":
            pairs.append((roles[j], texts[i]))
            if i != j and texts[i]:
                moved.append(roles[j])
        elif move == "split":
            head, tail = _parts(texts[i])
            pairs += [(roles[j], head), (roles[j + 1], tail)]
            n_split += 1
        elif _is_repeat(texts, i):
            repeated += [texts[i]] if texts[i] else []
        else:
            pairs.append((pairs[-1][0] if pairs else Role.TITLE, texts[i]))
            moved.append(pairs[-1][0])
    return Alignment(_joined(pairs), n_split, tuple(repeated), tuple(moved))


def _joined(pairs: Iterable[tuple[Role, str]]) -> dict[Role, str]:
    values: dict[Role, str] = {}
    for role, text in pairs:
        values[role] = f"{values[role]} {text}".strip() if values.get(role) else text
    return values


def _best(texts: tuple[str, ...], roles: tuple[Role, ...]) -> tuple[tuple[str, int, int], ...]:
    """The moves of the best alignment."""
    n_cells, n_roles = len(texts), len(roles)

    @cache
    def best(i: int, j: int) -> _Step:
        if i == n_cells:
            return SKIP_COLUMN_COST * (n_roles - j), ()
        skip_cost = 0.0 if _is_repeat(texts, i) else SKIP_CELL_COST
        options = [_extend(skip_cost, ("skip", i, j), best(i + 1, j))]
        if j < n_roles:
            keep = evidence(texts[i], roles[j]) + (IN_PLACE if i == j else 0)
            options.append(_extend(keep, ("keep", i, j), best(i + 1, j + 1)))
            rest_score, rest_moves = best(i, j + 1)
            options.append((rest_score + SKIP_COLUMN_COST, rest_moves))
        head, tail = _parts(texts[i])
        if head and j + 1 < n_roles:
            both = evidence(head, roles[j]) + evidence(tail, roles[j + 1])
            options.append(_extend(both + SPLIT_COST, ("split", i, j), best(i + 1, j + 2)))
        return max(options, key=lambda option: option[0])

    return best(0, 0)[1]


def _extend(score: float, move: tuple[str, int, int], rest: _Step) -> _Step:
    return score + rest[0], (move, *rest[1])


def _parts(text: str) -> tuple[str, str]:
    """A cell cut before its first numbered clause; an empty head where it has none."""
    match = _NUMBERED.search(text)
    cut = match.start() if match else 0
    return text[:cut].strip(), text[cut:].strip()


def _is_repeat(texts: tuple[str, ...], i: int) -> bool:
    """Whether the cells before already say all that this cell says."""
    words = re.sub(r"[\s\-–/]", "", texts[i])
    before = re.sub(r"[\s\-–/]", "", "".join(texts[:i]))
    return words in before


def evidence(text: str, role: Role) -> float:
    """How much the words of a cell speak for (up to 1.5) or against (down to -1) a column."""
    if not text:
        return 0.0
    judge = _EVIDENCE.get(role)
    return judge(text) if judge else 0.0


def _units(text: str) -> float:
    if len(text) > LONG or _DEADLINE.search(text) or _has_day(text):
        return -1.0
    return 1.0 if text.lstrip("- ").startswith(HEADS) and len(text) < SHORT else 0.0


def _steps(text: str) -> float:
    if _is_period(text) or (_DEADLINE.search(text) and re.search(r"ภายใน\s*เดือน", text)):
        return -0.7
    return 0.7 if _NUMBERED.search(text) else 0.0


def _monitoring(text: str) -> float:
    if _is_period(text):
        return -1.0
    if _DEADLINE.search(text):
        return 1.0
    return 0.0 if dates_in(text) or _NUMBERED.search(text) else -0.7


def _period(text: str) -> float:
    if _is_period(text):
        return 1.5
    return -1.0 if len(text) > SHORT else -0.3


def _result(text: str) -> float:
    if _is_period(text):
        return -1.0
    return 1.0 if _has_day(text) and _DONE.search(text) else 0.0


def _outcome(text: str) -> float:
    return -1.0 if _is_period(text) or (_has_day(text) and _DEADLINE.search(text)) else 0.0


def _number(text: str) -> float:
    return 1.0 if re.fullmatch(r"[(]?[๐-๙0-9]{1,3}[.)]?", text.strip()) else -1.0


def _indicator(text: str) -> float:
    return 0.5 if len(text) < LONG and not _is_period(text) else -1.0


def _published(text: str) -> float:
    return 1.0 if len(text) < SHORT and dates_in(text) else -0.3


def _tool(text: str) -> float:
    return 1.0 if re.search(r"\b(?:IIT|EIT|OIT)\b", text) else -1.0


def _item(text: str) -> float:
    return 1.0 if re.match(r"(?:ข้อ\s*)?[ioeIOE]\s?[๐-๙0-9]", text) else -0.3


def _title(text: str) -> float:
    return -1.0 if _is_period(text) or _DEADLINE.search(text) else 0.0


_EVIDENCE: dict[Role, Callable[[str], float]] = {
    Role.TITLE: _title,
    Role.UNITS: _units,
    Role.STEPS: _steps,
    Role.MONITORING: _monitoring,
    Role.PERIOD: _period,
    Role.RESULT: _result,
    Role.OUTCOME: _outcome,
    Role.NUMBER: _number,
    Role.INDICATOR: _indicator,
    Role.PUBLISHED: _published,
    Role.TOOL: _tool,
    Role.ITEM: _item,
}


def _is_period(text: str) -> bool:
    if len(text) > SHORT:
        return False
    mentions = dates_in(text)
    covered = sum(mention.end_index - mention.start_index for mention in mentions)
    return bool(mentions) and covered >= 0.7 * len(text)


def _has_day(text: str) -> bool:
    return any(m.date.precision is Precision.DAY for m in dates_in(text))
