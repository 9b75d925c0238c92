"""The guard against personal data: no file with columns about single children comes in.

Figures here are about groups. A workbook that an office works with may hold the list
they were counted from, on a hidden sheet too; nothing of such a file may be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from etl import periods
from etl.model import Cell, Document, Place, Refused, Table, TextFrame

_WHO = r"(?:pupil|child|children|student|learner|young person|parent|carer|mother|father|guardian)"
_PART = r"(?:fore|first|sur|last|family|given|middle|full|known|preferred|legal|christian)"
# Headings that say it by themselves, if anything stands below them.
_SURE = {
    "names": re.compile(
        rf"(?:.* )?(?:{_PART} ?names?|{_WHO}s? ?{_PART}? ?names?|names? of (?:the )?{_WHO}s?)"
        r"(?: \d| .{0,20})?"
    ),
    "dates of birth": re.compile(
        rf"(?:(?:the )?{_WHO}s? ?s? ?|known |actual |expected )?"
        r"(?:dates? of birth|birth ?dates?|dates? born|d ?o ?bs?|geboren(?: am)?|geburtsdatum)"
        rf"(?: (?:of (?:the )?{_WHO}s?|[dmy ]+|\d|if known|of birth))?"
    ),
    "pupil numbers": re.compile(
        r"(?:.* )?(?:u ?p ?ns?|unique (?:pupil|learner) (?:numbers?|nos?|ref.*|identifiers?)|ulns?"
        rf"|nhs (?:numbers?|nos?)|{_WHO}s? (?:number|ids?|refs?|references?))(?: .*)?"
    ),
}
# Words that say it of a heading only where days stand below: "Born", "Date of birth checked",
# and not "New-born hearing screening", "Children born in 2012" or "Birth rate".
_PERHAPS_BORN = re.compile(
    r"(?:.* )?(?:dates? of birth|birth ?(?:dates?|days?)|d ?o ?bs?|born)(?: .*)?"
)
_DAY = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d.*"
    rf"|[0-3]?\d[-/. ](?:[01]?\d|{periods.MONTH_LIKE})[-/. ,]+(?:\d\d)?\d\d",
    re.IGNORECASE,
)
# Headings under which names of people may stand, or of something else.
_PERHAPS = re.compile(rf"(?:names?|{_WHO}s?|persons?|who)")
_PERSON = re.compile(
    r"[A-Z][\w'\u2019-]+,? [A-Z][\w'\u2019.-]*(?: [A-Z][\w'\u2019-]+){0,2}|[A-Z]\. ?[A-Z][\w'-]+"
)
_UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
# What the guard looks for in papers that are public already: a table of councillors'
# names is no secret there, a pupil's number or birthday would be.
_IN_PAPERS = ("dates of birth", "pupil numbers")
_PAPERS = ("pdf", "text", "word", "dfe", "html")
_LONGEST_HEADING = 60


def _heading(text: str) -> str:
    """A heading's words in lower case: "PupilForename", "pupil_forename" alike."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub("['\u2019.]", "", text))
    return re.sub(r"[\W_]+", " ", split).strip().lower()


def _columns(table: Table | TextFrame) -> Iterator[list[Cell]]:
    """The filled cells of each column, from the top; of a file of many rows each text once."""
    if isinstance(table, TextFrame):
        for at, name in enumerate(table.names):
            place = Place(sheet=table.title, cell=f"column {at + 1}")
            texts = (name, *table.data[at].unique())
            yield [Cell(text, place) for text in texts if text]
        return
    width = max(map(len, table.rows), default=0)
    for column in range(width):
        filled = [row[column] for row in table.rows if column < len(row) and row[column].text]
        if filled:
            yield filled


@lru_cache(maxsize=20_000)
def _meant(heading: str) -> str | None:
    """What a text would promise as a heading: a kind of personal data, "perhaps" names,
    "perhaps born", or nothing."""
    if len(heading) > _LONGEST_HEADING:
        return None
    words = _heading(heading)
    for kind, pattern in _SURE.items():
        if pattern.fullmatch(words):
            return kind
    if _PERHAPS_BORN.fullmatch(words):
        return "perhaps born"
    return "perhaps" if _PERHAPS.fullmatch(words) else None


def _kind(meant: str, below: list[Cell]) -> str | None:
    """What personal data a heading and what stands below it look like, if any."""
    if not below:
        return None
    if meant == "perhaps":
        people = sum(bool(_PERSON.fullmatch(cell.text)) for cell in below)
        return "names" if people * 5 >= len(below) * 3 else None
    if meant == "perhaps born":
        days = sum(bool(_DAY.fullmatch(cell.text)) for cell in below)
        return "dates of birth" if days * 5 >= len(below) * 3 else None
    # A number of children is what figures are about; "Pupil numbers 521" is no list.
    counted = meant == "pupil numbers" and all(len(cell.text) < 6 for cell in below)
    return None if counted else meant


def _found(table: Table | TextFrame) -> Iterator[tuple[str, Cell]]:
    for filled in _columns(table):
        for place, cell in enumerate(filled):
            meant = _meant(cell.text)
            kind = _kind(meant, filled[place + 1 :]) if meant else None
            if kind is None and _UPN.fullmatch(cell.text):
                kind, cell = "pupil numbers", filled[0] if place else cell
            if kind:
                yield kind, cell
                break


def _shown(cell: Cell) -> str:
    """Where, and the heading: never a number or name itself."""
    text = "" if _UPN.fullmatch(cell.text) else f" ({cell.text})"
    return f"{cell.place}{text}"


def _hidden(table: Table | TextFrame) -> bool:
    return isinstance(table, Table) and table.hidden


def refuse(document: Document) -> None:
    """Raises Refused, naming the columns, if a document holds data about single children.

    To be called before anything of a file is kept. Hidden sheets count. Columns of names
    are looked for in workbooks, CSV files and grids, not in papers that were published.
    """
    form, name = document.source.form, document.source.name.lower()
    # A program's export that calls itself a workbook may be a page inside: it is no paper.
    papers = form in _PAPERS and not (form == "html" and name.endswith((".xls", ".xlsx")))
    tables: list[Table | TextFrame] = [*document.tables, *document.frames]
    found = [
        (kind, cell)
        for table in tables
        for kind, cell in _found(table)
        if not papers or _hidden(table) or kind in _IN_PAPERS
    ]
    if not found:
        return
    kinds = " and ".join(dict.fromkeys(kind for kind, _ in found))
    places = "; ".join(dict.fromkeys(_shown(cell) for _, cell in found[:12]))
    raise Refused(
        f"{document.source.name}: it seems to hold personal data ({kinds}): {places}.\n"
        "Nothing of the file was kept. Take these columns out, hidden sheets too, and try again."
    )
