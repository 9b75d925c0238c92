"""On which basis a figure is given: with the permitted exceptions counted, or left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.claims.vocabulary import Vocabulary
from etl.model import MeasureRef

_EXCEPTIONS = (
    r"(?:the |all |any |both |permitted |statutory |lawful |allowed |plans? (?:with|subject to)"
    r" |those (?:with|subject to) )*(?:exceptions?\b|exception cases\b"
    r"|(?:them|these|those)\b(?! of\b))"
)
_INCLUDING = re.compile(
    rf"\b(?:including|includes?|included|inclusive of|counting|with) {_EXCEPTIONS}"
    r"|\b(?:exceptions?|they)(?: are| were| being)? (?:also )?(?:included|counted|in)\b"
    r"|\bincluding(?=\W*$|\W*[.;)])",
    re.IGNORECASE,
)
_EXCLUDING = re.compile(
    r"\b(?:excluding|excludes?|exclusive of|leaving (?:out|aside)|without|not counting"
    r"|not including|net of|ex|omitting|apart from|removing|discounting|disregarding)"
    rf" {_EXCEPTIONS}"
    r"|\b(?:exceptions?|them|they|these)(?: are| were| being| have been)? (?:excluded|left out"
    r"|removed|set aside|omitted|discounted|disregarded|not (?:counted|included)|taken out|aside"
    r"|out)\b"
    r"|\b(?:excluding|without)(?=\W*$|\W*[.;)])",
    re.IGNORECASE,
)


_BESIDE = re.compile(
    r"(?<![0-9.,])(?!(?:20|52|12|4|20[0-9]{2})\b)[0-9][0-9.,]*\s*"
    r"(?:%|\bper cent|\bweeks|\bdays)?\s*\(?(?:"
    + "|".join(f"(?:{one.pattern})" for one in (_INCLUDING, _EXCLUDING))
    + ")",
    re.IGNORECASE,
)


def named(
    refs: Sequence[MeasureRef], text: str, own: str, vocabulary: Vocabulary
) -> tuple[list[MeasureRef], str]:
    """The refs of the basis that the words name; else all, those that lead the pages first.

    And that basis: "including", "excluding", or "" where they name none.
    """
    said = ""
    # "24.9 weeks excluding exceptions" is of that figure alone.
    elsewhere = _BESIDE.sub(" ", text)
    for where in (own, elsewhere):
        excluding = bool(_EXCLUDING.search(where))
        including = bool(_INCLUDING.search(_EXCLUDING.sub(" ", where)))
        if including != excluding:
            wanted = "including" if including else "excluding"
            kept = [ref for ref in refs if vocabulary.measure(ref).basis in (wanted, "")]
            if kept:
                refs, said = kept, wanted
                break
    order = {"including": 0, "": 0, "excluding": 1}
    ranked = sorted(
        dict.fromkeys(refs),
        key=lambda ref: (
            not vocabulary.measure(ref).headline,
            order[vocabulary.measure(ref).basis],
        ),
    )
    return ranked, said
