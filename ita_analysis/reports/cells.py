"""A notebook's cells as the HTML of a report's body.

Only HTML that carries our mark is taken as it is. Whatever else a cell shows becomes text.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ita_analysis.reports.block import Bundle
from ita_analysis.reports.info import ReportInfo
from ita_analysis.reports.markdown import markdown_html
from ita_analysis.reports.markup import esc
from ita_analysis.reports.mime import BLOCK_MIME, PLOTLY_MIME
from ita_analysis.texts import Texts, load_texts

_OWN_PLACE = frozenset({"style", "title", "tables", "end"})
"""Kinds of blocks that are not part of the body."""

_PICTURES = ("image/png", "image/jpeg")
_HEADING = re.compile(r"<(/?)h([1-6])(?=[ >])")
_H2 = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
DEFAULT_HEIGHT = 450


@dataclass(frozen=True)
class Chart:
    """A chart of the report.

    Attributes:
        key: Its id in the page, ``chart-1`` and so on in reading order.
        figure: Data and layout as JSON text.
    """

    key: str
    figure: str


@dataclass
class Body:
    """The body of a report.

    Attributes:
        html: Its HTML, safe.
        charts: Its charts in reading order.
        contents: Id and safe HTML of each section's heading.
    """

    html: str = ""
    charts: list[Chart] = field(default_factory=list)
    contents: list[tuple[str, str]] = field(default_factory=list)


def render_body(cells: list[dict[str, Any]], info: ReportInfo) -> Body:
    """Return the body of a report from the cells of its executed notebook."""
    body = Body()
    say = load_texts(info.lang)
    pieces: list[str] = []
    for cell in cells:
        if cell["cell_type"] == "markdown" and _in_language(cell, info.lang):
            pieces.append(markdown_html(_text(cell["source"])))
        elif cell["cell_type"] == "code":
            pieces.extend(_outputs(cell, body, say))
    body.html = _number_sections(_level_headings("\n".join(pieces)), body)
    return body


def _in_language(cell: Mapping[str, Any], lang: str) -> bool:
    tags = set(cell.get("metadata", {}).get("tags", ()))
    wanted = {tag for tag in tags if tag.startswith("lang-")}
    return not wanted or f"lang-{lang}" in wanted


def _outputs(cell: Mapping[str, Any], body: Body, say: Texts) -> Iterator[str]:
    inside = False
    for output in cell.get("outputs", ()):
        if output["output_type"] == "stream":
            if output["name"] == "stdout":
                yield _plain(_text(output["text"]))
            continue
        bundle = output.get("data", {})
        kind = bundle.get(BLOCK_MIME, {}).get("kind", "")
        if kind == "figure-head":
            name = esc(bundle[BLOCK_MIME].get("name", ""))
            yield f'<figure class="figure" id="figure-{name}">' if not inside else ""
            inside = True
        yield _output(bundle, kind, body, say)
        if kind == "figure-foot" and inside:
            yield "</figure>"
            inside = False
    if inside:
        yield "</figure>"


def _output(bundle: Bundle, kind: str, body: Body, say: Texts) -> str:
    if kind in _OWN_PLACE:
        return ""
    if PLOTLY_MIME in bundle:
        return _chart(bundle, body)
    if kind and "text/html" in bundle:
        return _text(bundle["text/html"])
    for picture in _PICTURES:
        if picture in bundle:
            return _picture(picture, bundle, say)
    if "text/plain" in bundle or "text/html" in bundle:
        return _plain(_text(bundle.get("text/plain", bundle.get("text/html"))))
    return ""


def _chart(bundle: Bundle, body: Body) -> str:
    figure = bundle[PLOTLY_MIME]
    if isinstance(figure, str):
        figure = json.loads(figure)
    layout = figure.get("layout", {})
    height = layout.get("height") or DEFAULT_HEIGHT
    label = bundle.get(BLOCK_MIME, {}).get("label") or _title_of(layout)
    chart = Chart(
        key=f"chart-{len(body.charts) + 1}",
        figure=json.dumps(
            {"data": figure.get("data", []), "layout": layout},
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        ),
    )
    body.charts.append(chart)
    return (
        f'<div class="chart" id="{chart.key}" role="img" aria-label="{esc(label)}"'
        f' style="min-height:{int(height)}px"></div>'
    )


def _title_of(layout: Mapping[str, Any]) -> str:
    title = layout.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    return _TAGS.sub(" ", str(text))


def _picture(kind: str, bundle: Bundle, say: Texts) -> str:
    label = esc(bundle.get("text/plain") or say("report.image_without_description"))
    try:
        data = base64.b64decode("".join(_text(bundle[kind]).split()), validate=True)
    except binascii.Error:
        return _plain(label)
    packed = base64.b64encode(data).decode("ascii")
    return f'<img class="picture" src="data:{kind};base64,{packed}" alt="{label}">'


def _plain(text: str) -> str:
    return f'<pre class="plain">{esc(text)}</pre>' if text.strip() else ""


def _text(value: Any) -> str:
    """Return a notebook's text, which may stand there as a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)


def _level_headings(html: str) -> str:
    """Return the HTML with headings that start at level 2 and never skip a level.

    The page's one heading of level 1 is its title block; screen readers walk by these levels.
    """
    open_levels: list[tuple[int, int]] = []
    closing: list[int] = []

    def level(found: re.Match[str]) -> str:
        if found[1]:
            return f"</h{closing.pop()}"
        asked = int(found[2])
        while open_levels and open_levels[-1][0] >= asked:
            open_levels.pop()
        given = open_levels[-1][1] + 1 if open_levels else 2
        open_levels.append((asked, given))
        closing.append(given)
        return f"<h{given}"

    return _HEADING.sub(level, html)


def _number_sections(html: str, body: Body) -> str:
    def anchor(found: re.Match[str]) -> str:
        key = f"section-{len(body.contents) + 1}"
        body.contents.append((key, _TAGS.sub("", found[1])))
        return f'<h2 id="{key}">{found[1]}</h2>'

    return _H2.sub(anchor, html)
