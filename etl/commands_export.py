"""python -m etl export: the tidy table as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl import tidy
from etl.model import Observation, UserError
from etl.record import Record
from etl.store import open_store


def run(given: Namespace) -> int:
    """Write the figures to the file asked for, whole or not at all, or to standard output."""
    record = open_store().record(given.as_at)
    figures = record.observations if given.all else shown(record)
    written = as_json(figures) if given.format == "json" else as_csv(figures)
    if given.out is None:
        sys.stdout.write(written)
        sys.stdout.flush()
    else:
        replace_file(given.out, written.encode())
    return 0


def shown(record: Record) -> Iterator[Observation]:
    """One figure a series and period: the newest."""
    for key in sorted(record.series):
        yield from (point.shown for point in record.series[key].points)


def as_csv(figures: Iterable[Observation]) -> str:
    """The tidy table as CSV. Free text that a spreadsheet would run gets an apostrophe
    before it (`tidy.neutral`), which the import takes off again.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, tidy.NAMES, lineterminator="\n")
    writer.writeheader()
    for figure in figures:
        row = tidy.row(figure)
        writer.writerow({**row, **{name: tidy.neutral(row[name]) for name in tidy.TEXT}})
    return text.getvalue()


def as_json(figures: Iterable[Observation]) -> str:
    """The tidy table as a JSON list: numbers as numbers, what is empty as null."""
    return (
        "[\n" + ",\n".join(json.dumps(_typed(tidy.row(f)), ensure_ascii=False) for f in figures)
    ) + "\n]\n"


def _typed(row: dict[str, str]) -> dict[str, object]:
    typed: dict[str, object] = {**row}
    for name in ("value", "sample_size"):
        text = row[name]
        number = float(text) if "." in text else int(text) if text else None
        typed[name] = number
    typed["unit"] = row["unit"] or None
    return typed


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or as it was before; UserError where it cannot be."""
    target = path.resolve()  # a link stays a link
    try:
        if path.is_relative_to("/dev") or (path.exists() and not path.is_file()):
            path.write_bytes(content)  # a device such as /dev/stdout
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror or error}")
