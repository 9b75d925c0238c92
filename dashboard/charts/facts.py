"""What a reading card says of a mark, as the view reads it."""

from __future__ import annotations

from dashboard import words
from dashboard.charts.scene import Facts
from dashboard.views.chart import Line, Mark

_IN_DOUBT = "in doubt"  # of a flagged mark whose view does not say why


def facts_of(mark: Mark, line: Line, at: int) -> Facts:
    """The fields of one figure; `at` is the place of its period along the x axis."""
    flag = _IN_DOUBT if mark.flagged else ""
    if (read := mark.reading) is None:
        period = mark.x if isinstance(mark.x, str) else words.month(mark.x)
        return Facts(at, line.name, period, mark.label, flag=flag)
    return Facts(
        at,
        series=read.series,
        period=read.period,
        value=read.value,
        count=read.count,
        change=read.change,
        source=read.source,
        published=read.published,
        revised=read.revised,
        flag=read.flag or flag,
    )
