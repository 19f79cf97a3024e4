"""A chart in the making: plain values under the names of plotly's methods.

plotly's own figure checks and copies all of what it holds with every mark that is added, and once
more when it is made: most of the time of a chart with fifty labels. What is drawn here is ours
and not a reader's, so the checks belong to the tests, where every drawing goes through them.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

_ACROSS_X = {"x0": 0, "x1": 1, "xref": "x domain", "yref": "y"}
_ACROSS_Y = {"y0": 0, "y1": 1, "xref": "x", "yref": "y domain"}


class Drawing:
    """Collects marks, labels and axes; what is set later replaces what was set before.

    Args:
        template: The look of the chart.
    """

    def __init__(self, template: go.layout.Template) -> None:
        self._traces: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        self._xaxis: dict[str, Any] = {}
        self._yaxis: dict[str, Any] = {}
        self._layout: dict[str, Any] = {"template": template}

    def figure(self) -> go.Figure:
        """Return the finished chart; plotly has not checked it."""
        parts = {
            "annotations": self._annotations,
            "shapes": self._shapes,
            "xaxis": self._xaxis,
            "yaxis": self._yaxis,
        }
        layout = {**self._layout, **{name: part for name, part in parts.items() if part}}
        return go.Figure(self._traces, layout, _validate=False)

    def add_scatter(self, **trace: Any) -> None:
        """Add dots, lines or words."""
        self._traces.append({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:
        """Add bars."""
        self._traces.append({"type": "bar", **trace})

    def add_heatmap(self, **trace: Any) -> None:
        """Add tinted cells."""
        self._traces.append({"type": "heatmap", **trace})

    def add_annotation(self, **annotation: Any) -> None:
        """Add a label."""
        self._annotations.append(annotation)

    def add_shape(self, **shape: Any) -> None:
        """Add a line or an area."""
        self._shapes.append(shape)

    def add_vline(self, x: object, **shape: Any) -> None:
        """Add a line over the whole height of the plot."""
        self.add_shape(type="line", x0=x, x1=x, **_ACROSS_Y, **shape)

    def add_hline(self, y: object, **shape: Any) -> None:
        """Add a line over the whole width of the plot."""
        self.add_shape(type="line", y0=y, y1=y, **_ACROSS_X, **shape)

    def add_vrect(self, x0: object, x1: object, **shape: Any) -> None:
        """Add an area over the whole height of the plot."""
        self.add_shape(type="rect", x0=x0, x1=x1, **_ACROSS_Y, **shape)

    def update_annotations(self, **values: Any) -> None:
        """Set properties of the labels that have been added so far."""
        for annotation in self._annotations:
            annotation.update(values)

    def update_xaxes(self, **values: Any) -> None:
        """Set properties of the x axis."""
        self._xaxis.update(values)

    def update_yaxes(self, **values: Any) -> None:
        """Set properties of the y axis."""
        self._yaxis.update(values)

    def update_layout(self, **values: Any) -> None:
        """Set properties of the chart as a whole."""
        self._layout.update(values)
