"""Letters for the targets and events of a small crowded chart, and what each stands for.

On a telephone three or more such labels leave no room for the lines, on a tablet five or
more: there a letter stands where the target or event does, and the words below the chart.
"""

from __future__ import annotations

from dataclasses import replace
from string import ascii_uppercase

from dashboard.views.chart import ChartView

_ROOM = {"narrow": 2, "medium": 4}  # labels that a chart has room for, in words, by size


def key(view: ChartView, size: str) -> tuple[tuple[str, str], ...]:
    """Each letter with the words it stands for, targets first; nothing where words have room."""
    said = [*(mark.label for mark in view.targets), *(mark.label for mark in view.events)]
    words = list(dict.fromkeys(said))
    if len(said) <= _ROOM.get(size, len(said)) or len(words) > len(ascii_uppercase):
        return ()
    return tuple(zip(ascii_uppercase, words, strict=False))


def lettered(view: ChartView, size: str) -> ChartView:
    """The same chart with letters for its targets' and events' words, where it has a key."""
    letters = {words: letter for letter, words in key(view, size)}
    if not letters:
        return view
    return replace(
        view,
        targets=tuple(replace(mark, label=letters[mark.label]) for mark in view.targets),
        events=tuple(replace(mark, label=letters[mark.label]) for mark in view.events),
    )
