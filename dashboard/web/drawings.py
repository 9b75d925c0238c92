"""A chart as the page shows it, and the addresses of the same chart elsewhere."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

from dashboard.views.chart import ChartView
from dashboard.views.measure_types import ShownView
from dashboard.web.address import with_choice


def drawing(chart: ChartView, size: str) -> Markup:
    """The server's SVG of a chart, `page` or `narrow`; CSS chooses between them by the screen."""
    from dashboard import charts  # not needed to begin to serve

    return Markup(charts.svg(charts.scene(chart, size), ident=f"chart-{size}"))


def addresses(view: ShownView, as_at: date | None) -> dict[str, str]:
    """Of a chart with all that was chosen: `picture` its query at /api/picture.svg, `file` the
    name of a download, `explore` the same chart in the app.
    """
    here = next((choice.url for choice in view.views if choice.chosen), "")
    query = with_choice(f"?{here.partition('?')[2]}", measure=view.measure, cohort=view.cohort)
    day = as_at.isoformat() if as_at else ""
    state = (
        ("measure", view.measure),
        ("cohort", view.cohort),
        ("basis", view.basis),
        ("view", view.view),
        ("as_at", day),
    )
    named = f"{view.name}{'' if view.view in ('', 'trend') else '_' + view.view}"
    return {
        "picture": query.removeprefix("?"),
        "file": f"{day}_{named}" if day else named,
        "explore": f"/explore/?{urlencode([part for part in state if part[1]])}",
    }
