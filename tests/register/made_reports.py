"""Reports of invented agencies, as plain text."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ita_analysis.documents import Document
from ita_analysis.documents.text import read_text
from ita_analysis.frameworks import load_framework
from ita_analysis.register.build import build_register
from ita_analysis.register.model import Register

DATA = Path(__file__).parents[2] / "data"
HEADER = (
    "ประเด็นที่ต้องปรับปรุง\tผู้รับผิดชอบ\tขั้นตอน\tการรายงานผลและการกำกับติดตาม\tระยะเวลา\tผลการดำเนินการ\tผลลัพธ์"
)
TITLE_PAGE = (
    "รายงานผลการดำเนินการ\nประจำปีงบประมาณ พ.ศ. ๒๕๖๖ รอบ ๑๒ เดือน\n"
    "องค์การบริหารส่วนตำบลตัวอย่าง\nอำเภอสมมติ จังหวัดทดสอบ\n\n"
)


def row(**cells: str) -> str:
    """One row of the report with believable words where the test gives none."""
    words = {
        "title": "ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล OIT - ข้อมูลพื้นฐาน",
        "units": "สำนักปลัด",
        "steps": "๑. จัดทำข้อมูล ๒. รายงานผู้บริหาร",
        "monitoring": "๑. เจ้าหน้าที่รายงานภายในเดือนมกราคม ๒๕๖๖",
        "period": "ต.ค.๖๕ – ก.ย.๖๖",
        "result": "เผยแพร่บนเว็บไซต์แล้วเมื่อวันที่ ๒๓ มกราคม ๒๕๖๖",
        "outcome": "ประชาชนได้รับข้อมูล",
    }
    return "\t".join({**words, **cells}.values())


def document(*rows: str, head: str = TITLE_PAGE) -> Document:
    text = head + HEADER + "\n" + "\n".join(rows) + "\n"
    return read_text(text.encode("utf-8"), "report.txt")


def build(*rows: str, head: str = TITLE_PAGE) -> Register:
    return build_register(document(*rows, head=head), partial(load_framework, data_dir=DATA))
