"""The plain blocks of a report: sentences, caveats, key figures, the mark of the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_analysis.reports.block import Block, html_bundle
from ita_analysis.reports.markup import esc
from ita_analysis.reports.mime import BLOCK_MIME, END_MIME


@dataclass(frozen=True)
class Card:
    """One key figure.

    Attributes:
        label: What is counted.
        value: The number as it is shown.
        note: What it rests on, for example "5 จาก 21 รายการ"; may be empty.
        status: One of the statuses of an obligation, which gives the card its mark; may be empty.
    """

    label: str
    value: str
    note: str = ""
    status: str = ""


def cards(items: Sequence[Card]) -> Block:
    """Return a row of key figures; without figures there is no row."""
    inner = "".join(_card(item) for item in items)
    plain = "\n".join(f"{item.label}: {item.value} ({item.note})" for item in items)
    if not items:
        return Block(())
    return Block((html_bundle("cards", f'<ul class="cards">{inner}</ul>', plain),))


def _card(item: Card) -> str:
    note = f'<span class="card-note">{esc(item.note)}</span>' if item.note else ""
    return (
        f'<li class="card"><span class="card-label">{mark(item.status)}{esc(item.label)}</span>'
        f'<span class="card-value">{esc(item.value)}</span>{note}</li>'
    )


def mark(status: str) -> str:
    """Return the shape of a status; the word stands beside it, so it is hidden from readers."""
    return f'<span class="mark mark-{esc(status)}" aria-hidden="true"></span>' if status else ""


def sentence(text: str) -> Block:
    """Return a finding in one sentence."""
    return Block((html_bundle("sentence", f'<p class="finding">{esc(text)}</p>', text),))


def caveat(text: str) -> Block:
    """Return what limits a finding, in its own sentence."""
    return Block((html_bundle("caveat", f'<p class="caveat">{esc(text)}</p>', text),))


def bullets(texts: Sequence[str]) -> Block:
    """Return a list of short statements; nothing where there are none."""
    if not texts:
        return Block(())
    inner = "".join(f"<li>{esc(text)}</li>" for text in texts)
    return Block((html_bundle("list", f'<ul class="list">{inner}</ul>', "\n".join(texts)),))


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes:
        title: What it is about.
        text: What to do, in a sentence or two.
        facts: Names and values beside it: its worth, its deadline, who does it.
    """

    title: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()


def steps(items: Sequence[Step]) -> Block:
    """Return things to do, numbered in their order; nothing where there are none."""
    if not items:
        return Block(())
    inner = "".join(_step(item) for item in items)
    plain = "\n".join(f"{n}. {item.title}: {item.text}" for n, item in enumerate(items, 1))
    return Block((html_bundle("steps", f'<ol class="steps">{inner}</ol>', plain),))


def _step(item: Step) -> str:
    facts = "".join(
        f"<div><dt>{esc(name)}</dt><dd>{esc(value)}</dd></div>" for name, value in item.facts
    )
    return (
        f"<li><p><strong>{esc(item.title)}</strong></p><p>{esc(item.text)}</p>"
        + (f'<dl class="facts">{facts}</dl>' if facts else "")
        + "</li>"
    )


def heading(text: str, level: int = 2) -> Block:
    """Return a heading whose words come from the data or from the texts (level 2 or 3)."""
    return Block((html_bundle("heading", f"<h{level:d}>{esc(text)}</h{level:d}>", text),))


def end_mark() -> Block:
    """Return the mark of the last cell: without it a report counts as not finished."""
    return Block(({END_MIME: {"finished": True}, BLOCK_MIME: {"kind": "end"}, "text/plain": ""},))
