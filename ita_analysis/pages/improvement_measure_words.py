"""How the measures were met where it matters most, in sentences."""

from __future__ import annotations

import pandas as pd

from ita_analysis.analysis.improvement import Improvement
from ita_analysis.frameworks import BASES, Framework
from ita_analysis.pages.improvement_figures import WorthChart
from ita_analysis.pages.improvement_words import Row, pct
from ita_analysis.texts import Texts


def dearest_late(result: Improvement, framework: Framework, say: Texts) -> str:
    """Say which measure that was not met in time stands under the dearest part."""
    if result.duties is None:
        return say("improvement.measures_none", year=result.fiscal_year_be)
    rows = result.measures
    if rows["n_assessed"].sum() == 0:
        return say("improvement.measures_no_dated")
    unmet = rows[(rows["n_late"] > 0) | (rows["n_no_evidence"] > 0)]
    if unmet.empty:
        return say("improvement.measures_all_met")
    first = unmet.to_dict("records")[0]  # the measures stand in the order of worth
    late = window = ""
    if not pd.isna(first["worst_days_late"]):
        late = say("improvement.measures_dearest_late_days", days=first["worst_days_late"])
    if not pd.isna(first["is_after_oit_window"]) and first["is_after_oit_window"]:
        basis = say(f"framework.basis.{framework.calendar.basis}")
        window = say("improvement.measures_after_window", basis=basis)
    return say(
        "improvement.measures_dearest_late",
        part=_part(first, say),
        title=first["title_th"],
        on_time=first["n_on_time"],
        n=first["n_assessed"],
        late=late,
        window=window,
    )


def _part(measure: Row, say: Texts) -> str:
    no, basis = measure["indicator_no"], measure["rule_basis"]
    if pd.isna(no):
        return say("timeliness.no_indicator")
    if pd.isna(basis):
        return say("improvement.measures_part_plain", no=no)
    sure = say(f"framework.basis.{basis}")
    if pd.isna(measure["points_per_item"]):
        points = pct(measure["points_per_point"])
        return say("improvement.measures_part_point", no=no, points=points, basis=sure)
    points = pct(measure["points_per_item"])
    code = measure["sub_indicator"]
    return say("improvement.measures_part_item", code=code, points=points, basis=sure)


def caption(result: Improvement, say: Texts) -> str:
    """Return the caption of the table of measures, with the least sure basis of its worths."""
    known = set(result.measures["rule_basis"].dropna())
    if not known:
        return say("improvement.measures_caption_plain")
    basis = max(known, key=BASES.index)
    return say("improvement.measures_caption", basis=say(f"framework.basis.{basis}"))


def worth_title(chart: WorthChart, say: Texts) -> str:
    """Say how the obligations at the dearest part were met."""
    top = chart.rows.to_dict("records")[0]
    if top["n_assessed"] == 0:
        return say("improvement.worth_figure_title_none", code=top["code"])
    values = {"on_time": top["n_on_time"], "n": top["n_assessed"]}
    return say("improvement.worth_figure_title", code=top["code"], **values)
