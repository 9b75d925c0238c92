"""Labels of running text that go on in the lines below -> rows with whole labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.layouts.blocks import Row
from etl.layouts.words import Words


def joined(body: Sequence[Row], label: int, words: Words) -> Iterator[Row]:
    """The rows of running text, each label put together with its rest in the lines below.

    The longest known label counts. A label that is followed by words which are no heading may
    go on in them: then its own words are left as they are printed with these, and unknown.
    """
    rows = list(body)
    at = 0
    while at < len(rows):
        row = rows[at]
        at += 1
        rest: list[str] = []
        while at + len(rest) < len(rows) and not any(c.text for c in rows[at + len(rest)][1:]):
            rest.append(rows[at + len(rest)][0].text)
        if not any(cell.text for cell in row[1:]):
            yield row
            continue
        own = row[label].text
        ends = [n for n in range(len(rest) + 1) if words.label(" ".join([own, *rest[:n]]))]
        taken = ends[-1] if ends else 0
        after = " ".join(rest[taken:])
        known = not after or words.section(after) or words.label(after) or words.heading(after)
        timed = words.heading(own) is not None and not words.label(own)
        if not known and not timed and ends:
            taken = len(rest)
        text = " ".join([own, *rest[:taken]])
        yield (*row[:label], replace(row[label], text=text), *row[label + 1 :])
        if rest[taken:]:
            yield (replace(rows[at][0], text=after),)
        at += len(rest)
