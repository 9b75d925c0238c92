"""Whatever a page says is in good order, and nothing of it was not known at the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import words
from dashboard.views import telling
from dashboard.views.bullets import bullets
from dashboard.views.measure import measure
from dashboard.views.overview import overview
from dashboard.views.quality import quality
from etl import periods
from etl.analysis.book import book
from etl.model import Observation, Span
from etl.record import Record
from etl.store import Store
from tests.dashboard.test_views_anything import KNOWN, REPORTS, ROWS, figures
from tests.etl.records import figure, record

# A page's own text, as against what it tells of a file: titles of sources, cells as printed.
_TOLD = {"source", "sources", "locator", "url", "query", "name", "x", "value_id"}
_ONE = re.compile(
    r"(?<![\d.,\u2212-])1 (?:cases|children|pupils|plans|months|points|days|weeks|figures|findings"
    r"|complaints|reviews)\b"
)
_UNTIDY = (
    ("None", re.compile(r"\bNone\b(?! is| of)")),
    ("two spaces", re.compile(r"\S  +\S")),
    ("one of many", _ONE),
    ("marks in a row", re.compile(r",,|\.\.|;;| ,| ;| \.(?!\d)|\(\)|:\.|,\.")),
    ("a brace", re.compile(r"[{}]")),
    ("a type", re.compile(r"Decimal\(|datetime\.|<[a-z]+ object")),
    ("a long number", re.compile(r"\d\.\d{4,}|\dE[+-]\d")),
)
_MONTH = re.compile(
    rf"(?<!\d )\b({'|'.join((*periods.NAMES, *periods.BRIEF))})\b(?: to \w+)? (\d{{4}})\b"
)


def texts(thing: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """(Where, text) of all that a view says."""
    if isinstance(thing, str):
        yield where, thing
    elif is_dataclass(thing):
        for field in fields(thing):
            if field.name not in _TOLD:
                yield from texts(getattr(thing, field.name), f"{where}.{field.name}")
    elif isinstance(thing, list | tuple):
        for i, item in enumerate(thing):
            yield from texts(item, f"{where}[{i}]")


def findings(held: Record, today: date) -> Iterator[tuple[str, str]]:
    """What stands as a finding: headlines, sentences, headings, charts' titles and alternatives."""
    front = overview(held, today)
    yield "overview", front.headline
    for sentence in front.sentences:
        yield "overview", sentence.text
    for group in front.groups:
        for row in group.rows:
            yield f"{row.id} spark", row.spark.alt
    for lead, text in bullets(held)[0]:
        yield f"bullet {lead}", text
    for name, cohort in ROWS:
        for view in [None, *_views(held, name, cohort, today)]:
            found = measure(held, name, cohort, view or "", today=today)
            assert found is not None
            where = f"{name}.{cohort} {view}"
            if view is None:
                yield f"{where} heading", found.heading
                if not found.flags:
                    yield f"{where} lede", found.lede
                for sentence in found.takes.sentences if found.takes else ():
                    yield f"{where} takes", sentence
            yield f"{where} title", found.chart.title
            yield f"{where} alt", found.chart.alt


def _views(held: Record, name: str, cohort: str, today: date) -> list[str]:
    first = measure(held, name, cohort, today=today)
    assert first is not None
    return [choice.value for choice in first.views if not choice.why_not]


def everything(held: Record, today: date) -> Iterator[tuple[str, str]]:
    yield from texts(overview(held, today), "overview")
    yield from texts(quality(held, today), "quality")
    yield from texts(bullets(held), "bullets")
    for name, cohort in ROWS:
        for view in ["", *_views(held, name, cohort, today)]:
            yield from texts(
                measure(held, name, cohort, view, today=today), f"{name}.{cohort} {view}"
            )


def untidy(held: Record, today: date) -> list[tuple[str, str, str]]:
    return [
        (what, where, text)
        for where, text in everything(held, today)
        for what, pattern in _UNTIDY
        if pattern.search(text)
    ]


def too_late(held: Record, today: date) -> list[tuple[str, str]]:
    """Findings that name a month after the last one held."""
    last = max((o.period.end for o in held.observations), default=date.min)
    return [
        (where, text)
        for where, text in findings(held, today)
        for name, year in _MONTH.findall(text)
        if (int(year), _number(name)) > (last.year, last.month)
    ]


def _number(name: str) -> int:
    names = periods.NAMES if name in periods.NAMES else periods.BRIEF
    return names.index(name) + 1


@pytest.mark.parametrize("day", [date(2021, 9, 17), date(2022, 3, 18), None])
def test_what_the_real_record_says_is_in_good_order(real_store: Store, day: date | None) -> None:
    held = real_store.record(day)
    today = day or date(2026, 11, 23)
    assert untidy(held, today) == []
    assert too_late(held, today) == []


_SUM = re.compile(r", ([\d,.]+)(?: points?)? (more|fewer|higher|lower) than [^(]*\(([\d,.]+)")
_SHORT = re.compile(r"([\d,.]+)(?: \w+)? short of [^;]*?(\d+)%")


def _plain(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", text).rstrip("."))


def wrong(held: Record, today: date) -> list[str]:
    """Sentences whose differences are none of their figures, pages unlike the overview."""
    found, said = book(held), []
    for name, cohort in ROWS:
        value = found.latest(name, cohort)
        view = measure(held, name, cohort, today=today)
        assert view is not None
        if value is None or not value.trusted:
            continue
        sentence = telling.sentence(found, value)
        now = _plain(sentence.strong[0])
        for amount, which, before in _SUM.findall(sentence.text):
            grown = _plain(amount) if which in ("more", "higher") else -_plain(amount)
            if now - _plain(before) != grown:
                said.append(sentence.text)
        for gap, goal in _SHORT.findall(sentence.text):
            if abs(_plain(goal) - now) != _plain(gap):
                said.append(sentence.text)
        shown = telling.figure(found, value).text
        if view.facts[0].value != shown or not sentence.strong[0].startswith(shown.split()[0]):
            said.append(f"{name} {cohort}: {shown}, {view.facts[0].value}, {sentence.strong[0]}")
    return said


@pytest.mark.parametrize("day", [date(2021, 9, 17), date(2022, 3, 18), None])
def test_the_differences_in_sentences_are_those_of_their_figures(
    real_store: Store, day: date | None
) -> None:
    assert wrong(real_store.record(day), day or date(2026, 11, 23)) == []


@pytest.mark.parametrize("day", [date(2021, 9, 17), date(2022, 3, 18)])
def test_at_a_meeting_no_publication_after_it_is_named(real_store: Store, day: date) -> None:
    held = real_store.record(day)
    assert all(o.published <= day for o in held.observations)
    days = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(periods.NAMES)}) (\d{{4}})\b")
    later = [
        (where, text)
        for where, text in everything(held, day)
        if not where.startswith(("overview.meetings", "quality.missing"))
        and not where.endswith(".verdict")  # when it was judged, which is said with its day
        and ".targets[" not in where
        and "[law]" not in where
        for number, name, year in days.findall(text)
        if date(int(year), _number(name), int(number)) > day
    ]
    assert later == []


# Values that no other figure has: wherever one is read, it is the flagged one.
_ODD = {
    "count": "7777",
    "percent": "77.7",
    "days": "777.7",
    "weeks": "77.7",
    "rate_per_100": "7.77",
}


@st.composite
def runs(draw: st.DrawFn) -> list[Observation]:
    """Some rows as packs print them: months in a row with gaps, each in the report after it."""
    found = []
    for name, cohort in draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=5, unique=True)):
        declared = KNOWN.measures[name]
        cumulative = declared.nature == "cumulative"
        steps = st.sampled_from([None, 0, 1, 1, 2, 9, 40, 55])
        total = 0
        for i, step in enumerate(draw(st.lists(steps, min_size=1, max_size=30))):
            year, number = 2020 + (i + 6) // 12, (i + 6) % 12 + 1
            total = (step or 0) + (0 if number == 4 else total)
            if step is None:
                continue
            when = f"{year}-{number:02d}"
            end = periods.month(year, number)[1]
            report = next((day for day in REPORTS if day > end), None)
            if report:
                value = str(total if cumulative else step)
                span: Span = "financial_year_to_date" if cumulative else "month"
                found.append(figure(name, when, value, cohort=cohort, span=span, published=report))
    return found


@st.composite
def doubtful(draw: st.DrawFn) -> tuple[Record, list[Observation]]:
    held = draw(st.lists(figures(), max_size=40)) + draw(runs())
    odd = draw(st.sets(st.integers(0, max(len(held) - 1, 0)), max_size=6))
    every = [_made_odd(o) if i in odd and o.value is not None else o for i, o in enumerate(held)]
    doubted = [o for o in every if o.value is not None and o.reading.raw == _odd(o)]
    as_at = draw(st.none() | st.sampled_from(REPORTS))
    seen = [o for o in every if as_at is None or o.published <= as_at]
    return record(seen, doubted=[o for o in doubted if o in seen], as_at=as_at), doubted


def _odd(of: Observation) -> str:
    return _ODD[KNOWN.measures[of.measure].unit]


def _made_odd(of: Observation) -> Observation:
    return replace(of, reading=replace(of.reading, value=Decimal(_odd(of)), raw=_odd(of)))


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(doubtful())
def test_whatever_is_published_what_is_said_is_in_good_order(
    made: tuple[Record, list[Observation]],
) -> None:
    held, doubted = made
    today = (held.as_at or REPORTS[-1]) + timedelta(days=20)
    assert untidy(held, today) == []
    assert too_late(held, today) == []
    assert wrong(held, today) == []
    values = {words.number(Decimal(_odd(o)), KNOWN.measures[o.measure].unit) for o in doubted}
    said = [
        (where, text)
        for where, text in findings(held, today)
        for value in values
        if re.search(rf"(?<![\d.,]){re.escape(value)}(?!\d)(?![^;.]{{0,45}}flagged)", text)
    ]
    assert said == []
