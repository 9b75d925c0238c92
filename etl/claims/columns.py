"""A summary table's column under the wrong month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from etl import periods
from etl.claims import elsewhere, say
from etl.claims.book import Book
from etl.model import Statement


def _column(statement: Statement) -> tuple[object, ...] | None:
    """What is the same for all figures of one column of a summary table; None for any other."""
    if statement.kind != "summary_table" or statement.period is None:
        return None
    place = statement.place
    return statement.source, place.table, place.page, statement.period.end


def differences(judged: Iterable[Statement]) -> list[tuple[Statement, ...]]:
    """What differs, cause by cause, in order: a column under one wrong heading is one."""
    causes: dict[object, list[Statement]] = defaultdict(list)
    for number, statement in enumerate(judged):
        if statement.verdict == "differs":
            causes[_column(statement) or number].append(statement)
    return [tuple(statements) for statements in causes.values()]


def told(judged: Sequence[Statement], book: Book) -> list[Statement]:
    """A summary table's column whose month is not held, but whose figures are all another's."""
    columns: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, statement in enumerate(judged):
        if column := _column(statement):
            columns[column].append(place)
    result = list(judged)
    for places in columns.values():
        open_ones = [place for place in places if judged[place].verdict == "unchecked"]
        if len(open_ones) < 2 or len(open_ones) < len(places):
            continue
        months = [elsewhere.months(judged[place], book) for place in open_ones]
        common = set(months[0]).intersection(*months[1:])
        if len(common) != 1:
            continue
        month = periods.label(common.pop())
        for place in open_ones:
            said = f"no figure is held for that month; the whole column is that of {month}."
            result[place] = say.differs(judged[place], said, book)
    return result
