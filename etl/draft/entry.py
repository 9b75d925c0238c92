"""A draft -> what comes in: its files as they are read, and what was typed as a document.

What was typed enters by the same door as a file: it is laid out as a tidy table, which is
kept byte for byte with the release, reasons included, and could be imported again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from etl import appendix, periods, temporary, tidy
from etl.draft.contents import Contents, cell_of
from etl.model import (
    CORRECTION,
    Cell,
    Document,
    NoDate,
    Place,
    Registry,
    Source,
    Table,
    UserError,
)

if TYPE_CHECKING:
    from etl.incoming import Incoming

Row = dict[str, str]

# Endings that tell a reader something; every other file is told by its content alone.
_ENDINGS = {
    ".csv",
    ".tsv",
    ".txt",
    ".md",
    ".html",
    ".htm",
    ".xls",
    ".pdf",
    ".docx",
    ".xlsx",
    ".zip",
}
_KEPT = 16


def shown_name(name: str) -> str:
    """An upload's name without folders or control characters, for messages only."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable()).strip()[:120] or "file"


def read_bytes(name: str, content: bytes, registry: Registry, published: date | None) -> Incoming:
    """A file's figures. The name is shown and never used as a path. Errors as `incoming.read`.

    A draft keeps the bytes of its files: what nobody can look into for personal data is refused.
    """
    from etl import incoming

    ending = Path(shown_name(name)).suffix.lower()
    plain = f"upload{ending if ending in _ENDINGS else '.bin'}"
    with temporary.folder("upload") as folder:
        path = folder / plain
        path.write_bytes(content)

        def called(source: Source) -> Source:
            title = source.title
            if title in ("", plain):
                title = _title(registry, published or source.published)
            return replace(source, name=name, title=title)

        try:
            return incoming.read(path, registry, published, called=called, must_be_kept=True)
        except UserError as error:
            said = str(error).replace(str(path), name).replace(plain, name)
            said = said.replace("give it: --published DATE", "choose the meeting of this draft")
            raise type(error)(said)


def _title(registry: Registry, published: date | None) -> str:
    """What the public reads as the source: a file's name may be an officer's own."""
    dated = f", {periods.day(published)}" if published else ""
    return f"{registry.council.name}, officers' figures{dated}"


def needs_date(error: UserError) -> bool:
    """Whether a file could be read but for the date of its meeting."""
    return isinstance(error, NoDate)


class Read:
    """Files read before, by their content: a review looks at the same file many times."""

    def __init__(self, registry: Registry, content_of: Callable[[str], bytes | None]) -> None:
        self._registry = registry
        self._content = content_of
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, date | None], Incoming] = OrderedDict()

    def __call__(self, name: str, sha256: str, published: date | None) -> Incoming:
        """A kept file's figures; UserError as `read_bytes`, or where it was purged."""
        content = self._content(sha256)
        if content is None:
            raise UserError(f"{name}: its content was purged; take it out of the draft")
        key = (name, sha256, published)
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = read_bytes(name, content, self._registry, published)
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found


# --- what was typed -----------------------------------------------------------------

_COLUMNS = ("measure", "cohort", "span", "period", "value", "table", "locator", "reason")
_STATED = ("measure", "cohort", "period", "value", "place")


def _row_name(registry: Registry, measure: str, cohort: str) -> str:
    found = registry.measures[measure].cohorts[cohort]
    return found.serial or found.title


def _typed(contents: Contents, registry: Registry) -> Iterable[Row]:
    for key in sorted(contents.typed):
        found = cell_of(key, registry)
        if found is None:
            continue
        (measure, cohort), year, month = found
        end = periods.month(year, month)[1]
        where = f"{_row_name(registry, measure, cohort)}, {appendix.heading(end)}"
        yield {
            "measure": measure,
            "cohort": cohort,
            "span": registry.measures[measure].span,
            "period": end.isoformat(),
            "value": contents.typed[key],
            "table": "officer",
            "locator": f"officers' grid (row {where})",
            "reason": "",
        }
    for one in contents.corrections:
        where = f"{_row_name(registry, one.measure, one.cohort)}, {appendix.heading(one.month)}"
        yield {
            "measure": one.measure,
            "cohort": one.cohort,
            "span": one.span,
            "period": one.month.isoformat(),
            "value": one.value,
            "table": one.table,
            "locator": f"{CORRECTION} (row {where})",
            "reason": one.reason,
        }


def _stated(contents: Contents) -> Iterable[Row]:
    for one in contents.stated:
        yield {
            "measure": one.measure,
            "cohort": one.cohort,
            "period": one.period,
            "value": one.value,
            "place": one.place,
        }


def _as_csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([tidy.neutral(row[column]) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _document(
    name: str, columns: Sequence[str], rows: Sequence[Row], registry: Registry, published: date
) -> Incoming:
    from etl import incoming

    content = _as_csv(columns, rows)
    digest = hashlib.sha256(content).hexdigest()
    source = Source(name, digest, "grid", published, _title(registry, published))

    def cells(row: Row) -> tuple[Cell, ...]:
        printed = row.get("locator", "").partition("(")[2].rstrip(")")
        where = printed or f"{row['measure']}, {row['period']}"
        return tuple(
            Cell(" ".join(row[c].split()), Place(sheet="Typed here", cell=where)) for c in columns
        )

    header = tuple(Cell(column, Place(sheet="Typed", cell="heading")) for column in columns)
    table = Table((header, *map(cells, rows)), title="Typed", place=Place(sheet="Typed"))
    document = Document(source, (table,))
    return replace(incoming.recognised(document, registry, published), content=content)


def typed(contents: Contents, registry: Registry, published: date) -> tuple[Incoming, ...]:
    """What was typed as published on that date: figures and corrections, then words."""
    found = []
    rows = list(_typed(contents, registry))
    if rows:
        found.append(_document("typed-figures.csv", _COLUMNS, rows, registry, published))
    rows = list(_stated(contents))
    if rows:
        found.append(_document("figures-given-in-words.csv", _STATED, rows, registry, published))
    return tuple(found)
