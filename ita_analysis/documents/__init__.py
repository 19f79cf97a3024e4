"""What agencies send, read into paragraphs and raw tables whose cells keep their place.

Knows nothing of ITA. A new format is one module with a ``read_…`` function and a line in
:mod:`ita_analysis.documents.reading`.
"""

from ita_analysis.documents.model import Cell, Document, Paragraph, Row, Table
from ita_analysis.documents.reading import read_document, read_sheets
from ita_analysis.documents.sheets import Sheet, SheetRow

__all__ = [
    "Cell",
    "Document",
    "Paragraph",
    "Row",
    "Sheet",
    "SheetRow",
    "Table",
    "read_document",
    "read_sheets",
]
