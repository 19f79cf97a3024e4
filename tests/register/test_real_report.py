"""The real report: all its facts, and that the shipped register holds the same."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from ita_analysis.analysis.outcomes import classify_outcome
from ita_analysis.register.importing import read_report
from ita_analysis.register.model import Measure, Register
from ita_analysis.register.store import load_register
from tests.register.made_reports import DATA

pytestmark = pytest.mark.real_report

# measure: tool, indicator, sub-indicator, item, published, units
D = dt.date
MEASURES = [
    ("OIT", 9, "9.1", None, D(2023, 1, 23), 1),
    ("OIT", 9, "9.1", None, D(2023, 1, 14), 6),
    ("OIT", 9, "9.2", None, D(2023, 3, 28), 2),
    ("OIT", 9, "9.2", None, D(2023, 2, 9), 1),
    ("OIT", 9, "9.2", None, D(2023, 4, 11), 1),
    ("OIT", 9, "9.3", None, D(2023, 4, 11), 2),
    ("OIT", 9, "9.4", None, D(2023, 3, 1), 2),
    ("OIT", 10, "10.1", None, D(2023, 4, 21), 2),
    ("OIT", 10, "10.2", None, D(2023, 9, 3), 1),
    ("EIT", 7, None, "e6", D(2023, 3, 20), 2),
    ("EIT", 7, None, "e7", D(2023, 4, 12), 1),
    ("EIT", 7, None, "e8", D(2023, 1, 16), 3),
    ("EIT", 7, None, "e9", D(2023, 1, 16), 2),
    ("EIT", 7, None, "e10", D(2023, 1, 16), 1),
]
# measure: due dates in the order of the document
DUE = {
    1: [D(2023, 1, 31)],
    3: [D(2022, 10, 31), D(2023, 4, 30), D(2022, 12, 31)],
    4: [D(2023, 1, 31), D(2023, 1, 31)],
    5: [D(2023, 1, 31), D(2023, 4, 30), D(2023, 1, 31), D(2022, 12, 31), D(2023, 1, 31)],
    6: [D(2022, 10, 31), D(2022, 12, 31)],
    7: [D(2022, 11, 30), D(2023, 4, 30), D(2022, 11, 30), D(2022, 11, 30)],
    8: [D(2022, 9, 30), D(2023, 4, 30)],
    9: [D(2022, 10, 31), D(2023, 4, 30)],
}
# measure, actor: cadence in months and named months
RECURRING = [
    (1, "executive", 1, ()),
    (2, "officer", 1, ()),
    (6, "officer", 1, ()),
    (10, "officer", 3, ()),
    (11, "executive", 1, ()),
    (12, "executive", 6, (4, 10)),
    (13, "officer", 6, (4, 10)),
    (13, "executive", 6, ()),
    (14, "officer", 3, ()),
    (14, "executive", 3, ()),
]
FREE_TEXT = {
    "steps_th",
    "monitoring_th",
    "result_th",
    "outcome_th",
    "units_phrase_th",
    "obligations",
}


@pytest.fixture
def register(real_report: Path) -> Register:
    return read_report(real_report, data_dir=DATA)


def test_every_measure_has_its_place_units_and_publication(register: Register) -> None:
    found = [
        (m.tool, m.indicator_no, m.sub_indicator, m.item_code, m.published_date,
         len(m.responsible_units_th))
        for m in register.measures
    ]  # fmt: skip
    assert found == MEASURES


def test_every_obligation_is_found(register: Register) -> None:
    due = {
        m.measure_no: [o.due_date for o in m.obligations if o.kind == "due"]
        for m in register.measures
        if any(o.kind == "due" for o in m.obligations)
    }
    assert due == DUE
    recurring = [
        (m.measure_no, o.actor.value, o.every_months, o.due_months)
        for m in register.measures
        for o in m.obligations
        if o.kind == "recurring"
    ]
    assert recurring == RECURRING
    after = [o for m in register.measures for o in m.obligations if o.kind == "after_event"]
    assert [o.within_days for o in after] == [7]
    kinds = Counter(o.kind.value for m in register.measures for o in m.obligations)
    assert kinds == {
        "due": 21, "recurring": 10, "after_event": 1, "continuous": 6, "unscheduled": 4,
    }  # fmt: skip


def test_the_shifted_procurement_row_is_repaired_and_told(register: Register) -> None:
    measure = register.measures[5]
    assert measure.responsible_units_th == ("กองคลัง", "งานพัสดุ")
    assert (measure.steps_th or "").startswith("๑.กองคลัง")
    assert (measure.monitoring_th or "").startswith("๑. เจ้าหน้าที่ผู้รับผิดชอบ")
    told = {note.code for note in register.notes if note.measure_no == 6}
    assert {"cells_split", "columns_shifted", "cell_repeated"} <= told


def test_head_and_the_correction_of_the_source(register: Register) -> None:
    assert register.agency.name_th == "องค์การบริหารส่วนตำบลนาคาย"
    assert (register.agency.district_th, register.agency.province_th) == ("ตาลสุม", "อุบลราชธานี")
    assert (register.fiscal_year_be, register.round_months) == (2566, 12)
    assert (register.period_start_date, register.period_end_date) == (
        D(2022, 10, 1),
        D(2023, 9, 30),
    )
    (note,) = [note for note in register.notes if note.code == "source_corrected"]
    assert note.values["expect"] == "ตาลชุม"
    assert note.row == 15


def test_the_grammar_understands_every_phrase_about_time(register: Register) -> None:
    assert register.coverage.n_phrases > 90
    assert register.coverage.n_understood == register.coverage.n_phrases
    assert "phrase_not_understood" not in {note.code for note in register.notes}


def test_shipped_register_holds_the_same_facts(register: Register) -> None:
    shipped = load_register("nakhai-ubon", 2566, DATA)
    assert facts(shipped) == facts(register)
    assert shipped.notes == register.notes
    assert shipped.coverage == register.coverage
    assert shipped.source.sha256 == register.source.sha256


def facts(register: Register) -> list[object]:
    """Everything but the long free text, of which only the outcome's class is a fact."""
    return [
        register.model_dump(exclude={"measures", "notes", "source", "coverage"}),
        *(_measure_facts(measure) for measure in register.measures),
    ]


def _measure_facts(measure: Measure) -> list[object]:
    return [
        measure.model_dump(exclude=FREE_TEXT),
        classify_outcome(measure.outcome_th).outcome_class,
        [obligation.model_dump(exclude={"task_th"}) for obligation in measure.obligations],
    ]
