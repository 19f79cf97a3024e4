"""Real runs with real kernels on tiny notebooks."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ita_analysis.batch.fingerprint import Inputs, code_hash
from ita_analysis.batch.holdings import Holdings
from ita_analysis.batch.job import Job
from ita_analysis.batch.lock import hold
from ita_analysis.batch.manifest import Record, load_manifest
from ita_analysis.batch.notebooks import find_notebooks
from ita_analysis.batch.plan import make_plan
from ita_analysis.batch.run import Outcome, run
from ita_analysis.batch.wishes import Wishes
from ita_analysis.errors import BusyError, DataError, OutputError, UsageError
from ita_analysis.frameworks import data_folder

BASE = "2566/example-one"
FRAMEWORKS = data_folder(None) / "frameworks"


def files_of(out: Path) -> dict[str, bytes]:
    """Return what readers find: everything but the manifest and the run's own folder."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".ita" not in path.parts and path.name != "manifest.json"
    }


def record_of(out: Path, name: str, lang: str = "th") -> Record:
    return load_manifest(out).records[f"{BASE}/{name}.{lang}"]


@pytest.fixture(scope="module")
def no_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def test_a_report_is_made_whole_then_left_alone(
    make_job: Callable[..., Job],
    recorder: object,
    no_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(no_home))
    job = make_job(["good"], langs=("en", "th"))
    first = run(job, recorder)  # type: ignore[arg-type]
    assert (first.made, first.current, first.failed) == (2, 0, ())
    files = files_of(job.out)
    assert set(files) == {
        "index.html",
        f"{BASE}/good.en.html",
        f"{BASE}/good.en.xlsx",
        f"{BASE}/good.th.html",
        f"{BASE}/good.th.xlsx",
        f"{BASE}/good.ipynb",
        f"{BASE}/tables/good.measures.csv",
    }
    assert not list(no_home.iterdir())
    assert not list((job.out / ".ita").glob("scratch*"))
    _check_contents(job, files)

    again = run(job, recorder)  # type: ignore[arg-type]
    assert (again.made, again.current, again.failed) == (0, 2, ())
    assert files_of(job.out) == files
    _check_forced(job, recorder, files)


def _check_contents(job: Job, files: dict[str, bytes]) -> None:
    rows = list(csv.reader(files[f"{BASE}/tables/good.measures.csv"].decode("utf-8-sig").split()))
    assert rows == [["measure_no"], ["1"], ["2"]]
    executed = files[f"{BASE}/good.ipynb"].decode("utf-8")
    assert str(job.out.parent) not in executed
    assert 'lang = \\"th\\"' in executed  # both languages were made: it is the Thai report's
    record = record_of(job.out, "good")
    assert (record.state, record.attempts, record.error) == ("ok", 1, None)
    assert record.seconds > 0
    inputs = [file.path for file in record.inputs]
    assert "data/registers/example-one/2566/measures.csv" in inputs
    assert "data/registers/example-one/2565/measures.csv" not in inputs
    assert "notebooks/good.ipynb" in inputs
    english = {file.path for file in record_of(job.out, "good", "en").outputs}
    assert english == {f"{BASE}/good.en.html", f"{BASE}/good.en.xlsx"}


def _check_forced(job: Job, recorder: object, files: dict[str, bytes]) -> None:
    forced = Job(job.data, job.notebooks, job.out, job.wishes, force=True)
    assert run(forced, recorder).made == 2  # type: ignore[arg-type]
    assert files_of(job.out) == files


FAILURES = {
    "raises": ("failed", "3: ValueError: broken on purpose"),
    "exits": ("failed", "3: SystemExit"),
    "endless": ("failed", ""),
    "untitled": ("failed", ""),
    "leaks": ("ok", None),
    "dies": ("killed", ""),
    "hangs": ("timeout", "8"),
}
"""Fixture notebook -> state, and a word of the reason."""


def test_one_failure_never_stops_the_others(make_job: Callable[..., Job], recorder: object) -> None:
    job = make_job([*FAILURES, "quick"], timeout=8)
    outcome: Outcome = run(job, recorder)  # type: ignore[arg-type]
    assert outcome.made == 2
    records = {name: record_of(job.out, name) for name in FAILURES}
    assert {name: record.state for name, record in records.items()} == {
        name: state for name, (state, _) in FAILURES.items()
    }
    for name, (_, reason) in FAILURES.items():
        error = records[name].error
        assert error is None if reason is None else error and reason in error
        assert "\n" not in (error or "")
    assert record_of(job.out, "quick").state == "ok"
    pages = [name for name in files_of(job.out) if name.endswith(".html")]
    assert pages == [f"{BASE}/leaks.th.html", f"{BASE}/quick.th.html", "index.html"]
    # The notebook showed the data folder's path; the copy that is handed on does not.
    assert str(job.data) not in (job.out / BASE / "leaks.th.html").read_text(encoding="utf-8")
    assert "broken on purpose" in outcome.index.read_text(encoding="utf-8")


def test_a_failure_leaves_the_earlier_report(
    make_job: Callable[..., Job], recorder: object
) -> None:
    job = make_job(["quick"])
    run(job, recorder)  # type: ignore[arg-type]
    page = (job.out / BASE / "quick.th.html").read_bytes()
    path = job.notebooks / "quick.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][-2]["source"] = "1 / 0"
    path.write_text(json.dumps(content), encoding="utf-8")
    outcome = run(job, recorder)  # type: ignore[arg-type]
    assert len(outcome.failed) == 1
    assert (job.out / BASE / "quick.th.html").read_bytes() == page
    record = record_of(job.out, "quick")
    assert record.state == "failed"
    assert [file.path for file in record.outputs] == [
        f"{BASE}/quick.ipynb",
        f"{BASE}/quick.th.html",
    ]


def test_faulty_data_stop_only_their_own_report(
    make_job: Callable[..., Job], data: Path, recorder: object
) -> None:
    measures = data / "registers" / "example-two" / "2566" / "measures.csv"
    measures.write_text(
        measures.read_text(encoding="utf-8-sig").replace("12,2,", "12,สอง,"), encoding="utf-8-sig"
    )
    alone = make_job(["quick"], agencies=("example-two",))
    with pytest.raises(DataError, match=r"example-two/2566/measures\.csv"):
        run(alone, recorder)  # type: ignore[arg-type]
    assert not (alone.out / "manifest.json").exists()
    both = make_job(["quick"], agencies=("example-one", "example-two"))
    outcome = run(both, recorder)  # type: ignore[arg-type]
    assert outcome.made == 1
    assert "measures.csv row 3" in (outcome.failed[0].error or "")


def test_faulty_scores_are_told_before_any_kernel_starts(
    make_job: Callable[..., Job], data: Path, recorder: object
) -> None:
    shutil.copytree(FRAMEWORKS, data / "frameworks")
    (data / "scores").mkdir()
    (data / "scores" / "ours.csv").write_text(
        "agency_id,agency_name_th,fiscal_year_be,level,code,score_pct,published_rating,data_kind,"
        "source\nexample-one,หน่วยงานตัวอย่าง,2566,overall,overall,101.00,,synthetic,test\n",
        encoding="utf-8-sig",
    )
    job = make_job(["quick"])
    scored = json.loads((job.notebooks / "quick.ipynb").read_text(encoding="utf-8"))
    scored["metadata"]["ita"]["needs"] = "register_or_scores"
    (job.notebooks / "scored.ipynb").write_text(json.dumps(scored), encoding="utf-8")
    outcome = run(job, recorder)  # type: ignore[arg-type]
    assert outcome.made == 1
    (failed,) = outcome.failed
    assert (failed.notebook, failed.attempts) == ("scored", 0)
    assert 'ours.csv row 2 column "score_pct"' in (failed.error or "")


def test_a_report_that_lost_a_chart_is_not_placed(
    make_job: Callable[..., Job], recorder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ita_analysis.batch.build.count_figures", lambda _nb: 1)
    job = make_job(["quick"])
    outcome = run(job, recorder)  # type: ignore[arg-type]
    assert outcome.failed[0].state == "failed"
    assert set(files_of(job.out)) == {"index.html"}


def test_wrong_parameters_run_nothing(make_job: Callable[..., Job], recorder: object) -> None:
    job = make_job(["quick", "other_parameters"])
    with pytest.raises(UsageError):
        run(job, recorder)  # type: ignore[arg-type]
    assert not job.out.exists()


def test_a_held_folder_and_an_impossible_one_get_one_line(
    make_job: Callable[..., Job], recorder: object
) -> None:
    job = make_job(["quick"])
    with hold(job.out), pytest.raises(BusyError):
        run(job, recorder)  # type: ignore[arg-type]
    blocked = Job(job.data, job.notebooks, job.notebooks / "quick.ipynb" / "x", job.wishes)
    with pytest.raises(OutputError):
        run(blocked, recorder)  # type: ignore[arg-type]


def test_the_fingerprint_follows_inputs_and_parameters(
    make_job: Callable[..., Job], data: Path
) -> None:
    job = make_job(["quick"])

    def prints() -> dict[str, str]:
        plan = make_plan(Holdings(data), find_notebooks(job.notebooks), Wishes())
        inputs = Inputs(data)
        return {task.key: inputs.fingerprint(task, inputs.of(task)) for task in plan}

    before = prints()
    assert len(set(before.values())) == 3
    assert prints() == before
    with (data / "registers" / "example-one" / "2566" / "source.yml").open("a") as file:
        file.write("\n")
    changed = {key for key, value in prints().items() if value != before[key]}
    assert changed == {"2566/example-one/quick.th"}
    with (job.notebooks / "quick.ipynb").open("a") as file:
        file.write("\n")
    assert not set(prints().values()) & set(before.values())
    assert len(code_hash()) == 64
