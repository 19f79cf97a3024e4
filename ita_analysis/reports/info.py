"""What a report is, and the title block made of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ita_analysis.reports.block import Block, Bundle, html_bundle
from ita_analysis.reports.markup import esc
from ita_analysis.reports.mime import BLOCK_MIME, REPORT_MIME
from ita_analysis.reports.style import lab_style
from ita_analysis.texts import Texts, load_texts
from ita_analysis.thai.format import format_date

DATA_KINDS = ("agency", "published", "synthetic")


@dataclass(frozen=True)
class ReportInfo:
    """What a report is about; everything on its title block but the day it was made.

    Attributes:
        notebook: Name of the notebook, for example ``timeliness``.
        lang: Language of the report, ``th`` or ``en``.
        title: Title of the report in that language.
        agency_id: Key of the agency.
        agency_name: Its name in that language.
        agency_place: District and province; empty where they are unknown.
        fiscal_year_be: Buddhist Era fiscal year.
        round_months: 6 or 12; None where the report is not about a round.
        as_of: Day that the report speaks for.
        data_kind: ``agency``, ``published`` or ``synthetic``.
        source: Where the data come from, in words.
        subtitle: One line below the title; may be empty.
        headline: The main finding in one sentence, for the index; may be empty.
        share_on_time_pct: Dated obligations on time, by which the index sorts; None if not known.
        change_points: Change of the overall score against the year before; None if not known.
        rating: The year's rating, by which the index filters; empty where it is not told.
        is_one_page: Whether it is meant to be printed on one sheet of paper.
    """

    notebook: str
    lang: str
    title: str
    agency_id: str
    agency_name: str
    agency_place: str
    fiscal_year_be: int
    round_months: int | None
    as_of: date
    data_kind: str
    source: str
    subtitle: str = ""
    headline: str = ""
    share_on_time_pct: float | None = None
    change_points: float | None = None
    rating: str = ""
    is_one_page: bool = False

    def __post_init__(self) -> None:
        if self.data_kind not in DATA_KINDS:
            raise ValueError(f"data_kind {self.data_kind!r} is none of {DATA_KINDS}")

    def to_json(self) -> dict[str, Any]:
        """Return plain values, as REPORT_MIME carries them."""
        return {**asdict(self), "as_of": self.as_of.isoformat()}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> ReportInfo:
        """Return what :meth:`to_json` was made from."""
        return cls(**{**values, "as_of": date.fromisoformat(values["as_of"])})


def title_block(info: ReportInfo) -> Block:
    """Return the head of a report: whose, which year and round, which day, which data.

    The day it was made is added at export: the notebook itself holds no clock.
    """
    report: Bundle = {
        **html_bundle("title", title_html(info), f"{info.agency_name}: {info.title}"),
        REPORT_MIME: info.to_json(),
    }
    style: Bundle = {
        BLOCK_MIME: {"kind": "style"},
        "text/html": lab_style(),
        "text/plain": "",
    }
    return Block((style, report), main=1)


def title_html(info: ReportInfo, made_on: date | None = None) -> str:
    """Return the title block's HTML.

    Args:
        info: What the report is.
        made_on: Day the file was made; left out where None.
    """
    say = load_texts(info.lang)
    place = f'<span class="place">{esc(info.agency_place)}</span>' if info.agency_place else ""
    subtitle = f'<p class="subtitle">{esc(info.subtitle)}</p>' if info.subtitle else ""
    facts = "".join(
        f"<div><dt>{esc(name)}</dt><dd>{esc(value)}</dd></div>"
        for name, value in _facts(info, say, made_on)
    )
    return (
        f'<p class="agency"><strong>{esc(info.agency_name)}</strong>{place}</p>'
        f"<h1>{esc(info.title)}</h1>{subtitle}{_warning(info, say)}"
        f'<dl class="facts">{facts}</dl>'
    )


def _warning(info: ReportInfo, say: Texts) -> str:
    if info.data_kind != "synthetic":
        return ""
    return f'<p class="synthetic" role="note">{esc(say("report.synthetic_warning"))}</p>'


def _facts(info: ReportInfo, say: Texts, made_on: date | None) -> list[tuple[str, str]]:
    facts = [(say("report.fiscal_year"), str(info.fiscal_year_be))]
    if info.round_months is not None:
        facts.append((say("report.round"), say("report.round_months", n=info.round_months)))
    facts.append((say("report.as_of"), format_date(info.as_of, lang=info.lang, style="table")))
    if made_on is not None:
        facts.append((say("report.made_on"), format_date(made_on, lang=info.lang, style="table")))
    facts.append((say("report.data_kind"), say(f"report.data_kinds.{info.data_kind}")))
    if info.source:
        facts.append((say("report.source"), info.source))
    return facts


def info_from_bundle(bundle: Bundle) -> ReportInfo:
    """Return the report info that an output carries (as JSON text or as an object)."""
    value = bundle[REPORT_MIME]
    return ReportInfo.from_json(json.loads(value) if isinstance(value, str) else value)
