from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from ita_analysis.reports import (
    Card,
    ReportInfo,
    bullets,
    cards,
    caveat,
    end_mark,
    figure,
    heading,
    sentence,
    table,
    title_block,
)
from ita_analysis.reports.info import title_html
from ita_analysis.reports.mime import BLOCK_MIME, END_MIME, PLOTLY_MIME, REPORT_MIME
from ita_analysis.texts import load_texts

EVIL = "<script>alert(1)</script>\"'&"
SAFE = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;"


def html_of(block):
    return "".join(bundle.get("text/html", "") for bundle in block.outputs)


@pytest.mark.parametrize(
    "block",
    [
        sentence(EVIL),
        caveat(EVIL),
        bullets([EVIL]),
        heading(EVIL),
        cards([Card(EVIL, EVIL, EVIL, EVIL)]),
        table(pd.DataFrame({EVIL: [EVIL], "status": [EVIL]}), "th", EVIL),
        figure(go.Figure(), name="a", title=EVIL, subtitle=EVIL, source=EVIL, how_to_read=EVIL),
        figure(None, name="a", title=EVIL),
    ],
)
def test_data_are_escaped_where_they_enter(block):
    html = html_of(block)
    assert "<script" not in html
    assert SAFE in html


def test_title_block_escapes_every_field(info):
    evil = info(title=EVIL, agency_name=EVIL, agency_place=EVIL, source=EVIL, subtitle=EVIL)
    html = html_of(title_block(evil)).split("</style>")[1]
    assert "<script" not in html
    assert html.count(SAFE) == 5


def test_title_block_carries_the_report_and_comes_back_equal(info):
    bundle = title_block(info()).outputs[1]
    assert ReportInfo.from_json(bundle[REPORT_MIME]) == info()


def test_synthetic_data_are_said_loudly_and_real_data_are_not(info):
    loud = load_texts("th")("report.synthetic_warning")
    assert loud in title_html(info(data_kind="synthetic"))
    assert loud not in title_html(info(data_kind="agency"))


def test_unknown_kind_of_data_is_refused(info):
    with pytest.raises(ValueError, match="guess"):
        info(data_kind="guess")


def test_the_day_it_was_made_comes_only_from_the_caller(info):
    assert "5 ก.พ. 2569" not in title_html(info())
    assert "5 ก.พ. 2569" in title_html(info(), date(2026, 2, 5))


def test_a_figure_shows_chart_and_words_in_jupyterlab():
    block = figure(go.Figure(go.Scatter(x=[1], y=[2])), name="a", title="พบ 1 รายการ", source="x")
    head, chart, foot = block.outputs
    assert "พบ 1 รายการ" in head["text/html"]
    assert chart[PLOTLY_MIME]["data"][0]["type"] == "scatter"
    assert chart[PLOTLY_MIME]["config"]["showSendToCloud"] is False
    assert chart[BLOCK_MIME]["label"] == "พบ 1 รายการ"
    assert "text/html" not in chart
    assert "x" in foot["text/html"]
    assert block._repr_mimebundle_() is chart


def test_an_empty_figure_is_never_drawn():
    block = figure(None, name="a", title="ไม่มีรายการ", source="x", table=pd.DataFrame({"a": [1]}))
    assert len(block.outputs) == 1
    assert PLOTLY_MIME not in block.outputs[0]
    assert "ไม่มีรายการ" in html_of(block)


@pytest.mark.parametrize("name", ["", "a b", '"x', "../x", "Ä"])
def test_a_figure_needs_a_plain_name(name):
    with pytest.raises(ValueError, match="name"):
        figure(None, name=name, title="x")


def test_blocks_reach_ipython(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append((bundle, raw)))
    sentence("หนึ่ง")._ipython_display_()
    assert [raw for _, raw in shown] == [True]
    assert "หนึ่ง" in shown[0][0]["text/html"]


def test_no_cards_no_row():
    assert cards([]).outputs == ()
    assert bullets([]).outputs == ()


def test_end_mark():
    assert END_MIME in end_mark().outputs[0]


def test_table_shows_types_as_people_read_them():
    frame = pd.DataFrame(
        {
            "due_date": [date(2023, 1, 23), None],
            "seen": pd.to_datetime(["2023-01-24", None]),
            "n": pd.array([1234, None], dtype="Int64"),
            "share_pct": [23.5, 24.25],
            "whole": [1.0, float("nan")],
            "is_x": pd.array([True, None], dtype="boolean"),
            "status": ["late", None],
            "fiscal_year_be": [2566, 2567],
        }
    )
    html = html_of(table(frame, "th", "คำอธิบาย"))
    body = html.split("<tbody>")[1]
    first, second = body.split("</tr>")[:2]
    assert "<caption>คำอธิบาย</caption>" in html
    assert html.count('scope="col"') == 8
    assert html.count('scope="row"') == 2
    assert ">23 ม.ค. 2566<" in first
    assert ">24 ม.ค. 2566<" in first
    assert '<td class="number">1,234</td>' in first
    assert '<td class="number">23.50</td>' in first
    assert '<td class="number">24.25</td>' in second
    assert '<td class="number">1</td>' in first
    assert load_texts("th")("report.yes") in first
    assert "mark-late" in first
    assert "ล่าช้า" in first
    assert second.count("–") == 6
    assert ">2,566<" not in html


def test_table_headings_come_from_labels_then_raw_name():
    html = html_of(table(pd.DataFrame({"xx_a": [1], "xx_b": [2]}), "th", labels={"xx_a": "หัว"}))
    assert ">หัว</th>" in html
    assert ">xx_b</th>" in html


def test_table_without_rows_says_so():
    html = html_of(table(pd.DataFrame({"a": []}), "en"))
    assert load_texts("en")("report.no_rows") in html
    assert "<table" not in html
