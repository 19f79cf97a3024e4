"""Small registers as frames, and random ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from ita_analysis.analysis.timeliness import Timeliness, timeliness
from ita_analysis.register.frames import measures_frame, obligations_frame
from ita_analysis.register.model import Measure, Obligation, Register

FY = 2566
YEAR_END = dt.date(2023, 9, 30)


def obligation(number: int = 1, **values: Any) -> Obligation:
    return Obligation(obligation_no=number, actor=values.pop("actor", "officer"), **values)


def due(day: str, number: int = 1) -> Obligation:
    return obligation(number, kind="due", due_date=dt.date.fromisoformat(day))


def measure(number: int = 1, published: str | None = None, **values: Any) -> Measure:
    return Measure(
        measure_no=number,
        title_th=f"มาตรการ {number}",
        published_date=dt.date.fromisoformat(published) if published else None,
        **values,
    )


def frames(*measures: Measure) -> tuple[pd.DataFrame, pd.DataFrame]:
    register = Register(agency={}, fiscal_year_be=FY, measures=measures)
    return measures_frame(register), obligations_frame(register)


def assess(*measures: Measure, as_of: dt.date = YEAR_END, **more: Any) -> Timeliness:
    return timeliness(*frames(*measures), FY, as_of, **more)


days = st.dates(dt.date(2022, 8, 1), dt.date(2023, 12, 31))
obligations = st.one_of(
    st.builds(lambda day: {"kind": "due", "due_date": day}, days),
    st.builds(
        lambda months, named, day: {
            "kind": "recurring", "every_months": months, "due_months": named, "due_day": day,
        },
        st.integers(1, 12),
        st.sampled_from([(), (4, 10), (1,), (10,)]),
        st.sampled_from([None, 5, 31]),
    ),
    st.builds(lambda every: {"kind": "recurring", "every_days": every}, st.integers(7, 31)),
    st.sampled_from([{"kind": kind} for kind in
                     ("after_event", "continuous", "unscheduled", "recurring")]),
)  # fmt: skip


@st.composite
def registers(draw: st.DrawFn) -> list[Measure]:
    """Registers with any number of measures and obligations, also none."""
    found = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        own = [
            obligation(i, actor=draw(st.sampled_from(["officer", "executive"])), **values)
            for i, values in enumerate(draw(st.lists(obligations, max_size=4)), 1)
        ]
        found.append(
            Measure(
                measure_no=number,
                title_th=f"มาตรการ {number}",
                tool=draw(st.sampled_from([None, "OIT", "EIT"])),
                indicator_no=draw(st.sampled_from([None, 7, 9])),
                responsible_units_th=tuple(
                    draw(st.lists(st.sampled_from(["ก", "ข", "ค"]), unique=True))
                ),
                published_date=draw(st.none() | days),
                obligations=tuple(own),
            )
        )
    return found
