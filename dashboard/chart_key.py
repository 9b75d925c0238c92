"""Letters for the targets and events of a small crowded chart, and what each stands for.

On a telephone four or five such labels leave no room for the lines: there a letter stands
where the target or event does, and the words below the chart.
"""

from __future__ import annotations

from dataclasses import replace
from string import ascii_uppercase

from dashboard.views.chart import ChartView

_ROOM = 2  # labels that a small chart has room for, in words


def key(view: ChartView) -> tuple[tuple[str, str], ...]:
    """Each letter with the words it stands for, targets first; nothing where words have room."""
    said = [*(mark.label for mark in view.targets), *(mark.label for mark in view.events)]
    words = list(dict.fromkeys(said))
    if len(said) <= _ROOM or len(words) > len(ascii_uppercase):
        return ()
    return tuple(zip(ascii_uppercase, words, strict=False))


def lettered(view: ChartView) -> ChartView:
    """The same chart with letters for its targets' and events' words, where it has a key."""
    letters = {words: letter for letter, words in key(view)}
    if not letters:
        return view
    return replace(
        view,
        targets=tuple(replace(mark, label=letters[mark.label]) for mark in view.targets),
        events=tuple(replace(mark, label=letters[mark.label]) for mark in view.events),
    )
