"""Which sub-indicator a title names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.frameworks import known_years, load_framework, match_sub_indicator


@pytest.mark.parametrize(
    ("title", "indicator_no", "code", "how"),
    [
        ("ข้อมูลพื้นฐาน", 9, "9.1", "sub_indicator"),
        ("-ข่าวประชาสัมพันธ์", 9, "9.1", "item"),
        ("-แผนการดำเนินงาน /การบริหาร งบประมาณ", 9, "9.2", "part"),
        ("การปฏิบัติงาน", 9, "9.2", "alias"),
        ("การให้บริการ", 9, "9.2", "alias"),
        ("- การจัดซื้อจัดจ้างหรือการพัสดุ", 9, "9.3", "alias"),
        ("- การบริหารและ พัฒนาทรัพยากร บุคคล", 9, "9.4", "sub_indicator"),
        ("- การดำเนินการเพื่อป้องกันการทุจริต", 10, "10.1", "sub_indicator"),
        ("-มาตรการภายในเพื่อ ป้องกันการทุจริต", 10, "10.2", "sub_indicator"),
        ("E - Service", None, "9.2", "item"),
        ("ประกาศต่างๆ เกี่ยวกับการจัดซื้อจัดจ้าง หรือการจัดหาพัสดุ", 9, "9.3", "item"),
        ("การขับเคลื่อนจริยธรรมของเจ้าหน้าที่", None, "10.2", "contained"),
        ("ข้อมูลเชิงสถิติเรื่องร้องเรียน", None, "9.5", "contained"),
    ],
)
def test_titles_of_2566(title: str, indicator_no: int | None, code: str, how: str) -> None:
    match = match_sub_indicator(load_framework(2566), title, indicator_no)
    assert match is not None
    assert (match.code, match.how) == (code, how)


@pytest.mark.parametrize(
    ("title", "indicator_no"),
    [
        ("การป้องกันการทุจริต", 10),  # the whole indicator
        ("การเปิดเผยข้อมูล", 9),
        ("การให้บริการ", 7),  # an EIT indicator has no sub-indicators
        ("ข้อมูลพื้นฐาน", 10),  # of another indicator
        ("หน่วยงาน", None),
        ("", None),
        # a name in passing in a long question is no title
        ("หน่วยงานที่ท่านติดต่อ มีการปรับปรุงคุณภาพการปฏิบัติงานและการให้บริการ มากน้อยเพียงใด", None),
        ("ข้อมูลพื้นฐาน/การจัดซื้อจัดจ้างหรือการพัสดุ", 9),  # two of them
    ],
)
def test_no_link_where_the_title_does_not_tell(title: str, indicator_no: int | None) -> None:
    assert match_sub_indicator(load_framework(2566), title, indicator_no) is None


def test_the_same_title_depends_on_the_year() -> None:
    title = "แผนการดำเนินงาน/การบริหารงบประมาณ"
    assert match_sub_indicator(load_framework(2564), title, 9) is None  # 9.2 and 9.3
    match = match_sub_indicator(load_framework(2566), title, 9)
    assert match is not None
    assert match.code == "9.2"


def test_an_item_names_its_code() -> None:
    match = match_sub_indicator(load_framework(2566), "ข่าวประชาสัมพันธ์")
    assert match is not None
    assert match.item_codes == ("o7",)


@pytest.mark.parametrize("year", known_years())
def test_every_published_title_finds_its_own(year: int) -> None:
    framework = load_framework(year)
    for sub in framework.sub_indicators.entries:
        match = match_sub_indicator(framework, sub.title_th)
        assert match is not None
        assert match.code == sub.code
    for item in framework.items.entries:
        match = match_sub_indicator(framework, item.title_th)
        if item.sub_indicator is not None:
            assert match is not None
            assert match.code == item.sub_indicator


@given(st.text(max_size=60), st.sampled_from([None, 7, 9, 10]))
def test_any_text_is_taken(title: str, indicator_no: int | None) -> None:
    match = match_sub_indicator(load_framework(2566), title, indicator_no)
    if match is not None and indicator_no is not None:
        assert match.code.startswith(f"{indicator_no}.")
