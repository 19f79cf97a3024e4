"""What ``ita score`` and the score part of ``ita check`` answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ita_analysis.errors import Fault
from ita_analysis.frameworks import Basis, data_folder, load_framework
from ita_analysis.scores.checks import (
    TOLERANCE,
    Recomputed,
    group_rows,
    recompute,
    tool_scores,
    values_of,
)
from ita_analysis.scores.formula import OVERALL, Gap, compute
from ita_analysis.scores.load import load_score_files
from ita_analysis.scores.model import ScoreRow
from ita_analysis.scores.rating import rate


@dataclass(frozen=True, slots=True)
class ScoreAnswer:
    """The computed score of one agency and year beside the published one.

    Attributes:
        agency_id: Key of the agency.
        agency_name_th: Its name.
        fiscal_year_be: Fiscal year in the Buddhist Era.
        tools: Score of each tool, computed or as given; None where missing.
        overall: Computed overall score; None where parts are missing.
        rating: The rating; None where it cannot be told.
        possible_ratings: What the rating can be, best first.
        published_overall: As given; None where not.
        published_rating: As given; None where not.
        difference: Computed less published overall score; None where either is missing.
        basis: How sure the rules are that were used; None where nothing was computed.
        gaps: What could not be made, and why.
    """

    agency_id: str
    agency_name_th: str
    fiscal_year_be: int
    tools: dict[str, Decimal | None]
    overall: Decimal | None
    rating: str | None
    possible_ratings: tuple[str, ...]
    published_overall: Decimal | None
    published_rating: str | None
    difference: Decimal | None
    basis: Basis | None
    gaps: tuple[Gap, ...]

    def as_json(self) -> dict[str, object]:
        """Return the record that ``ita score --json`` prints."""
        return {
            "agency_id": self.agency_id,
            "agency_name_th": self.agency_name_th,
            "fiscal_year_be": self.fiscal_year_be,
            **{code: _number(score) for code, score in self.tools.items()},
            "overall": _number(self.overall),
            "rating": self.rating,
            "possible_ratings": list(self.possible_ratings),
            "published_overall": _number(self.published_overall),
            "published_rating": self.published_rating,
            "difference": _number(self.difference),
            "basis": self.basis,
        }


def answer_scores(
    rows: Iterable[ScoreRow], data_dir: str | Path | None = None
) -> list[ScoreAnswer]:
    """Compute the scores of all agencies and years, in the order of the rows.

    The rating is that of the published overall and tool scores where the computed ones agree with
    them to 0.01 (the published ones were made from unrounded parts), else of the computed ones.

    Args:
        rows: Checked scores; see :func:`load_score_file`.
        data_dir: The data folder.
    """
    return [_answer(group, data_dir) for group in group_rows(rows).values()]


def _answer(rows: list[ScoreRow], data_dir: str | Path | None) -> ScoreAnswer:
    first = rows[0]
    framework = load_framework(first.fiscal_year_be, data_dir)
    computed = compute(framework, values_of(rows))
    given = next((row for row in rows if row.code == OVERALL), None)
    published = given.score_pct if given else None
    overall = computed.score(OVERALL)
    difference = None if overall is None or published is None else overall - published
    tools = dict(tool_scores(framework, computed))
    given_tools = {row.code: row.score_pct for row in rows if row.code in tools}
    rated_tools = {code: _settled(given_tools.get(code), score) for code, score in tools.items()}
    rating = rate(framework, _settled(published, overall), rated_tools)
    return ScoreAnswer(
        agency_id=first.agency_id,
        agency_name_th=first.agency_name_th,
        fiscal_year_be=first.fiscal_year_be,
        tools=tools,
        overall=overall,
        rating=rating.rating,
        possible_ratings=rating.possible,
        published_overall=published,
        published_rating=(given.published_rating or None) if given else None,
        difference=difference,
        basis=computed.basis,
        gaps=computed.gaps,
    )


def _settled(published: Decimal | None, computed: Decimal | None) -> Decimal | None:
    """The published score where the computed one is missing or only rounding sets them apart."""
    if computed is None:
        return published
    agrees = published is not None and abs(computed - published) <= TOLERANCE
    return published if agrees else computed


@dataclass(frozen=True, slots=True)
class ScoreCheck:
    """The outcome of checking score files.

    Attributes:
        faults: Everything that is wrong, each with row and remedy.
        notes: What a reader should know and need not mend.
        recomputed: Every published total that has its parts, beside what follows from them.
        n_rows: Number of accepted scores.
    """

    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    recomputed: tuple[Recomputed, ...]
    n_rows: int


def check_scores(paths: list[Path] | None = None, data_dir: str | Path | None = None) -> ScoreCheck:
    """Check score files together, and recompute their totals.

    Args:
        paths: The files; all of ``data/scores`` where None.
        data_dir: The data folder.
    """
    files = score_files(data_dir) if paths is None else paths
    rows, faults, notes = load_score_files(files, data_dir)
    recomputed = [
        each
        for (_, year), group in group_rows(rows).items()
        for each in recompute(group, load_framework(year, data_dir))
    ]
    return ScoreCheck(tuple(faults), tuple(notes), tuple(recomputed), len(rows))


def score_files(data_dir: str | Path | None = None) -> list[Path]:
    """Return the score files of the data folder, by name."""
    return sorted((data_folder(data_dir) / "scores").glob("*.csv"))


def _number(score: Decimal | None) -> float | None:
    return None if score is None else float(score)
