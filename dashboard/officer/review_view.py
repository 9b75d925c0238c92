"""A review as its page shows it: figures, findings, and the series before and after."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.officer import advice
from dashboard.officer.page import raw
from dashboard.views.types import Spark
from dashboard.web.sparkline import sparkline
from etl import periods
from etl.draft.contents import Given, fingerprint
from etl.draft.naming import name, shown
from etl.draft.review import Review
from etl.model import Finding, Observation, Registry, Series, SeriesKey
from etl.record import Judged

VERDICTS = (
    ("", "Not answered yet"),
    ("stands", "The figure stands: it is right"),
    ("misprint", "A misprint: published as it is printed, with its flag"),
    ("unexplained", "Not explained yet: published with its flag"),
)
WITHOUT = (("", "Not answered yet"), ("unexplained", "Publish without it"))
# For a target or a date, of which no figure is in doubt.
ASKED = (("", "Not answered yet"), ("stands", "It is right as it stands"))

SHOWN = 300  # figures of one kind that are listed; the rest are counted
_SERIES = 60
_AROUND = 2  # months shown beside a month that changes


@dataclass(frozen=True)
class FigureRow:
    """A figure in words: its row, month, what is held and what would be, and where it stands."""

    row: str
    month: str
    old: str
    new: str
    where: str
    published: str


@dataclass(frozen=True)
class FindingRow:
    """A finding with what to do about it, and the answer given so far (`given`) or before.

    `verdicts` are the answers that fit it, each with its words.
    """

    id: str
    severity: str
    title: str
    message: str
    places: tuple[str, ...]
    advice: str
    given: Given | None
    before: str
    verdicts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SeriesRow:
    """A series that the draft touches: its sparklines, and the months around the change."""

    title: str
    before: Any
    after: Any
    months: tuple[tuple[str, str, str, bool], ...]
    more: int


@dataclass(frozen=True)
class View:
    """All that the page says."""

    new: tuple[FigureRow, ...]
    revised: tuple[FigureRow, ...]
    unchanged: int
    gone: tuple[FigureRow, ...]
    counts: dict[str, int]
    refused: tuple[FindingRow, ...]
    errors: tuple[FindingRow, ...]
    warnings: tuple[FindingRow, ...]
    answered: tuple[FindingRow, ...]
    notes: tuple[FindingRow, ...]
    series: tuple[SeriesRow, ...]
    series_left: int


def _row(registry: Registry, new: Observation, old: Observation | None = None) -> FigureRow:
    return FigureRow(
        name(registry, new.measure, new.cohort),
        periods.label(new.period),
        shown(old) if old else "",
        shown(new),
        new.locator,
        new.published.isoformat(),
    )


def _verdicts(finding: Finding) -> tuple[tuple[str, str], ...]:
    from etl.checks import CODES  # not at start: the checks are large

    if finding.figures:
        return VERDICTS
    return ASKED if finding.code in CODES else WITHOUT


def _finding(judged: Judged, given: Given | None) -> FindingRow:
    finding = judged.finding
    before = f"Answered before: {judged.answer.verdict}" if judged.answer else ""
    return FindingRow(
        fingerprint(finding),
        finding.severity,
        advice.title(finding),
        finding.message,
        finding.places,
        advice.advice(finding),
        given,
        before,
        _verdicts(finding),
    )


def view(review: Review) -> View:
    """What the page of a review shows."""
    registry = review.prepared.before.registry
    found = [p.comparison for p in review.prepared.publications]
    new = [o for c in found for o in c.new]
    revised = [r for c in found for r in c.revised]
    gone = [o for c in found for o in c.gone]
    unchanged = sum(len(c.unchanged) + len(c.held) for c in found)
    given = review.contents.answers
    rows = [_finding(j, given.get(fingerprint(j.finding))) for j in review.prepared.judged]
    open_ = [
        (judged, row)
        for judged, row in zip(review.prepared.judged, rows, strict=True)
        if judged.open
    ]
    keys = list(
        dict.fromkeys(o.series for c in found for o in (*c.new, *(r.new for r in c.revised)))
    )
    return View(
        new=tuple(_row(registry, o) for o in new[:SHOWN]),
        revised=tuple(_row(registry, r.new, r.old) for r in revised[:SHOWN]),
        unchanged=unchanged,
        gone=tuple(_row(registry, o) for o in gone[:SHOWN]),
        counts={
            "new": len(new),
            "revised": len(revised),
            "unchanged": unchanged,
            "refused": review.prepared.unread + len(review.troubles),
            "gone": len(gone),
        },
        refused=tuple(r for _, r in open_ if r.severity == "warning" and r.verdicts == WITHOUT),
        errors=tuple(r for j, r in open_ if r.severity == "error"),
        warnings=tuple(r for _, r in open_ if r.severity == "warning" and r.verdicts != WITHOUT),
        answered=tuple(
            r
            for j, r in zip(review.prepared.judged, rows, strict=True)
            if not j.open and r.severity != "note"
        ),
        notes=tuple(r for r in rows if r.severity == "note"),
        series=tuple(_series(review, keys[:_SERIES])),
        series_left=max(len(keys) - _SERIES, 0),
    )


# --- before and after ---------------------------------------------------------------


def _spark(series: Series | None, title: str) -> Any:
    if series is None or not any(p.value is not None for p in series.points):
        return ""
    points = tuple(
        (p.period.end, None if p.value is None else float(p.value)) for p in series.points
    )
    numbers = [p for p in points if p[1] is not None]
    says = f"{title}: {len(numbers)} figures, the last {numbers[-1][1]:g}"
    return raw(sparkline(Spark(points, says)))


def _series(review: Review, keys: Iterable[SeriesKey]) -> Iterator[SeriesRow]:
    registry = review.prepared.before.registry
    for key in keys:
        before = review.prepared.before.series.get(key)
        after = review.prepared.after.series.get(key)
        if after is None:
            continue
        old = {p.period: shown(p.shown) for p in before.points} if before else {}
        changed = [at for at, p in enumerate(after.points) if old.get(p.period) != shown(p.shown)]
        near = sorted(
            {
                n
                for at in changed
                for n in range(at - _AROUND, at + _AROUND + 1)
                if 0 <= n < len(after.points)
            }
        )
        months = tuple(
            (periods.label(p.period), old.get(p.period, ""), shown(p.shown), n in changed)
            for n in near[-24:]
            for p in (after.points[n],)
        )
        title = name(registry, key.measure, key.cohort)
        if key.authority != registry.council.authority:
            title = f"{title}, {registry.council.areas.get(key.authority, key.authority)}"
        if not months:  # the newest figure of the month stays another table's
            continue
        yield SeriesRow(
            title,
            _spark(before, "Held now"),
            _spark(after, "With this draft"),
            months,
            max(len(near) - 24, 0),
        )


# --- what was looked at, so that a later look can say what is different --------------

_MOST = 3000


def _key(observation: Observation) -> str:
    return "|".join((*observation.series, observation.period.end.isoformat(), observation.table))


def _said(review: Review) -> dict[str, str]:
    found: dict[str, str] = {}
    for publication in review.prepared.publications:
        compared = publication.comparison
        found |= {_key(o): "" for o in compared.new}
        found |= {_key(r.new): shown(r.old) for r in compared.revised}
        found |= {_key(o): shown(o) for o in (*compared.unchanged, *compared.held)}
    return found


def packed(review: Review) -> str:
    """What is held of each figure of the draft, for a hidden field; empty for very many."""
    said = _said(review)
    if len(said) > _MOST:
        return ""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(said).encode(), 9)).decode()


def differences(review: Review, looked_at: str) -> tuple[FigureRow, ...]:
    """The figures of the draft that are held otherwise than when `looked_at` was packed."""
    try:
        opener = zlib.decompressobj()
        text = opener.decompress(base64.urlsafe_b64decode(looked_at.encode()), 2_000_000)
        before = json.loads(text) if text else {}
    except (ValueError, zlib.error):
        return ()
    if not isinstance(before, dict):
        return ()
    now = _said(review)
    registry = review.prepared.before.registry
    rows = []
    for publication in review.prepared.publications:
        compared = publication.comparison
        for one in (*compared.stored, *compared.held):
            was, held = before.get(_key(one)), now[_key(one)]
            if isinstance(was, str) and was != held:
                row = _row(registry, one)
                rows.append(
                    FigureRow(
                        row.row,
                        row.month,
                        f"{was or 'nothing'}, now {held or 'nothing'}",
                        row.new,
                        row.where,
                        row.published,
                    )
                )
    return tuple(rows)
