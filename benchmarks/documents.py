"""Importing text reports of a real one's size: documents a second and peak memory.

    python benchmarks/documents.py [--documents 1000] [--write]

Makes reports of invented agencies in a temporary folder (about 14 measures, 20,000 characters and
52 KB each, as the one real report at hand), then reads them all into registers in one fresh
process, and 50 of them as Word documents and workbooks (read in a process of their own). Peak
memory is each process's own (``ru_maxrss``). ``--write`` puts the result into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
import openpyxl

from ita_analysis.bench.page import write_section

ROOT = Path(__file__).resolve().parent.parent
N_OTHERS = 50
N_MEASURES = 14
HEADER = ["ประเด็นที่ต้องปรับปรุง", "ผู้รับผิดชอบ", "ขั้นตอนหรือวิธีการ", "การรายงานผลและการกำกับติดตาม",
          "ระยะเวลา", "ผลการดำเนินการ", "ผลลัพธ์"]  # fmt: skip
TITLES = ("ข้อมูลพื้นฐาน", "การปฏิบัติงาน", "การให้บริการ", "การจัดซื้อจัดจ้าง", "การส่งเสริมความโปร่งใส")


def rows_of(number: int) -> list[list[str]]:
    """Return the measures of one report; each report differs in its words and dates."""
    rows = []
    for measure in range(N_MEASURES):
        day, month = 1 + (number + measure) % 28, ("มกราคม", "มีนาคม", "เมษายน")[number % 3]
        step = f"เจ้าหน้าที่ผู้รับผิดชอบชุดที่ {number} ศึกษาองค์ประกอบด้านข้อมูลและจัดทำข้อมูลให้ถูกต้องเป็นปัจจุบัน"
        rows.append([
            f"ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล OIT - {TITLES[measure % len(TITLES)]}",
            "สำนักปลัด กองคลัง",
            " ".join(f"{clause}. {step}" for clause in range(1, 6)),
            f"๑. {step} แล้วรายงานผู้บริหารภายในเดือน{month} ๒๕๖๖ ๒. ผู้บริหารติดตามทุกเดือน "
            f"๓. {step} ไตรมาสละ ๑ ครั้ง",
            "ต.ค.๖๕ – ก.ย.๖๖",
            f"{step} และเผยแพร่บนเว็บไซต์แล้วเมื่อวันที่ {day} {month} ๒๕๖๖",
            "ประชาชนสามารถรับทราบข้อมูลข่าวสารที่หน่วยงานจัดให้บริการได้อย่างทั่วถึงและตรวจสอบได้ " * 2,
        ])  # fmt: skip
    return rows


def head_of(number: int) -> list[str]:
    """Return the title lines of one report."""
    return [
        "รายงานผลการดำเนินการ",
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ รอบ ๑๒ เดือน",
        f"องค์การบริหารส่วนตำบลสมมติ{number}",
        "อำเภอตัวอย่าง จังหวัดจำลอง",
    ]


def make_documents(folder: Path, n_documents: int) -> int:
    """Write the reports; return the mean size of a text report in bytes."""
    for number in range(n_documents):
        lines = [*head_of(number), "", *("\t".join(row) for row in [HEADER, *rows_of(number)])]
        (folder / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")
    for number in range(min(N_OTHERS, n_documents)):
        word, book = docx.Document(), openpyxl.Workbook()
        for line in head_of(number):
            word.add_paragraph(line)
            book.worksheets[0].append([line])
        table = word.add_table(rows=0, cols=len(HEADER))
        for row in [HEADER, *rows_of(number)]:
            book.worksheets[0].append(row)
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        word.save(str(folder / f"{number}.docx"))
        book.save(folder / f"{number}.xlsx")
    sizes = [path.stat().st_size for path in folder.glob("*.txt")]
    return sum(sizes) // len(sizes)


MEASURE = """
import json, resource, sys, time
from pathlib import Path
from ita_analysis.documents import apart
from ita_analysis.register.importing import read_reports
folder, ending = Path(sys.argv[1]), sys.argv[2]
paths = sorted(folder.glob("*" + ending))
start = time.perf_counter()
n_measures = sum(
    len(register.measures) for path in paths for register in read_reports(path).registers
)
seconds = time.perf_counter() - start
cpu = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
apart._end_reader()
reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"documents": len(paths), "measures": n_measures, "seconds": seconds, "cpu": cpu,
                  "peak_mb": peak, "reader_mb": reader}))
"""


def measure(folder: Path, ending: str) -> dict[str, float]:
    """Read all documents of one format in a fresh process."""
    command = [sys.executable, "-c", MEASURE, str(folder), ending]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    result: dict[str, float] = json.loads(done.stdout)
    if result["measures"] != result["documents"] * N_MEASURES:
        raise SystemExit(f"{ending}: {result['measures']} measures were read")
    return result


def line_of(name: str, result: dict[str, float]) -> str:
    """Return one line of the table."""
    rate = result["documents"] / result["seconds"]
    reader = f"{result['reader_mb']:,.0f}" if result["reader_mb"] else ""
    return (
        f"| {name} | {result['documents']:,} | {result['seconds']:.1f} | {result['cpu']:.1f} "
        f"| {rate:.1f} "
        f"| {result['peak_mb']:,.0f} | {reader} |"
    )


def report(n_documents: int, size: int, results: dict[str, dict[str, float]]) -> str:
    """Return the section of docs/benchmarks.md."""
    lines = "\n".join(line_of(name, result) for name, result in results.items())
    return f"""## Documents: reading reports into registers

`python benchmarks/documents.py --documents {n_documents} --write`

Reports of invented agencies with {N_MEASURES} measures each, {size / 1000:,.0f} KB as text. Each \
line is a fresh process in the same run on Python {platform.python_version()}, \
{platform.system()} {platform.machine()}. Word documents and workbooks are read by a second \
process, whose memory is limited.

| format | documents | seconds | processor seconds | documents a second | peak memory, MB | \
of the reading process, MB |
|---|---:|---:|---:|---:|---:|---:|
{lines}
"""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = make_documents(folder, arguments.documents)
        results = {
            "text": measure(folder, ".txt"),
            "Word": measure(folder, ".docx"),
            "Excel": measure(folder, ".xlsx"),
        }
    section = report(arguments.documents, size, results)
    print(section)
    if arguments.write:
        write_section("documents", section)


if __name__ == "__main__":
    main()
