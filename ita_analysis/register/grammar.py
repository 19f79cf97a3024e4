"""The deadline grammar: which words of a clause say when, and what they say.

The rules are rows of ``deadlines.csv``; words that would have to be about time are rows of
``time_words.csv``. Both can be read and extended in a spreadsheet. The longest phrase wins.
Sources of the conventions: the conventions and phrases collected from real agency documents
(docs/methods.md, "Deadlines").
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ita_analysis.register.notation import compile_phrase, mask_dates, number
from ita_analysis.thai import Mention, Precision, find_dates, to_arabic

PHRASE_GAP = 14
"""Time words that no rule placed and that stand this near each other are one phrase."""
PHRASE_CONTEXT = 30
"""Characters of context shown on each side of a phrase that no rule placed."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of deadlines.csv.

    Attributes:
        kind: An obligation's kind; ``mention`` (about time, but no deadline); ``bare_date``.
        pattern: What it matches in masked text.
        is_literal: The phrase has no placeholder for dates, so it is sought in the plain text.
        schedule: What follows from it: name to expression, for example ``every_months: 12/n``.
    """

    kind: str
    pattern: re.Pattern[str]
    is_literal: bool
    schedule: dict[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a clause that say when.

    Attributes:
        start_index: Where they start in the clause.
        end_index: Where they end.
        words: The words.
        rule: The rule that placed them; None where no rule did.
        n: The number they name.
        is_working_days: The number counts working days.
        dates: The dates they name.
    """

    start_index: int
    end_index: int
    words: str
    rule: Rule | None
    n: int | None = None
    is_working_days: bool = False
    dates: tuple[Mention, ...] = field(default=())

    @property
    def kind(self) -> str:
        """Kind of the rule; ``unknown`` where no rule placed the words."""
        return self.rule.kind if self.rule else "unknown"


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return the rules of deadlines.csv in the order of the table."""
    rules = []
    for row in _table("deadlines.csv"):
        phrase = row["phrase"]
        pairs = [pair.partition("=") for pair in row["schedule"].split(";") if pair]
        schedule = {name.strip(): expression.strip() for name, _, expression in pairs}
        is_literal = not re.search(r"\{(dates?|spans|month|year)\}", phrase)
        rules.append(Rule(row["kind"], compile_phrase(phrase), is_literal, schedule))
    return tuple(rules)


@cache
def _time_words() -> re.Pattern[str]:
    words = []
    for row in _table("time_words.csv"):
        before = "".join(f"(?<!{re.escape(word)})" for word in row["not_after"].split("|") if word)
        after = "|".join(re.escape(word) for word in row["not_before"].split("|") if word)
        # numbers are not named here: many alternatives cannot share one group name
        word = re.escape(row["time_word"]).replace(r"\ ", r"\s*").replace(r"\{n\}", r"\d+")
        words.append(f"{before}{word}" + (rf"(?!\s*(?:{after}))" if after else ""))
    return re.compile("|".join(words))


def _table(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def find_phrases(clause: str, fiscal_year_be: int) -> list[Phrase]:
    """Return every phrase about time in a clause, in order, none overlapping another.

    Args:
        clause: One clause of a report, repaired text.
        fiscal_year_be: Fiscal year of the report, in which a month without a year is taken.

    Returns:
        One item per phrase. A phrase that contains a time word and that no rule placed has
        ``rule`` None.
    """
    plain = to_arabic(clause)
    mentions = list(find_dates(clause, fiscal_year_be))
    masked = mask_dates(plain, mentions)
    taken: list[Phrase] = []
    for phrase in sorted(_candidates(clause, plain, masked, mentions), key=_longest_first):
        if phrase.kind == "bare_date" and not _is_alone(phrase, clause):
            continue
        if all(_apart(phrase, other) for other in taken):
            taken.append(phrase)
    unplaced = _unplaced(clause, plain, mentions, taken)
    return sorted([*taken, *unplaced], key=lambda phrase: phrase.start_index)


def _candidates(clause: str, plain: str, masked: str, mentions: list[Mention]) -> list[Phrase]:
    found = []
    for rule in load_rules():
        for match in rule.pattern.finditer(plain if rule.is_literal else masked):
            start, end = match.span()
            words = clause[start:end]
            start += len(words) - len(words.lstrip())
            groups = match.groupdict()
            span = match.span("dates") if groups.get("dates") else (0, 0)
            dates = tuple(
                m for m in mentions if span[0] <= m.start_index and m.end_index <= span[1]
            )
            n = number(groups["n"]) if groups.get("n") else None
            found.append(
                Phrase(start, end, words.strip(), rule, n, bool(groups.get("working")), dates)
            )
    return [phrase for phrase in found if phrase.words]


def _longest_first(phrase: Phrase) -> tuple[int, int]:
    return (phrase.start_index - phrase.end_index, phrase.start_index)


def _apart(one: Phrase, other: Phrase) -> bool:
    return one.end_index <= other.start_index or other.end_index <= one.start_index


def _is_alone(phrase: Phrase, clause: str) -> bool:
    """Whether a date is all that a cell or clause says, but for numbering and brackets."""
    rest = clause[: phrase.start_index] + clause[phrase.end_index :]
    return not re.sub(r"[\s\d๐-๙.()/–-]|เดือน|วันที่|พ\.ศ|เวลา|น\.", "", rest)


def _unplaced(
    clause: str, plain: str, mentions: list[Mention], taken: list[Phrase]
) -> list[Phrase]:
    """Dates and time words that no phrase covers, joined where they stand close together."""
    spans = [match.span() for match in _time_words().finditer(plain)]
    spans += [(m.start_index, m.end_index) for m in mentions if m.date.precision != Precision.YEAR]
    free: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if any(start < p.end_index and p.start_index < end for p in taken):
            continue
        last = free[-1] if free else None
        parted = last and any(last[1] <= p.start_index < start for p in taken)
        if last and not parted and start - last[1] <= PHRASE_GAP:
            free[-1] = (last[0], max(end, last[1]))
        else:
            free.append((start, end))
    return [Phrase(start, end, _context(clause, start, end), None) for start, end in free]


def _context(clause: str, start: int, end: int) -> str:
    """The words with what stands around them, cut at spaces where there are any."""
    left = clause[max(0, start - PHRASE_CONTEXT) : start]
    right = clause[end : end + PHRASE_CONTEXT]
    left = left.rpartition(" ")[2] if " " in left else left
    right = right.partition(" ")[0]
    return f"{left}{clause[start:end]}{right}".strip()
