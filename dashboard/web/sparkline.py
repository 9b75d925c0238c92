"""A small line as inline SVG: gaps stay gaps, a doubted point is hollow, the last is a dot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from dashboard.views.types import Spark

WIDTH, HEIGHT, PAD = 132, 40, 5


def _runs(spark: Spark) -> Iterator[list[tuple[int, date, float]]]:
    """Neighbouring points that have a value, with their index; a gap parts two runs."""
    run: list[tuple[int, date, float]] = []
    for at, (day, value) in enumerate(spark.points):
        if value is None:
            if run:
                yield run
            run = []
        else:
            run.append((at, day, value))
    if run:
        yield run


def sparkline(spark: Spark, start: date | None = None, end: date | None = None) -> str:
    """The SVG's markup; `start` and `end` bound the time axis, so that rows line up."""
    runs = list(_runs(spark))
    if not runs:
        return ""
    days = [day for run in runs for _, day, _ in run]
    values = [value for run in runs for _, _, value in run]
    first, last = start or min(days), end or max(days)
    levels = [*values, *([] if spark.target is None else [spark.target])]
    low, high = min(levels), max(levels)
    room = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(PAD + (WIDTH - 2 * PAD) * (day - first).days / room, 1)

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(HEIGHT - PAD - (HEIGHT - 2 * PAD) * share, 1)

    parts = [
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-label="{escape(spark.alt)}" focusable="false">'
    ]
    if spark.target is not None:
        level = y(spark.target)
        parts.append(f'<path class="goal" d="M{PAD} {level}H{WIDTH - PAD}"/>')
    for run in runs:
        if len(run) > 1:
            course = "L".join(f"{x(day)} {y(value)}" for _, day, value in run)
            parts.append(f'<path class="course" d="M{course}"/>')
        elif run is not runs[-1]:
            _, day, value = run[0]
            parts.append(f'<circle class="dot" cx="{x(day)}" cy="{y(value)}" r="1.6"/>')
    for run in runs:
        for at, day, value in run:
            if at in spark.flagged:
                parts.append(f'<circle class="doubt" cx="{x(day)}" cy="{y(value)}" r="2.6"/>')
    at, day, value = runs[-1][-1]
    if at not in spark.flagged:
        parts.append(f'<circle class="last" cx="{x(day)}" cy="{y(value)}" r="3"/>')
    return "".join([*parts, "</svg>"])
