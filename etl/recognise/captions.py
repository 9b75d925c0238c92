"""What stands over a table -> what it says that the table's figures are, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from etl import roles
from etl.roles import NOTHING, Meaning

_KEPT = 4  # paragraphs; a caption stands straight above, at most a few short lines between
_ROWS = 12  # rows of a sheet above its heading that may be its titles
_NUMBERED = re.compile(r"(?<!\W)\W*+(?:table|figure|chart|graph)\s+[0-9A-Z]{1,3}\b", re.IGNORECASE)
_BULLET = re.compile(r"\s*[\u2022\u25cf\u25aa\uf0b7\u00b7*+-]\s+")
_BEGINS = re.compile(
    rf"{_BULLET.pattern}|{_NUMBERED.pattern}|\s*#+\s"
    r"|\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2})+|[0-9]{1,2}\.)\s|\s*(?:appendix|annex)\s+[0-9A-Z]\b",
    re.IGNORECASE,
)

# A figure of its own: such a line is a row or a bullet about figures, no caption.
_FIGURE = re.compile(r"(?<![\w/.-])(?!(?:19|20)[0-9]{2}\b)[0-9][0-9,.]*(?:%|\b)(?![\w/-])")

Said = tuple[Meaning, str]  # what it says, and the text that says so
SILENT: Said = (NOTHING, "")


def paragraphs(lines: Iterable[str]) -> list[str]:
    """The last paragraphs that the lines between two tables make, the nearest last.

    An empty line parts two; a heading, a bullet, a number and "Table 2" begin one.
    """
    found: list[list[str]] = []
    apart = True
    for line in lines:
        if not line.strip():
            apart = True
            continue
        if apart or _BEGINS.match(line):
            found.append([])
        found[-1].append(line)
        apart = False
    return [" ".join(" ".join(part).split()).lstrip("# ") for part in found[-_KEPT:]]


def over(lines: Iterable[str]) -> Said:
    """What the lines above a table say of it, the nearest first; from "Table 2" on no further."""
    weak = SILENT
    for text in reversed(paragraphs(lines)):
        caption = _NUMBERED.sub("", text)
        figures = _FIGURE.findall(caption)
        if len(figures) > 1 or any("%" in one for one in figures):
            continue
        meaning = roles.of_caption(text) if not _BULLET.match(text) or not figures else NOTHING
        if meaning.other or meaning.span or roles.says_actual(meaning):
            return meaning, text
        if meaning.told and not weak[0].told:
            weak = meaning, text
        if _NUMBERED.match(text):
            break
    return weak


def of_rows(texts: Sequence[str], sheet: str) -> Said:
    """What a sheet's title rows say, the last first, then its name."""
    weak = SILENT
    for text in (*reversed(texts[-_ROWS:]), sheet):
        meaning = roles.of_caption(text)
        if meaning.other or meaning.span or roles.says_actual(meaning):
            return meaning, text
        if meaning.told and not weak[0].told:
            weak = meaning, text
    return weak


def numbered(lines: Iterable[str]) -> bool:
    """Whether the lines above a table number it: "Table 2 ..." heads a table of its own."""
    return any(_NUMBERED.match(text) for text in paragraphs(lines))
