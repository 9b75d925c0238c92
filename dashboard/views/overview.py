"""Record -> the overview: the finding in words, then Appendix 1 come alive."""

from __future__ import annotations

from datetime import date

from dashboard import words
from dashboard.views import telling
from dashboard.views.reconciling import said_otherwise
from dashboard.views.rows import row, stopped
from dashboard.views.types import Choice, Group, Overview, Row
from etl import set_time
from etl.analysis.book import Book, Value, book
from etl.analysis.change import direction, last_report, on_year_before
from etl.analysis.keep import Kept
from etl.analysis.seasons import follows_school_year
from etl.analysis.targets import Stand, standing
from etl.analysis.variation import Variation, examine
from etl.record import Record

# A paragraph longer than this is not read in ten minutes with the rest: one for each headline
# measure of the project.
SENTENCES = 6

_kept = Kept(4)


def meetings(record: Record) -> tuple[Choice, ...]:
    """The meetings whose reports are held, newest first: `value` is the ISO date for `as_at`.

    Taken from the record of everything held (no as-at date). The first choice, of value
    "", shows all that is held.
    """
    reports = book(record).reports
    dated = [
        Choice(day.isoformat(), words.day(day), f"?as_at={day.isoformat()}")
        for day in reversed(reports)
    ]
    return (Choice("", "Latest: everything held", "?", chosen=record.as_at is None), *dated)


def as_at_words(record: Record) -> str:
    """What state of knowledge a page shows: "As reported at 18 March 2022".

    A meeting still to come has seen nothing yet: its papers are out before it.
    """
    today = set_time.today()
    return _kept.get(record, ("as at", today), lambda: _as_at_words(record, today))


def _as_at_words(record: Record, today: date) -> str:
    if record.as_at:
        when = "for the meeting of" if record.as_at > today else "at"
        return f"As reported {when} {words.day(record.as_at)}"
    newest = max((o.published for o in record.observations), default=None)
    if newest and newest > today:
        return f"Everything published, to the report for the meeting of {words.day(newest)}"
    return f"Everything published to {words.day(newest)}" if newest else "Nothing held"


def as_of(record: Record, today: date | None) -> date:
    """The day from which "stopped" is judged: the one given, the as-at date, else today."""
    return today or record.as_at or set_time.today()


def _weight(found: Book, value: Value, today: date) -> tuple[bool, float, bool, float, bool]:
    """What a sentence is chosen by; the largest first.

    A series that has stopped says least of now. Then distance from a target that is
    missed, how far an average lies beyond the law's limit for one case, relative change on
    the same month a year before (the least that it can be), and unusual variation.
    """
    key = value.point.shown.series
    stand = standing(found, value)
    short = 0.0
    if isinstance(stand, Stand) and not stand.met:
        short = float(stand.gap / stand.target.value) if stand.target.value else float(stand.gap)
    change, _ = on_year_before(found, value)
    moved = 0.0
    if change and change.before.value:
        moved = abs(float(change.amount / change.before.value))
    elif (known := direction(found, value)) and known.values[0]:
        moved = abs(float(known.least / known.values[0]))
    beyond = bool(telling.longer(found, value))
    unusual = examine(found, key.measure, key.cohort) if value.period.span == "month" else None
    signal = isinstance(unusual, Variation) and bool(unusual.points[-1].signal)
    return not stopped(value, today), short, beyond, moved, signal


def chosen(record: Record, today: date | None = None) -> tuple[Value, ...]:
    """The figures that the overview speaks of, the most telling first; none that is doubted."""
    found, now = book(record), as_of(record, today)
    held = []
    for name, measure in found.registry.measures.items():
        if not measure.headline:
            continue
        first = min(measure.cohorts, key=lambda cohort: measure.cohorts[cohort].order)
        value = found.latest(name, first)
        if value and value.trusted:
            held.append(value)
    held.sort(key=lambda value: _weight(found, value, now), reverse=True)
    return tuple(held[:SENTENCES])


def _notes(found: Book, values: tuple[Value, ...], rows: list[Row], ended: str) -> tuple[str, ...]:
    """What a reader must know beside the sentences."""
    notes = [text for value in values if (text := _season(found, value))]
    notes += [text for value in values if (text := said_otherwise(found, value))]
    notes += _other_rules(found, values)
    if ended:
        notes.append(ended)
    doubted = sum(1 for row in rows if row.flags)
    if doubted:
        which = (
            "One of the latest figures is"
            if doubted == 1
            else (f"{words.capital(words.count(doubted))} of the latest figures are")
        )
        notes.append(f"{which} in doubt: flagged below, and left out of the sentences.")
    return tuple(notes)


def _season(found: Book, value: Value) -> str:
    """That a row follows the school year, where the figures held of it show that."""
    key = value.point.shown.series
    shown = follows_school_year(found.line(*key[1:4]))
    if not shown:
        return ""
    years = words.together([f"{year}-{(year + 1) % 100:02d}" for year in shown])
    title = found.cohort(key.measure, key.cohort).title
    return (
        f"{title}: the figure rose in the autumn of each school year held ({years}) and fell "
        "again by the summer, so it is compared with the same month a year before."
    )


def _ended(found: Book, rows: list[Row], today: date) -> str:
    """Since when the committee's rows have no figure; empty while one may be expected."""
    values = [found.latest(r.measure, r.cohort) for r in rows if r.stopped and r.serial]
    newest = max((v for v in values if v), key=lambda v: v.period.end, default=None)
    return f"The committee's table ends with {words.month(newest.period.end)}." if newest else ""


def _lead_of_past(past: list[Value], ended: str) -> str:
    """What leads the sentences of rows that have stopped; DfE's are not the committee's."""
    if not past:
        return ""
    if ended and all(value.point.shown.table != "dfe" for value in past):
        return f"{ended} The last figures:"
    return "The last figures of rows that have stopped:"


def _other_rules(found: Book, values: tuple[Value, ...]) -> list[str]:
    """Under which other rules a figure arose that a sentence compares with."""
    said: dict[str, None] = {}
    for value in values:
        change, _ = on_year_before(found, value)
        before = change.before.period if change else None
        for event in found.events:
            if before is None or event.kind != "rule_change":
                continue
            held = value.point.shown.measure in event.measures or not event.measures
            if held and event.start <= before.end and before.start <= (event.end or date.max):
                said[event.text] = None
    return list(said)


def _stands(found: Book, name: str, cohort: str) -> bool:
    """Whether a row stands on the overview.

    Rows of the appendix, and headline measures; others that DfE or the outturn table give
    stand on the page of the measure that they belong to.
    """
    measure, group = found.measure(name), found.cohort(name, cohort)
    if group.labels and not group.titled:
        return True
    latest = found.latest(name, cohort)
    if latest is None:
        return False
    elsewhere = measure.dfe or measure.outturn or latest.point.shown.table == "dfe"
    return measure.headline or not elsewhere


def rows_by_theme(found: Book) -> dict[str, list[tuple[str, str]]]:
    """The overview's rows (measure, cohort) in its order, under each theme's id."""
    themes: dict[str, list[tuple[str, str]]] = {theme.id: [] for theme in found.registry.themes}
    for ref in found.ordered:
        if _stands(found, *ref):
            themes[found.measure(ref[0]).theme].append(ref)
    return themes


def _headline(found: Book, value: Value) -> str:
    """The finding in one line; the sentence below it gives the figures again in full."""
    key = value.point.shown.series
    measure, stand = found.measure(key.measure), standing(found, value)
    if isinstance(stand, Stand) and not stand.met:
        name = measure.short_title or found.cohort(key.measure, key.cohort).title
        return f"{name}: {telling.against(stand, measure)}"
    if value.period.span == "calendar_year":
        return telling.year_heading(found, value)
    return telling.heading(found, value)


def overview(record: Record, today: date | None = None) -> Overview:
    """What the first page says of `record`.

    `today` decides whether a series has stopped; the record's as-at date where it has
    one, else the day itself, unless given.
    """
    now = as_of(record, today)
    return _kept.get(record, now, lambda: _make(record, now))


def _make(record: Record, today: date) -> Overview:
    found = book(record)
    if not record.observations and record.as_at:
        return Overview(
            f"Nothing was published by {words.day(record.as_at)}",
            (),
            (),
            (),
            "",
            "",
            as_at_words(record),
            meetings(record),
            "Choose another meeting above, or the latest.",
        )
    if not record.observations:
        return Overview(
            "No figures are held yet",
            (),
            (),
            (),
            "",
            "",
            as_at_words(record),
            meetings(record),
            "Import a committee pack, or enter a month's figures, and they appear here.",
        )
    by_theme = rows_by_theme(found)
    groups = tuple(
        Group(
            theme.id,
            theme.title,
            theme.question,
            tuple(row(found, *ref, today) for ref in by_theme[theme.id]),
        )
        for theme in found.registry.themes
    )
    rows = [r for group in groups for r in group.rows]
    values = chosen(record, today)
    past = [value for value in values if stopped(value, today)]
    ended = _ended(found, rows, today)
    lead = _lead_of_past(past, ended)
    headline = _headline(found, values[0]) if values else "The figures held say too little"
    days = [p[0] for r in rows for p in r.spark.points if r.figure and "year" not in r.detail]
    report = last_report(found)
    return Overview(
        headline,
        tuple(telling.sentence(found, value) for value in values if value not in past),
        _notes(found, values, rows, "" if ended in lead else ended),
        tuple(group for group in groups if group.rows),
        words.months(min(days), max(days)) if days else "",
        f"Change from the last report held, {words.month(report, True)}"
        if report
        else "Change from the last report",
        as_at_words(record),
        meetings(record),
        past_lead=lead,
        past=tuple(telling.sentence(found, value) for value in past),
    )
