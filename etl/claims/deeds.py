"""Whether a sentence says that something else was done: "30 of them were found a place"."""

from __future__ import annotations

import re

from etl.claims import english
from etl.claims.vocabulary import Vocabulary

_DEED = re.compile(
    r"\b([a-z]+ed|spoke|spoken|found|sent|taught|told|gave|given|won|lost|left|chosen|sought"
    r"|bought|paid|met|ran|moved"
    r"|seen|saw|led|became|joined|leaving|moving|returning|awaiting|attending|working|needing)\b",
    re.IGNORECASE,
)
_KNOWN = english.words("deeds_done_to_figures")


def unknown(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the words of a figure say of it a deed that no measure counts."""
    return any(
        word.lower() not in _KNOWN and not vocabulary.knows(word.lower())
        for word in _DEED.findall(text)
    )
