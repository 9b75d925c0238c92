"""A picture's own words around the plot: title and subtitle above, notes and source below."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.looks import INK, QUIET
from dashboard.charts.placing import Box
from dashboard.charts.scene import Kind, Text
from dashboard.charts.sizes import Size
from dashboard.charts.text import LINE_HEIGHT, size_of, wrap
from dashboard.views.chart import ChartView

_TITLE = 1.45  # the title's letters, in the text's size


@dataclass(frozen=True)
class Surround:
    """Words above the plot, placed, and lines below it; `above` and `below` are their pixels."""

    above: float
    below: float
    head: tuple[Text, ...] = ()
    foot: tuple[str, ...] = ()


def block(
    kind: Kind,
    lines: tuple[str, ...],
    left: float,
    top: float,
    size: float,
    tone: str,
    *,
    bold: bool = False,
) -> Text:
    """Lines of text from an upper left corner."""
    width, height = size_of(lines, size, bold=bold)
    return Text(kind, lines, Box(left, top, left + width, top + height), size, tone, bold)


def surround(view: ChartView, size: Size, site: str) -> Surround:
    """The words around a plot; none where the page has them."""
    if not size.alone:
        return Surround(4.0, 0.0)
    room = size.width - 2 * size.edge
    title = wrap(view.title, size.text * _TITLE, room, bold=True)
    top = size.edge * 0.8
    head = [block("title", title, size.edge, top, size.text * _TITLE, INK, bold=True)]
    top = head[0].box.bottom + 4
    if subtitle := wrap(view.subtitle, size.text, room):
        head.append(block("subtitle", subtitle, size.edge, top, size.text, QUIET))
        top = head[-1].box.bottom
    ends = " ".join(f"{part.removesuffix('.')}." for part in (view.source, view.as_at) if part)
    texts = [*view.notes, " ".join(part for part in (ends, site) if part)]
    foot = tuple(line for text in texts for line in wrap(text, size.small, room))
    below = len(foot) * size.small * LINE_HEIGHT + size.edge
    return Surround(top + 8, below, tuple(head), foot)


def foot(around: Surround, size: Size, height: float) -> tuple[Text, ...]:
    """The lines below the plot, at the bottom of a picture so many pixels high."""
    if not around.foot:
        return ()
    top = height - around.below + size.edge * 0.35
    return (block("note", around.foot, size.edge, top, size.small, QUIET),)
