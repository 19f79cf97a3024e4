"""On what the figures of the improvement report rest."""

from __future__ import annotations

from ita_analysis.analysis.improvement import Improvement
from ita_analysis.pages.improvement_case import ImprovementCase
from ita_analysis.scores.formula import oit_basis
from ita_analysis.texts import Texts


def note_lines(case: ImprovementCase, result: Improvement, say: Texts) -> list[str]:
    """Return basis of rules and bands, breaks of the series, and the sources of the scores."""
    year, framework = case.fiscal_year_be, case.framework
    lines = [
        say(
            "improvement.notes_basis",
            year=year,
            overall=say(f"framework.basis.{framework.rule.overall.basis}"),
            items=say(f"framework.basis.{oit_basis(framework)}"),
        )
    ]
    if result.has_scores:
        basis = say(f"framework.basis.{framework.ratings.basis}")
        lines.append(say("improvement.notes_bands", year=year, basis=basis))
    for row in result.breaks.to_dict("records"):
        affects = [say(f"framework.affects.{each}") for each in str(row["affects"]).split("; ")]
        lines.append(
            say(
                "improvement.notes_break",
                year=row["fiscal_year_be"],
                title=row["title_en" if say.lang == "en" else "title_th"],
                affects=", ".join(affects),
                basis=say(f"framework.basis.{row['basis']}"),
            )
        )
    if result.breaks.empty and result.has_scores and result.before_year_be is not None:
        lines.append(say("improvement.notes_no_break"))
    pairs = case.scores[["fiscal_year_be", "source"]].drop_duplicates()
    for row in pairs[pairs["source"] != ""].to_dict("records"):
        values = {"year": row["fiscal_year_be"], "source": row["source"]}
        lines.append(say("improvement.notes_source", **values))
    return lines
