"""The sentences of a document that state a figure of a known measure -> statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from etl import periods
from etl.claims import dates, deeds, meaning, spans, territory, timing
from etl.claims.blocks import Block, blocks
from etl.claims.dates import When
from etl.claims.figures import Figure, Hedge, figures
from etl.claims.meaning import Choice, Context
from etl.claims.vocabulary import Vocabulary
from etl.model import About, Document, Registry, Statement

_ANAPHORA = re.compile(
    r"\b(?:also|cohort)\b|^\W*(?:this|these|that|those|it|its|they|the (?:latest |final "
    r"|previous |current )?(?:figures?|numbers?|totals?"
    r"|average|rate|proportion|percentage|share|equivalent|comparable)|a year|of (?:these|those"
    r"|them)|in \w+)\b",
    re.IGNORECASE,
)
# What no claim is without: a digit, or the name of a month.
_TIMED = re.compile(rf"[0-9]|\b(?:{'|'.join(name.capitalize() for name in periods.MONTHS)})\b")
_AGAIN = re.compile(r"\b(?:also|cohort)\b", re.IGNORECASE)
_DIGIT = re.compile(
    r"[0-9]|\b(?:no|none|nil|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|quarter"
    r"|third)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:latest|currently|current|now|at present|to date|most recent|so far)\b", re.IGNORECASE
)
_TURNED: dict[Hedge, Hedge] = {"": "", "about": "about", "over": "under", "under": "over"}
_MANY, _NEAR = 150, 30  # blocks: beyond so many a single plain word needs company so near


@dataclass(frozen=True)
class Found:
    """A statement with the sentence it was found in, which is never kept."""

    statement: Statement
    sentence: str


@dataclass
class _State:
    """What is remembered while a document is read from top to bottom."""

    vocabulary: Vocabulary
    published: date | None
    source: str
    council: str
    areas: Sequence[tuple[re.Pattern[str], str]]
    lead: Context = field(default_factory=Context)
    lead_whens: tuple[When, ...] = ()
    subject: Choice | None = None
    first: When | None = None
    last: Context = field(default_factory=Context)
    anchor: tuple[int, int] | None = None
    topic: Context = field(default_factory=Context)
    since_topic: int = 0


def find(document: Document, registry: Registry) -> tuple[Statement, ...]:
    """The figures that a document's sentences and bullets state, not yet held against a record.

    Without the sentences themselves. Tables are `recognise`'s: their statements (summary
    tables, yearly rows, printed targets) are not repeated here.
    """
    return tuple(found.statement for found in sentences(document, registry))


def sentences(document: Document, registry: Registry) -> tuple[Found, ...]:
    """As `find`, each statement with the sentence that makes it."""
    vocabulary = Vocabulary(registry)
    source = document.source
    state = _State(
        vocabulary,
        source.published,
        source.title or source.name,
        registry.council.authority,
        spans.areas(registry),
    )
    pieces = list(blocks(document.paragraphs))
    held: list[tuple[int, bool, Found]] = []
    company: set[int] = set()
    for number, block in enumerate(pieces):
        strong, found = _block(block, state)
        if strong:
            company.add(number)
        held += [(number, weak, one) for weak, one in found]
    if len(pieces) <= _MANY:
        return tuple(one for _, _, one in held)
    return tuple(
        one
        for number, weak, one in held
        if not weak or any(number + away in company for away in range(-_NEAR, _NEAR + 1))
    )


def _block(block: Block, state: _State) -> tuple[bool, list[tuple[bool, Found]]]:
    """Whether the block speaks of a measure for certain, and its claims (weak ones marked)."""
    if not block.leads and not _TIMED.search(block.text):
        state.last = Context()
        if not block.bullet:
            state.lead = Context()
        return False, []
    lowered = block.text.lower()
    known = bool(state.vocabulary.anything.search(lowered))
    if not block.bullet and not block.leads:
        introduced = False
    else:
        introduced = block.bullet and state.lead.introduced
    if not known and not introduced and not state.last.phrases:
        return False, []
    found: list[tuple[bool, Found]] = []
    strong = False
    if not block.bullet:
        state.lead = Context() if not block.leads else state.lead
        state.last = Context() if not block.leads else state.last
        state.lead_whens = ()
    state.anchor = None
    state.subject = state.first = None
    state.since_topic += 1
    for place, sentence in enumerate(block.sentences()):
        context = replace(state.lead, introduced=not place) if introduced else Context()
        anaphora = _ANAPHORA.search(sentence)
        if place or (block.bullet and anaphora):
            context = replace(context, phrases=context.phrases | state.last.phrases)
        context = replace(
            context,
            again=bool(_AGAIN.search(sentence)),
            refers=bool(anaphora) or context.introduced,
        )
        words = state.vocabulary.words(sentence) if known else []
        phrases = frozenset(word.phrase for word in words)
        strong = strong or any(" " in phrase or phrase.isupper() for phrase in phrases)
        if _DIGIT.search(sentence) and (phrases or context.phrases or state.subject):
            found += [
                (weak, Found(statement, sentence))
                for weak, statement in _sentence(sentence, words, block, context, state)
            ]
        if phrases:
            state.last = Context(phrases | state.last.phrases if place else phrases)
    if block.leads:
        words = state.vocabulary.words(block.text)
        phrases = frozenset(word.phrase for word in words)
        kept = (
            state.topic.phrases if len(phrases) == 1 and state.since_topic < _NEAR else frozenset()
        )
        state.lead = Context(phrases | kept, True)
        if len(phrases) > 1:
            state.topic, state.since_topic = state.lead, 0
        state.lead_whens = tuple(dates.resolved(dates.named(block.text), None, state.published))
    return strong, found


def _sentence(
    sentence: str, words: Sequence[object], block: Block, context: Context, state: _State
) -> Iterator[tuple[bool, Statement]]:
    vocabulary = state.vocabulary
    whens = dates.resolved(dates.named(sentence), state.anchor, state.published, sentence)
    dated = [(one.start, one.end) for one in dates.named(sentence)]
    counted = [
        (w.start, w.end) for w in words if re.search(r"[0-9]|twenty", sentence[w.start : w.end])
    ]  # type: ignore[attr-defined]
    all_figures = figures(sentence, [*dated, *counted], vocabulary.nouns)
    if not all_figures:
        _remember(whens, state)
        return
    lands = territory.lands(sentence, all_figures, words)  # type: ignore[arg-type]
    monthly = bool(whens) and not any(when.grain == "year" for when in whens)
    chosen: list[tuple[Figure, Choice, territory.Land]] = []
    for figure, land in zip(all_figures, lands):
        mates = [f for f, other in zip(all_figures, lands) if other.group_id == land.group_id]
        choice = meaning.choose(figure, land, sentence, vocabulary, context, mates, monthly)
        if (
            state.subject is not None
            and (choice is None or choice.leans)
            and meaning.follows(figure, state.subject, sentence, vocabulary)
        ):
            about: About = figure.role if figure.role in ("target", "change") else "level"  # type: ignore[assignment]
            sure = context.refers and not words
            choice = replace(state.subject, about=about, leans=not sure, rest=False)
            choice = replace(choice, unit=figure.unit or choice.unit)
        if land.whole and choice is not None and chosen:
            choice = meaning.whole_of(chosen[-1][1], choice, figure, vocabulary)
        if choice is not None:
            chosen.append((figure, choice, land))
    plain = [choice for _, choice, _ in chosen if choice.about in ("level", "target")]
    if plain:
        state.subject = plain[0]
    if not whens and context.introduced and state.lead_whens:
        whens = [replace(one, start=-1, end=-1) for one in state.lead_whens[-1:]]
    yield from _statements(sentence, chosen, whens, block, context, state)
    _remember(whens, state)


def _borrowed(
    sentence: str,
    levels: Sequence[tuple[Figure, Choice, territory.Land]],
    own: dict[int, When | None],
) -> set[int]:
    """Figures whose month is nearer to another figure of the same series: one has none of its own."""
    found = set()
    for figure, choice, _ in levels:
        when = own[id(figure)]
        for other, second, _ in levels:
            shared = when is not None and own[id(other)] is when and second.ref == choice.ref
            if (
                other is not figure
                and shared
                and second.rest == choice.rest
                and other.value != figure.value
                and other.unit == figure.unit
            ):
                away, nearer = _away(figure, when), _away(other, when)
                if nearer <= away or re.search(r"\bfrom\s+$", sentence[: figure.start]):
                    found.add(id(figure))
    return found


def _away(figure: Figure, when: When | None) -> int:
    assert when is not None
    return when.start - figure.end if when.start >= figure.end else figure.start - when.end


def _remember(whens: Sequence[When], state: _State) -> None:
    named = [one.month for one in whens if one.role != "report" and one.year]
    if named:
        state.anchor = named[-1]


def _statements(
    sentence: str,
    chosen: Sequence[tuple[Figure, Choice, territory.Land]],
    whens: Sequence[When],
    block: Block,
    context: Context,
    state: _State,
) -> Iterator[tuple[bool, Statement]]:
    levels = [item for item in chosen if item[1].about != "change"]
    paired = timing.pair(
        sentence, [item[0] for item in levels], whens, [item[2].group_id for item in levels]
    )
    own = {
        id(item[0]): (None if when is None else whens[when]) for item, when in zip(levels, paired)
    }
    vocabulary = state.vocabulary
    if state.first is None:
        state.first = next((when for when in own.values() if when is not None), None)
    borrowed = _borrowed(sentence, levels, own)
    for figure, choice, land in chosen:
        claim = spans.Claim(
            figure=figure,
            choice=choice,
            when=own.get(id(figure)),
            words=land.text,
            sentence=sentence,
            levels=tuple(
                (other, when)
                for other, series, place in levels
                if (
                    place.group_id == land.group_id
                    or (choice.about == "change" and series.ref == choice.ref)
                )
                and (when := own[id(other)]) is not None
            ),
            whens=tuple(whens),
            now=bool(_NOW.search(sentence)),
            anchor=state.anchor,
            stretches=land.stretches,
            first=state.first,
            beside=tuple(
                (other, when) for other, _, _ in levels if (when := own[id(other)]) is not None
            ),
        )
        measure = vocabulary.measure(choice.ref)
        weak = not choice.leans and len(land.later) == 1 and " " not in next(iter(land.later))
        for when in spans.listed(claim, measure):
            timed = spans.timed(replace(claim, when=when), measure, state.published)
            if timed is None:
                continue
            about, period, since, sure = timed
            value = figure.value
            if about == "change" and figure.sign:
                fall = figure.sign == -1 or (
                    abs(figure.sign) == 2 and (figure.sign > 0) == (measure.better == "lower")
                )
                value = -value if fall else value
            yield (
                weak,
                Statement(
                    kind="bullet" if block.bullet else "sentence",
                    value=100 - value if choice.rest and choice.unit == "percent" else value,
                    unit=choice.unit,
                    place=block.place,
                    measure=choice.ref.measure,
                    cohort=choice.ref.cohort,
                    period=period,
                    raw=figure.raw,
                    published=state.published,
                    source=state.source,
                    about=about,
                    authority=spans.area(claim, state.areas, state.council),
                    since=since,
                    hedge=_TURNED[figure.hedge] if choice.rest else figure.hedge,
                    others=choice.others,
                    nearby=()
                    if spans.close(claim, when)
                    else tuple(
                        other
                        for named in whens
                        if named.role != "report"
                        and period
                        and (other := spans.at(named, period, measure)) != period
                    ),
                    certain=sure
                    and not (
                        land.loose
                        or spans.vague(claim, when)
                        or id(figure) in borrowed
                        or deeds.unknown(land.text, vocabulary)
                    )
                    and not (choice.leans and not context.introduced),
                ),
            )
