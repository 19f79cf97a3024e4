"""Settings of the whole suite."""

from __future__ import annotations

import os

from hypothesis import settings

# Machines are noisy, so a slow example is no fault; CI must give the same verdict twice.
settings.register_profile("ita", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "ita")
