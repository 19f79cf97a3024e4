"""Settings of the whole suite."""

from __future__ import annotations

import os
from collections.abc import Iterator

import plotly.graph_objects as go
import pytest
from hypothesis import settings

from ita_analysis.charts.drawing import Drawing

# Machines are noisy, so a slow example is no fault; CI must give the same verdict twice.
settings.register_profile("ita", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "ita")


@pytest.fixture(scope="session", autouse=True)
def checked_charts() -> Iterator[None]:
    """Let plotly check every chart that is drawn; in reports this would take too long."""
    drawn = Drawing.figure

    def checked(self: Drawing) -> go.Figure:
        chart = drawn(self)
        go.Figure(chart.to_dict())
        return chart

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Drawing, "figure", checked)
        yield
