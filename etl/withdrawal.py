"""What would disappear if a release were taken back, and what rests on it. Nothing is changed.

A correction rests on the version that it corrects: an officer's, given with a reason, or another
reading of the same publication. A later publication that prints the month anew rests on nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from etl import appendix, periods
from etl.compare import FigureKey, Version, key, same
from etl.draft import contents as drafted
from etl.draft import naming
from etl.model import Observation, Period, Registry, SeriesKey
from etl.record import Explanation, Release, assemble
from etl.store.store import Store
from etl.store.words import Word

Shown = tuple[SeriesKey, Period]

_MONTHS = 3  # of the figures of a row that change, so many are named


@dataclass(frozen=True)
class Change:
    """A figure that is shown, and what would be shown in its place; None for nothing."""

    figure: Observation
    instead: Observation | None


@dataclass(frozen=True)
class Correction:
    """A release with corrections that rest on the one taken back, and how many others it has."""

    release: Release
    figures: tuple[Observation, ...]
    others: int


@dataclass(frozen=True)
class Withdrawal:
    """What taking back `release` does, alone and with all of its corrections.

    `words` are those of other releases about figures that nothing would be shown of, `drafts`
    the open drafts that correct a figure of it. `version` names the state that was looked at.
    """

    release: Release
    version: str
    alone: tuple[Change, ...]
    with_corrections: tuple[Change, ...]
    corrections: tuple[Correction, ...] = ()
    words: tuple[Word, ...] = ()
    drafts: tuple[int, ...] = ()


def of(store: Store, number: int) -> Withdrawal:
    """What taking back a release would do; StoreError where there is no such release standing."""
    release = store.standing(number)
    version = store.version()
    versions = store.figures()
    corrections = tuple(_corrections(number, versions, store.releases()))
    taken = {number, *(one.release.number for one in corrections)}
    alone = _changes({number}, versions)
    gone = {
        (change.figure.measure, change.figure.cohort, change.figure.period.end)
        for change in alone
        if change.instead is None
    }
    words = tuple(
        word
        for word in store.words()
        if not word.hidden and word.release not in taken and _about(word) in gone
    )
    return Withdrawal(
        release,
        version,
        alone,
        _changes(taken, versions) if corrections else alone,
        corrections,
        words,
        tuple(_drafts(store, {key(figure) for of, figure in versions if of == number})),
    )


def _corrections(
    number: int, versions: Iterable[Version], releases: Iterable[Release]
) -> Iterator[Correction]:
    """The releases with corrections of a release's figures, and with corrections of these."""
    chains: dict[FigureKey, list[Version]] = defaultdict(list)
    sizes: dict[int, int] = defaultdict(int)
    for version in versions:
        chains[key(version[1])].append(version)
        sizes[version[0]] += 1
    for chain in chains.values():
        chain.sort(key=lambda version: (version[1].published, version[0]))
    found: dict[int, list[Observation]] = {}
    taken, before = {number}, 0
    while len(taken) > before:
        before = len(taken)
        found = defaultdict(list)
        for chain in chains.values():
            for old, new in pairwise(chain):
                if (
                    old[0] in taken
                    and new[0] != number
                    and old[0] != new[0]
                    and _corrects(old, new)
                ):
                    found[new[0]].append(new[1])
        taken |= set(found)
    known = {release.number: release for release in releases}
    for of, figures in sorted(found.items()):
        yield Correction(known[of], tuple(figures), sizes[of] - len(figures))


def _corrects(old: Version, new: Version) -> bool:
    return new[1].corrects or new[1].published == old[1].published


def _changes(taken: Collection[int], versions: Iterable[Version]) -> tuple[Change, ...]:
    touched = {_place(figure) for number, figure in versions if number in taken}
    near = [version for version in versions if _place(version[1]) in touched]
    before = _shown(near)
    after = _shown(version for version in near if version[0] not in taken)
    return tuple(
        Change(figure, after.get(place))
        for place, figure in before.items()
        if place not in after or not same(figure, after[place])
    )


def _place(figure: Observation) -> Shown:
    return figure.series, figure.period


def _shown(versions: Iterable[Version]) -> Mapping[Shown, Observation]:
    _, series = assemble(versions)
    return {
        (of, point.shown.period): point.shown
        for of, line in series.items()
        for point in line.points
    }


def _about(word: Word) -> tuple[str, str, date] | None:
    said = word.said
    if isinstance(said, Explanation) and said.period_end:
        return said.measure, said.cohort, said.period_end
    return None


def _drafts(store: Store, held: Collection[FigureKey]) -> Iterator[int]:
    rows = {(of.series.measure, of.series.cohort, of.series.span, of.period.end) for of in held}
    for draft in store.drafts.all():
        for one in drafted.of(draft).corrections:
            if (one.measure, one.cohort, one.span, one.month) in rows:
                yield draft.id
                break


# --- in words -----------------------------------------------------------------------


def summary(changes: Collection[Change], *, done: bool = False) -> str:
    """How many figures disappear, and how many give way to an earlier version.

    `done` says that it has happened.
    """
    gone = sum(change.instead is None for change in changes)
    older = len(changes) - gone

    def said(count: int, now: str, then: str) -> str:
        verb = then if not done else now if count != 1 else now.replace("are", "is", 1)
        return f"{_figures(count)} {verb}" if count else ""

    parts = (
        said(gone, "are no longer shown", "will no longer be shown"),
        said(older, "are shown as published before", "will be shown as published before"),
    )
    nothing = "has changed" if done else "will change"
    return "; ".join(filter(None, parts)) or f"No figure that is shown {nothing}"


def rows(changes: Iterable[Change], registry: Registry) -> Iterator[str]:
    """A line a row of the council's own: what disappears of it; then other areas together."""
    own: dict[tuple[str, str], list[Change]] = defaultdict(list)
    others = 0
    for change in changes:
        figure = change.figure
        if figure.authority == registry.council.authority:
            own[figure.measure, figure.cohort].append(change)
        else:
            others += 1
    for ref, found in own.items():
        yield f"{naming.name(registry, *ref)}: {_row(found)}"
    if others:
        yield f"{_figures(others)} of other areas"


def _row(changes: Iterable[Change]) -> str:
    gone = [_period(change.figure) for change in changes if change.instead is None]
    older = [
        f"{_period(change.figure)} {naming.shown(change.instead)} instead of "
        f"{naming.shown(change.figure)}"
        for change in changes
        if change.instead is not None
    ]
    parts = [_listed(gone, " no longer shown") if gone else "", _listed(older, "")]
    return "; ".join(text for text in parts if text)


def _listed(texts: list[str], after: str) -> str:
    more = f" and {len(texts) - _MONTHS} more" if len(texts) > _MONTHS else ""
    return f"{', '.join(texts[:_MONTHS])}{more}{after}" if texts else ""


def _period(figure: Observation) -> str:
    if figure.period.span == "month":
        return appendix.heading(figure.period.end)
    return periods.label(figure.period)


def correction(one: Correction) -> str:
    """A release that rests on the one taken back, and what else would go with it."""
    others = f"; it holds {_figures(one.others)} besides, which would go too" if one.others else ""
    return (
        f"Release {one.release.number} ({one.release.title}, {one.release.published}) corrects "
        f"{_figures(len(one.figures))} of it{others}"
    )


def _figures(count: int) -> str:
    return f"{count:,} figure{'' if count == 1 else 's'}"
