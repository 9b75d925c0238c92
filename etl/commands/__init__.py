"""The commands of `python -m etl`: what they are called, what they take, how they end."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from etl import council_option, logs
from etl.commands import acts
from etl.model import UserError
from etl.record import Judged


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 refused or found something,
    2 wrong usage or a file or database that cannot be opened, 3 no performance table.

    A user's error is a line or two on standard error, never a traceback.
    """
    _speak_utf8()
    logs.configure()
    given = parser().parse_args(arguments)
    try:
        # Each command is imported when it is asked for: readers and checks take their time.
        module, name = given.run.split(":")
        return int(getattr(import_module(f"etl.commands.{module}"), name)(given))
    except UserError as error:
        print(error.in_full, file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader of a pipe has seen enough (`| head`); nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Stopped; nothing was stored", file=sys.stderr)
        return 130
    except OSError as error:
        file = f"{error.filename}: " if error.filename else ""
        print(f"{file}{error.strerror or error}", file=sys.stderr)
        return 2


def actor() -> str:
    """Who acts from the command line."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError, ImportError):  # an id without a login name
        return "cli:unknown"


def finding_lines(judged: Judged) -> Iterator[str]:
    """A finding in plain lines: severity, message, each place."""
    finding = judged.finding
    answered = f" [answered: {judged.answer.verdict}]" if judged.answer else ""
    yield f"{finding.severity}: {finding.code}: {finding.message}{answered}"
    yield from (f"  at {place}" for place in finding.places)


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(
        prog="python -m etl",
        description="Read, check and publish SEND performance figures.",
        epilog=(
            "SEND_DATA names the data folder (else data), SEND_DATABASE_URL the database (else "
            "SQLite in that folder)."
        ),
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: str, says: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=says, description=says)
        found.set_defaults(run=run)
        return council_option.add(found)

    one = command("import", "imports:run", "Read files and publish their figures.")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE", help="in any form it reads")
    one.add_argument("--published", type=_day, metavar="DATE", help="date of the meeting")
    one.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
    one.add_argument("--accept-warnings", metavar="REASON", help="publish in spite of warnings")
    one.add_argument(
        "--each",
        action="store_true",
        help="files of many meetings, or folders of them: each by itself, at its own date",
    )
    acts.set_from(one)
    acts.into_draft(one)
    one.add_argument(
        "--breakdowns", action="store_true", help="DfE's rows by age, sex and ethnicity, too"
    )

    one = command("init", "init:run", "Begin another council's folder, from national data.")
    one.add_argument(
        "named", metavar="COUNCIL", help="its name in any spelling, ONS code or DfE's number"
    )
    one.add_argument(
        "--from",
        dest="from_file",
        type=Path,
        metavar="FILE",
        help="a paper of its own: measures are proposed for its rows",
    )

    one = command("inspect", "inspect:run", "How each table of a file is taken, and what is left.")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--json", action="store_true", help="as JSON")

    one = command("export", "export:run", "Write the tidy table.")
    one.add_argument("--as-at", type=_day, metavar="DATE", help="as published by then")
    one.add_argument("--all", action="store_true", help="every version and every table")
    one.add_argument(
        "--all-areas", action="store_true", help="not only England, the region and neighbours"
    )
    one.add_argument("--format", choices=("csv", "json"), default="csv")
    one.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    _force(one)

    one = command("check", "check:run", "Every finding on what is stored.")
    one.add_argument("--json", action="store_true", help="as JSON")

    one = command("check-report", "check_report:run", "The claims of a report.")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--yaml", action="store_true", help="figures and places, not the sentences")

    one = command("template", "template:run", "The workbook to fill in.")
    one.add_argument("--out", type=Path, metavar="FILE.xlsx", required=True)
    _force(one)

    one = command("national", "national:run", "Make the tables of a release of DfE's anew.")
    one.add_argument("file", type=Path, metavar="FILE", help="the release's zip, or a CSV of it")
    one.add_argument("--release", required=True, metavar="ID", help="its id in releases.yaml")

    command("releases", "releases:run", "What was published, withdrawn ones included.")
    one = command("withdraw", "releases:withdraw", "Take a release back: hidden, not lost.")
    one.add_argument("release", type=int, metavar="RELEASE", help="its number")
    one.add_argument("--reason", required=True, metavar="TEXT")
    one.add_argument(
        "--dry-run", "--preview", action="store_true", help="say what would disappear, no more"
    )
    which = one.add_mutually_exclusive_group()
    which.add_argument("--with-corrections", action="store_true", help="of its figures, too")
    which.add_argument("--without-corrections", action="store_true", help="which stay public")
    one = command("republish", "releases:republish", "Show a withdrawn release again.")
    one.add_argument("release", type=int, metavar="RELEASE", help="its number")
    one.add_argument("--reason", required=True, metavar="TEXT")
    one.add_argument("--alone", action="store_true", help="not what was taken back with it")
    acts.add(command, _day)
    return top


def _force(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--force", "--overwrite", action="store_true", help="replace a file of that name"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2022-03-18")


def _speak_utf8() -> None:
    """Figures and names arrive whole on a terminal of another encoding, too."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
