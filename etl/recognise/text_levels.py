"""Words beside a heading of months in wrapped text -> what each of its columns holds.

A line of roles straight above or below the months, or roles among the months themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from etl import cells, periods, roles
from etl.model import Place, Reading
from etl.recognise.headings import Heading
from etl.recognise.levels import ASKEW, UNSAID
from etl.recognise.rows import Month
from etl.recognise.words import Stretch, TextLine, Word
from etl.roles import NOTHING, Meaning, Reason

_FLUSH = 2  # signs by which the heading of the labels may be indented
_LEAST = 2  # roles that make a heading without months
_OTHERS = 2  # cells of such a line that name no role
_MOST = 30  # words of such a line
_LONGEST = 4  # words of a role's name


@dataclass(frozen=True)
class _Phrase:
    """Words that make one cell of a heading."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def span(self) -> tuple[int, int]:
        return self.words[0].start, self.words[-1].end


def told(text: Stretch, heading: Heading) -> Heading:
    """The heading with a column for each role under or beside its months; as it is where there
    are only months.

    `meanings` then says what each column holds: only those of actual figures keep their
    month. `doubt` is set where roles stand that cannot be dealt out for certain.
    """
    for at, under in ((heading.last + 1, True), (heading.first - 1, False)):
        phrases = _roles(text, heading, at)
        units = all(roles.of_heading(one.text).role == "unit" for one in phrases)
        if not phrases or (units and len(phrases) == len(heading.columns)):
            continue  # "Number" under each month tells none of them from another
        if None in heading.columns:
            return replace(heading, doubt=ASKEW)
        months = [month for month in heading.columns if month]
        dealt = _dealt(months, phrases, heading.spans, under) or _aligned(
            months, phrases, heading.spans, under
        )
        if not dealt:
            return replace(heading, doubt=ASKEW)
        last = text.lines[at].words[-1] if under else heading.last_word
        return _made(heading, dealt, min(at, heading.first), last)
    return _inline(text, heading)


def _near(text: Stretch, heading: Heading, at: int) -> bool:
    """Whether a line stands straight above the heading, or below it, at most a blank between."""
    if not 0 <= at < len(text.lines):
        return False
    if at < heading.first:
        return text.lines[heading.first].number - text.lines[at].number == 1
    return text.lines[at].number - text.lines[heading.last].number <= 2


def _roles(text: Stretch, heading: Heading, at: int) -> list[_Phrase]:
    """The cells of a line that holds nothing but roles right of its labels' heading."""
    if not _near(text, heading, at):
        return []
    left = min(start for start, _ in heading.spans)
    phrases = list(_phrases(text.lines[at]))
    if _spaced(text.lines[at]):
        right = [one for one in phrases if one.span[0] >= left - 1]
    elif text.lines[at].words[0].start >= left - 1:
        right = phrases
    elif at > heading.last:
        # A section's heading stands under the labels.
        right = [] if _spaced(text.lines[heading.last]) else phrases
    else:
        # Without wider spaces, places on the line mean nothing: above months that have no word
        # for the labels beside them, it stands in this line. Any other is a caption.
        first = text.lines[heading.first].words[0].start
        named = roles.of_heading(phrases[0].text).told
        right = phrases[1:] if first == left and not named else []
    if not right or any(isinstance(cells.parse(one.text), Reading) for one in right):
        return []
    return right if all(roles.of_heading(one.text).told for one in right) else []


def _spaced(line: TextLine) -> bool:
    """Whether wider spaces part a line's words."""
    return any(word.gap > 1 for word in line.words[1:])


def _phrases(line: TextLine) -> Iterator[_Phrase]:
    """A line's words as cells: parted by wider spaces, else each the longest role's name."""
    words = line.words
    if _spaced(line):
        begun: list[Word] = []
        for word in words:
            if begun and word.gap > 1:
                yield _Phrase(tuple(begun))
                begun = []
            begun.append(word)
        yield _Phrase(tuple(begun))
        return
    at = 0
    while at < len(words):
        group = words[at : at + _LONGEST]
        most = next((n for n, w in enumerate(group) if not roles.understood(w.text)), len(group))
        count = next((n for n in range(most, 1, -1) if _one_role(words[at : at + n])), 1)
        yield _Phrase(words[at : at + count])
        at += count


def _one_role(words: Sequence[Word]) -> bool:
    """Whether words that stand side by side name one role: "Last year", not "Target Actual"."""
    alone = [one.role for word in words if (one := roles.of_heading(word.text)).role]
    whole = roles.of_heading(" ".join(word.text for word in words))
    return whole.told and (len(alone) < 2 or alone == ["forecast", roles.ACTUAL])


_Column = tuple[Month | None, Meaning, tuple[int, int]]


def _dealt(
    months: Sequence[Month],
    phrases: Sequence[_Phrase],
    spans: Sequence[tuple[int, int]],
    under: bool,
) -> list[_Column]:
    """The columns, the upper line's cells dealt out evenly over the lower line's, or nothing."""
    meanings = [roles.of_heading(one.text) for one in phrases]
    ups, downs = (len(months), len(phrases)) if under else (len(phrases), len(months))
    each, rest = divmod(downs, ups)
    if rest or not each:
        return []
    lower: Sequence[object] = meanings if under else [(m.first, m.last) for m in months]
    groups = {tuple(lower[n : n + each]) for n in range(0, downs, each)}
    if each > 1 and (len(groups) > 1 or len(set(*groups)) < each):
        return []
    if under:
        return [(months[n // each], meanings[n], phrases[n].span) for n in range(downs)]
    return [(months[n], meanings[n // each], spans[n]) for n in range(downs)]


def _aligned(
    months: Sequence[Month],
    phrases: Sequence[_Phrase],
    spans: Sequence[tuple[int, int]],
    under: bool,
) -> list[_Column]:
    """The same where the upper cells are not as many for each, but each begins where the first
    of the lower ones does that it stands over."""
    meanings = [roles.of_heading(one.text) for one in phrases]
    uppers = [span[0] for span in spans] if under else [one.span[0] for one in phrases]
    lowers = [one.span for one in phrases] if under else list(spans)
    begins = [start for start, _ in lowers]
    if not all(min(abs(up - start) for start in begins) <= 1 for up in uppers):
        return []
    if abs(uppers[0] - begins[0]) > 1:
        return []
    columns: list[_Column] = []
    for n, span in enumerate(lowers):
        at = max(i for i, up in enumerate(uppers) if up <= span[0] + 1)
        columns.append(
            (months[at], meanings[n], span) if under else (months[n], meanings[at], span)
        )
    return columns


def without_months(text: Stretch, headings: Sequence[Heading]) -> list[int]:
    """The lines that hold nothing but roles, two or more, and belong to no heading of months."""
    of_months = {at for one in headings for at in range(one.first - 1, one.last + 2)}
    found = []
    for at, line in enumerate(text.lines):
        if at in of_months or len(line.words) > _MOST:
            continue
        if not _spaced(line) and sum(not roles.understood(w.text) for w in line.words) > _OTHERS:
            continue  # as most lines of prose: each of these words is a cell of its own
        phrases = list(_phrases(line))
        meanings = [roles.of_heading(one.text) for one in phrases]
        named = [one for one in meanings if one.role not in ("", "unit")]
        if len(named) >= _LEAST and len(named) >= len(phrases) - _OTHERS:
            found.append(at)
    return found


def _made(heading: Heading, columns: Sequence[_Column], first: int, last_word: Word) -> Heading:
    """The heading with these columns, its months only over those of actual figures."""
    keys = [(month, said.role, said.span) for month, said, _ in columns]
    meanings = tuple(
        UNSAID if key[0] and keys.count(key) > 1 else said
        for key, (_, said, _) in zip(keys, columns, strict=True)
    )
    made = replace(
        heading,
        months=tuple(month for month, _, _ in columns),
        meanings=meanings,
        printed=tuple(month.printed if month else "" for month, _, _ in columns),
        spans=tuple(span for _, _, span in columns),
        first=first,
        last_word=last_word,
        stacked=True,
    )
    return made.only(roles.ACTUAL)


def _corner(text: Stretch, heading: Heading, phrases: Sequence[_Phrase]) -> Reason | None:
    """What the heading over the rows' labels says of their figures: it begins where they do."""
    below = text.lines[heading.last + 1 : heading.last + 2]
    if not phrases or not below or abs(phrases[0].span[0] - below[0].words[0].start) > _FLUSH:
        return None
    place = str(Place(line=text.lines[heading.last].number))
    said = Reason(roles.of_caption(phrases[0].text), "heading", place, phrases[0].text)
    return said if said.keeps else None


def _inline(text: Stretch, heading: Heading) -> Heading:
    """The same where the months' own line names roles: "Actual Mar-24", "Target" beside one."""
    line = text.lines[heading.last]
    left = min(start for start, _ in heading.spans)
    before = [word for word in line.words if word.end <= left]
    beside = [*before[-_LONGEST:], *(word for word in line.words if word.start >= left)]
    if heading.first != heading.last or not any(roles.of_heading(w.text).told for w in beside):
        return heading
    columns: list[_Column] = []
    phrases = list(_phrases(line)) if _spaced(line) else []
    corner = _corner(text, heading, phrases)
    phrases = phrases[1:] if corner else phrases
    for one in phrases:
        printed, said = roles.dated(one.text) or (one.text, NOTHING)
        if period := periods.parse(printed):
            columns.append((Month(*period, printed), said, one.span))
            continue
        said = roles.of_heading(one.text)
        if columns or said.other:
            columns.append((None, said if said.told else UNSAID, one.span))
    # Behind the last month only roles go on with the heading.
    last = max((at for at, (month, _, _) in enumerate(columns) if month), default=-1) + 1
    odd = [at for at in range(last, len(columns)) if columns[at][1] == UNSAID]
    del columns[min(odd, default=len(columns)) :]
    dated = [said for month, said, _ in columns if month]
    if len(dated) < sum(month is not None for month in heading.columns):
        unsure = bool(before) and roles.of_heading(before[-1].text).other
        named = (p for month, p in zip(heading.columns, heading.printed, strict=True) if not month)
        unsure = unsure or any(roles.of_heading(printed).told for printed in named)
        return replace(heading, doubt=ASKEW) if unsure else heading
    untold = UNSAID if any(said.told for said in dated) else roles.ACTUALLY
    made = [(m, said if said.told or not m else untold, span) for m, said, span in columns]
    if corner:
        heading = replace(heading, said=corner)
    if all(month and said == roles.ACTUALLY for month, said, _ in made):
        return heading
    end = made[-1][2][1]
    return _made(heading, made, heading.first, next(w for w in line.words if w.end == end))
