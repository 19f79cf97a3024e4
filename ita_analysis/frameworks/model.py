"""What a year's assessment rules look like: the shape of ``data/frameworks/<fy>.yml``.

Every block says how sure it is (``basis``) and on what it rests (``source``), so that a number
made with it can carry the same mark into a report. What is not known is left empty and the block
is marked ``unknown``: a formula that needs it then refuses by name.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Basis = Literal["published", "proved", "assumed", "unknown"]
"""How sure a block is: read in a publication, proved from published numbers, assumed, unknown."""

BASES: tuple[Basis, ...] = ("published", "proved", "assumed", "unknown")
"""All bases, surest first."""

ToolCode = Annotated[str, Field(pattern=r"^(IIT|EIT|OIT)$")]
Percent = Annotated[Decimal, Field(ge=0, le=100)]


class Strict(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Strict):
    """On what a block rests, in words for both languages.

    Attributes:
        th: In Thai.
        en: In English.
        address: Web address of the publication; None where there is none.
    """

    th: str = Field(min_length=1)
    en: str = Field(min_length=1)
    address: str | None = None


class Block(Strict):
    """Part of a framework with its basis and source."""

    basis: Basis
    source: Source


class Tool(Strict):
    """One of the three instruments of the assessment.

    Attributes:
        code: IIT (asks staff), EIT (asks the public) or OIT (checks the website).
        weight: Share of the overall score, 0 to 1.
    """

    code: ToolCode
    title_th: str
    title_en: str
    weight: Annotated[Decimal, Field(gt=0, le=1)]


class Tools(Block):
    """The instruments and their weights."""

    entries: tuple[Tool, ...]


class Indicator(Strict):
    """One of the ten indicators.

    Attributes:
        indicator_no: 1 to 10.
        tool: The instrument that measures it.
    """

    indicator_no: Annotated[int, Field(ge=1, le=99)]
    tool: ToolCode
    title_th: str
    title_en: str


class Indicators(Block):
    """The indicators of the year."""

    entries: tuple[Indicator, ...]


class SubIndicator(Strict):
    """A part of an OIT indicator that is scored as the mean of its items.

    Attributes:
        code: 9.1 to 10.2.
        indicator_no: The indicator it belongs to.
        n_items: Number of its items; None where unknown.
        aliases: Other names that agencies write for it or for a group of items within it.
    """

    code: Annotated[str, Field(pattern=r"^[1-9][0-9]?\.[1-9]$")]
    indicator_no: int
    title_th: str
    title_en: str
    n_items: Annotated[int, Field(gt=0)] | None = None
    aliases: tuple[str, ...] = ()


class SubIndicators(Block):
    """The sub-indicators; the item counts have their own basis and source."""

    counts_basis: Basis
    counts_source: Source
    entries: tuple[SubIndicator, ...]


class ItemCount(Block):
    """Number of items of one tool; None where unknown."""

    tool: ToolCode
    n_items: Annotated[int, Field(gt=0)] | None = None


class Item(Strict):
    """One item of the OIT tool. Its key is the year and the code: codes move every year.

    Attributes:
        code: o1 to o43.
        sub_indicator: Code of the sub-indicator it lies in; None where unknown.
        confidence: How sure number and title are.
        sub_indicator_confidence: How sure the sub-indicator is; None where there is none.
        note: A remark on the title's source.
    """

    code: Annotated[str, Field(pattern=r"^o[1-9][0-9]?$")]
    sub_indicator: str | None = None
    title_th: str
    confidence: Literal["high", "medium"]
    sub_indicator_confidence: Literal["high", "medium"] | None = None
    note: str | None = None


class Items(Block):
    """OIT items whose titles are known.

    Attributes:
        is_complete: Whether every item of the year is listed.
    """

    is_complete: bool
    entries: tuple[Item, ...] = ()


class RulePart(Block):
    """How one level is made from the level below.

    Attributes:
        method: Name of the rule; None exactly where the basis is ``unknown``.
    """

    method: Literal["weighted_tool_means", "sub_indicator_means", "item_means"] | None = None

    @model_validator(mode="after")
    def _unknown_has_no_method(self) -> RulePart:
        if (self.method is None) != (self.basis == "unknown"):
            raise ValueError("method must be empty exactly where basis is unknown")
        return self


class Rule(Strict):
    """How the score is made.

    Attributes:
        overall: Overall and tools from indicators: a tool is the mean of its indicators, the
            overall score the weighted sum of the tools, rounded at the end only.
        oit_indicator: An OIT indicator from its items (each 100 or 0).
        survey_indicator: An IIT or EIT indicator from its items.
    """

    overall: RulePart
    oit_indicator: RulePart
    survey_indicator: RulePart


class Band(Strict):
    """One rating: the first band in order whose conditions hold is the rating.

    Attributes:
        code: As published: AA to F, from FY2566 the Thai words.
        overall_min: Lowest overall score.
        tool_min: Lowest score that each tool needs; None where tools do not matter.
        is_pass: Whether the year counts it as passed.
    """

    code: str = Field(min_length=1)
    title_th: str
    title_en: str
    overall_min: Percent
    tool_min: Percent | None = None
    is_pass: bool


class Ratings(Block):
    """The bands in the order in which they are tried."""

    entries: tuple[Band, ...]


class Period(Strict):
    """A stretch of the assessment calendar; both days included, CE dates."""

    code: Literal["registration", "oit_answers", "scoring", "clarifications", "confirmation"]
    title_th: str
    title_en: str
    start_date: date
    end_date: date

    @model_validator(mode="after")
    def _ends_after_start(self) -> Period:
        if self.end_date < self.start_date:
            raise ValueError("end_date lies before start_date")
        return self


class Calendar(Block):
    """When the year's assessment was run; empty where unknown."""

    entries: tuple[Period, ...] = ()


class Break(Block):
    """A change at the start of this year that forbids comparing across it without a word.

    Attributes:
        affects: What cannot be compared: scores, rating or items.
        title_th: What changed, in Thai.
        title_en: What changed, in English.
    """

    affects: tuple[Literal["scores", "rating", "items"], ...] = Field(min_length=1)
    title_th: str
    title_en: str
