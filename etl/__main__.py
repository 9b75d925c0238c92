"""python -m etl COMMAND: import, export, check, check-report, template, releases and more."""

from __future__ import annotations

import sys

from etl.commands import main

if __name__ == "__main__":
    sys.exit(main())
