"""`--council NAME`, which every command takes where it stands."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import Any


class _Choose(argparse.Action):
    """The same as SEND_COUNCIL, so that workers and the store it opens are of one mind."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        os.environ["SEND_COUNCIL"] = str(values)


def add(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Gives a command the option; without it SEND_COUNCIL, else the only council there is."""
    parser.add_argument(
        "--council",
        metavar="NAME",
        action=_Choose,
        default=argparse.SUPPRESS,
        help="whose figures: a folder of data/councils (default: SEND_COUNCIL, or the only one)",
    )
    return parser
