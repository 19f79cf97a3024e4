"""HTML that strayed into a cell: tags taken out, entities decoded.

Only names of real HTML elements are tags, so that "คะแนน < 85" and "<ชื่อหน่วยงาน>" stay.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

_INLINE = (
    "a abbr b bdi bdo big cite code del em font i ins kbd mark q s small span strike strong sub sup"
    " tt u var wbr"
)
_BLOCK = (
    "address article aside blockquote body br button caption center col colgroup dd div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html img input label"
    " legend li link main meta nav o:p ol option p pre script section select style summary table"
    " tbody td textarea tfoot th thead title tr ul video"
)
_HIDDEN = {"<!--": "-->", "<style": "</style>", "<script": "</script>"}


_TAG = re.compile(
    rf"</?(?:(?P<inline>{'|'.join(_INLINE.split())})|{'|'.join(_BLOCK.split())})(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_BRACKET = re.compile("([<>])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Text that was escaped several times over is unescaped in one step, or a long chain of "amp;"
# would take as many passes as it has links.
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")


def strip_tags(text: str) -> str:
    """Take HTML tags out of a text.

    A tag that ends a line or a block (``</p>``, ``<br>``, ``<td>``) becomes a space, so that two
    paragraphs do not run into one word; a tag inside a line (``<b>``) leaves nothing. Comments,
    styles and scripts go with what they hold. White space is not folded here.

    Args:
        text: Any text; without ``<`` it comes back as it is.
    """
    while "<" in text:
        before = text
        for opening, closing in _HIDDEN.items():
            text = _without(text, opening, closing)
        text = _without_tags(text)
        if text == before:
            break
    return text


def decode_entities(text: str) -> str:
    """Decode HTML entities (``&nbsp;``, ``&#3585;``), also those escaped twice.

    An entity needs its semicolon: ``?id=1&section=2`` in an address holds none.
    """
    while "&" in text:
        before = text
        text = _ENTITY.sub(_decode, _AMPERSANDS.sub("&", text))
        if text == before:
            break
    return text


def _decode(match: re.Match[str]) -> str:
    name = match[0][1:]
    return unescape(match[0]) if name.startswith("#") or name in html5 else match[0]


def _without_tags(text: str) -> str:
    """Take out tags, also those that come about when another within them is taken out."""
    out: list[str] = []  # brackets, and between any two of them at most one piece of text
    for piece in _BRACKET.split(text):
        tag = _TAG.fullmatch(f"<{out[-1]}>") if piece == ">" and out[-2:-1] == ["<"] else None
        if tag:
            del out[-2:]
        rest = piece if tag is None else "" if tag["inline"] else " "
        if rest and out and rest not in "<>" and out[-1] not in "<>":
            rest = out.pop() + rest
        if rest:
            out.append(rest)
    return "".join(out)


def _without(text: str, opening: str, closing: str) -> str:
    """Take out what stands between two marks; an opening mark that is never closed stays."""
    lower = text.lower()
    if len(lower) != len(text) or opening not in lower:
        return text
    pieces, position = [], 0
    while (start := lower.find(opening, position)) >= 0:
        end = lower.find(closing, start + len(opening))
        if end < 0:
            break
        pieces += [text[position:start], " "]
        position = end + len(closing)
    return "".join([*pieces, text[position:]])
