"""Which series a figure speaks of, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.claims import basis
from etl.claims.figures import Figure
from etl.claims.territory import Land
from etl.claims.units import COUNTED, PRONOUN, SHARE_OF, fitting, noun_next
from etl.claims.vocabulary import Meaning, Vocabulary
from etl.model import About, MeasureRef, Unit

_OWN, _GROUP, _HEAD, _EARLIER, _LATER, _CONTEXT = 3.0, 2.6, 2.2, 1.6, -0.8, 1.0
_CLOSE = 2.4  # a series that the words fit so much less is not what is meant
_RIVAL = -4.0  # whom the words further on speak of: not this figure, unless nothing else fits
_EVERYONE = re.compile(
    r"\(all\)|\b(?:all|every) (?:the |our )?(?:children|pupils|cases|reviews|young people)\b"
    r"(?! missing)"
    r"|\bthe (?:whole|entire) (?:group|cohort)\b|\beveryone\b"
    r"|\b(?:for|of|among|across) all(?=\W*(?:$|[.,;)]))|\ball (?:CME|plans|EHC\w*)\b"
    r"|\ball[- ]cases?\b|\boverall\b|\bacross (?:all|the board)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Choice:
    """The series chosen for a figure, those that fit as well, and what of it is claimed."""

    ref: MeasureRef
    others: tuple[MeasureRef, ...]
    about: About
    unit: Unit
    rest: bool
    score: float
    leans: bool  # on words outside the sentence
    mixed: bool = False  # a bare number that may be of days as well as of cases


def whole_of(part: Choice, choice: Choice, figure: Figure, vocabulary: Vocabulary) -> Choice:
    """What "546 of the 1,025" makes of the 1,025: what the row of the 546 is a part of."""
    cohort = vocabulary.cohort(part.ref)
    whole = (
        cohort.part_of.whole
        if cohort.part_of
        else cohort.share_of.whole
        if cohort.share_of
        else None
    )
    if whole is None or figure.unit is not None or figure.role != "level":
        return choice
    return replace(choice, ref=whole, others=(), about="level", unit=vocabulary.measure(whole).unit)


def part_of(choice: Choice, subject: Choice, land: Land, vocabulary: Vocabulary) -> Choice:
    """ "Of these, 59 had a plan": sure, where it is a part of what was just spoken of."""
    part = vocabulary.cohort(choice.ref).part_of
    named = bool(land.own or land.group or land.head)
    related = (part is not None and part.whole == subject.ref) or (
        choice.ref.measure == subject.ref.measure and choice.ref != subject.ref
    )
    return replace(choice, leans=False) if named and related else choice


def of_everyone(choice: Choice, land: Land, vocabulary: Vocabulary) -> Choice:
    """ "The figure for all children was 61%": not of the cohort just spoken of."""
    cohorts = vocabulary.measure(choice.ref).cohorts
    if "all" not in cohorts or not _EVERYONE.search(land.text):
        return choice
    return replace(choice, ref=choice.ref._replace(cohort="all"), others=())


def follows(figure: Figure, subject: Choice, sentence: str, vocabulary: Vocabulary) -> bool:
    """Whether a figure whose own words name no series may be of the last sentence's."""
    after = sentence[figure.end : figure.end + 80]
    of = SHARE_OF.match(after)
    if of and not vocabulary.nouns_of(subject.ref).search(of[1]) and not PRONOUN.search(of[1]):
        return False
    if figure.unit == "percent":
        return subject.unit == "percent" or figure.role == "change"
    if figure.unit in ("days", "weeks"):
        return subject.unit == figure.unit
    if subject.unit == "percent":
        return False
    return bool(COUNTED.match(after)) or noun_next(after, vocabulary.nouns_of(subject.ref))


@dataclass(frozen=True)
class Context:
    """The words of what came before: of a list's opening line, or of the last sentences.

    `again`: the sentence says "also", so that those words may weigh more than its own;
    `refers`: it points back, so that it may stand without any of its own.
    """

    phrases: frozenset[str] = frozenset()
    introduced: bool = False
    again: bool = False
    refers: bool = False


def choose(
    figure: Figure,
    land: Land,
    sentence: str,
    vocabulary: Vocabulary,
    context: Context,
    mates: Sequence[Figure],
    monthly: bool,
) -> Choice | None:
    """The series that a figure's words fit best, or None where they fit none.

    `monthly`: the sentence names months, so that no yearly series is meant.
    """
    everyone = bool(_EVERYONE.search(land.text))
    bare = not (land.own or land.group or (land.head and not land.linked))
    best: dict[tuple[MeasureRef, About], tuple[float, Meaning, Unit, bool]] = {}
    for meaning in vocabulary.meanings:
        if monthly and vocabulary.measure(meaning.ref).span == "calendar_year":
            continue
        if meaning.whom and everyone and not all(group & land.own for group in meaning.whom):
            continue
        scored = _score(meaning, land, context, bare)
        if scored is None:
            continue
        score, leans = scored
        for about, unit, bonus in fitting(figure, meaning, vocabulary, mates, sentence):
            key = (meaning.ref, about)
            if key not in best or score + bonus > best[key][0]:
                best[key] = (score + bonus, meaning, unit, leans)
    if not context.again and not all(found[3] for found in best.values()):
        best = {key: found for key, found in best.items() if not found[3]}
    if not best:
        return None
    ranked = sorted(best.items(), key=lambda item: -item[1][0])
    top = ranked[0][1][0]
    tied = [
        (key, found) for key, found in ranked if top - found[0] < 0.05 and key[1] == ranked[0][0][1]
    ]
    tied = _most_special(tied, vocabulary)
    rivals = [
        key[0]
        for key, found in ranked
        if (top - found[0] < _CLOSE or _related(key[0], ranked[0][0][0], vocabulary))
        and key[1] == ranked[0][0][1]
        and found[2] == ranked[0][1][2]
        and not found[3]
    ]
    meaning_of = ranked[0][1][1]
    refs, named = basis.named([key[0] for key, _ in tied], sentence, land.text, vocabulary)
    rivals = [ref for ref in rivals if not named or vocabulary.measure(ref).basis in (named, "")]
    said = land.own if _EVERYONE.search(sentence) else land.own | land.head
    if everyone or (meaning_of.whom and all(group & said for group in meaning_of.whom)):
        # Whom it counts is said of the figure itself: no other cohort is meant.
        rivals = [ref for ref in rivals if ref.measure != refs[0].measure or ref == refs[0]]
    (_, about), (score, meaning, unit, leans) = next(item for item in tied if item[0][0] == refs[0])
    if about == "level" and figure.role in ("target", "limit", "change"):
        about = figure.role
    others = tuple(dict.fromkeys(ref for ref in (*refs, *rivals) if ref != refs[0]))
    counted = noun_next(sentence[figure.end : figure.end + 80], vocabulary.nouns)
    mixed = figure.unit is None and not counted and any(f[2] != unit for _, f in ranked)
    return Choice(refs[0], others, about, unit, meaning.rest, score, leans, mixed)


def _related(one: MeasureRef, other: MeasureRef, vocabulary: Vocabulary) -> bool:
    """Whether two series are of one measure, or one counts a part of the other."""
    parts = [vocabulary.cohort(ref).part_of for ref in (one, other)]
    return one.measure == other.measure or any(
        part is not None and part.whole.measure == ref.measure
        for part, ref in zip(parts, (other, one), strict=True)
    )


def _score(meaning: Meaning, land: Land, context: Context, bare: bool) -> tuple[float, bool] | None:
    total, leans = 0.0, False
    here = False
    for group in meaning.groups:
        best = None
        for weight, scope in (
            (_OWN, land.own),
            (_GROUP, land.group),
            (_HEAD, land.head),
            (_EARLIER, land.earlier),
            (_LATER, land.later),
            (_CONTEXT, context.phrases),
        ):
            found = group & scope
            if found:
                best = weight * max(1 + 0.15 * phrase.count(" ") for phrase in found)
                leans = leans or scope is context.phrases
                here = here or scope is not context.phrases
                break
        if best is None:
            return None
        total += best
    for group in meaning.whom:
        for weight, scope in (
            (_OWN, land.own),
            (_GROUP, land.group),
            (_HEAD, land.head),
            (_EARLIER, land.earlier if bare else frozenset()),
            (_RIVAL if not bare else _LATER, land.later),
            (_CONTEXT, context.phrases if bare and not land.later else frozenset()),
        ):
            found = group & scope
            if found:
                total += weight * max(1 + 0.15 * phrase.count(" ") for phrase in found)
                here = here or (context.refers and scope in (land.own, land.group, land.head))
                break
        else:
            return None
    if leans and not here and not context.introduced:
        return None
    return total, leans


def _most_special(
    tied: list[tuple[tuple[MeasureRef, About], tuple[float, Meaning, Unit, bool]]],
    vocabulary: Vocabulary,
) -> list[tuple[tuple[MeasureRef, About], tuple[float, Meaning, Unit, bool]]]:
    """Without those of which another is a part: "upheld complaints" are complaints too."""
    refs = {key[0] for key, _ in tied}
    wholes = {part.whole for ref in refs if (part := vocabulary.cohort(ref).part_of) is not None}
    return [item for item in tied if item[0][0] not in wholes] or tied
