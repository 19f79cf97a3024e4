"""From a notebook to what people read: blocks, one offline HTML file, workbook, index.

A notebook needs only the names below. The exporter, the workbook and the index are imported from
their modules by whoever makes files, because they load heavier libraries.
"""

from ita_analysis.reports.block import Block
from ita_analysis.reports.blocks import (
    Card,
    Step,
    bullets,
    cards,
    caveat,
    end_mark,
    heading,
    sentence,
    steps,
)
from ita_analysis.reports.figures import figure
from ita_analysis.reports.html_table import table
from ita_analysis.reports.info import ReportInfo, title_block
from ita_analysis.reports.notebook import count_figures, is_finished, report_info
from ita_analysis.reports.tables import read_tables, tables

__all__ = [
    "Block",
    "Card",
    "ReportInfo",
    "Step",
    "bullets",
    "cards",
    "caveat",
    "count_figures",
    "end_mark",
    "figure",
    "heading",
    "is_finished",
    "read_tables",
    "report_info",
    "sentence",
    "steps",
    "table",
    "tables",
    "title_block",
]
