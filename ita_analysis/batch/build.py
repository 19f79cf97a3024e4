"""From an executed notebook to the files of one report, in a private folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ita_analysis.batch.cleaning import clean_notebook, notebook_bytes
from ita_analysis.batch.execute import Executed, Limits, ReportFailedError, execute
from ita_analysis.batch.fingerprint import hash_file
from ita_analysis.batch.journal import Step
from ita_analysis.batch.manifest import OutputFile
from ita_analysis.batch.place import write_synced
from ita_analysis.batch.plan import Task
from ita_analysis.reports.export import count_charts, export_html
from ita_analysis.reports.info import ReportInfo
from ita_analysis.reports.notebook import count_figures, report_info
from ita_analysis.reports.plotly_bundle import shared_plotly
from ita_analysis.reports.tables import read_tables, write_csv
from ita_analysis.reports.workbook import workbook_bytes
from ita_analysis.texts import load_texts


@dataclass(frozen=True)
class Making:
    """How reports are made; the same for all of a run.

    Attributes:
        data: The data folder.
        engine: A key of ``execute.ENGINES``.
        timeout: Seconds that one report may take in its kernel.
        made_on: Day that the reports give as the day they were made.
        shared_assets: Whether plotly.js stands once beside the reports, in the place of in each.
    """

    data: Path
    engine: str
    timeout: float
    made_on: date
    shared_assets: bool = False


@dataclass(frozen=True)
class Built:
    """The finished files of a report, not yet in place.

    Attributes:
        files: Path relative to the output folder -> the finished file.
        info: What the report says of itself.
        outputs: The files as the manifest lists them.
        peak_mb: Largest memory of its kernel in megabytes; None where it was not measured.
        engine: The engine that really ran it.
    """

    files: Mapping[str, Path]
    info: ReportInfo
    outputs: tuple[OutputFile, ...]
    peak_mb: float | None
    engine: str


def build(task: Task, making: Making, scratch: Path, reached: Callable[[Step], None]) -> Built:
    """Run the notebook and make all files of the report in a private folder.

    It depends on nothing but its arguments, so that it can be carried out in any process.

    Args:
        task: The report.
        making: How to make it.
        scratch: Private folder on the same disk as the output.
        reached: Is told when the notebook is executed, and when the files are finished.

    Raises:
        ReportFailedError: The notebook did not come to its end, or a chart was lost on the way.
        ItaError: The report's content was refused by the export.
    """
    work = scratch / "work"
    work.mkdir()
    path, parameters = task.notebook.path, task.parameters
    limits = Limits(making.engine, making.timeout)
    executed = execute(path, parameters, making.data, work, limits)
    reached("executed")
    built = _export(task, making, executed, scratch)
    reached("exported")
    return built


def _export(task: Task, making: Making, executed: Executed, scratch: Path) -> Built:
    say = load_texts()
    nb = clean_notebook(executed.nb, {str(making.data): "data", str(scratch): "scratch"})
    info = report_info(nb)
    if info is None:
        raise ReportFailedError("failed", say("run.no_title"))
    # A report lies two folders below the output folder.
    shared = f"../../{shared_plotly()[0]}" if making.shared_assets else ""
    html = export_html(
        nb,
        making.made_on,
        name=task.notebook.name,
        forbidden=[str(making.data)],
        plotly_src=shared,
    )
    if count_charts(html) != count_figures(nb):
        lost = {"charts": count_charts(html), "figures": count_figures(nb)}
        raise ReportFailedError("failed", say("run.charts_lost", **lost))
    base, name = task.folder, task.notebook.name
    tables = read_tables(nb)
    contents: dict[str, bytes] = {
        f"{base}/{name}.{task.lang}.html": html.encode("utf-8"),
        f"{base}/{name}.ipynb": notebook_bytes(nb),
    }
    for key, table in tables.items():
        contents[f"{base}/tables/{name}.{key}.csv"] = write_csv(table)
    if tables:
        contents[f"{base}/{name}.{task.lang}.xlsx"] = workbook_bytes(tables, info)
    files = {}
    for number, (target, content) in enumerate(contents.items()):
        files[target] = scratch / f"file-{number}"
        write_synced(files[target], content)
    outputs = tuple(
        OutputFile(target, path.stat().st_size, hash_file(path))
        for target, path in sorted(files.items())
    )
    return Built(files, info, outputs, executed.peak_mb, executed.engine)
