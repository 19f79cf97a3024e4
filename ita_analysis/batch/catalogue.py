"""The page that lists all reports, those of earlier runs too."""

from __future__ import annotations

from ita_analysis.batch.manifest import Manifest, Record
from ita_analysis.batch.paths import index_path
from ita_analysis.batch.place import write_whole
from ita_analysis.reports.index import IndexEntry, index_html
from ita_analysis.texts import current_language


def write_index(manifest: Manifest) -> None:
    """Write the page anew from the manifest, in the language of messages."""

    def entry(record: Record) -> IndexEntry:
        base = f"{record.fiscal_year_be}/{record.agency_id}/{record.notebook}.{record.lang}"
        there = {item.path for item in record.outputs}
        return IndexEntry(
            fiscal_year_be=record.fiscal_year_be,
            agency_id=record.agency_id,
            agency_name=record.agency_name or record.agency_id,
            agency_type=record.agency_type,
            province=record.province,
            notebook=record.notebook,
            notebook_title=record.title or record.notebook,
            lang=record.lang,
            state=record.state,
            error=record.error or "",
            href=f"{base}.html" if f"{base}.html" in there else None,
            xlsx_href=f"{base}.xlsx" if f"{base}.xlsx" in there else None,
            headline=record.headline,
            share_on_time_pct=record.share_on_time_pct,
            change_points=record.change_points,
            rating=record.rating,
            data_kind=record.data_kind,
        )

    page = index_html(map(entry, manifest.records.values()), lang=current_language())
    write_whole(index_path(manifest.out), page.encode("utf-8"))
