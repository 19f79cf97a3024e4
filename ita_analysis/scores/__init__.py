"""Scores: formula, rating, explanations, worth and the shortest way up; score files and store."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ita_analysis.scores.answer import ScoreAnswer, ScoreCheck, answer_scores, check_scores
from ita_analysis.scores.contributions import Contribution, contributions
from ita_analysis.scores.explain import Explanation, explain
from ita_analysis.scores.formula import Computed, Gap, compute
from ita_analysis.scores.gain import Worth, room, worth, worth_of
from ita_analysis.scores.importing import ScoreImport, plan_import, write_import, write_rejects
from ita_analysis.scores.load import load_score_file, load_score_files
from ita_analysis.scores.model import ScoreRow, ScoreTable
from ita_analysis.scores.numbers import round_half_up
from ita_analysis.scores.rating import Rating, Shortfall, next_band, rate, shortfalls
from ita_analysis.scores.way import Way, shortest_way

if TYPE_CHECKING:
    from ita_analysis.scores.national import load_national
    from ita_analysis.scores.store import (
        compile_scores,
        is_compiled,
        load_overview,
        load_scores,
        year_values,
    )

# pandas and pyarrow take a second to import; the command line mostly does without them.
_LATE = {
    "load_national": "national",
    "compile_scores": "store",
    "is_compiled": "store",
    "load_overview": "store",
    "load_scores": "store",
    "year_values": "store",
}

__all__ = [
    "Computed",
    "Contribution",
    "Explanation",
    "Gap",
    "Rating",
    "ScoreAnswer",
    "ScoreCheck",
    "ScoreImport",
    "ScoreRow",
    "ScoreTable",
    "Shortfall",
    "Way",
    "Worth",
    "answer_scores",
    "check_scores",
    "compile_scores",
    "compute",
    "contributions",
    "explain",
    "is_compiled",
    "load_national",
    "load_overview",
    "load_score_file",
    "load_score_files",
    "load_scores",
    "next_band",
    "plan_import",
    "rate",
    "room",
    "round_half_up",
    "shortest_way",
    "shortfalls",
    "worth",
    "worth_of",
    "write_import",
    "write_rejects",
    "year_values",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
