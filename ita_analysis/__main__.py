"""``python -m ita_analysis`` is the ``ita`` command."""

import sys

from ita_analysis.cli import main

if __name__ == "__main__":
    sys.exit(main())
