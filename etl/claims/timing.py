"""Which of the months that a sentence names belongs to which of its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, product

from etl.claims import in_order, territory
from etl.claims.dates import When
from etl.claims.figures import Figure

_MOST = 20_000  # ways to pair that are weighed; beyond it each figure takes its nearest
_TIGHT = re.compile(
    r"\s*+(?:\)?\s*+[=:(\u2013-]|figures?(?: of)?|data(?: of)?|\(\w+(?: \w+){0,2}\)\s*="
    r"|[\w ]{0,30}=)\s*(?:of |was |is |at )?(?:an? )?(?:total (?:of )?)?\(?$",
    re.IGNORECASE,
)
_ASIDE_MONTH = re.compile(
    r"\b(?:up from|down from|compared (?:with|to)|against)\s[^,;.]{0,30}$", re.IGNORECASE
)
_THAN = re.compile(r"\bthan\s+(?:(?:in|at|for|it was in)\s+)?(?:the end of\s+)?$", re.IGNORECASE)
_FOLLOWS = re.compile(r"\s*\(?(?:(?:in|at|for|by|during)\s+)?(?:the )?(?:end of )?", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:^|[,;(]\s*)(?:and |but )?(?:in|at|by|for|during|on|as at|up to"
    r"|of)\s+(?:the )?(?:[\w]+ ){0,3}$",
    re.IGNORECASE,
)


def pair(
    text: str, figures: Sequence[Figure], whens: Sequence[When], groups: Sequence[int]
) -> list[int | None]:
    """For each figure the place of its When; None where the sentence names no time.

    The pairing that costs least: near beats far, an order kept beats one crossed, a comma or
    another figure between costs, and a month that nobody takes costs too.
    """
    main = [place for place in range(len(figures)) if not _aside(text, figures, place)]
    if len(main) < len(figures):
        paired = pair(
            text, [figures[place] for place in main], whens, [groups[place] for place in main]
        )
        found: list[int | None] = []
        for place in range(len(figures)):
            found.append(paired[main.index(place)] if place in main else found[-1])
        return found
    usable = [place for place, when in enumerate(whens) if when.role != "report"]
    if not usable or not figures:
        return [None] * len(figures)
    matched = _respectively(text, figures, whens, groups, usable)
    if matched:
        return matched
    costs = [
        [_cost(text, figures, place, whens[when], figures[place]) for when in usable]
        for place in range(len(figures))
    ]
    if len(usable) ** len(figures) > _MOST:
        return [usable[min(range(len(usable)), key=row.__getitem__)] for row in costs]
    best, chosen = None, None
    for ways in product(range(len(usable)), repeat=len(figures)):
        total = sum(costs[place][way] for place, way in enumerate(ways))
        if best is not None and total >= best:
            continue
        total += sum(
            1.2
            for place, when in enumerate(usable)
            if place not in ways
            and whens[when].role not in ("from", "since")
            and not whens[when].linked
            and whens[when].end
        )
        for left in range(len(ways)):
            for right in range(left + 1, len(ways)):
                if ways[right] < ways[left]:
                    total += 1.5
                same = ways[left] == ways[right] and groups[left] == groups[right]
                if same and figures[left].unit == figures[right].unit:
                    total += 2.0
        if best is None or total < best:
            best, chosen = total, ways
    assert chosen is not None
    return [usable[way] for way in chosen]


def _aside(text: str, figures: Sequence[Figure], place: int) -> bool:
    return bool(place) and territory.aside(text, figures[place - 1], figures[place])


def _respectively(
    text: str,
    figures: Sequence[Figure],
    whens: Sequence[When],
    groups: Sequence[int],
    usable: Sequence[int],
) -> list[int | None] | None:
    """In order, the list of figures that "respectively" ends and as many months before it.

    Figures outside that list are paired as ever; without as many months None is given.
    """
    places = in_order.chain(text, figures)
    if not places:
        return None
    first, last, count = places[0], places[-1], len(places)
    listed = [place for place in usable if whens[place].role != "since"]
    before = [place for place in listed if whens[place].end <= figures[first].start]
    after = [place for place in listed if whens[place].start >= figures[last].end]
    names = before[-count:] if len(before) >= count else after[:count]
    if len(names) < count:
        return None
    found = pair(text[: figures[first].start], figures[:first], whens, groups[:first])
    rest = pair("", figures[last + 1 :], (), groups[last + 1 :])
    return [*found, *names, *rest]


def _beside(text: str, figure: Figure, when: When) -> bool:
    """Whether a month follows a figure at once: "426 in August 2021"."""
    return when.start >= figure.end and bool(_FOLLOWS.fullmatch(text[figure.end : when.start]))


def _cost(text: str, figures: Sequence[Figure], place: int, when: When, figure: Figure) -> float:
    after = when.start >= figure.end
    between = text[figure.end : when.start] if after else text[when.end : figure.start]
    others = [
        other
        for other in figures
        if other is not figure
        and (
            figure.end <= other.start < when.start
            if after
            else when.end <= other.start < figure.start
        )
    ]
    tied = next((one for one in figures if _beside(text, one, when)), figure)
    free = tied is figure or re.search(r"cumulative|to date", text[figure.end : when.start])
    cost = 0.0 if free else 2.5  # "426 in August to 577": that month is taken
    cost += len(between) / 60 + 3 * len(re.findall(r";|\.\s|:\s(?=\w)", between)) * (
        0 if not after and len(between) < 3 else 1
    )
    cost += 0.8 * len(re.findall(r"\b(?:and|to|from|while|but|against|compared)\b", between))
    if after:
        cost += 0.3 + 1.0 * between.count(",") + 0.5 * between.count("(") + 2.5 * len(others)
        if ")" in between and "(" not in between:
            cost += 1.5
        if _THAN.search(text[: when.start]):
            cost += 3.0  # "208 days, 25 more than in December"
        if re.match(r"\s*+\(?(?:in|at|for|by|during|within)?\s*+(?:the )?(?:end of )?$", between):
            cost -= 0.2
    else:
        opening = bool(_OPENING.search(text[: when.start]))
        tight = bool(_TIGHT.fullmatch(between)) and not others
        cost += -0.3 if tight else 0.6
        cost += (0.3 if opening else 0.9) * between.count(",")
        cost += (0.8 if opening else 2.5) * len(others)
        if tight:
            cost -= min(cost, 3 * len(re.findall(r":\s", between)))
        if _ASIDE_MONTH.search(text[: when.start]):
            cost += 2.0
        if "(" in text[: when.start - 1] and ")" in between and not tight:
            cost += 1.0
    if when.role == "since":
        said = re.fullmatch(r"\s*+(?:\(|,?\s*+when\b[^,;]*|,?\s*+at\s+)", between)
        cost += 0.4 if not after and said else 6.0
    if when.role == "from":
        cost += 0.0 if _two_levels(text, figures) else 3.0
    return cost


def _two_levels(text: str, figures: Sequence[Figure]) -> bool:
    """Whether two figures may be of a range's two ends: "from 32.5 to 25.6", "32.5 and 25.6"."""
    return any(
        re.search(r"\bfrom\s+(?:\w+\s+)?$", text[: left.start])
        or re.fullmatch(r"\s*+(?:days|weeks)?\s*+(?:and|to)\s+", text[left.end : right.start])
        for left, right in pairwise(figures)
    )
