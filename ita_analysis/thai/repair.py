"""Mending the damage that Thai text takes on its way through PDFs, forms and web editors.

Every kind of change has a code, so that a report can say what was mended; the words for a reader
are under ``thai.repairs.<code>``. What cannot be mended without guessing is left as it is and
named by :func:`unreadable`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ita_analysis.thai.digits import mend_zero
from ita_analysis.thai.markup import decode_entities, strip_tags

_CONSONANTS = "ก-ฮ"
_VOWEL_MARKS = "ัิ-ฺ็ํ"
_TONES = "่-์๎"
_MARKS = _VOWEL_MARKS + _TONES

# Glyphs that fonts for Windows (U+F700…) and Mac (U+F884…) keep for marks moved aside or down
# and for letters without their tails; text taken from a PDF often holds them.
_SHIFTED = {
    "ฐ": (0xF700, 0xF89E),
    "ิ": (0xF701, 0xF885),
    "ี": (0xF702, 0xF886),
    "ึ": (0xF703, 0xF887),
    "ื": (0xF704, 0xF888),
    "่": (0xF705, 0xF70A, 0xF713, 0xF88A, 0xF88B, 0xF88C),
    "้": (0xF706, 0xF70B, 0xF714, 0xF88D, 0xF88E, 0xF88F),
    "๊": (0xF707, 0xF70C, 0xF715, 0xF890, 0xF891, 0xF892),
    "๋": (0xF708, 0xF70D, 0xF716, 0xF893, 0xF894, 0xF895),
    "์": (0xF709, 0xF70E, 0xF717, 0xF896, 0xF897, 0xF898),
    "ญ": (0xF70F, 0xF89A),
    "ั": (0xF710, 0xF884),
    "ํ": (0xF711, 0xF899),
    "็": (0xF712, 0xF889),
    "ุ": (0xF718, 0xF89B),
    "ู": (0xF719, 0xF89C),
    "ฺ": (0xF71A, 0xF89D),
}
_PRIVATE = {code: letter for letter, codes in _SHIFTED.items() for code in codes}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_HARD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SPACE = re.compile(r"\s+")
_MARK_SPACE = re.compile(rf"(?<=[{_CONSONANTS}{_MARKS}])[ \t]+(?=[{_MARKS}ำ])")
_CLUSTER = re.compile(rf"[{_MARKS}]{{2,}}")
_LATE_TONE = re.compile(rf"(?<=[{_CONSONANTS}])([าะ])([่-๋])")
_SARA_AM = re.compile(r"ํ([่-๋]*)า")
_SARA_AM_TONE = re.compile(r"ำ([่-๋]+)")
_SARA_AM_TWICE = re.compile(r"ำ[ำา]+")
# Word processors' PDFs lose the ring of ำ and leave a gap: "ส านัก". No word begins with า; the
# one common word that a stray gap makes look alike is การ.
_SARA_AM_GAP = re.compile(rf"(?<=[{_CONSONANTS}])([่-๋]?) า(?=[เ-ไ{_CONSONANTS}])")
_KAN_GAP = re.compile("(?<=ก)[ \\t]+(?=าร)")
# The ring lost without a gap, in words that are none without it.
_SARA_AM_WORDS = re.compile(
    "(?<=ด)า(?=เนิน)|(?<=ส)า(?=นัก(?:งาน|ปลัด)|คัญ|เร็จ)|(?<=ก)า(?=หนด|กับ(?:ติดตาม|ดูแล))"
    "|(?<=จ)า(?=นวน)|(?<=ต)า(?=บล|แหน่ง)|(?<=อ)า(?=เภอ|นาจ|นวย)|(?<=ประจ)า(?=ปี|เดือน|ไตรมาส)"
)
_UNREADABLE = re.compile(
    "(?P<cid>\\(cid:[0-9]*\\)?)|(?P<code>[\ufffd\ue000-\uf8ff\ud800-\udfff\x00-\x08\x0e-\x1b\x7f-\x84"
    f"\x86-\x9f])|(?:^|(?<=[^{_CONSONANTS}{_MARKS}]))(?P<orphan>[{_MARKS}])"
    rf"|(?:^|(?<=[^{_CONSONANTS}่-๋]))(?P<am>ำ)|(?<=[่-๋])(?P<second>[่-๋])"
)


@dataclass(frozen=True, slots=True)
class Repair:
    """A mended text.

    Attributes:
        text: The text as it should be, on one line.
        changes: Codes of what was mended, each once, in the order of the steps; empty where the
            text was sound. See :data:`CHANGES`.
    """

    text: str
    changes: tuple[str, ...] = ()


def repair_text(text: str) -> Repair:
    """Mend a cell of Thai text.

    All white space, line ends too, becomes single spaces: give it one cell, not a whole table.
    Mending what is mended changes nothing.

    Args:
        text: The text of one cell or paragraph.

    Returns:
        The mended text and the codes of what was done to it.
    """
    done: set[str] = set()
    before = None
    # One step can lay bare what another mends (an entity, a tag; a gap, a doubled mark).
    while before != text:
        before = text
        for code, step in _STEPS.items():
            mended = step(text)
            if mended != text:
                done.add(code)
                text = mended
    return Repair(text, tuple(code for code in _STEPS if code in done))


def unreadable(text: str) -> list[str]:
    """Name what no repair can read, in order: ``U+FFFD``, ``U+0000``, ``(cid:12)``, ``U+0E48``.

    Replacement, control and unknown private-use characters, glyph numbers of a PDF without a
    text map, marks without a letter to stand on, and a second tone on one letter.
    """
    found = []
    for match in _UNREADABLE.finditer(text):
        found.append(match["cid"] or f"U+{ord(match[0]):04X}")
    return found


def _order_marks(text: str) -> str:
    return _LATE_TONE.sub(r"\2\1", _CLUSTER.sub(_vowels_first, text))


def _vowels_first(match: re.Match[str]) -> str:
    return "".join(sorted(match[0], key=_is_tone))


def _is_tone(mark: str) -> bool:
    return "่" <= mark <= "์" or mark == "๎"


def _single_marks(text: str) -> str:
    return re.sub(rf"([{_MARKS}])\1+", r"\1", text).replace("เเ", "แ")


def _sara_am(text: str) -> str:
    text = _SARA_AM.sub(r"\1ำ", text)
    text = _SARA_AM_TONE.sub(r"\1ำ", text)
    return _SARA_AM_TWICE.sub("ำ", text)


def _sara_am_lost(text: str) -> str:
    return _SARA_AM_WORDS.sub("ำ", _SARA_AM_GAP.sub(r"\1ำ", text))


_STEPS: dict[str, Callable[[str], str]] = {
    "html_tags": strip_tags,
    "html_entities": decode_entities,
    "zero_width": lambda text: _INVISIBLE.sub("", text),
    "hard_space": lambda text: _HARD_SPACE.sub(" ", text),
    "private_use": lambda text: text.translate(_PRIVATE),
    "mark_space": lambda text: _KAN_GAP.sub("", _MARK_SPACE.sub("", text)),
    "mark_order": _order_marks,
    "mark_doubled": _single_marks,
    "sara_am": _sara_am,
    "sara_am_lost": _sara_am_lost,
    "latin_zero": lambda text: mend_zero(text)[0],
    "white_space": lambda text: _SPACE.sub(" ", text).strip(),
}

CHANGES = tuple(_STEPS)
"""Codes of all kinds of repair, in the order of the steps."""
