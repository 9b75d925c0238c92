"""What the import of a few files and that of many have in common."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from etl import pipeline
from etl.incoming import Incoming
from etl.model import Refused
from etl.pipeline import Prepared
from etl.store import Outdated, Store

# How often to compare anew when others keep publishing meanwhile.
_ATTEMPTS = 5

Result = TypeVar("Result")


def accepted_reason(given: Namespace) -> str:
    """Why warnings are accepted; empty where they are not. Refused where no reason is given."""
    reason: str = given.accept_warnings or ""
    if given.accept_warnings is not None and not reason.strip():
        raise Refused("--accept-warnings needs a reason; nothing is stored")
    return reason


def with_progress(files: Sequence[Path]) -> Iterable[Path]:
    """The files in order, with a bar before whoever sits at a terminal and has several."""
    if len(files) < 2 or not sys.stderr.isatty():
        return files
    from tqdm import tqdm

    shown: Iterable[Path] = tqdm(files, desc="Reading", unit="file", leave=False)
    return shown


def compared(
    incoming: Sequence[Incoming], store: Store, publish: Callable[[Prepared], Result]
) -> Result:
    """What `publish` makes of files compared with the store: anew, a few times, where somebody
    else published meanwhile. Raises Outdated where they keep doing so."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return publish(pipeline.prepare_all(incoming, store))
        except Outdated:
            continue
    return publish(pipeline.prepare_all(incoming, store))
