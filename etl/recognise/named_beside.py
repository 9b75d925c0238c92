"""Another council's name beside or below a table -> a warning: its figures may not be ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from etl import cells
from etl.model import Cell, Document, Finding, Place, Reading, Table
from etl.recognise import heading_words
from etl.recognise.ownership import NOBODY, Owners, Whose

CODE = "file-of-another-council"
_LAST = 3  # paragraphs or rows at a document's end in which a name alone is its maker's
_MAKER = re.compile(
    r"\b(?:(?:data\s+)?sources?(?:\s+of\s+data)?\s*[:\u2013\u2014-]"
    r"|(?:(?:data|figures|report|table)\s+)?"
    r"(?:produced|prepared|published|supplied|provided|compiled|collated|issued|owned|created)"
    r"\s+(?:by|from)\b|copyright(?:\s+(?:19|20)[0-9]{2})?)\W*",
    re.IGNORECASE,
)


def doubts(
    document: Document, kept: Sequence[Table], headings: Set[str], owners: Owners
) -> list[Finding]:
    """A warning for each text that says that another council made the tables; `kept` are those
    of the tables that may be the council's, `headings` those over the ones that are not."""
    council = owners.registry.council
    found: dict[str, Finding] = {}
    for whose, place in (*_made_by(document, owners), *_beside(kept, owners)):
        if whose.printed in headings:
            continue
        at = f"{place}: " if str(place) else ""
        message = (
            f"{at}“{whose.printed}” stands beside or below a table and names {whose.named}. If "
            f"the figures are {council.short_name}'s, nothing is wrong with them."
        )
        where = str(place) or document.source.name
        found.setdefault(whose.printed, Finding(CODE, "warning", message, (where,)))
    return list(found.values())


def _made_by(document: Document, owners: Owners) -> Iterator[tuple[Whose, Place]]:
    """Texts that say who made the tables: "Source: ...", or a name alone at the very end."""
    rows = [row for table in document.tables if not table.hidden for row in table.rows]
    alone = [filled[0] for row in rows if len(filled := [c for c in row if c.text]) == 1]
    texts: list[Cell] = [*document.paragraphs, *alone, *document.running]
    for text in texts:
        # Of a PDF's page the lines above and below a table come as one paragraph.
        joined = document.source.form == "pdf"
        begun = _MAKER.search(text.text)
        if begun and not joined and re.search(r"\w", text.text[: begun.start()]):
            begun = None
        whose = owners.of(text.text[begun.end() :].strip()) if begun else NOBODY
        if begun and whose.verdict == "other" and len(text.text) < heading_words.LONG:
            yield _as(whose, text.text), text.place
    ends = [*document.paragraphs[-_LAST:]]
    for table in document.tables[-1:]:
        ends += [c[0] for row in table.rows[-_LAST:] if len(c := [x for x in row if x.text]) == 1]
    for text in ends if document.tables or document.lines else ():
        whose = owners.of(text.text)
        if whose.verdict == "other" and whose.council and whose.alone:
            yield whose, text.place


def _beside(tables: Sequence[Table], owners: Owners) -> Iterator[tuple[Whose, Place]]:
    """Names in cells set apart from a table by an empty column, over no figures."""
    for table in tables:
        for row in () if table.hidden else table.rows:
            filled = [at for at, cell in enumerate(row) if cell.text]
            if len(filled) < 2 or filled[-1] - filled[-2] < 2:
                continue
            cell = row[filled[-1]]
            whose = owners.of_cell(cell.text)
            if whose.verdict == "other" and not _figures(table, filled[-1]):
                yield whose, cell.place


def _figures(table: Table, column: int) -> bool:
    return any(
        isinstance(cells.parse(row[column].text), Reading)
        for row in table.rows
        if column < len(row)
    )


def _as(whose: Whose, printed: str) -> Whose:
    return replace(whose, printed=" ".join(printed.split()))
