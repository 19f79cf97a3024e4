"""Making reports: each built, put into place, and recorded."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ita_analysis.batch.build import Built, Making, build
from ita_analysis.batch.catalogue import write_index
from ita_analysis.batch.execute import ReportFailedError
from ita_analysis.batch.fingerprint import code_version
from ita_analysis.batch.job import Due, Job, Listener
from ita_analysis.batch.manifest import Manifest, OutputFile, Record, State
from ita_analysis.batch.place import place_files, scratch_folder
from ita_analysis.batch.plan import THAI_TIME
from ita_analysis.batch.precheck import find_faulty
from ita_analysis.errors import DataError, ItaError, OutputError
from ita_analysis.register.agencies import Agency, load_agencies

logger = logging.getLogger(__name__)


def make_all(
    job: Job, due: Sequence[Due], manifest: Manifest, listener: Listener
) -> tuple[Record, ...]:
    """Make reports one after the other, and the page that lists all there are.

    Returns:
        The records of those that failed.

    Raises:
        DataError: The list of agencies is faulty, or the data of every report; nothing was run.
        OSError: The disk failed.
    """
    agencies = load_agencies(job.data) if due else {}
    faulty = find_faulty((each.task for each in due), job.data, agencies)
    if due and len(faulty) == len(due):
        raise DataError(dict.fromkeys(found for e in faulty.values() for found in e.faults))
    maker = Maker(job, manifest, agencies)
    failed = []
    try:
        for each in due:
            listener.starting(each.task)
            record = maker.make(each, faulty.get(each.task.key))
            manifest.put(record)
            listener.done(record)
            if record.state != "ok":
                failed.append(record)
    finally:
        # Also after Ctrl-C or a full disk: what was made so far is to be found.
        write_index(manifest)
    return tuple(failed)


class Maker:
    """Makes the reports of one run.

    Attributes:
        job: The run's job.
        manifest: What is known of earlier runs; only read here.
        agencies: The agencies by their id.
    """

    def __init__(self, job: Job, manifest: Manifest, agencies: dict[str, Agency]) -> None:
        self.job = job
        self.manifest = manifest
        self.agencies = agencies
        today = datetime.now(THAI_TIME).date()
        self._making = Making(job.data, job.engine, job.timeout, today)

    def make(self, due: Due, faulty: DataError | None = None) -> Record:
        """Make one report, put its files into place, and return its record.

        Args:
            due: The report.
            faulty: What is known to be wrong with its data; then it is not tried.

        Raises:
            OSError: The disk failed; it would fail the next report too.
        """
        start = time.monotonic()
        blank = self._blank(due)
        try:
            if faulty is not None:
                raise faulty
            with scratch_folder(self.job.out) as scratch:
                built = build(due.task, self._making, scratch)
                outputs = built.outputs()
                place_files(built.files, self.job.out)
        except ReportFailedError as error:
            return _failed(blank, error.state, error.reason, start)
        except (OSError, OutputError):
            raise
        except ItaError as error:
            return _failed(blank, "failed", " / ".join(map(str, error.faults)), start)
        except Exception as error:
            # Whatever else one report runs into, the others are made.
            logger.debug("%s", due.task.key, exc_info=True)
            return _failed(blank, "failed", f"{type(error).__name__}: {error}", start)
        return self._made(blank, due, built, outputs, start)

    def _made(
        self,
        blank: Record,
        due: Due,
        built: Built,
        outputs: tuple[OutputFile, ...],
        start: float,
    ) -> Record:
        return replace(
            blank,
            state="ok",
            error=None,
            seconds=_seconds(start),
            peak_mb=built.peak_mb,
            fingerprint=due.fingerprint,
            outputs=outputs,
            made_on=self._making.made_on.isoformat(),
            title=built.info.title,
            headline=built.info.headline,
            sort_value=built.info.sort_value,
            data_kind=built.info.data_kind,
        )

    def _blank(self, due: Due) -> Record:
        """Return the record of an attempt, still with the earlier outputs."""
        task = due.task
        agency = self.agencies.get(task.agency_id)
        blank = Record(
            agency_id=task.agency_id,
            fiscal_year_be=task.fiscal_year_be,
            notebook=task.notebook.name,
            lang=task.lang,
            state="failed",
            attempts=1,
            error="",
            inputs=due.inputs,
            parameters=task.parameters,
            code_version=code_version(),
            engine=self.job.engine,
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
            sort_value=earlier.sort_value,
            data_kind=earlier.data_kind,
        )


def _failed(blank: Record, state: State, reason: str, start: float) -> Record:
    return replace(blank, state=state, error=reason, seconds=_seconds(start))


def _seconds(start: float) -> float:
    return round(time.monotonic() - start, 2)
