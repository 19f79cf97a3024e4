"""Make the example agency: scores and registers of four fiscal years, all of it invented.

    python tools/make_example.py [DATA_FOLDER]

Writes ``scores/example.csv`` with its source record, ``registers/example-agency/<year>/`` and the
agency's row of ``agencies.csv``. What it is made from stands in ``example_agency.toml`` beside
this file; the seed is fixed, so the same file gives the same bytes.

How the numbers come about:

* Survey items (30 of IIT, 15 of EIT: the counts of the year's framework, shared evenly among the
  indicators) are drawn within 6 points of the indicator's target. The indicator is their mean.
* OIT items score 100 but for those missed; which ones these are is drawn within the
  sub-indicator. Indicators, tools, overall score and rating follow from the items by the rules of
  the year. FY2563 has no OIT items, because neither list nor rule of that year are known.
* The registers are read from their Thai words by the same reader that reads a real report.

In FY2566 the score is higher than in FY2565 and the rating is lower. The two years have different
ratings; lower means: further from the best one of its year (A is the second, ผ่าน the third), and
also by one measure: under the rules of FY2566 the scores of FY2565 would be rated ผ่านดี.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import random
import sys
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from ita_analysis.frameworks import (
    Framework,
    data_folder,
    load_framework,
    match_sub_indicator,
)
from ita_analysis.register.model import AgencyHead, Coverage, Measure, Note, Register, Source
from ita_analysis.register.obligations import Reading, read_obligations
from ita_analysis.register.publication import find_publication
from ita_analysis.register.store import register_folder, save_register
from ita_analysis.register.units import split_units
from ita_analysis.scores import Computed, compute, rate, round_half_up
from ita_analysis.scores.model import COLUMNS
from ita_analysis.thai import fiscal_year_span, format_date, to_thai

PLAN = Path(__file__).with_name("example_agency.toml")
NAME = "tools/make_example.py"
SPREAD = 6.0
"""Most points between a survey item and its indicator's target."""


def main(folder: str | None = None) -> None:
    """Write the example agency into a data folder; the default one where None."""
    data = data_folder(folder)
    plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    agency, seed = plan["agency"], plan["seed"]
    add_agency(data / "agencies.csv", agency)
    draw = random.Random(seed)  # noqa: S311 - a fixed seed is the point: same bytes every time
    rows: list[dict[str, object]] = []
    for year, wishes in sorted(plan["years"].items()):
        framework = load_framework(int(year), data)
        rows += [
            {**row, "agency_id": agency["agency_id"], "agency_name_th": agency["name_th"]}
            for row in score_rows(framework, wishes, draw, f"synthetic: {NAME}, seed {seed}")
        ]
        register = make_register(framework, wishes["measures"], plan["themes"], seed)
        target = register_folder(agency["agency_id"], int(year), data)
        save_register(register, target, agency["agency_id"])
    save_scores(data / "scores", rows, seed)


def add_agency(path: Path, agency: dict[str, str]) -> None:
    """Put the agency's row in its place by id, where it is not there yet."""
    head, *lines = path.read_text(encoding="utf-8-sig").splitlines()
    columns = head.split(",")
    own = ",".join(agency.get(name, "") for name in columns)
    others = [line for line in lines if not line.startswith(f"{agency['agency_id']},")]
    text = "\n".join([head, *sorted([*others, own])]) + "\n"
    path.write_text(text, encoding="utf-8-sig", newline="\n")


def score_rows(
    framework: Framework, wishes: dict[str, Any], draw: random.Random, source: str
) -> list[dict[str, object]]:
    """Return the rows of one year, from the items up to the overall score."""
    items = survey_items(framework, wishes["targets"], draw)
    oit = missed_items(framework, wishes.get("missed", {}), draw)
    given = {code: round_half_up(mean(values.values())) for code, values in items.items()}
    given |= {code: Decimal(score) for code, score in wishes.get("oit", {}).items()}
    computed = compute(framework, {**given, **oit})
    overall = computed.score("overall")
    tools = {tool.code: computed.score(tool.code) for tool in framework.tools.entries}
    rating = rate(framework, overall, tools).rating
    found: list[tuple[str, str, Decimal]] = []
    found += [("indicator", str(each.indicator_no), _score(computed, str(each.indicator_no)))
              for each in framework.indicators.entries]  # fmt: skip
    found += [("sub_indicator", sub.code, _score(computed, sub.code))
              for sub in framework.sub_indicators.entries if oit]  # fmt: skip
    found += [("item", code, score) for values in items.values() for code, score in values.items()]
    found += [("item", code, score) for code, score in oit.items()]
    tops = [("tool", code, _score(computed, code)) for code in tools]
    common = {
        "fiscal_year_be": framework.fiscal_year_be,
        "data_kind": "synthetic",
        "source": source,
        "is_mean": "false",
        "published_rating": "",
    }
    rows = [
        {**common, "level": level, "code": code, "score_pct": format(score, "f")}
        for level, code, score in [("overall", "overall", overall), *tops, *found]
    ]
    rows[0]["published_rating"] = rating
    return rows


def survey_items(
    framework: Framework, targets: dict[str, float], draw: random.Random
) -> dict[str, dict[str, Decimal]]:
    """Return the items of IIT and EIT by indicator; the counts are the framework's."""
    found: dict[str, dict[str, Decimal]] = {}
    for tool, letter in (("IIT", "i"), ("EIT", "e")):
        count = framework.item_count(tool)[0]
        indicators = framework.indicators_of(tool)
        if count is None or count % len(indicators):
            raise ValueError(f"{framework.fiscal_year_be}: {tool} has no even number of items")
        size = count // len(indicators)
        for place, each in enumerate(indicators):
            target = targets[str(each.indicator_no)]
            numbers = range(place * size + 1, (place + 1) * size + 1)
            found[str(each.indicator_no)] = {
                f"{letter}{number}": Decimal(
                    f"{min(100.0, target + SPREAD * (2 * draw.random() - 1)):.2f}"
                )
                for number in numbers
            }
    return found


def missed_items(
    framework: Framework, missed: dict[str, int], draw: random.Random
) -> dict[str, Decimal]:
    """Return the OIT items as 100 or 0; none where the year's misses are not planned."""
    if not missed:
        return {}
    found: dict[str, Decimal] = {}
    for sub in framework.sub_indicators.entries:
        codes = [item.code for item in framework.items_of(sub.code)]
        by_lot = sorted(codes, key=lambda _: draw.random())
        zero = set(by_lot[: missed.get(sub.code, 0)])
        found |= {code: Decimal(0) if code in zero else Decimal(100) for code in codes}
    return found


def make_register(
    framework: Framework,
    wishes: list[list[str]],
    themes: dict[str, dict[str, Any]],
    seed: int,
) -> Register:
    """Return the register of one year, read from the words of its themes."""
    year = framework.fiscal_year_be
    start, end = fiscal_year_span(year)
    measures: list[Measure] = []
    notes: list[Note] = []
    n_phrases = n_understood = 0
    for number, (theme, published) in enumerate(wishes, 1):
        measure, reading = make_measure(framework, number, themes[theme], published)
        measures.append(measure)
        notes += reading.notes
        if measure.sub_indicator:
            matched = {"sub_indicator": measure.sub_indicator, "matched": measure.title_th}
            notes.append(Note(code="sub_indicator_matched", measure_no=number, values=matched))
        n_phrases += reading.coverage.n_phrases
        n_understood += reading.coverage.n_understood
    return Register(
        agency=AgencyHead(name_th="หน่วยงานตัวอย่าง (ข้อมูลสังเคราะห์)"),
        fiscal_year_be=year,
        round_months=12,
        period_start_date=start,
        period_end_date=end,
        measures=tuple(measures),
        notes=tuple(notes),
        coverage=Coverage(n_phrases=n_phrases, n_understood=n_understood),
        source=Source(
            file_name=NAME,
            description=f"ข้อมูลสังเคราะห์ จัดทำโดย {NAME} (seed {seed}) ไม่ใช่ข้อมูลของหน่วยงานจริง",
            data_kind="synthetic",
        ),
    )


def make_measure(
    framework: Framework, number: int, theme: dict[str, Any], published: str
) -> tuple[Measure, Reading]:
    """Return one measure, and how its words were read."""
    year = framework.fiscal_year_be
    words = {
        "year": to_thai(str(year)),
        "before": to_thai(str(year - 1)),
        "last": to_thai(str(year - 1)),
    }
    steps, monitoring = (theme[name].format(**words) for name in ("steps", "monitoring"))
    reading = read_obligations(monitoring, steps, year, number, None)
    result = "อยู่ระหว่างดำเนินการ"
    if published:
        day = to_thai(format_date(dt.date.fromisoformat(published), "th"))
        result = f"ปรับปรุงข้อมูลและเผยแพร่บนเว็บไซต์ของหน่วยงานเรียบร้อยแล้วเมื่อวันที่ {day}"
    shown = find_publication(result, year)
    match = None
    if theme["tool"] == "OIT":
        match = match_sub_indicator(framework, theme["title"], theme["indicator_no"])
    start, end = fiscal_year_span(year)
    measure = Measure(
        measure_no=number,
        tool=theme["tool"],
        indicator_no=theme["indicator_no"],
        sub_indicator=match.code if match else None,
        item_code=theme.get("item", {}).get(str(year)),
        title_th=theme["title"],
        responsible_units_th=split_units(theme["units"]),
        units_phrase_th=theme["units"],
        period_start_date=start,
        period_end_date=end,
        published_date=shown.date if shown else None,
        published_phrase_th=shown.words if shown else None,
        steps_th=steps,
        monitoring_th=monitoring,
        result_th=result,
        outcome_th=theme["outcome"],
        obligations=tuple(reading.obligations),
    )
    return measure, reading


def save_scores(folder: Path, rows: list[dict[str, object]], seed: int) -> None:
    """Write the score file and its source record."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    content = buffer.getvalue().encode("utf-8-sig")
    (folder / "example.csv").write_bytes(content)
    record = f"""# Source record of example.csv
file: example.csv
what_th: "คะแนนสังเคราะห์ของหน่วยงานตัวอย่าง ไม่ใช่ข้อมูลของหน่วยงานจริง"
what_en: "Synthetic scores of the example agency; not those of any real agency"
who: "{NAME}, seed {seed}"
where_from: "{NAME} and {PLAN.name} beside it"
obtained_date: 2026-11-23
handling: "made, not collected; change the plan and run the tool again instead of editing the file"
n_rows: {len(rows)}
sha256: {hashlib.sha256(content).hexdigest()}
"""
    (folder / "example.source.yml").write_text(record, encoding="utf-8", newline="\n")


def mean(values: Iterable[Decimal]) -> Fraction:
    """Return the exact mean."""
    numbers = [Fraction(value) for value in values]
    return sum(numbers, Fraction()) / len(numbers)


def _score(computed: Computed, code: str) -> Decimal:
    score = computed.score(code)
    if score is None:
        raise ValueError(f"{computed.fiscal_year_be}: {code} does not follow from the plan")
    return score


if __name__ == "__main__":
    main(*sys.argv[1:2])
