"""index.html: every report of every year, searched and filtered without a server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ita_analysis.reports.markup import esc
from ita_analysis.reports.page_policy import content_policy, csp_hash, json_for_script
from ita_analysis.reports.style import page_style, read_asset
from ita_analysis.texts import Texts, load_texts

ROWS_WITHOUT_SCRIPT = 200
"""Rows that stand in the page itself, for readers without JavaScript and for the first paint."""

SHORT_NAMES = {
    "องค์การบริหารส่วนตำบล": "อบต. อบต",
    "องค์การบริหารส่วนจังหวัด": "อบจ. อบจ",
    "เทศบาลตำบล": "ทต. ทต",
    "เทศบาลเมือง": "ทม. ทม",
    "เทศบาลนคร": "ทน. ทน",
}
"""What an agency's name begins with -> what people type for it."""

_RELATIVE = re.compile(r"(?![/\\])(?!.*(?:\.\.|\\|:|//)).+")


ORDERS = ("newest", "name", "share_low", "share_high", "change_low", "change_high")
"""How the index can be sorted; each has its words under ``index.orders``."""


@dataclass(frozen=True)
class IndexEntry:
    """One report as the index lists it.

    Attributes:
        fiscal_year_be: Buddhist Era fiscal year.
        agency_id: Key of the agency.
        agency_name: Its name.
        agency_type: Its type in words; may be empty.
        province: Its province; may be empty.
        notebook: Name of the notebook.
        notebook_title: Title of the report.
        lang: Language of the report.
        state: ``ok``, ``failed``, ``timeout``, ``killed`` or ``skipped``.
        error: Why there is no report; empty where there is one.
        href: Address of the report relative to the index; None where there is none.
        xlsx_href: Address of its workbook; None where there is none.
        headline: Its main finding in a few words; may be empty.
        share_on_time_pct: Dated obligations on time; None where it is not known.
        change_points: Change of the overall score; None where it is not known.
        rating: Rating of the year; empty where it is not told.
        data_kind: ``agency``, ``published`` or ``synthetic``.
    """

    fiscal_year_be: int
    agency_id: str
    agency_name: str
    agency_type: str
    province: str
    notebook: str
    notebook_title: str
    lang: str
    state: str
    error: str
    href: str | None
    xlsx_href: str | None
    headline: str
    share_on_time_pct: float | None
    data_kind: str
    change_points: float | None = None
    rating: str = ""


@dataclass
class _Row:
    """A report in all its languages: one line of the index."""

    first: IndexEntry
    links: list[tuple[str, str]] = field(default_factory=list)


def index_html(records: Iterable[IndexEntry], lang: str = "th") -> str:
    """Return the index page.

    Reports of the same agency, year and notebook in several languages share a line, whose words
    come from the page's language where it is there. Newest year first, then by agency.

    Args:
        records: The reports, also those that failed.
        lang: Language of the page.

    Raises:
        ValueError: An address is not a relative one within the folder.
    """
    say = load_texts(lang)
    rows = _rows(records, lang)
    script = read_asset("index.js")
    head = (
        f'<!DOCTYPE html>\n<html lang="{esc(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        f'content="{content_policy(csp_hash(script))}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f"<title>{esc(say('index.title'))}</title>\n"
        f"<style>\n{page_style()}{read_asset('index.css')}"
        "</style>\n<noscript><style>.finder { display: none; }</style></noscript>\n</head>\n"
    )
    shown = "\n".join(_row_html(row, say) for row in rows[:ROWS_WITHOUT_SCRIPT])
    cut = say("index.no_script_cut", n=ROWS_WITHOUT_SCRIPT, total=len(rows))
    note = cut if len(rows) > ROWS_WITHOUT_SCRIPT else say("index.no_script")
    data = json.dumps(_data(rows, say), ensure_ascii=False, separators=(",", ":"))
    return (
        f'{head}<body class="ita index">\n<header class="title"><h1>{esc(say("index.title"))}</h1>'
        f'<p class="subtitle">{esc(say("index.subtitle"))}</p></header>\n<main>\n'
        f'{_finder(rows, say)}<noscript><p class="caveat">{esc(note)}</p></noscript>\n'
        f'<p id="count" class="count" role="status">{esc(say("index.count", n=len(rows)))}</p>\n'
        f"{_table(shown, say)}\n"
        f'<button id="more" type="button" hidden>{esc(say("index.more"))}</button>\n</main>\n'
        f'<script type="application/json" id="index-data">{json_for_script(data)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _rows(records: Iterable[IndexEntry], lang: str) -> list[_Row]:
    rows: dict[tuple[int, str, str], _Row] = {}
    for entry in sorted(records, key=lambda entry: (entry.lang != lang, entry.lang)):
        key = (entry.fiscal_year_be, entry.agency_id, entry.notebook)
        row = rows.setdefault(key, _Row(entry))
        if entry.state != "ok" and row.first.state == "ok":
            row.first = entry
        if entry.href is not None:
            row.links.append((entry.lang, _address(entry.href)))
    return sorted(
        rows.values(),
        key=lambda row: (
            -row.first.fiscal_year_be,
            row.first.agency_name,
            row.first.agency_id,
            row.first.notebook,
        ),
    )


def _address(href: str) -> str:
    if not _RELATIVE.fullmatch(href):
        raise ValueError(f"{href!r} is not a relative address")
    return quote(href, safe="/-._~")


def _finder(rows: Sequence[_Row], say: Texts) -> str:
    entries = [row.first for row in rows]
    states = {entry.state for entry in entries}
    choices = (
        ("year", [(str(y), str(y)) for y in _distinct(e.fiscal_year_be for e in entries)[::-1]]),
        ("notebook", sorted({(e.notebook, e.notebook_title) for e in entries})),
        ("province", [(name, name) for name in _distinct(e.province for e in entries)]),
        ("type", [(name, name) for name in _distinct(e.agency_type for e in entries)]),
        ("rating", [(name, name) for name in _distinct(e.rating for e in entries)]),
        ("state", [(state, say(f"index.states.{state}")) for state in sorted(states)]),
    )
    selects = "".join(_select(name, options, say("index.all"), say) for name, options in choices)
    orders = [(key, say(f"index.orders.{key}")) for key in ORDERS]
    return (
        '<form class="finder" role="search" id="finder"><label class="wide">'
        f"<span>{esc(say('index.search'))}</span>"
        f'<input type="search" id="search" autocomplete="off" spellcheck="false"></label>'
        f"{selects}{_select('order', orders, '', say)}</form>\n"
    )


def _distinct(values: Iterable[Any]) -> list[Any]:
    return sorted({value for value in values if value != ""})


def _select(name: str, options: Sequence[tuple[str, str]], every: str, say: Texts) -> str:
    first = f'<option value="">{esc(every)}</option>' if every else ""
    rest = "".join(f'<option value="{esc(key)}">{esc(text)}</option>' for key, text in options)
    return (
        f"<label><span>{esc(say(f'index.filters.{name}'))}</span>"
        f'<select id="{name}" name="{name}">{first}{rest}</select></label>'
    )


def _table(rows: str, say: Texts) -> str:
    heads = "".join(
        f'<th scope="col">{esc(say(f"index.columns.{name}"))}</th>'
        for name in ("agency", "year", "report", "finding")
    )
    return (
        f'<table class="reports"><caption class="unseen">{esc(say("index.title"))}</caption>'
        f'<thead><tr>{heads}</tr></thead><tbody id="rows">\n{rows}\n</tbody></table>'
    )


def _row_html(row: _Row, say: Texts) -> str:
    entry = row.first
    where = " · ".join(part for part in (entry.agency_type, entry.province) if part)
    tag = f'<span class="tag">{esc(say("index.synthetic"))}</span>' if _synthetic(entry) else ""
    links = [
        f'<a href="{esc(href)}" hreflang="{esc(lang)}">{esc(_link_text(entry, lang, row, say))}</a>'
        for lang, href in row.links
    ]
    if entry.xlsx_href is not None:
        links.append(f'<a href="{esc(_address(entry.xlsx_href))}">{esc(say("index.workbook"))}</a>')
    finding = esc(entry.headline)
    if entry.state != "ok":
        state = esc(say(f"index.states.{entry.state}"))
        finding = f'<span class="bad">{state}</span> {esc(entry.error)}'
    report = " ".join(links) or esc(entry.notebook_title)
    return (
        f'<tr><th scope="row">{esc(entry.agency_name)}{tag}'
        f'<span class="where">{esc(where)}</span></th>'
        f"<td>{entry.fiscal_year_be:d}</td><td>{report}</td><td>{finding}</td></tr>"
    )


def _link_text(entry: IndexEntry, lang: str, row: _Row, say: Texts) -> str:
    if lang == row.links[0][0]:
        return entry.notebook_title
    return say(f"index.languages.{lang}")


def _synthetic(entry: IndexEntry) -> bool:
    return entry.data_kind == "synthetic"


def _data(rows: Sequence[_Row], say: Texts) -> dict[str, Any]:
    """Return the rows as the script reads them; agencies stand once, not once per report."""
    agencies: dict[str, int] = {}
    listed: list[list[str]] = []
    packed = []
    for row in rows:
        entry = row.first
        if entry.agency_id not in agencies:
            agencies[entry.agency_id] = len(listed)
            listed.append([entry.agency_name, entry.agency_type, entry.province, _aliases(entry)])
        packed.append(
            [
                agencies[entry.agency_id],
                entry.fiscal_year_be,
                entry.notebook,
                entry.notebook_title,
                entry.state,
                entry.error,
                entry.headline,
                entry.share_on_time_pct,
                int(_synthetic(entry)),
                [[lang, href, _link_text(entry, lang, row, say)] for lang, href in row.links],
                None if entry.xlsx_href is None else _address(entry.xlsx_href),
                entry.change_points,
                entry.rating,
            ]
        )
    states = ("ok", "failed", "timeout", "killed", "skipped")
    words = {
        "workbook": say("index.workbook"),
        "synthetic": say("index.synthetic"),
        "none": say("index.count", n=0),
        "one": say("index.count", n=1),
        "many": say("index.count", n="{n}"),
        "states": {state: say(f"index.states.{state}") for state in states},
    }
    return {"lang": say.lang, "words": words, "agencies": listed, "rows": packed}


def _aliases(entry: IndexEntry) -> str:
    short = [alias for name, alias in SHORT_NAMES.items() if entry.agency_name.startswith(name)]
    return " ".join([entry.agency_id, *short])
