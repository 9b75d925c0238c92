"""A chart as the page shows it, and the addresses of the same chart elsewhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.web.address import with_choice

if TYPE_CHECKING:
    from dashboard.views.chart import ChartView
    from dashboard.views.measure_types import ShownView


class _Drawn:
    """A chart and a size as the key of what was drawn of them: the very view, not one like it."""

    def __init__(self, chart: ChartView, size: str) -> None:
        self.chart, self.size = chart, size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawn) and self.chart is other.chart and self.size == other.size

    def __hash__(self) -> int:
        return hash((id(self.chart), self.size))


@lru_cache(maxsize=512)  # some 15 kB each; a chart is kept while its record is in use
def _svg(drawn: _Drawn) -> Markup:
    from dashboard import charts  # not needed to begin to serve

    scene = charts.scene(drawn.chart, drawn.size)
    return Markup(charts.svg(scene, ident=f"chart-{drawn.size}"))


def drawing(chart: ChartView, size: str) -> Markup:
    """The server's SVG of a chart, `page` or `narrow`; CSS chooses between them by the screen."""
    return _svg(_Drawn(chart, size))


def addresses(view: ShownView) -> dict[str, str]:
    """Of a chart with all that was chosen: `picture` its query at /api/picture.*, `explore` the
    same chart in the app.
    """
    here = next((choice.url for choice in view.views if choice.chosen), "")
    query = with_choice(f"?{here.partition('?')[2]}", measure=view.measure, cohort=view.cohort)
    query = query.removeprefix("?")
    return {"picture": query, "explore": f"/explore/?{query}"}
