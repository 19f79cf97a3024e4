"""A synthetic country: invented agencies with scores and registers, for runs of any size.

The scores of a year are calibrated to ``national.csv``: their mean, and the share of agencies at
or above the pass mark. They are drawn by rank: an agency keeps about its place from year to year,
and the ranks are mapped to scores by two power curves, one on each side of the pass mark, whose
bends are solved from mean and share. Nothing in it is any real agency's.
"""

from __future__ import annotations

import csv
import io
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PASS_MARK = 85.0
LOWEST = 28.16
"""The lowest score of any agency in FY2563, the only year for which one is published."""

WEIGHTS = {"IIT": 0.30, "EIT": 0.30, "OIT": 0.40}
INDICATORS = {"IIT": (1, 2, 3, 4, 5), "EIT": (6, 7, 8), "OIT": (9, 10)}

_USUAL_PASSED, _USUAL_FAILED = 94.5, 71.0
"""Means of passed and failed agencies where the year's share of passed ones is not published."""

_KEEPING = 0.8
"""How much of an agency's place is kept from year to year."""

_SCORE_COLUMNS = (
    "agency_id",
    "agency_name_th",
    "fiscal_year_be",
    "level",
    "code",
    "score_pct",
    "published_rating",
    "data_kind",
    "source",
)
_AGENCY_COLUMNS = ("agency_id", "name_th", "name_en", "agency_type", "district_th", "province_th")
_SOURCE = "synthetic: ita bench"

_ANY_AGENCY = "\x1a"
"""Stands in a template for the agency's id: a control character, which no register holds."""


@dataclass(frozen=True)
class NationalYear:
    """What is published of a year.

    Attributes:
        fiscal_year_be: The fiscal year.
        mean_pct: National mean of the overall score.
        passed: Share of agencies at or above the pass mark, 0 to 1; None where not published.
    """

    fiscal_year_be: int
    mean_pct: float
    passed: float | None


def read_national(path: Path) -> list[NationalYear]:
    """Return the years of ``national.csv`` that have a mean."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            NationalYear(
                int(row["fiscal_year_be"]),
                float(row["mean_score_pct"]),
                float(row["share_passed_pct"]) / 100 if row["share_passed_pct"] else None,
            )
            for row in csv.DictReader(file)
            if row["mean_score_pct"]
        ]


def overall_scores(year: NationalYear, ranks: Sequence[float]) -> list[float]:
    """Return overall scores with the year's mean and share of passed agencies.

    Args:
        year: What is published of the year.
        ranks: Each agency's place, 0 (last) to 1 (first), evenly spread.
    """
    share = year.passed
    if share is None:
        share = max(0.05, (year.mean_pct - _USUAL_FAILED) / (_USUAL_PASSED - _USUAL_FAILED))
    passed = min(99.0, max(86.0, (year.mean_pct - (1 - share) * _USUAL_FAILED) / share))
    failed = (year.mean_pct - share * passed) / (1 - share)
    above = (100 - PASS_MARK) / (passed - PASS_MARK) - 1
    below = (PASS_MARK - LOWEST) / (PASS_MARK - failed) - 1

    def score(rank: float) -> float:
        if rank >= 1 - share:
            return PASS_MARK + (100 - PASS_MARK) * math.pow((rank - 1 + share) / share, above)
        return PASS_MARK - (PASS_MARK - LOWEST) * math.pow(1 - rank / (1 - share), below)

    return [score(rank) for rank in ranks]


def make_population(
    folder: Path, national: Path, template: Path, n_agencies: int, seed: int = 2566
) -> tuple[int, ...]:
    """Write a data folder of an invented country, beside what ``frameworks`` it is given.

    Args:
        folder: Folder to write.
        national: ``national.csv``.
        template: Folder of an invented agency's registers, one folder a year: every agency gets
            its measures.
        n_agencies: Number of agencies.
        seed: The same seed gives the same country.

    Returns:
        The fiscal years with scores.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    names = [f"synthetic-{number:05d}" for number in range(1, n_agencies + 1)]
    folder.mkdir(parents=True, exist_ok=True)
    _write(
        folder / "agencies.csv",
        _AGENCY_COLUMNS,
        ([name, f"หน่วยงานสมมติ {name[-5:]}", name, "อบต.", "", ""] for name in names),
    )
    years = read_national(national)
    _write(folder / "scores" / "synthetic.csv", _SCORE_COLUMNS, _scores(names, years, chance))
    for register in sorted(template.iterdir()):
        files = [_TemplateFile(path) for path in sorted(register.iterdir())]
        for name in names:
            target = folder / "registers" / name / register.name
            target.mkdir(parents=True, exist_ok=True)
            for file in files:
                (target / file.name).write_bytes(file.of(name))
    return tuple(year.fiscal_year_be for year in years)


def _scores(
    names: Sequence[str], years: Sequence[NationalYear], chance: random.Random
) -> Iterator[list[object]]:
    places = [chance.gauss(0, 1) for _ in names]
    for year in years:
        places = [_KEEPING * p + (1 - _KEEPING**2) ** 0.5 * chance.gauss(0, 1) for p in places]
        order = sorted(range(len(names)), key=places.__getitem__)
        ranks = [0.0] * len(names)
        for place, index in enumerate(order):
            ranks[index] = (place + 0.5) / len(names)
        for name, overall in zip(names, overall_scores(year, ranks), strict=True):
            for level, code, score in _parts(overall, chance):
                title = f"หน่วยงานสมมติ {name[-5:]}"
                row = [name, title, year.fiscal_year_be, level, code, f"{score:.2f}", ""]
                yield [*row, "synthetic", _SOURCE]


def _parts(overall: float, chance: random.Random) -> Iterator[tuple[str, str, float]]:
    """Yield overall score, tools and indicators that add up to it by their weights."""
    weights = {n: WEIGHTS[tool] / len(ns) for tool, ns in INDICATORS.items() for n in ns}
    off = {number: chance.uniform(-0.6, 0.6) for number in weights}
    middle = sum(weights[number] * value for number, value in off.items())
    # In shares of what is missing to the nearer end of the scale, so that no part goes beyond it.
    room = min(overall, 100 - overall)
    parts = {n: overall + room * (value - middle) * 0.8 for n, value in off.items()}
    yield "overall", "overall", overall
    for tool, numbers in INDICATORS.items():
        yield "tool", tool, sum(parts[number] for number in numbers) / len(numbers)
    for number, score in parts.items():
        yield "indicator", str(number), score


class _TemplateFile:
    """A file of the template's register, read once for all agencies.

    Attributes:
        name: Its name.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        content = path.read_bytes()
        if path.suffix != ".csv":
            self._pieces = [content]
            return
        with io.StringIO(content.decode("utf-8-sig"), newline="") as file:
            rows = list(csv.DictReader(file))
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "agency_id": _ANY_AGENCY} for row in rows)
        self._pieces = text.getvalue().encode("utf-8-sig").split(_ANY_AGENCY.encode())

    def of(self, agency_id: str) -> bytes:
        """Return its content for an agency."""
        return agency_id.encode().join(self._pieces)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
