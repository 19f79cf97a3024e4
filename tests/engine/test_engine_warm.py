"""The engine ``warm``: kernels are forked, and behave as fresh ones do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from executed import Run, text_of  # type: ignore[import-not-found]
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from ita_analysis.engine import current, manager
from ita_analysis.engine.client import Zygote, ZygoteError
from ita_analysis.engine.ending import last_kernel
from ita_analysis.engine.manager import launcher_at
from ita_analysis.engine.preload import NEVER
from ita_analysis.engine.zygote import shadowed_module

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks kernels")


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


def folders() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob(f"ita-{os.getpid()}-*")}


def test_a_kernel_is_forked_from_one_zygote(run: Run) -> None:
    nb = run("import os; print(os.getppid(), os.getpid())")
    zygote, first = map(int, text_of(nb.cells[0]).split())
    assert current.zygote_pids() == {zygote}
    again = run("import os; print(os.getppid(), os.getpid())")
    other, second = map(int, text_of(again.cells[0]).split())
    assert other == zygote
    assert first != second
    assert not alive(first)
    assert not alive(second)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_nothing_is_left_open_or_behind(run: Run) -> None:
    run("1")
    before = descriptors(), folders()
    for _ in range(3):
        run("import subprocess; p = subprocess.Popen(['sleep', '60'])")
    assert (descriptors(), folders()) == before


def test_kernels_share_nothing(run: Run) -> None:
    run("import json; json.leak = 1; leak = 2; import os; os.environ['LEAK'] = 'x'")
    nb = run(
        "import json, os; print(hasattr(json, 'leak'), 'leak' in globals(), 'LEAK' in os.environ)"
    )
    assert text_of(nb.cells[0]).split() == ["False"] * 3


def test_random_numbers_differ(run: Run) -> None:
    cell = "import random, numpy; print(random.random(), numpy.random.rand())"
    first, second = (text_of(run(cell).cells[0]).split() for _ in range(2))
    assert not set(first) & set(second)


def test_a_plotly_figure_is_shown(run: Run) -> None:
    cell = "import plotly.graph_objects as go\ngo.Figure(go.Bar(y=[1])).show()"
    outputs = run(cell).cells[0].outputs
    assert "application/vnd.plotly.v1+json" in outputs[0].data
    loaded = text_of(run(f"import sys; print([n for n in {NEVER!r} if n in sys.modules])").cells[0])
    assert loaded.strip() == "[]"


def test_the_kernel_has_its_own_folder_environment_and_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_DATA", "ข้อมูล")
    nb = run("import os, sys; print(os.getcwd()); print(os.environ['ITA_DATA']); print(sys.argv)")
    cwd, data, words = text_of(nb.cells[0]).splitlines()
    assert (cwd, data) == (str(tmp_path), "ข้อมูล")
    assert "ipykernel_launcher.py" in words


def test_a_changed_environment_gets_a_new_zygote(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("1")
    (before,) = current.zygote_pids()
    monkeypatch.setenv("TZ", "Asia/Bangkok")
    nb = run("import time; print(time.tzname[0])")
    assert text_of(nb.cells[0]).strip() == "+07"
    (after,) = current.zygote_pids()
    assert after != before
    deadline = time.monotonic() + 5
    while alive(before) and time.monotonic() < deadline:
        for zygote in current._drained:
            zygote.process.poll()
        time.sleep(0.05)
    assert not alive(before)


def test_errors_timeouts_and_deaths_are_those_of_nbclient(run: Run) -> None:
    with pytest.raises(PapermillExecutionError) as failed:
        run("1", "1 / 0", "2")
    assert failed.value.ename == "ZeroDivisionError"
    with pytest.raises(CellTimeoutError):
        run("while True: pass", timeout=1)
    with pytest.raises(DeadKernelError):
        run("import os, signal; x = bytearray(50_000_000); os.kill(os.getpid(), signal.SIGKILL)")
    kernel = last_kernel()
    assert kernel is not None
    assert kernel.returncode == -signal.SIGKILL
    assert kernel.peak_mb > 50


def test_what_runs_at_exit_runs(run: Run, tmp_path: Path) -> None:
    run("import atexit; atexit.register(lambda: open('left.txt', 'w').close())")
    assert (tmp_path / "left.txt").exists()


def test_a_module_beside_the_notebook_is_not_passed_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("mine = True\n")
    assert text_of(run("import pandas; print(pandas.mine)").cells[0]).strip() == "True"


def test_shadowing_means_another_file_of_that_name(tmp_path: Path) -> None:
    assert shadowed_module(tmp_path) is None
    (tmp_path / "json").mkdir()
    assert shadowed_module(tmp_path) is None  # a folder without __init__.py never comes first
    (tmp_path / "json.py").touch()
    assert shadowed_module(tmp_path) == str(tmp_path / "json.py")
    assert shadowed_module(Path(__file__).parents[2]) is None  # the package's own checkout


def test_kernels_end_with_their_zygote(run: Run) -> None:
    run("1")
    (pid,) = current.zygote_pids()
    with pytest.raises(DeadKernelError):
        run(f"import os, signal, time; os.kill({pid}, signal.SIGKILL); time.sleep(60)")
    assert text_of(run("print('on')").cells[0]).strip() == "on"
    assert current.zygote_pids() != {pid}


def test_a_killed_runner_leaves_no_process(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom papermill.execute import execute_notebook\nimport nbformat\n"
        'cell = \'import os, time; open("pids", "w").write(f"{os.getpid()} {os.getppid()}"); '
        "time.sleep(100)'\n"
        "nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])\n"
        "execute_notebook(nb, None, engine_name='warm', kernel_name='python3', language='python', "
        "progress_bar=False)\n"
    )
    with subprocess.Popen([sys.executable, "-W", "ignore", "-c", code], cwd=tmp_path) as runner:
        pids = wait_for(tmp_path / "pids")
        runner.kill()
    deadline = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, pids))


def wait_for(path: Path) -> list[int]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if path.exists() and len(path.read_text().split()) == 2:
            return [int(word) for word in path.read_text().split()]
        time.sleep(0.05)
    raise AssertionError("no kernel")


@pytest.fixture
def no_zygote(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(current, "_current", {})
    monkeypatch.setattr("ita_analysis.engine.client.START_SECONDS", 0.0)
    return


@pytest.mark.usefixtures("no_zygote")
def test_without_a_zygote_a_fresh_kernel_is_started_and_it_is_said(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    assert text_of(run("print(1)").cells[0]).strip() == "1"
    assert "started afresh" in caplog.text


def test_commands_that_a_zygote_can_stand_in_for() -> None:
    assert launcher_at(["python", "-m", "ipykernel_launcher", "-f", "x"]) == 1
    assert launcher_at(["python", "-Xfrozen_modules=off", "-m", "ipykernel_launcher"]) == 2
    assert launcher_at(["python", "-I", "-m", "ipykernel_launcher"]) is None
    assert launcher_at(["R", "--slave", "-e", "IRkernel::main()"]) is None


def test_a_zygote_that_cannot_start_says_so() -> None:
    with pytest.raises(ZygoteError):
        Zygote(["/nonexistent/python"], {})
    with pytest.raises(ZygoteError, match="exit code"):
        Zygote([sys.executable, "-S"], {})


@pytest.mark.parametrize("first", ["ita_analysis.engine.entry", "papermill.engines"])
def test_either_import_order_works(first: str) -> None:
    code = (
        f"import {first}\nfrom papermill.engines import papermill_engines\n"
        "assert papermill_engines.get_engine('warm').__name__ == 'WarmEngine'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_folders_of_killed_owners_are_swept_in_time(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    old, young = (tmp_path / f"ita-{dead.pid}-{name * 8}" for name in "ab")
    mine, foreign = tmp_path / f"ita-{os.getpid()}-cccccccc", tmp_path / "ita-bench-dddddddd"
    for folder in (old, young, mine, foreign):
        folder.mkdir()
    for folder in (old, mine, foreign):
        os.utime(folder, (0, 0))
    manager._sweep(str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        path.name for path in (young, mine, foreign)
    )
