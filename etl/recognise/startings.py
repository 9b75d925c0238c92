"""Where rows begin in wrapped text: a known label, its words perhaps among those of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from etl.model import MeasureRef
from etl.recognise.labels import Labels, serial_of
from etl.recognise.words import Stretch, Word
from etl.text.signs import squash

_LONGEST = 40  # lines that a label may take, those of cells beside it counted
_CELL = 8  # words of a cell that may stand within a label's line
_AHEAD = 3  # lines of cells between two lines of a label that is whole already


@dataclass(frozen=True)
class Start:
    """A known label: the lines it takes, its serial (None where none is printed), its words."""

    first: int
    last: int
    serial: str | None
    label: str
    refs: tuple[MeasureRef, ...]
    words: tuple[Word, ...]
    taken: frozenset[Word]


@dataclass
class _Match:
    """A label as far as it has been found."""

    squashed: str = ""
    words: list[Word] = field(default_factory=list)
    serial: Word | None = None
    last: int = 0
    dashed: set[str] = field(default_factory=set)

    def copy(self) -> _Match:
        return _Match(self.squashed, list(self.words), self.serial, self.last, set(self.dashed))


def starts(
    text: Stretch,
    lines: Sequence[int],
    labels: Labels,
    after: Word,
    cells: frozenset[Word] = frozenset(),
) -> Iterator[Start]:
    """The known labels on these lines, in their order.

    `after` is the heading's last word: on its line only what follows it counts. `cells` are
    words that stand under the heading's months, a column away from any label.
    """
    position = 0
    while position < len(lines):
        found = _start(text, lines, position, labels, after, cells)
        if found is None:
            position += 1
            continue
        start, position = found
        yield start


def words_after(text: Stretch, at: int, after: Word) -> list[Word]:
    words = text.lines[at].words
    return [word for word in words if at != after.at or word.start >= after.end]


def _start(
    text: Stretch,
    lines: Sequence[int],
    position: int,
    labels: Labels,
    after: Word,
    cells: frozenset[Word],
) -> tuple[Start, int] | None:
    words = words_after(text, lines[position], after)
    if not words:
        return None
    leading = words[0] if serial_of(words[0].text) is not None else None
    match = _Match(serial=leading, last=lines[position])
    _extend(match, words[1:] if leading else words, labels, cells)
    if not match.words:
        return None
    whole = _complete(match, text, lines, position, labels, cells)
    if whole is None:
        return None
    refs = labels.by_key[whole.squashed]
    first = lines[position]
    before = lines[position - 1] if position else None
    if whole.serial is None and before is not None:
        alone = words_after(text, before, after)
        expected = {labels.cohort(ref).serial.lower() for ref in refs}
        if len(alone) == 1 and serial_of(alone[0].text) in expected:
            whole.serial, first = alone[0], before
    start = Start(
        first=first,
        last=whole.last,
        serial=None if whole.serial is None else serial_of(whole.serial.text),
        label=" ".join(word.text for word in whole.words),
        refs=refs,
        words=tuple(whole.words),
        taken=frozenset([*whole.words, *([whole.serial] if whole.serial else [])]),
    )
    return start, lines.index(whole.last, position) + 1


def _complete(
    match: _Match,
    text: Stretch,
    lines: Sequence[int],
    position: int,
    labels: Labels,
    cells: frozenset[Word],
) -> _Match | None:
    """The longest known label that the match grows into over the following lines."""
    best = match.copy() if match.squashed in labels.by_key else None
    left = match.words[0].start
    idle = 0
    for at in lines[position + 1 : position + _LONGEST]:
        words = list(text.lines[at].words)
        leading = None
        # A line of figures begins with no serial: its second word would be a label's.
        figures = len(words) > 1 and not any(word.foreign or word.gap > 1 for word in words[1:])
        if words[0].start < left - 1 and serial_of(words[0].text) is not None and not figures:
            # Unless it is the dash that the label goes on with.
            awaited = match.squashed in labels.dashes and match.squashed not in match.dashed
            leading = None if awaited and not squash(words[0].text) else words.pop(0)
        count = len(match.words)
        _extend(match, words, labels, cells)
        if len(match.words) > count:
            idle = 0
            match.last = at
        elif any(word.foreign for word in words):
            break
        else:
            idle += 1
        if leading:
            if match.serial:
                break
            match.serial = leading
        if best is not None and idle > _AHEAD:
            break
        if match.squashed in labels.by_key and len(match.words) > count:
            best = match.copy()
        elif best is not None and leading and best.serial is None:
            best.serial, best.last = leading, at
    return best


def _extend(match: _Match, words: Sequence[Word], labels: Labels, cells: frozenset[Word]) -> None:
    """Add the words at the beginning of a line that go on with the label."""
    for place, word in enumerate(words):
        part = squash(word.text)
        so_far = match.squashed
        if word in cells:
            return
        if not part:
            # A dash is the label's where the registry prints one there, and no column away.
            # It must never become a cell: all the figures would slide by a month.
            apart = word.gap > 1 and word is not words[0]
            expected = so_far in labels.dashes and so_far not in labels.by_key
            if not so_far or not expected or so_far in match.dashed or apart:
                return
            match.dashed.add(so_far)
        elif so_far + part in labels.beginnings and not _column_away(word, match, labels):
            match.squashed += part
        elif match.words and match.words[-1] is words[place - 1] and place:
            # A cell that the converter has put between two words of the label.
            _extend(match, _beyond(match, words[place:], labels), labels, cells)
            return
        else:
            return
        match.words.append(word)


def _column_away(word: Word, match: _Match, labels: Labels) -> bool:
    """Whether a word is a cell's, though the label's next one begins with its letters.

    Of "statutory        time", with space between, the second word is a cell's, since the
    label goes on with "timescales" and no line end has broken that; so it is on a line of
    its own to the right of all that the label has printed.
    """
    if not match.words or match.squashed + squash(word.text) in labels.whole:
        return False
    follows = match.words[-1].at == word.at
    return (follows and word.gap > 1) or word.start > max(one.end for one in match.words)


def _beyond(match: _Match, words: Sequence[Word], labels: Labels) -> Sequence[Word]:
    """The words from where the label goes on, behind a cell's few words, if it does."""
    for place, word in enumerate(words[:_CELL]):
        if word.foreign:
            goes_on = match.squashed + squash(word.text) in labels.beginnings
            return words[place:] if goes_on else ()
    return ()
