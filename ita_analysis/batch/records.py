"""The manifest's records of how reports ended."""

from __future__ import annotations

from dataclasses import replace

from ita_analysis.batch.attempt import Attempt
from ita_analysis.batch.build import Making
from ita_analysis.batch.fingerprint import code_version
from ita_analysis.batch.job import Due
from ita_analysis.batch.manifest import Manifest, Record
from ita_analysis.batch.schedule import Item
from ita_analysis.errors import DataError
from ita_analysis.register.agencies import Agency
from ita_analysis.texts import load_texts


class Recorder:
    """Makes records; what a failed report has from earlier runs stays in its record.

    Attributes:
        manifest: What is known of earlier runs; only read here.
        agencies: The agencies by their id.
        making: How the run makes reports.
    """

    def __init__(self, manifest: Manifest, agencies: dict[str, Agency], making: Making) -> None:
        self.manifest = manifest
        self.agencies = agencies
        self.making = making

    def ended(self, item: Item, result: Attempt) -> Record:
        """Return the record of a report that was tried to its end."""
        blank = replace(
            self._blank(item.due),
            state=result.state,
            attempts=item.attempt,
            error=result.error,
            seconds=result.seconds,
        )
        built = result.built
        if built is None:
            return blank
        return replace(
            blank,
            peak_mb=built.peak_mb,
            engine=built.engine,
            fingerprint=item.due.fingerprint,
            outputs=built.outputs,
            made_on=self.making.made_on.isoformat(),
            title=built.info.title,
            headline=built.info.headline,
            share_on_time_pct=built.info.share_on_time_pct,
            change_points=built.info.change_points,
            rating=built.info.rating,
            data_kind=built.info.data_kind,
        )

    def faulty(self, due: Due, error: DataError) -> Record:
        """Return the record of a report that was not tried: its data are faulty."""
        return replace(self._blank(due), error=" / ".join(map(str, error.faults)))

    def skipped(self, due: Due) -> Record:
        """Return the record of a report that was not tried: too many others had failed."""
        error = load_texts()("run.not_tried")
        return replace(self._blank(due), state="skipped", error=error)

    def _blank(self, due: Due) -> Record:
        """Return the record of a failure without an attempt, still with the earlier outputs."""
        task = due.task
        agency = self.agencies.get(task.agency_id)
        blank = Record(
            agency_id=task.agency_id,
            fiscal_year_be=task.fiscal_year_be,
            notebook=task.notebook.name,
            lang=task.lang,
            state="failed",
            attempts=0,
            error="",
            inputs=due.inputs,
            parameters=task.parameters,
            code_version=code_version(),
            engine=self.making.engine,
            seconds=0.0,
            peak_mb=None,
            fingerprint=None,
            outputs=(),
            agency_name=agency.name(task.lang) if agency else "",
            agency_type=agency.agency_type if agency else "",
            province=agency.province_th if agency else "",
        )
        earlier = self.manifest.records.get(task.key)
        if earlier is None:
            return blank
        return replace(
            blank,
            fingerprint=earlier.fingerprint,
            outputs=earlier.outputs,
            made_on=earlier.made_on,
            title=earlier.title,
            headline=earlier.headline,
            share_on_time_pct=earlier.share_on_time_pct,
            change_points=earlier.change_points,
            rating=earlier.rating,
            data_kind=earlier.data_kind,
        )
