"""Which part of a sentence speaks of which of its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.claims import english, in_order
from etl.claims.figures import Figure
from etl.claims.vocabulary import Words

# Where the words between two figures part, the strongest first.
_PARTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r";",
        r"(?:[,(]|(?<![,(\s]))\s*+\bof (?:whom|which|these|those|them)\b",
        r"\b(?:while|whereas|whilst|but|although|though)\b",
        r"[,(\u2013]",
        r"\band\b",
        r"\b(?:compared|against|versus|up from|down from)\b",
        r"\b(?:to|from|with)\b",
        r":",
    )
)
_OF_WHOLE = re.compile(
    r"^\s*+(?:\([^)]*\)\s*+)?(?:of\s+(?:(?:the|all|our|these|its|those|[A-Z][a-z]+['\u2019]s)\s*)?"
    r"(?:total (?:of )?)?"
    r"|[^,;.]*\bout of (?:(?:the|a|our|all)\s+)?(?:total (?:of )?)?)$",
    re.IGNORECASE,
)
_KNOWN = english.words("words_that_only_link")
_ASIDE = re.compile(
    r"\s*(?:of (?:whom|which|these|them|those),?\s*)?(?:\(|,? or)\s*"
    r"(?:or|i\.e\.|=|equivalent to|that is)?\s*"
    r"|,? (?:which is|equivalent to|that is|i\.e\.),? ",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"(?:\b(?:for|of|in|to|from|and|than|but|while|by|at|was|were)\b|[,;:])"
    r"(?:(?!\b(?:for|of|in|to|from|and|than|but|while|by|at|was|were)\b|[,;:]).)*$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:,|\band\b|;)(?:(?!,|;|\band\b).)*$")
_ANEW = re.compile(
    r";|\b(?:of (?:whom|which|these|those|them)|including|includes)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"\b(?:against|compared|versus|up from|down from|than|from)\b[^,;]*$", re.IGNORECASE
)
_LINK = re.compile(
    r"\b(?:to|from|compared|against|versus|up|down|then|ris\w+|fall\w+|dropp\w+|followed|than"
    r"|or|equivalent|represent\w*|that is|which is|rate|share|proportion|percentage|making"
    r"|before|respectively)\b|[=:]",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:were|was|had|have|has|are|is|being|been|took|upheld)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:were|was|had|have|has|are|is)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Land:
    """What speaks of one figure: its own words, its group's, those before and after it.

    `linked`: it is set against the figure before it ("against 3,758 in December 2020").
    `whole`: it is what the figure before it is a part of ("46 of the 104").
    `loose`: nothing known speaks of it alone, and nothing links it to the figure before.
    """

    own: frozenset[str]
    group: frozenset[str]
    head: frozenset[str]
    earlier: frozenset[str]
    later: frozenset[str]
    group_id: int
    text: str
    loose: bool = False
    linked: bool = False
    whole: bool = False
    stretches: tuple[tuple[int, int], ...] = ()


def lands(text: str, figures: Sequence[Figure], words: Sequence[Words]) -> list[Land]:
    """The territory of each figure of a sentence, in their order."""
    if not figures:
        return []
    cuts = _cuts(text, figures)
    stretches: list[list[tuple[int, int]]] = [[cut] for cut in cuts]
    wholes = set()
    for place in range(1, len(figures)):
        between = text[figures[place - 1].end : figures[place].start]
        if not _OF_WHOLE.match(between):
            continue
        # "46 of the 104 received were upheld": what comes after the verb is said of the 46.
        end = stretches[place][0][1]
        verb = _PASSIVE.search(text, figures[place].end, end) or _VERB.search(
            text, figures[place].end, end
        )
        cut = verb.start() if verb else end
        if verb is None and text[end : end + 1] == "(":
            # "42 of 89 complaints (47%) had been upheld"
            verb = _PASSIVE.search(text, end)
            cut, end = (end, len(text)) if verb else (cut, end)
        wholes.add(place)
        stretches[place] = [(figures[place].start, cut)]
        stretches[place - 1].append((verb.start() if verb else cut, end))
    for place in range(1, len(figures)):
        if aside(text, figures[place - 1], figures[place]) and not {place, place - 1} & wholes:
            # "4,157 (3.5%) had a plan": what is said of the one is said of the other.
            both = stretches[place - 1] + stretches[place]
            stretches[place - 1], stretches[place] = both, both[::-1]
    for place in range(1, len(figures)):
        left, right = figures[place - 1], figures[place]
        shut = text.find(")", right.end)
        if text[left.end : right.start].rstrip().endswith("(") and shut > 0:
            if place in wholes or aside(text, left, right) or place - 1 in wholes:
                continue
            # "more for pupils with a plan (43 days) than for all": the words before are its own
            opens = text.rindex("(", 0, right.start)
            phrase = _PHRASE.search(text[left.end : opens])
            begin = left.end + phrase.start() if phrase else left.end
            after = [(max(s, shut), e) for s, e in stretches[place] if e > shut]
            stretches[place] = [(begin, shut)]
            stretches[place - 1] += after
    told = in_order.parts(text, figures, words)
    said = re.search(r"\brespectively\b", text)
    for place, part in told.items():
        tail = (said.end(), len(text)) if said else part
        stretches[place] = [part, (figures[place].start, figures[place].end), tail]
    groups = _groups(text, figures, words, wholes | set(told))

    def inside(spans: Sequence[tuple[int, int]]) -> frozenset[str]:
        return frozenset(
            word.phrase
            for word in words
            if any(start <= word.start and word.end <= end for start, end in spans)
        )

    own = [inside(spans) for spans in stretches]
    head_end = figures[0].start
    head = inside([(0, head_end)])
    found = []
    for place in range(len(figures)):
        mates = [other for other in range(len(figures)) if groups[other] == groups[place]]
        begin = min(start for start, _ in stretches[place])
        found.append(
            Land(
                own=own[place],
                group=frozenset().union(*(own[mate] for mate in mates)),
                head=own[place] if place in told else head,
                earlier=inside([(0, told[place][1] if place in told else begin)]),
                later=own[place] if place in told else inside([(0, len(text))]),
                group_id=groups[place],
                text=" ".join(text[start:end] for start, end in stretches[place]),
                whole=place in wholes,
                linked=_against(text, figures, place),
                stretches=tuple(stretches[place]),
                loose=place not in told and _loose(text, figures, place, own[place], groups, words),
            )
        )
    return found


def aside(text: str, left: Figure, right: Figure) -> bool:
    """Whether a figure says the one before it again in another unit: "57 (13.4%)"."""
    apart = left.unit != right.unit or not re.search("[0-9]", left.raw)  # "half (44%)"
    return apart and bool(_ASIDE.fullmatch(text[left.end : right.start]))


def _against(text: str, figures: Sequence[Figure], place: int) -> bool:
    if not place:
        return False
    return bool(_AGAINST.search(text[figures[place - 1].end : figures[place].start]))


def _loose(
    text: str,
    figures: Sequence[Figure],
    place: int,
    own: frozenset[str],
    groups: Sequence[int],
    words: Sequence[Words],
) -> bool:
    if not place or own:
        return False
    left, right = figures[place - 1], figures[place]
    if aside(text, left, right):
        return place > 1 and _loose(text, figures, place - 1, own, groups, words)
    between = text[left.end : right.start]
    for word in words:
        if left.end <= word.start and word.end <= right.start:  # they speak of the one before
            between = between.replace(text[word.start : word.end], " ")
    if any(word not in _KNOWN for word in re.findall(r"\b[a-z]{4,}", between)):
        return True
    parted = groups.count(groups[place]) < 2 and left.unit != right.unit
    return parted and not _LINK.search(between)


def _cuts(text: str, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """The stretch around each figure, parted where the words between two figures part."""
    edges = [0]
    for left, right in pairwise(figures):
        between = text[left.end : right.start]
        cut = left.end
        for pattern in _PARTS:
            matches = [
                match
                for match in pattern.finditer(between)
                if match.start() > 1 or between[:2].strip()[:1] in ",;("
            ]
            if matches:
                last = pattern.pattern == r"[,(\u2013]"
                if last:  # a bracket closed again before the figure parts nothing
                    closed = between.rfind(")")
                    matches = [m for m in matches if m[0] != "(" or m.start() > closed]
                    if not matches:
                        continue
                cut = left.end + matches[-1 if last else 0].start()
                if last and text[cut : right.start].strip() == "(":
                    # "Devon (54.2%) and Kent (34.4%)": the name before a bracket is its own
                    name = _NAMED.search(text[left.end : cut])
                    cut = left.end + name.start() if name else cut
                break
        else:
            cut = right.start
        edges.append(cut)
    return list(zip(edges, [*edges[1:], len(text)], strict=True))


def _own_subject(text: str, left: Figure, right: Figure, words: Sequence[Words]) -> bool:
    """Whether what follows a figure is said of it alone: "89 to November, with 42 upheld"."""
    between = text[left.end : right.start]
    if re.search(r"\bwith\s+(?:just |only |a further )?$", between):
        return True
    if _LINK.search(between) or not re.search(r"[A-Za-z]{4}|[0-9]", between):
        return False
    clause = re.match(r"[^,;()]*", text[right.end :])
    end = right.end + (clause.end() if clause else 0)
    return any(right.end <= word.start < end for word in words)


def _groups(
    text: str, figures: Sequence[Figure], words: Sequence[Words], wholes: set[int]
) -> list[int]:
    """Figures that no words of the vocabulary part belong together: "from 66 in May to 49"."""
    groups = [0]
    for place in range(1, len(figures)):
        left, right = figures[place - 1], figures[place]
        parted = place in wholes or bool(_ANEW.search(text[left.end : right.start]))
        parted = parted or any(left.end <= word.start and word.end <= right.start for word in words)
        parted = parted or _own_subject(text, left, right, words)
        groups.append(groups[-1] + parted)
    return groups
