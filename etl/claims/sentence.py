"""One sentence -> its statements: figures, each with its series, its month, its period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from etl.claims import areas, claim, dates, doubts, meaning, spans, territory, timing, years
from etl.claims.blocks import Block
from etl.claims.claim import Chosen, Claim
from etl.claims.dates import When
from etl.claims.figures import Figure, figures
from etl.claims.meaning import Choice, Context
from etl.claims.memory import Memory
from etl.claims.roles import Hedge
from etl.claims.vocabulary import Words
from etl.model import About, Measure, Period, Statement

_NOW = re.compile(
    r"\b(?:latest|currently|current|now|at present|to date|most recent|so far)\b", re.IGNORECASE
)
_TURNED: dict[Hedge, Hedge] = {"": "", "about": "about", "over": "under", "under": "over"}


def read(
    sentence: str, words: Sequence[Words], block: Block, context: Context, memory: Memory
) -> Iterator[tuple[bool, Statement]]:
    """A sentence's statements, each with whether a single plain word alone tells its measure."""
    named = dates.named(sentence)
    whens = years.resolved(named, memory.anchor, memory.published, sentence)
    taken = [(one.start, one.end) for one in named]
    taken += [
        (word.start, word.end)
        for word in words
        if re.search(r"[0-9]|twenty", sentence[word.start : word.end])
    ]
    found = figures(sentence, taken, memory.vocabulary.nouns)
    # "at the same time the previous year" says when, not what.
    words = [w for w in words if not any(one.start <= w.start < one.end for one in named)]
    chosen: list[Chosen] = []
    if found:
        chosen = _chosen(sentence, found, words, whens, context, memory)
        if not whens and context.introduced:
            whens = [replace(one, start=0, end=0) for one in memory.lead_whens[-1:]]
        elif memory.anchor is not None and _goes_on(whens, context):
            # "Of these, 76 had a plan": in the month that was just spoken of.
            whens = [replace(memory.anchor, role="", begins=None, linked=False), *whens]
        chosen = _timed(sentence, chosen, whens)
        if memory.first is None:
            memory.first = next((one.when for one in chosen if one.when is not None), None)
        for one in chosen:
            yield from _statements(sentence, one, chosen, whens, block, context, memory)
    memory.pass_by(whens, [one.when for one in chosen if one.when and one.choice.about == "level"])


def _goes_on(whens: Sequence[When], context: Context) -> bool:
    """Whether a sentence speaks of the month of the last: it names none but a year before it."""
    return context.refers and all(one.relative for one in whens)


def _chosen(
    sentence: str,
    found: Sequence[Figure],
    words: Sequence[Words],
    whens: Sequence[When],
    context: Context,
    memory: Memory,
) -> list[Chosen]:
    """The figures that some series fits, the last sentence's where their own words name none."""
    lands = territory.lands(sentence, found, words)
    monthly = bool(whens) and not any(when.grain == "year" for when in whens)
    chosen: list[Chosen] = []
    for figure, land in zip(found, lands, strict=True):
        mates = [
            mate
            for mate, other in zip(found, lands, strict=True)
            if other.group_id == land.group_id
        ]
        choice = meaning.choose(figure, land, sentence, memory.vocabulary, context, mates, monthly)
        subject = memory.subject
        if subject is not None and choice is not None and choice.leans and context.refers:
            choice = meaning.part_of(choice, subject, land, memory.vocabulary)
        if (
            subject is not None
            and (choice is None or choice.leans)
            and meaning.follows(figure, subject, sentence, memory.vocabulary)
        ):
            choice = _same(figure, subject, sure=context.refers and not words)
            choice = meaning.of_everyone(choice, land, memory.vocabulary)
        if choice is not None and land.whole and chosen:
            choice = meaning.whole_of(chosen[-1].choice, choice, figure, memory.vocabulary)
        if choice is not None:
            chosen.append(Chosen(figure, choice, land))
    plain = [one.choice for one in chosen if one.choice.about in ("level", "target")]
    if plain:
        memory.subject = plain[0]
    return chosen


def _same(figure: Figure, subject: Choice, sure: bool) -> Choice:
    about: About = "level"
    if figure.role in ("target", "change"):
        about = "target" if figure.role == "target" else "change"
    unit = figure.unit or subject.unit
    return replace(subject, about=about, unit=unit, leans=not sure, rest=False)


def _timed(sentence: str, chosen: Sequence[Chosen], whens: Sequence[When]) -> list[Chosen]:
    """Each with its month; a change has two, which are looked for later."""
    levels = [one for one in chosen if one.choice.about != "change"]
    paired = timing.pair(
        sentence,
        [one.figure for one in levels],
        whens,
        [one.land.group_id for one in levels],
    )
    months = {
        id(one): whens[place]
        for one, place in zip(levels, paired, strict=True)
        if place is not None
    }
    return [replace(one, when=months.get(id(one))) for one in chosen]


def _statements(
    sentence: str,
    one: Chosen,
    chosen: Sequence[Chosen],
    whens: Sequence[When],
    block: Block,
    context: Context,
    memory: Memory,
) -> Iterator[tuple[bool, Statement]]:
    figure, choice, land = one.figure, one.choice, one.land
    measure = memory.vocabulary.measure(choice.ref)
    made = _claim(sentence, one, chosen, whens, memory)
    weak = not choice.leans and len(land.later) == 1 and " " not in next(iter(land.later))
    doubtful = doubts.doubtful(sentence, one, chosen, context, memory)
    for when in claim.listed(made, measure):
        timed = spans.timed(replace(made, when=when), measure, memory.published)
        if timed is None:
            continue
        about, period, since, sure = timed
        unsaid = about == "change" and not figure.sign
        certain = sure and not (doubtful or unsaid) and not claim.vague(made, when)
        yield (
            weak,
            Statement(
                kind="bullet" if block.bullet else "sentence",
                value=_value(figure, choice, about, measure),
                unit=choice.unit,
                place=block.place,
                measure=choice.ref.measure,
                cohort=choice.ref.cohort,
                period=period,
                raw=figure.raw,
                published=memory.published,
                source=memory.source,
                about=about,
                authority=areas.of(sentence, figure, land.stretches, memory.areas, memory.council),
                since=since,
                hedge=_TURNED[figure.hedge] if choice.rest else figure.hedge,
                others=choice.others,
                nearby=_nearby(made, when, period, measure),
                readings=_readings(when, period, measure, certain),
                certain=certain,
            ),
        )


def _claim(
    sentence: str,
    one: Chosen,
    chosen: Sequence[Chosen],
    whens: Sequence[When],
    memory: Memory,
) -> Claim:
    levels = [(other, other.when) for other in chosen if other.choice.about != "change"]
    changes = one.choice.about == "change"
    return Claim(
        figure=one.figure,
        choice=one.choice,
        when=one.when,
        words=one.land.text,
        sentence=sentence,
        levels=tuple(
            (other.figure, when)
            for other, when in levels
            if when is not None
            and (
                other.land.group_id == one.land.group_id
                or (changes and other.choice.ref == one.choice.ref)
            )
        ),
        whens=tuple(whens),
        now=bool(_NOW.search(sentence)),
        anchor=memory.anchor,
        stretches=one.land.stretches,
        first=memory.first,
        beside=tuple((other.figure, when) for other, when in levels if when is not None),
    )


def _value(figure: Figure, choice: Choice, about: About, measure: Measure) -> Decimal:
    """As claimed; a fall below zero, and of the rest what it leaves of a hundred."""
    value = figure.value
    better_is_less = measure.better == "lower"
    falls = figure.sign == -1 or (abs(figure.sign) == 2 and (figure.sign > 0) == better_is_less)
    if about == "change" and falls:
        value = -value
    return 100 - value if choice.rest and choice.unit == "percent" else value


def _nearby(
    made: Claim, when: When | None, period: Period | None, measure: Measure
) -> tuple[Period, ...]:
    """The other periods that the sentence names, unless the figure stands right by its own."""
    if period is None or claim.close(made, when) or "respectively" in made.sentence:
        return ()
    others = (
        claim.at(one, period, measure)
        for one in made.whens
        if one.role not in ("report", "from", "since")
    )
    return tuple(other for other in others if other != period)


def _readings(
    when: When | None, period: Period | None, measure: Measure, certain: bool
) -> tuple[Period, ...]:
    """The periods that the words of its month may mean: of another year as well.

    None where they leave no choice, and where only "the latest figure" is said.
    """
    if when is None or period is None:
        return ()
    others = (
        claim.at(replace(when, year=year, number=month, grain="month"), period, measure)
        for year, month in when.readings
    )
    found = tuple(one for one in others if one != period)
    return found if certain else (period, *found)
