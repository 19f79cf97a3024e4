"""The data folder of an invented country, complete with the rules and national means."""

from __future__ import annotations

import shutil
from pathlib import Path

from ita_analysis.batch.paths import home
from ita_analysis.bench.population import make_population

TEMPLATE_AGENCY = "example-agency"
"""The invented agency whose registers every agency of the country gets."""


def make_country(folder: Path, n_agencies: int) -> int:
    """Write the data folder.

    Args:
        folder: Folder to make.
        n_agencies: Number of agencies, ``synthetic-00001`` and so on.

    Returns:
        The latest fiscal year with registers.
    """
    data = home() / "data"
    template = data / "registers" / TEMPLATE_AGENCY
    make_population(folder, data / "national.csv", template, n_agencies)
    shutil.copytree(data / "frameworks", folder / "frameworks")
    for path in data.glob("national.*"):
        shutil.copy(path, folder)
    return max(int(path.name) for path in template.iterdir())
