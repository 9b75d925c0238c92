"""The sentences of a document that state a figure of a known measure -> statements."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace

from etl import periods
from etl.claims import areas, bounds, dates, years
from etl.claims.blocks import Block, blocks
from etl.claims.meaning import Context
from etl.claims.memory import Memory
from etl.claims.sentence import read
from etl.claims.vocabulary import Vocabulary
from etl.model import Document, Place, Registry, Statement

log = logging.getLogger(__name__)

_ANAPHORA = re.compile(
    r"\b(?:also|cohort)\b"
    r"|^\W*(?:this|these|that|those|it|its|they|a year|of (?:these|those|them)|in \w+"
    r"|the (?:latest |final |previous |current )?(?:figures?|numbers?|totals?|average|rate"
    r"|proportion|percentage|share|equivalent|comparable))\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:also|cohort)\b", re.IGNORECASE)
# What no claim is without: a digit, or the name of a month.
_TIMED = re.compile(rf"[0-9]|\b(?:{'|'.join(name.capitalize() for name in periods.MONTHS)})\b")
_NUMBERED = re.compile(
    r"[0-9]|\b(?:no|none|nil|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|quarter"
    r"|third)\b",
    re.IGNORECASE,
)
_MANY, _NEAR = 150, 30  # blocks: beyond so many a single plain word needs company so near


@dataclass(frozen=True)
class Found:
    """A statement with the sentence it was found in, which is never kept.

    `weak`: a single plain word ("complaints") tells its measure.
    """

    statement: Statement
    sentence: str
    weak: bool = False


@dataclass(frozen=True)
class Unread:
    """A sentence, or the part of one, whose figures were not read, and why."""

    place: Place
    sentence: str
    why: str


@dataclass(frozen=True)
class Prose:
    """What a document's sentences state, in their order, and which were not read."""

    found: tuple[Found, ...]
    unread: tuple[Unread, ...]


def read_prose(document: Document, registry: Registry) -> Prose:
    """The figures that a document's sentences and bullets state, not yet held against a record.

    Each with its sentence. Tables are `recognise`'s: their statements (summary tables, yearly
    rows, printed targets) are not repeated here. The document's source should carry its date:
    a month without a year is the last such month before it. No text makes it fail: a sentence
    that cannot be read is told as unread, and the rest is read.
    """
    source = document.source
    memory = Memory(
        Vocabulary(registry),
        source.published,
        source.title or source.name,
        registry.council.authority,
        areas.areas(registry),
    )
    pieces = list(blocks(document.paragraphs))
    held: list[tuple[int, Found]] = []
    unread: list[Unread] = []
    company: set[int] = set()
    for number, block in enumerate(pieces):
        strong, found = _block(block, memory, unread)
        if strong:
            company.add(number)
        held += [(number, one) for one in found]
    kept = (
        one
        for number, one in held
        if len(pieces) <= _MANY
        or not one.weak
        or any(number + away in company for away in range(-_NEAR, _NEAR + 1))
    )
    return Prose(tuple(kept), tuple(unread))


def _block(block: Block, memory: Memory, unread: list[Unread]) -> tuple[bool, list[Found]]:
    """Whether the block speaks of a measure for certain, and its claims."""
    if not block.leads and not _TIMED.search(block.text):
        memory.last = Context()
        if not block.bullet:
            memory.lead = Context()
        return False, []
    known = bool(memory.vocabulary.anything.search(block.text.lower()))
    introduced = block.bullet and memory.lead.introduced
    if not known and not introduced and not memory.last.phrases:
        return False, []
    memory.begin(block)
    found: list[Found] = []
    strong = False
    for place, sentence in enumerate(block.sentences):
        try:
            part = bounds.part_read(sentence, memory.vocabulary.nouns)
            if len(part) < len(sentence):
                unread.append(Unread(block.place, sentence[len(part) :], bounds.TOO_MUCH))
            here, certain = _sentence(part, place, block, introduced, known, memory)
        except Exception:  # one sentence loses no report
            log.exception("a sentence at %s could not be read", block.place)
            unread.append(Unread(block.place, sentence, bounds.FAILED))
            continue
        found += here
        strong = strong or certain
    if block.leads:
        _lead(block, memory)
    return strong, found


def _sentence(
    sentence: str, place: int, block: Block, introduced: bool, known: bool, memory: Memory
) -> tuple[list[Found], bool]:
    """A sentence's claims, and whether it speaks of a measure for certain."""
    context = _context(sentence, place, block, introduced, memory)
    words = memory.vocabulary.words(sentence) if known else []
    phrases = frozenset(word.phrase for word in words)
    found = []
    if _NUMBERED.search(sentence) and (phrases or context.phrases or memory.subject):
        found = [
            Found(statement, sentence, weak)
            for weak, statement in read(sentence, words, block, context, memory)
        ]
    if phrases:
        memory.last = Context(phrases | memory.last.phrases if place else phrases)
    return found, any(" " in phrase or phrase.isupper() for phrase in phrases)


def _context(sentence: str, place: int, block: Block, introduced: bool, memory: Memory) -> Context:
    """The words from before that a sentence may lean on: of its list, of what went before it."""
    context = replace(memory.lead, introduced=not place) if introduced else Context()
    anaphora = bool(_ANAPHORA.search(sentence))
    if place or (block.bullet and anaphora):
        context = replace(context, phrases=context.phrases | memory.last.phrases)
    again = bool(_AGAIN.search(sentence))
    answers = bool(place) and block.sentences[place - 1].rstrip().endswith("?")
    if answers:
        context = replace(context, introduced=True)
    return replace(context, again=again, refers=anaphora or context.introduced)


def _lead(block: Block, memory: Memory) -> None:
    """A list's opening line; one that hardly names anything goes on with the last one's topic."""
    text = block.text[-bounds.LONGEST :]
    phrases = frozenset(word.phrase for word in memory.vocabulary.words(text))
    goes_on = len(phrases) == 1 and memory.since_topic < _NEAR
    memory.lead = Context(phrases | (memory.topic.phrases if goes_on else frozenset()), True)
    if len(phrases) > 1:
        memory.topic, memory.since_topic = memory.lead, 0
    named = dates.named(text)
    memory.lead_whens = tuple(years.resolved(named, None, memory.published))
