"""Words beside figures, as they are typed: explanations, events and targets, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from etl import aliases, periods, set_time
from etl.draft import typed
from etl.draft.contents import Contents
from etl.draft.kinds import EVENT_KINDS, TARGET_BASES, TARGET_FORMS, TARGET_KINDS
from etl.draft.rows import row_of
from etl.model import Event, MeasureRef, Target
from etl.record import Explanation, Record

Form = Mapping[str, str]
Made = tuple[Contents, dict[str, str]]


# A level as it is typed: no exponent, so that no number of a million digits is ever written out.
_LEVEL = re.compile(r"\d{1,9}(\.\d{1,4})?")
_YEARS = range(2000, 2101)


def _day(form: Form, name: str, errors: dict[str, str], needed: str = "") -> date | None:
    text = form.get(name, "").strip()
    if not text:
        if needed:
            errors[name] = needed
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        errors[name] = "Give a date, such as 2022-03-18"
        return None
    return found


def _wanted(form: Form, errors: dict[str, str], names: Mapping[str, str]) -> dict[str, str]:
    found = {name: typed.line(form, name, errors, 500) for name in names}
    errors |= {name: names[name] for name, text in found.items() if not text}
    return found


def _id(title: str, start: date, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:40] or "entry"
    base = f"officer-{plain}-{start.year}"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def _replaced(form: Form, standing: Sequence[Event | Target], errors: dict[str, str]) -> str:
    """The id of the word that this one takes the place of; empty for none."""
    name = form.get("replaces", "").strip()
    if name and name not in {one.id for one in standing}:
        errors["replaces"] = f"There is nothing called {name} that could be replaced"
    return name


def explanation(form: Form, held: Contents, record: Record) -> Made:
    """The contents with an explanation of a figure, or of a series, or what is wrong."""
    errors: dict[str, str] = {}
    row = row_of(form.get("row", ""), record.registry)
    text = typed.line(form, "text", errors)
    month = typed.line(form, "month", errors, 50)
    found = periods.parse(month) if month else None
    if row is None:
        errors["row"] = "Choose a row"
    if month and found is None:
        errors["month"] = "Give a month such as Dec-21, or nothing for the whole row"
    if not text:
        errors["text"] = "Write the explanation"
    if errors or row is None:
        return held, errors
    one = Explanation(*row, found[1] if found else None, set_time.today(), text)
    others = tuple(
        e
        for e in held.explanations
        if (e.measure, e.cohort, e.period_end) != (*row, one.period_end)
    )
    return replace(held, explanations=(*others, one)), {}


def event(form: Form, held: Contents, record: Record) -> Made:
    """The contents with an event, or what is wrong."""
    errors: dict[str, str] = {}
    start = _day(form, "start", errors, "Give the day, or the first day")
    end = _day(form, "end", errors)
    said = _wanted(
        form,
        errors,
        {"title": "Give a title", "text": "Say what happened", "source": "Say where it is written"},
    )
    if start and end and end < start:
        errors["end"] = "The last day lies before the first"
    standing = (*record.events, *held.events)
    replaced = _replaced(form, standing, errors)
    kind = form.get("kind", "note")
    row = aliases.of(record.registry).measure(form.get("measure", ""))
    if errors or start is None:
        return held, errors
    name = replaced or _id(said["title"], start, {one.id for one in standing})
    one = Event(
        name,
        start,
        said["title"],
        said["text"],
        said["source"],
        end,
        kind if kind in dict(EVENT_KINDS) else "note",  # type: ignore[arg-type]
        (row,) if row in record.registry.measures else (),
    )
    return replace(held, events=(*(e for e in held.events if e.id != name), one)), {}


def target(form: Form, held: Contents, record: Record) -> Made:
    """The contents with a target, or what is wrong."""
    errors: dict[str, str] = {}
    rows = [row_of(form.get(name, ""), record.registry) for name in ("row", "row2")]
    refs = tuple(dict.fromkeys(MeasureRef(*row) for row in rows if row))
    if not refs:
        errors["row"] = "Choose a measure"
    elif len({record.registry.measures[ref.measure].unit for ref in refs}) > 1:
        errors["row2"] = "The two measures have different units"
    level = form.get("value", "").strip().removesuffix("%").strip().replace(",", "")
    value = Decimal(level) if _LEVEL.fullmatch(level) else None
    unit = record.registry.measures[refs[0].measure].unit if refs else None
    if value is None:
        errors["value"] = "Give the level as a number, such as 90"
    elif unit == "percent" and value > 100:
        errors["value"] = "A percentage lies between 0 and 100"
    start = _day(form, "start", errors, "Give the first day it holds for")
    end = _day(form, "end", errors, "Give the last day it holds for")
    agreed = _day(form, "agreed", errors)
    said = _wanted(
        form,
        errors,
        {
            "label": "Give the words that stand beside it",
            "approver": "Say who set it",
            "source": "Say where it is written",
        },
    )
    chosen = {}
    for name, offered in (("kind", TARGET_KINDS), ("form", TARGET_FORMS), ("basis", TARGET_BASES)):
        chosen[name] = form.get(name, "")
        if chosen[name] not in dict(offered):
            errors[name] = "Choose one"
    if start and end and end < start:
        errors["end"] = "The last day lies before the first"
    standing = (*record.targets, *held.targets)
    replaced = _replaced(form, [t for t in standing if t.kind != "statutory"], errors)
    if errors or start is None or end is None or value is None or unit is None:
        return held, errors
    name = replaced or _id(said["label"], start, {one.id for one in standing})
    one = Target(name, refs, value, unit, start=start, end=end, agreed=agreed, **chosen, **said)  # type: ignore[arg-type]
    return replace(held, targets=(*(t for t in held.targets if t.id != name), one)), {}


MAKE: dict[str, Callable[[Form, Contents, Record], Made]] = {
    "explanation": explanation,
    "event": event,
    "target": target,
}
