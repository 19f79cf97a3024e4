"""What a runner holds for long."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ita_analysis.batch.job import Job

VARIABLE = "ARROW_DEFAULT_MEMORY_POOL"

PROGRAM = """
import sys
from pathlib import Path
from ita_analysis.batch.job import Job
from ita_analysis.batch.run import run
from ita_analysis.batch.wishes import Wishes
from ita_analysis.bench.clock import Clock
from ita_analysis.engine.current import stop_zygotes

data, notebooks, out = map(Path, sys.argv[1:])
outcome = run(Job(data, notebooks, out, Wishes(agencies=("example-two",))), Clock())
stop_zygotes()
import pyarrow
print(outcome.made, pyarrow.default_memory_pool().backend_name)
"""


@pytest.mark.parametrize(("chosen", "used"), [(None, "system"), ("mimalloc", "mimalloc")])
def test_arrow_has_no_region_of_its_own_but_where_the_user_wants_it(
    chosen: str | None, used: str, make_job: Callable[..., Job], tmp_path: Path
) -> None:
    job = make_job(["quick"])
    env = {name: value for name, value in os.environ.items() if name != VARIABLE}
    if chosen is not None:
        env[VARIABLE] = chosen
    words = [sys.executable, "-c", PROGRAM, job.data, job.notebooks, tmp_path / "out"]
    done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)
    assert done.stdout.split() == ["1", used]
