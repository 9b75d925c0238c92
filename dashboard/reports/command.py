"""python -m dashboard export: the report pack from the command line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tqdm import tqdm

from dashboard.reports import pack, pictures
from etl import aliases, council_option
from etl.council_store import open_store
from etl.model import UserError


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date such as 2022-03-18") from None


def _parser() -> ArgumentParser:
    command = ArgumentParser(
        prog="python -m dashboard export",
        description="Makes the report pack: pictures, Word section, Appendix 1 and briefing.",
    )
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    command.add_argument("--as-at", type=_day, metavar="DATE", help="as reported at this meeting")
    command.add_argument(
        "--measure",
        nargs="+",
        default=[],
        metavar="ID",
        action="extend",
        help="only these measures, in every view",
    )
    command.add_argument(
        "--size",
        choices=pictures.SIZES,
        default="half",
        help="half a page of A4 (the default) or another",
    )
    command.add_argument("--svg", action="store_true", help="each picture as SVG as well")
    command.add_argument(
        "--template",
        type=Path,
        metavar="FILE",
        help="the council's own Word document (.docx, .dotx): its styles, and its {{placeholders}}",
    )
    command.add_argument(
        "--force", "--overwrite", action="store_true", help="replace files that are there already"
    )
    return council_option.add(command)


def run(arguments: Sequence[str]) -> int:
    """`arguments` begin with the command's name.

    The exit code is `_export`'s; 2 for wrong usage or what cannot be opened or written, 130
    when stopped by the keyboard.
    """
    try:
        return _export(_parser().parse_args(list(arguments[1:])))
    except UserError as error:
        print(error.in_full, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or ''}: {error.strerror or error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped; nothing was written", file=sys.stderr)
        return 130
    return 2


def _export(given: Namespace) -> int:
    """Write the pack; 0 when all of it was made, 1 when a picture or the template failed."""
    record = open_store().record(given.as_at)
    names = aliases.of(record.registry)
    with tqdm(unit="picture", desc="Pictures", file=sys.stderr, disable=None) as bar:

        def begun(number: int) -> None:
            bar.reset(total=number)

        def done(_: str) -> None:
            bar.update()

        written = pack.write(
            record,
            given.out,
            [names.measure(name) for name in given.measure],
            replace=given.force,
            size=given.size,
            svg=given.svg,
            template=given.template,
            begun=begun,
            done=done,
        )
    for failure in written.failures:
        print(f"{failure.name}: not drawn: {failure.reason}", file=sys.stderr)
    for measure in written.without:
        print(f"{measure}: no picture, for no figure of it is held by then", file=sys.stderr)
    if written.trouble:
        print(written.trouble, file=sys.stderr)
    print(f"Written to {written.folder}: {len(written.files)} files")
    return 1 if written.failures or written.trouble else 0
