"""A register as data frames, the form in which the analysis takes it."""

from __future__ import annotations

import pandas as pd

from ita_analysis.register.model import Measure, Obligation, Register

DATE_COLUMNS = ("period_start_date", "period_end_date", "published_date", "due_date")
_INTEGERS = ("indicator_no", "source_row", "every_months", "every_days", "due_day", "within_days")
_MEASURE_NAMES = [name for name in Measure.model_fields if name != "obligations"]


def measures_frame(register: Register) -> pd.DataFrame:
    """Return one row per measure.

    Returns:
        Columns of :class:`Measure` less ``obligations``. Dates are ``datetime64``, missing NaT;
        ``responsible_units_th`` holds tuples; whole numbers that may be missing are ``Int64``.
    """
    rows = [measure.model_dump(exclude={"obligations"}) for measure in register.measures]
    return _typed(pd.DataFrame(rows, columns=_MEASURE_NAMES))


def obligations_frame(register: Register) -> pd.DataFrame:
    """Return one row per obligation.

    Returns:
        ``measure_no`` and the columns of :class:`Obligation`, typed as in
        :func:`measures_frame`; ``due_months`` holds tuples.
    """
    rows = [
        {"measure_no": measure.measure_no, **obligation.model_dump()}
        for measure in register.measures
        for obligation in measure.obligations
    ]
    frame = pd.DataFrame(rows, columns=["measure_no", *Obligation.model_fields])
    for name in ("actor", "kind"):
        frame[name] = frame[name].map(str).astype("str")
    return _typed(frame)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    for name in frame.columns:
        if name in DATE_COLUMNS:
            frame[name] = pd.to_datetime(frame[name])
        elif name in _INTEGERS:
            frame[name] = frame[name].astype("Int64")
        elif name.endswith("_no"):
            frame[name] = frame[name].astype("int64")
    return frame
