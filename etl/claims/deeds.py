"""Whether a sentence says that something else was done: "30 of them were found a place"."""

from __future__ import annotations

import re

from etl.claims.vocabulary import Vocabulary

_DEED = re.compile(
    r"\b([a-z]+ed|spoke|spoken|found|sent|taught|told|gave|given|won|lost|left|chosen|sought"
    r"|bought|paid|met|ran|moved"
    r"|seen|saw|led|became|joined|leaving|moving|returning|awaiting|attending|working|needing)\b",
    re.IGNORECASE,
)
# What is done to a figure itself, or to the things that any measure counts.
_KNOWN = frozenset(
    "increased decreased reduced improved reported recorded received looked issued completed "
    "finalised produced arranged excluded "
    "included permitted compared declined dropped reached climbed totalled peaked averaged "
    "remained continued recovered dipped "
    "doubled halved shortened decided considered investigated registered counted required "
    "published updated noted showed exceeded "
    "missed achieved agreed waited estimated combined based related dated ended started listed "
    "attached revised provided needed "
    "finished stayed jumped moved risen gained changed worsened lengthened stabilised plateaued "
    "measured expressed rounded stated "
    "confirmed identified held taken made met seen saw found upheld closed".split()
) - {"closed", "found", "moved", "met"}


def unknown(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the words of a figure say of it a deed that no measure counts."""
    return any(
        word.lower() not in _KNOWN and not vocabulary.knows(word.lower())
        for word in _DEED.findall(text)
    )
