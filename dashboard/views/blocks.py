"""The words beside the chart: definition, targets, events, cautions, glossary."""

from __future__ import annotations

import re
from datetime import date

from dashboard import words
from dashboard.views import national, telling
from dashboard.views.counting import cases
from dashboard.views.measure_types import Caution, EventNote, TargetNote
from dashboard.views.reconciling import said_otherwise
from dashboard.views.rows import row_url
from dashboard.views.types import Section
from etl.analysis.book import Book, Value
from etl.analysis.targets import NoStand, Stand, declared_for, other_basis, stand
from etl.model import Measure, Observation

KINDS = {
    "statutory": "set by law",
    "agreed": "agreed",
    "stretch": "a stretch target",
    "guidance": "guidance",
}
FORMS = {
    "by_date": "to be reached by a date",
    "annual": "for a whole year",
    "monthly": "for each month",
    "limit": "a limit for each case",
}
BASES = {
    "including": "counting plans with permitted exceptions",
    "excluding": "leaving out plans with permitted exceptions",
    "not_stated": "not stated whether plans with exceptions count",
    "not_applicable": "",
}
_TABLES = {
    "appendix_1": "Appendix 1 of the committee's packs",
    "outturn": "the yearly outturn table in the committee's packs",
    "officer": "entered by the council's officers",
    "stated": "given to the committee in words",
}


def slug(term: str) -> str:
    """A term as part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")


def targets(
    book: Book, measure: Measure, cohort: str, value: Value | None
) -> tuple[TargetNote, ...]:
    """Every target declared for the row, with kind, form and basis, and whether it is held here."""
    found = []
    for target in declared_for(book, measure.id, cohort):
        used = ""
        if value is not None:
            made = stand(book, target, value)
            shown = telling.figure(book, value)
            if isinstance(made, Stand):
                used = f"{shown.text} in {shown.period_long}: {telling.against(made, measure)}"
            else:
                used = _unused(made, measure, shown.period_long)
        found.append(
            TargetNote(
                target.label,
                KINDS[target.kind],
                FORMS[target.form],
                BASES[target.basis],
                target.approver,
                target.source,
                words.capital(used),
            )
        )
    return tuple(found)


def _unused(made: NoStand, measure: Measure, when: str) -> str:
    statutory = made.target is not None and made.target.kind == "statutory"
    return {
        "not_held": measure.target.why_not
        if statutory
        else "the row's figures are not held against it",
        "no_target": f"not in force in {when}",
        "not_yet": "the year is still running",
        "other_form": "not held against this kind of period",
        "other_basis": "not held against a figure on the other basis",
        "other_basis_missing": "not held: its basis is not stated, and one basis is not held",
        "other_basis_differs": "not held: its basis is not stated, and the two bases differ",
        "doubted": "not held against a flagged figure",
        "set_later": "set later than this figure",
    }[made.why]


def events(book: Book, measure: Measure, cohort: str) -> tuple[EventNote, ...]:
    """The events declared for a measure, oldest first."""
    found = []
    for event in book.events:
        if event.measures and measure.id not in event.measures:
            continue
        when = words.day(event.start)
        if event.end:
            when += f" to {words.day(event.end)}"
        found.append(EventNote(when, event.title, event.text, event.source))
    return tuple(found)


def explanations(book: Book, measure: Measure, cohort: str) -> tuple[EventNote, ...]:
    """What officers have said of the row, dated."""
    return tuple(
        EventNote(
            words.day(e.dated),
            words.month(e.period_end) if e.period_end else "The whole series",
            e.text,
            "The council's officers",
        )
        for e in sorted(book.record.explanations, key=lambda e: e.dated)
        if (e.measure, e.cohort) == (measure.id, cohort)
    )


def _clock(measure: Measure) -> tuple[str, ...]:
    clock = measure.clock
    parts = [
        f"Starts: {words.lower(clock.starts)}" if clock.starts else "",
        f"Ends: {words.lower(clock.ends)}" if clock.ends else "",
        f"Counted in: {words.lower(clock.days)}" if clock.days else "",
    ]
    return tuple(part for part in parts if part)


def _named(figure: Observation) -> str:
    """What publication or table a figure stood in, for readers."""
    if figure.table != "dfe":
        return _TABLES.get(figure.table, "another table of the council's papers")
    if figure.source.startswith("DfE, Education, health and care plans"):
        return "the SEN2 return, published by DfE"
    return figure.source.partition(":")[0]


def _came_from(book: Book, measure: Measure, cohort: str) -> tuple[str, ...]:
    """Which publications the figures come from."""
    held: dict[str, set[date]] = {}
    for span in book.spans(measure.id, cohort):
        for value in book.line(measure.id, cohort, span):
            for version in value.point.versions:
                held.setdefault(_named(version), set()).add(version.published)
    lines = []
    for named, days in held.items():
        dated = words.together([words.day(day) for day in sorted(days)])
        lines.append(f"{words.capital(named)}: {dated}.")
    return tuple(lines)


def sections(
    book: Book, measure: Measure, cohort: str, notes: tuple[TargetNote, ...]
) -> tuple[Section, ...]:
    """The definition: always beside the chart."""
    said = [
        f"{note.label} ({', '.join(p for p in (note.kind, note.basis) if p)})." for note in notes
    ]
    law = [measure.duty] if measure.duty else []
    if not notes and measure.target.why_not:
        said = [f"{measure.target.why_not}."]
    found = [
        Section("counted", "What is counted", (measure.counts,)),
        Section("clock", "The clock", _clock(measure)),
        Section("law", "The law and the targets", tuple(law), tuple(said)),
        Section("why", "Why it matters", (measure.why,)),
        Section("care", "Read with care", (), measure.cautions),
        Section("breaks", "Breaks in the series", (), measure.breaks),
        national.rank(book, measure, cohort),
        Section("due", "When the next figure is due", tuple(filter(None, [measure.next_due]))),
        Section("from", "Where the figures come from", _came_from(book, measure, cohort)),
    ]
    if measure.basis:
        meaning = book.registry.glossary.get("Permitted exceptions", "")
        found.insert(2, Section("exception", "What an exception is", (meaning,) if meaning else ()))
    return tuple(section for section in found if section.paragraphs or section.items)


def glossary(book: Book, texts: list[str]) -> tuple[tuple[str, str, str], ...]:
    """The glossary's terms that occur in `texts`: term, meaning, where it stands."""
    whole = " ".join(texts)
    return tuple(
        (term, meaning, f"/about#glossary-{slug(term)}")
        for term, meaning in book.registry.glossary.items()
        if re.search(rf"\b{re.escape(term)}s?\b", whole, re.IGNORECASE)
    )


def cautions(book: Book, measure: Measure, cohort: str, value: Value | None) -> tuple[Caution, ...]:
    """What a reader must be warned of here, beyond the standing caveats."""
    found = []
    if value is not None and value.few:
        found.append(
            Caution(
                "Few cases.",
                f"The latest figure rests on {cases(book, value)}: one "
                "case more or less would move it a lot.",
            )
        )
    if value is not None and (otherwise := said_otherwise(book, value)):
        found.append(Caution("The report's own words.", otherwise))
    name = other_basis(book, measure.id)
    if name and value is not None:
        twin = book.line(name, cohort, "calendar_year")
        gap = next((v for v in reversed(twin) if v.value is None), None)
        other = book.measure(name)
        event = next(
            (
                e
                for e in book.events
                if gap and name in e.measures and e.end and e.start <= gap.period.end <= e.end
            ),
            None,
        )
        if gap and gap.period.end >= value.period.end:
            text = (
                event.text
                if event
                else (f"DfE gives no figure for {words.period(gap.period)} {BASES[other.basis]}.")
            )
            found.append(Caution("Both bases matter here.", text, row_url(book, name, cohort)))
        if gap is None or gap.period.end < value.period.end:
            found.append(
                Caution(
                    "Two ways to count.",
                    "Figures that count plans with permitted exceptions and figures that leave "
                    "them out are not to be compared with each other.",
                    row_url(book, name, cohort),
                )
            )
    return tuple(found)
