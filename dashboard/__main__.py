"""python -m dashboard: serves the site, or runs one of the commands beside it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from etl import logs

# Each command is a module with `run(arguments) -> exit code`; it is imported when asked for.
COMMANDS = {
    "serve": "dashboard.web.serve",
    "export": "dashboard.reports.command",
    "add-officer": "dashboard.officer.command",
    "backup": "dashboard.backup_command",
    "restore": "dashboard.backup_command",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command that is named first; without one, serves. Returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given[0] if given and given[0] in COMMANDS else "serve"
    if given and not given[0].startswith("-") and given[0] not in COMMANDS:
        print(f"There is no command {given[0]!r}: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    logs.configure()
    module = importlib.import_module(COMMANDS[name])
    rest = given[1:] if given and given[0] == name else given
    return int(module.run([name, *rest]) or 0)


if __name__ == "__main__":
    sys.exit(main())
