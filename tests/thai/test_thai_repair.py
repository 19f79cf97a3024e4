from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.texts import LANGUAGES, load_texts
from ita_analysis.thai import repair_text, strip_tags, unreadable
from ita_analysis.thai.repair import CHANGES

BAD = "กนสปูา่้ีัํำเแโ็์ \u00a0\u200b\uf70a\uf71a๒๕oO<>/&;brpamlt#38nbsp\t\n"
texts = st.one_of(st.text(), st.text(alphabet=BAD, max_size=40))


@pytest.mark.parametrize(
    ("damaged", "mended", "changes"),
    [
        ("ทํา", "ทำ", ("sara_am",)),
        ("นํ้า", "น้ำ", ("sara_am",)),
        ("น้ํา", "น้ำ", ("mark_order", "sara_am")),
        ("น\u0e33\u0e49", "น้ำ", ("sara_am",)),
        ("ดำาเนินการ", "ดำเนินการ", ("sara_am",)),
        ("ส านักงาน", "สำนักงาน", ("sara_am_lost",)),
        ("น้ าท่วม", "น้ำท่วม", ("sara_am_lost",)),
        ("ท ำ", "ทำ", ("mark_space",)),
        ("ตาบลนาคาย", "ตำบลนาคาย", ("sara_am_lost",)),
        ("ดาเนินการประจาปี", "ดำเนินการประจำปี", ("sara_am_lost",)),
        ("ก ่อน", "ก่อน", ("mark_space",)),
        ("ก ารเงิน", "การเงิน", ("mark_space",)),
        ("ก่ี", "กี่", ("mark_order",)),
        ("สิทธ์ิ", "สิทธิ์", ("mark_order",)),
        ("หนา้", "หน้า", ("mark_order",)),
        ("ก้้าน", "ก้าน", ("mark_doubled",)),
        ("เเผน", "แผน", ("mark_doubled",)),
        ("ป\uf70aา", "ป่า", ("private_use",)),
        ("ปร\uf701ญ\uf70f", "ปริญญ", ("private_use",)),
        ("ป\uf886", "ปี", ("private_use",)),
        ("แผน\u200bงาน", "แผนงาน", ("zero_width",)),
        ("\ufeffก", "ก", ("zero_width",)),
        ("ก\u00a0ข", "ก ข", ("hard_space",)),
        ("  ก \n\tข ", "ก ข", ("white_space",)),
        ("๒๕๖o", "๒๕๖๐", ("latin_zero",)),
        ("<p>ก</p><p>ข</p>", "ก ข", ("html_tags", "white_space")),
        ("ก<br/>ข", "ก ข", ("html_tags",)),
        ("ก<b>ข</b>ค", "กขค", ("html_tags",)),
        ("ก<<b>b>ข<ไทย><i>ค", "กข<ไทย>ค", ("html_tags",)),
        ("ก<td width=5>ข<b", "ก ข<b", ("html_tags",)),
        ('<input type="checkbox"> ง่าย', "ง่าย", ("html_tags", "white_space")),
        ("<style>p{}</style>ก<!-- x -->ข", "ก ข", ("html_tags", "white_space")),
        ("ก&nbsp;ข", "ก ข", ("html_entities", "hard_space")),
        ("R&amp;amp;D &#3585;", "R&D ก", ("html_entities",)),
        ("&lt;b&gt;ก&lt;/b&gt;", "ก", ("html_tags", "html_entities")),
    ],
)
def test_damage(damaged: str, mended: str, changes: tuple[str, ...]) -> None:
    repair = repair_text(damaged)
    assert (repair.text, repair.changes) == (mended, changes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ก็",
        "น้ำ คำ ย้ำ สิทธิ์ กี่ เก่ง ป่า ญาติ์ เพชร",
        "o๔๒ e๑๐ i1",
        "คะแนน < 85 และ > 50",
        "<ชื่อหน่วยงาน>",
        "a < b > c",
        "http://x.go.th/?id=1&section=2&copy=3",
        "ราคาสั่งซื้อ เวลาดับเพลิง ข้อเสนอแนะนายก",
        "การประเมิน ประกาศ",
    ],
)
def test_sound_text_stays(text: str) -> None:
    repair = repair_text(text)
    assert (repair.text, repair.changes) == (text, ())
    assert unreadable(text) == []


@given(texts)
def test_mending_twice_is_mending_once(text: str) -> None:
    once = repair_text(text)
    again = repair_text(once.text)
    assert (again.text, again.changes) == (once.text, ())
    assert bool(once.changes) == (once.text != text)
    assert set(once.changes) <= set(CHANGES)


@given(texts)
def test_naming_the_unreadable_never_fails(text: str) -> None:
    assert all(name.startswith(("U+", "(cid:")) for name in unreadable(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ก\ufffdข", ["U+FFFD"]),
        ("a\x00b", ["U+0000"]),
        ("(cid:12)ก(cid:", ["(cid:12)", "(cid:"]),
        ("่ก", ["U+0E48"]),
        ("ก ่ a้", ["U+0E48", "U+0E49"]),
        ("ก่้", ["U+0E49"]),
        ("ะำ", ["U+0E33"]),
        ("\ue123", ["U+E123"]),
        ("\ud800", ["U+D800"]),
    ],
)
def test_unreadable(text: str, names: list[str]) -> None:
    assert unreadable(text) == names


def test_unclosed_comment_stays() -> None:
    assert strip_tags("ก <!-- ข") == "ก <!-- ข"


def test_nesting_takes_no_longer_than_the_text_is_long() -> None:
    assert repair_text("&" + "amp;" * 50_000).text == "&"
    assert repair_text("<" * 50_000 + "b>" * 50_000).text == ""
    assert repair_text("<" * 50_000 + "p>").text == "<" * 49_999


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_change_has_its_words(lang: str) -> None:
    words = load_texts(lang)
    assert all(words(f"thai.repairs.{code}") for code in CHANGES)
