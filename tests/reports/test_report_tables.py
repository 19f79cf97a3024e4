import json
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.reports import read_tables, tables
from ita_analysis.reports.tables import Table, write_csv


def through_json(frame):
    return Table.parse(json.loads(json.dumps(Table.of(frame).payload(), allow_nan=False))).frame()


FRAME = pd.DataFrame(
    {
        "text": ["=1+1", None, "ข้อความ\nสองบรรทัด"],
        "objects": pd.Series(["a", None, "00123"], dtype="object"),
        "day": pd.Series([date(2023, 1, 31), None, date(2024, 2, 29)], dtype="object"),
        "moment": pd.to_datetime(["2023-01-31", None, "2024-02-29 12:30"], format="ISO8601"),
        "n": pd.array([1, None, -3], dtype="Int64"),
        "plain_n": [1, 2, 3],
        "share_pct": [0.1, float("nan"), 100.0],
        "is_dated": [True, False, True],
        "is_known": pd.array([True, None, False], dtype="boolean"),
    }
)


def test_types_come_back_exactly():
    back = through_json(FRAME)
    pd.testing.assert_frame_equal(back, FRAME)
    assert type(back["day"][0]) is date


def test_empty_table_keeps_its_types():
    empty = FRAME.iloc[:0].reset_index(drop=True)
    assert through_json(empty).columns.tolist() == FRAME.columns.tolist()
    assert through_json(empty)["n"].dtype == "Int64"


def test_read_tables_from_a_notebook(notebook, code_cell):
    nb = json.loads(json.dumps(notebook(code_cell(tables({"measures": FRAME, "one": FRAME[:1]})))))
    found = read_tables(nb)
    assert list(found) == ["measures", "one"]
    pd.testing.assert_frame_equal(found["measures"].frame(), FRAME)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [["list"]]}),
        pd.DataFrame({"a": [date(2023, 1, 1), "text"]}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame({"a": pd.to_datetime(["2023-01-01"], utc=True)}),
    ],
)
def test_what_would_not_come_back_is_refused(frame):
    with pytest.raises(TypeError, match="a"):
        tables({"x": frame})


@given(
    st.lists(
        st.tuples(
            st.none() | st.text(),
            st.none() | st.integers(-(2**53), 2**53),
            st.none() | st.dates(),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
        ),
        max_size=5,
    )
)
def test_any_table_comes_back(rows):
    texts, numbers, days, floats = ([row[i] for row in rows] for i in range(4))
    frame = pd.DataFrame(
        {
            "t": pd.Series(texts, dtype="object"),
            "n": pd.Series(numbers, dtype="Int64"),
            "d": pd.Series(days, dtype="object"),
            "f": pd.Series(floats, dtype="float64"),
        }
    )
    pd.testing.assert_frame_equal(through_json(frame), frame)


def test_csv_for_programs_and_for_excel():
    lines = write_csv(Table.of(FRAME)).decode("utf-8-sig").split("\r\n")
    assert write_csv(Table.of(FRAME)).startswith(b"\xef\xbb\xbf")
    assert lines[0] == "text,objects,day,moment,n,plain_n,share_pct,is_dated,is_known"
    assert lines[1] == "'=1+1,a,2023-01-31,2023-01-31,1,1,0.1,True,True"
    assert lines[2] == ",,,,,2,,False,"
    assert lines[3].endswith(",-3,3,100.0,True,False")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", " =1"])
def test_csv_text_is_never_a_formula(text):
    body = write_csv(Table.of(pd.DataFrame({"a": [text]}))).decode("utf-8-sig").split("\r\n", 1)[1]
    assert body.lstrip('"').startswith("'")


def test_csv_numbers_stay_numbers():
    assert b"\r\n-5,-0.5\r\n" in write_csv(Table.of(pd.DataFrame({"a": [-5], "b": [-0.5]})))
