"""A figure that was corrected, and has come back."""

from __future__ import annotations

from collections.abc import Iterator

from etl.analysis.corrected import replaced_as_wrong, said
from etl.checks.book import Book
from etl.checks.wording import printed, subject
from etl.model import Finding, Observation, Point
from etl.periods import day


def undone(book: Book) -> Iterator[Finding]:
    """The council's figures that are again what a correction replaced.

    Most often an officer's file is older than the correction: it brings back what stood in it.
    """
    if not book.own:
        return
    for line in book.lines.values():
        for point in line.points.values():
            for figure in point.standing if len(point.versions) > 2 else ():
                change = _replaced_before(point, figure)
                if figure.table != "dfe" and change and _correction(book, point, *change):
                    yield _finding(book, figure, *change)


def _replaced_before(point: Point, figure: Observation) -> tuple[Observation, Observation] | None:
    """The last version that gave the same as the newest does, and what replaced it.

    Not where that was published after the newest had come back, and only dated before it.
    """
    held = [
        (number, version)
        for number, version in zip(point.releases, point.versions, strict=True)
        if version.revises == figure.revises
    ]
    same = [said(version) == said(figure) for _, version in held]
    began = len(same) - 1
    while began and same[began - 1]:
        began -= 1
    at = next((n for n in range(began - 1, -1, -1) if same[n]), None)
    if at is None or held[at + 1][0] > held[began][0]:
        return None
    return held[at][1], held[at + 1][1]


def _correction(book: Book, point: Point, old: Observation, new: Observation) -> bool:
    """Whether a figure was replaced because it was wrong, not by a later report's revision."""
    if new.corrects:
        return True
    before = point.versions[: point.versions.index(new)]
    if any(said(version) == said(new) for version in before if version.revises == new.revises):
        return False  # what came back by mistake corrects nothing
    return new.table == "officer" or replaced_as_wrong(book.record, old)


def _finding(book: Book, figure: Observation, old: Observation, new: Observation) -> Finding:
    officers = new.corrects or new.table == "officer"
    who = "by the council's officers" if officers else f"in {new.source or 'a later publication'}"
    return book.finding(
        "correction-undone",
        f"{subject(book, figure)}: printed {printed(figure)}, but that was corrected from "
        f"{printed(old)} to {printed(new)} {who} on {day(new.published)}. An older file may "
        f"have brought it back; if it is right after all, say why.",
        [figure],
        new,
    )
