import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_analysis.charts import theme
from ita_analysis.charts.months import be_month_axis
from ita_analysis.reports.style import css_string, read_asset


def test_colours_of_marks_and_of_charts_are_the_same():
    css = read_asset("blocks.css")
    for status, style in theme.STATUS_STYLE.items():
        name = status.replace("_", "-")
        assert re.search(rf"--{name}: {style.colour};", css), status
        assert f".mark-{status} " in css


def test_no_status_is_told_by_colour_alone():
    symbols = [style.symbol for style in theme.STATUS_STYLE.values()]
    assert len(set(symbols)) == len(symbols)


@settings(deadline=None)  # the first call loads the dictionary
@given(st.text())
def test_labels_hold_no_markup_links_or_formulas(text):
    shown = theme.label(text, 20).replace("<br>", "")
    assert "<" not in shown
    assert "$" not in shown
    assert not re.search(r"&(?!amp;|lt;|gt;|#36;)", shown)


def test_long_labels_are_wrapped():
    text = "การเผยแพร่ข้อมูลข่าวสารที่เกี่ยวข้องกับการดำเนินงานตามอำนาจหน้าที่ของหน่วยงาน"
    assert theme.label(text, 30).count("<br>") >= 2


def test_rows_do_not_overlap_and_grow_with_their_labels():
    texts = ["สั้น", "ยาว " * 40, "สั้น"]
    rows = theme.rows_above(texts, {0: "กลุ่มแรก", 2: "กลุ่มสอง"}, width=40)
    lines = [label.count("<br>") + 1 for label in rows.labels]
    assert lines[0] == 1
    assert lines[1] > 3
    edges = list(zip(rows.tops, rows.y, strict=True))
    for (top, mark), lines_here in zip(edges, lines, strict=True):
        assert mark - top > lines_here * theme.LINE_HEIGHT
    assert rows.heading_tops[2] > rows.y[1]
    assert rows.tops[2] > rows.heading_tops[2]
    assert rows.height >= rows.depth > rows.y[-1]


def test_placed_rows_have_one_unit_per_pixel():
    drawing = theme.new_drawing()
    rows = theme.rows_above(["ก", "ข"], {1: "หัว"})
    theme.place_rows(drawing, rows)
    fig = drawing.figure()
    assert fig.layout.height - theme.MARGIN["t"] - theme.MARGIN["b"] == rows.depth
    assert tuple(fig.layout.yaxis.range) == (rows.depth, 0)
    assert [note.text for note in fig.layout.annotations] == ["ก", "ข", "<b>หัว</b>"]


def test_a_fiscal_years_months():
    axis = be_month_axis(date(2022, 10, 1), date(2023, 9, 30), "th")
    assert axis["ticktext"] == [
        "ต.ค.<br>2565",
        "พ.ย.",
        "ธ.ค.",
        "ม.ค.<br>2566",
        "ก.พ.",
        "มี.ค.",
        "เม.ย.",
        "พ.ค.",
        "มิ.ย.",
        "ก.ค.",
        "ส.ค.",
        "ก.ย.",
    ]
    assert axis["range"] == ["2022-10-01", "2023-10-01"]
    assert axis["tickvals"][0] == "2022-10-15"


@pytest.mark.parametrize(("years", "most"), [(1, 12), (3, 13), (8, 9)])
def test_longer_spans_have_fewer_labels(years, most):
    axis = be_month_axis(date(2020, 10, 1), date(2020 + years, 9, 30), "en")
    assert len(axis["ticktext"]) <= most
    assert axis["ticktext"][0] == "Oct<br>2563"


def test_the_first_label_that_is_seen_has_its_year():
    axis = be_month_axis(date(2022, 9, 24), date(2023, 10, 7), "th")
    assert axis["ticktext"][0] == "ต.ค.<br>2565"
    assert axis["ticktext"][-1] == "ก.ย."
    assert axis["tickvals"][0] == "2022-10-15"


def test_only_known_colours_have_dark_partners():
    light = {style.colour for style in theme.STATUS_STYLE.values()} | {
        theme.INK,
        theme.MUTED,
        theme.GRID,
        theme.AXIS,
        theme.PAPER,
        theme.BAND,
        theme.SOFT,
        theme.AGENCY,
    }
    assert set(theme.DARK) <= light
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in theme.DARK)


@given(st.text())
def test_css_strings_cannot_be_left(text):
    inner = css_string(text)[1:-1]
    assert not set('"<>\n\r;{}') & set(inner)


def test_a_wrong_drawing_is_found_here():
    drawing = theme.new_drawing()
    drawing.add_scatter(x=[1], y=[1], mark={"size": 3})
    with pytest.raises(ValueError, match="mark"):
        drawing.figure()
