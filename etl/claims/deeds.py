"""Whether a sentence says that something else was done: "30 of them were found a place"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.claims import english
from etl.claims.figures import Span
from etl.claims.vocabulary import Vocabulary

_DEED = re.compile(
    r"\b([a-z]+ed|spoke|spoken|found|sent|taught|told|gave|given|won|lost|left|chosen|sought"
    r"|bought|paid|met|ran|moved"
    r"|seen|saw|led|became|joined|leaving|moving|returning|awaiting|attending|working|needing)\b",
    re.IGNORECASE,
)
_NEAR = 5  # words before a figure that a deed may stand in
_KNOWN = english.words("deeds_done_to_figures")


def unknown(
    sentence: str,
    figure: Span,
    stretches: Sequence[Span],
    vocabulary: Vocabulary,
) -> bool:
    """Whether the words of a figure say of it a deed that no measure counts.

    What is said of a figure follows it in its `stretches`, or stands just before it
    ("visited 30 children"); what opens the sentence ("Members were reminded") is no deed.
    """
    start, end = figure
    begin = min((s for s, e in stretches if s <= start), default=0)
    before = re.split(r"[,;:(]|\bthat\b", sentence[begin:start])[-1].split()[-_NEAR:]
    after = [sentence[max(s, end) : e] for s, e in stretches if e > end]
    return any(
        word.lower() not in _KNOWN and not vocabulary.knows(word.lower())
        for word in _DEED.findall(" . ".join([" ".join(before), *after]))
    )
