"""The tables of the improvement report: for readers, in words; for programs, in the contract's."""

from __future__ import annotations

import pandas as pd

from ita_analysis.analysis.improvement import Improvement
from ita_analysis.frameworks import Framework
from ita_analysis.pages.improvement_words import Row, name_of, pct, rating_name
from ita_analysis.texts import Texts

MOST_SETS = 5
"""Sets of items that a reader is shown; the CSV file has all that were listed."""


def indicator_rows(result: Improvement, say: Texts) -> pd.DataFrame:
    """One row per indicator: both years, the change, its worth, its measures."""
    names = ["score_before_pct", "score_pct", "change_points", "points_per_point", "room_points"]
    duties = ["n_aiming_measures", "n_on_time", "n_assessed"] if result.duties is not None else []
    table = _named(result.indicators, say)[["indicator_no", "name", "tool", *names, *duties]]
    return _known(table)


def aimed_rows(result: Improvement, say: Texts) -> pd.DataFrame:
    """One row per indicator that measures aim at, where no score is known."""
    names = ["indicator_no", "name", "tool", "points_per_point", "n_aiming_measures", "n_on_time",
             "n_assessed", "rule_basis"]  # fmt: skip
    return _known(_named(result.aimed, say)[names])


def worth_rows(result: Improvement, say: Texts) -> pd.DataFrame:
    """One row per indicator and sub-indicator: what it is worth and where it stands.

    A sub-indicator of which nothing is known is left out.
    """
    known = result.worth[["points_per_point", "score_pct"]].notna().any(axis=1)
    is_shown = (result.worth["level"] == "indicator") | (
        (result.worth["level"] == "sub_indicator") & known
    )
    names = ["score_before_pct", "score_pct", "points_per_point", "n_items", "points_per_item",
             "room_points"]  # fmt: skip
    aims = ["n_aiming_measures"] if result.duties is not None else []
    table = _coded(_named(result.worth[is_shown], say), "code", say)
    return _known(table[["name", *names, *aims, "rule_basis"]])


def step_rows(result: Improvement, framework: Framework, say: Texts) -> pd.DataFrame:
    """One row per missed item, the dearest first, with the score once it is mended.

    ``measure_nos`` names the year's measures that aim at the item's sub-indicator.
    """
    if result.way is None:
        return pd.DataFrame()
    numbers = result.worth.set_index("code")["measure_nos"]
    steps = _coded(result.way.steps.rename(columns={"name_th": "name"}), "item_code", say)
    steps = steps.assign(measure_nos=steps["sub_indicator"].map(numbers))
    names = ["step_no", "name", "sub_indicator", "gain_points", "overall_pct", "rating",
             "measure_nos"]  # fmt: skip
    return _known(_rated(steps[names], framework, say))


def set_rows(result: Improvement, framework: Framework, say: Texts) -> pd.DataFrame:
    """One row per smallest set of items, the first few."""
    if result.way is None:
        return pd.DataFrame()
    names = ["items_by_sub_indicator", "n_items", "overall_pct", "rating"]
    return _rated(result.way.sets[names].head(MOST_SETS), framework, say)


def gain_rows(result: Improvement, framework: Framework, say: Texts) -> pd.DataFrame:
    """One row per indicator that reaches the next rating alone, then those that do together."""
    if result.way is None:
        return pd.DataFrame()
    titles = {
        row["indicator_no"]: name_of(row, say) for row in result.indicators.to_dict("records")
    }
    gains = result.way.gains
    least = result.way.way.least
    if least is not None and len([points for points in least.gains.values() if points]) == 1:
        gains = gains[gains["way"] == "alone"]  # the smallest sum is one of these
    table = gains.assign(name=gains["indicator_no"].map(titles))
    table = _coded(table, "indicator_no", say)
    names = ["name", "score_pct", "gain_points", "needed_pct", "overall_pct", "rating",
             "way"]  # fmt: skip
    table = _rated(table[names], framework, say)
    return table.drop(columns="way") if table["way"].nunique() < 2 else table


def part_rows(parts: pd.DataFrame, say: Texts) -> pd.DataFrame:
    """One row per part that measures aim at: its worth and how its obligations were met."""
    names = ["points_per_item", "points_per_point", "n_aiming_measures", "n_assessed", "n_on_time",
             "n_late", "n_no_evidence", "worst_days_late", "rule_basis"]  # fmt: skip
    return _known(_coded(_named(parts, say), "code", say)[["name", *names]])


def measure_rows(result: Improvement, say: Texts) -> pd.DataFrame:
    """One row per measure, that at the dearest part first: its aim, the aim's worth, its duties."""
    rows = result.measures.to_dict("records")
    table = result.measures.assign(
        aim=pd.array([_aim(row) for row in rows], dtype="str"),
        aim_worth=pd.array([_aim_worth(row, say) for row in rows], dtype="str"),
    )
    names = ["measure_no", "title_th", "aim", "aim_worth", "n_on_time", "n_assessed",
             "worst_days_late", "published_date", "is_after_oit_window"]  # fmt: skip
    return _known(table[names])


def _aim(measure: Row) -> str | None:
    part = measure["sub_indicator"]
    part = measure["indicator_no"] if pd.isna(part) else part
    return None if pd.isna(part) else str(part)


def _aim_worth(measure: Row, say: Texts) -> str | None:
    for column, unit in (("points_per_item", "item"), ("points_per_point", "point")):
        if not pd.isna(measure[column]):
            return say(f"improvement.worth_per_{unit}", points=pct(measure[column]))
    return None


def published_tables(result: Improvement, agency_id: str) -> dict[str, pd.DataFrame]:
    """The tables for programs and for the workbook: keys first."""
    frames = {
        "indicators": result.indicators,
        "worth": result.worth,
        "measures": result.measures.drop(columns="responsible_units_th", errors="ignore"),
    }
    if result.way is not None:
        frames |= {
            "way_items": result.way.steps,
            "way_sets": result.way.sets,
            "way_gains": result.way.gains,
        }
    found = {}
    for name, frame in frames.items():
        if frame.empty and not len(frame.columns):
            continue
        table = frame.copy()
        if "fiscal_year_be" not in table.columns:
            table.insert(0, "fiscal_year_be", result.fiscal_year_be)
        table.insert(0, "agency_id", agency_id)
        found[name] = table
    return found


def _named(table: pd.DataFrame, say: Texts) -> pd.DataFrame:
    return table.assign(name=[name_of(row, say) for row in table.to_dict("records")])


def _coded(table: pd.DataFrame, code: str, say: Texts) -> pd.DataFrame:
    """Put the code before the name, so that one column heads the row."""
    pairs = zip(table[code], table["name"], strict=True)
    words = [say("improvement.part", code=each, title=title) for each, title in pairs]
    return table.assign(name=pd.Series(words, index=table.index, dtype="str"))


def _rated(table: pd.DataFrame, framework: Framework, say: Texts) -> pd.DataFrame:
    words = [
        None if pd.isna(code) else rating_name(framework, str(code), say)
        for code in table["rating"]
    ]
    return table.assign(rating=pd.Series(words, index=table.index, dtype="str"))


def _known(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out columns in which nothing is known."""
    return table if table.empty else table.dropna(axis="columns", how="all")
