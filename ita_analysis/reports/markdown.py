"""A notebook's prose as HTML: no raw HTML, no scripts in links, nothing loaded from anywhere."""

from __future__ import annotations

from functools import cache
from typing import Any

import mistune

from ita_analysis.reports.markup import esc

_SAFE_LINKS = ("https://", "http://", "#", "mailto:")


def markdown_html(source: str) -> str:
    """Return Markdown as HTML.

    Raw HTML is shown as text; a link leads to http, https, mail or a place in the report, any
    other keeps only its words; a picture is replaced by its description.
    """
    return str(_converter()(source))


class _Prose(mistune.HTMLRenderer):
    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not url.lower().startswith(_SAFE_LINKS):
            return text
        rel = "" if url.startswith("#") else ' rel="noopener noreferrer"'
        return f'<a href="{esc(url)}"{rel}>{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def table(self, text: str) -> str:
        # On a phone a wide table scrolls by itself, not the page.
        return f'<div class="table-scroll"><table>{text}</table></div>'

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre class="plain">{esc(code)}</pre>'


@cache
def _converter() -> Any:
    renderer = _Prose(escape=True)
    return mistune.create_markdown(renderer=renderer, plugins=["table", "strikethrough"])
