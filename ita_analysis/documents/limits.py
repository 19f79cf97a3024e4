"""How much a file may hold and cost before it is refused."""

from __future__ import annotations

MAX_BYTES = 50_000_000
"""Size of a file."""

MAX_UNPACKED = 500_000_000
"""Size of what an archive (.docx, .xlsx) unpacks to."""

MAX_RATIO = 200
"""Unpacked size over packed size of one member of an archive, above ``RATIO_FROM``."""

RATIO_FROM = 20_000_000
"""A smaller member harms nobody, however well it packs: empty rows of a sheet pack very well."""

MAX_ROWS = 1_100_000
"""Rows of one sheet; Excel has 1,048,576."""

MAX_COLUMNS = 200
"""Columns of one table."""

MAX_PAGES = 500
"""Pages of one PDF."""

MAX_MEMORY = 1_000_000_000
"""Address space of the process that reads a risky file, where the system can limit it."""

MAX_SECONDS = 30.0
"""Time to read one risky file."""
