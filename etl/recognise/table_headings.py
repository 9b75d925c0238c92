"""What stands over a table, or over its labels -> whose table it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.recognise import heading_words
from etl.recognise.headers import is_word_of_labels
from etl.recognise.ownership import NOBODY, Owners, Whose

_NEAR = 4  # lines of a caption, and of a group of headings, above a table
_GROUPS = 3  # groups of lines above a table that are looked at


def corner(texts: Sequence[str], owners: Owners) -> Whose:
    """What the headings over a table's labels say: a name beside "Measure" or "Indicator"."""
    for text in texts:
        whose, rest = owners.apart(text)
        if whose.verdict and is_word_of_labels(rest):
            return replace(whose, printed=text)
    return NOBODY


def caption(lines: Sequence[str], owners: Owners) -> Whose:
    """What the lines above a table say, the nearest first; empty ones part groups of lines.

    From the last "Table N" on they are one caption. A group with a line that is no heading is
    prose, and says nothing.
    """
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line.strip())
        elif groups[-1]:
            groups.append([])
    for group in reversed([group for group in groups if group][-_GROUPS:]):
        near = group[-_NEAR:]
        numbered = [at for at, line in enumerate(near) if heading_words.is_numbered(line)]
        if numbered:
            whole = " ".join(dict.fromkeys(near[numbered[-1] :]))
            found = owners.of(whole)
            return found if found.verdict else owners.of(near[-1])
        if len(group) > _NEAR or not all(map(owners.is_heading, near)):
            continue
        for line in reversed(near):
            if (found := owners.of(line)).verdict:
                return found
    return NOBODY
