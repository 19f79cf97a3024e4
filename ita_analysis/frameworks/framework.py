"""A year's rules as one checked object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, model_validator

from ita_analysis.frameworks.model import (
    Basis,
    Break,
    Calendar,
    Indicator,
    Indicators,
    Item,
    ItemCount,
    Items,
    Period,
    Ratings,
    Rule,
    Strict,
    SubIndicator,
    SubIndicators,
    Tool,
    Tools,
)


class Framework(Strict):
    """Everything known about how one fiscal year is assessed and scored.

    Attributes:
        fiscal_year_be: Fiscal year in the Buddhist Era; 2566 is 1 Oct 2022 to 30 Sep 2023 CE.
    """

    fiscal_year_be: Annotated[int, Field(ge=2500, le=2700)]
    tools: Tools
    indicators: Indicators
    sub_indicators: SubIndicators
    item_counts: tuple[ItemCount, ...]
    items: Items
    rule: Rule
    ratings: Ratings
    calendar: Calendar
    breaks: tuple[Break, ...] = ()

    @model_validator(mode="after")
    def _parts_fit(self) -> Framework:
        faults = [*self._weight_faults(), *self._reference_faults(), *self._count_faults()]
        codes: list[tuple[str, Sequence[object]]] = [
            ("tools", [tool.code for tool in self.tools.entries]),
            ("indicators", [indicator.indicator_no for indicator in self.indicators.entries]),
            ("sub_indicators", [sub.code for sub in self.sub_indicators.entries]),
            ("items", [item.code for item in self.items.entries]),
            ("ratings", [band.code for band in self.ratings.entries]),
        ]
        faults += [f"{name}: a code stands twice" for name, keys in codes if _doubled(keys)]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _weight_faults(self) -> list[str]:
        total = sum(tool.weight for tool in self.tools.entries)
        faults = [] if total == 1 else [f"tools: weights sum to {total}, not to 1"]
        bands = self.ratings.entries
        floors = [(band.overall_min, band.tool_min or 0) for band in bands]
        if floors != sorted(floors, reverse=True) or not bands or bands[-1].overall_min != 0:
            faults.append("ratings: bands must go down from the best to one that starts at 0")
        return faults

    def _reference_faults(self) -> list[str]:
        tools = {tool.code for tool in self.tools.entries}
        numbers = {indicator.indicator_no for indicator in self.indicators.entries}
        subs = {sub.code for sub in self.sub_indicators.entries}
        empty = sorted(tools - {indicator.tool for indicator in self.indicators.entries})
        return [
            *(f"tools: {code} has no indicator" for code in empty),
            *(
                f"sub_indicators: {sub.code} names indicator {sub.indicator_no}, which is missing"
                for sub in self.sub_indicators.entries
                if sub.indicator_no not in numbers
            ),
            *(
                f"items: {item.code} names sub-indicator {item.sub_indicator}, which is missing"
                for item in self.items.entries
                if item.sub_indicator is not None and item.sub_indicator not in subs
            ),
        ]

    def _count_faults(self) -> list[str]:
        faults = []
        block = self.sub_indicators
        for sub in block.entries:
            if (sub.n_items is None) != (block.counts_basis == "unknown"):
                faults.append(f"sub_indicators: {sub.code} does not fit counts_basis")
            listed = len(self.items_of(sub.code))
            if self.items.is_complete and sub.n_items is not None and listed != sub.n_items:
                faults.append(f"items: {sub.code} lists {listed} items, not {sub.n_items}")
        return faults

    def tool(self, code: str) -> Tool:
        """Return a tool by its code.

        Raises:
            KeyError: There is no such tool in this year.
        """
        return {tool.code: tool for tool in self.tools.entries}[code]

    def indicator(self, no: int) -> Indicator:
        """Return an indicator by its number.

        Raises:
            KeyError: There is no such indicator in this year.
        """
        return {indicator.indicator_no: indicator for indicator in self.indicators.entries}[no]

    def sub_indicator(self, code: str) -> SubIndicator:
        """Return a sub-indicator by its code.

        Raises:
            KeyError: There is no such sub-indicator in this year.
        """
        return {sub.code: sub for sub in self.sub_indicators.entries}[code]

    def item(self, code: str) -> Item | None:
        """Return an OIT item by its code; None where its title is not known."""
        return next((item for item in self.items.entries if item.code == code), None)

    def indicators_of(self, tool: str) -> tuple[Indicator, ...]:
        """Return the indicators that a tool measures."""
        return tuple(each for each in self.indicators.entries if each.tool == tool)

    def sub_indicators_of(self, indicator_no: int) -> tuple[SubIndicator, ...]:
        """Return the sub-indicators of an indicator; none for IIT and EIT."""
        return tuple(sub for sub in self.sub_indicators.entries if sub.indicator_no == indicator_no)

    def items_of(self, sub_indicator: str) -> tuple[Item, ...]:
        """Return the listed items of a sub-indicator."""
        return tuple(item for item in self.items.entries if item.sub_indicator == sub_indicator)

    def item_count(self, tool: str) -> tuple[int | None, Basis]:
        """Return how many items a tool has, and how sure that is."""
        count = next((each for each in self.item_counts if each.tool == tool), None)
        return (count.n_items, count.basis) if count else (None, "unknown")

    def period(self, code: str) -> Period | None:
        """Return a stretch of the assessment calendar; None where unknown."""
        return next((each for each in self.calendar.entries if each.code == code), None)


def _doubled(keys: Sequence[object]) -> bool:
    return len(set(keys)) != len(keys)
