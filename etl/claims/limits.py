"""Targets and the law's limit, as a report states them, held against those that are held."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.claims import say
from etl.claims.book import Book
from etl.model import Statement, Target


def target(statement: Statement, book: Book) -> Statement:
    record = book.record
    refs = set(say.refs(statement))
    known = [
        target
        for target in (record.targets or record.registry.targets)
        if refs & set(target.measures) and target.kind != "statutory"
    ]
    if statement.authority or not known:
        return say.unchecked(statement, "No target is held for it.")
    period = statement.period
    year = [t for t in known if period is None or (t.start <= period.end and period.start <= t.end)]
    same = [t for t in known if t.value == statement.value]
    if any(t in year for t in same):
        return replace(
            statement,
            verdict="supported",
            explanation=f"The target held is {_named(next(t for t in same if t in year))}.",
        )
    elsewhere_ = f" {say.figure(statement)} is that of another: {_named(same[0])}." if same else ""
    if period is None or not year:
        return say.unchecked(statement, f"No such target is held for that year.{elsewhere_}")
    said = " or ".join(_named(target) for target in year)
    if not statement.certain:
        return say.unchecked(
            statement,
            f"The target held is {said}, but the words leave open which is meant.{elsewhere_}",
        )
    return say.differs(statement, f"the target in force then was {said}.{elsewhere_}", book)


def _named(target: Target) -> str:
    return f"\u201c{target.label}\u201d"


def limit(statement: Statement, book: Book) -> Statement:
    measure = book.record.registry.measures[statement.measure]
    weeks = [int(number) for number in re.findall(r"within ([0-9]+) weeks", measure.duty)]
    if not weeks or statement.value is None or statement.unit not in ("days", "weeks"):
        return say.unchecked(statement, "The law's limit is not held for this measure.")
    allowed = [number * 7 if statement.unit == "days" else number for number in weeks]
    said = f"the law says {weeks[0]} weeks, {weeks[0] * 7} days"
    if statement.value in allowed:
        return replace(statement, verdict="supported", explanation=f"{say.capital(said)}.")
    if not statement.certain:
        return say.unchecked(statement, f"{say.capital(said)}; it is not sure that it is meant.")
    return say.differs(statement, f"{said}.", book)
