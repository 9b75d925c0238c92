"""A chart as a picture of its own, as SVG and as PNG: for the pack, the pages' downloads, previews.

Whoever asks for the same view of the same record in the same size gets the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from dashboard import charts
from dashboard.reports import png
from dashboard.views.chart import ChartView
from dashboard.views.choosing import known
from dashboard.views.measure_types import ShownView
from dashboard.views.shown import scope_of, shown
from dashboard.web.address import BadChoice, Choices, choices, record_of
from etl import aliases
from etl.analysis.book import book
from etl.analysis.keep import Kept
from etl.record import Record
from etl.store.store import Store

TYPES = {"png": "image/png", "svg": "image/svg+xml"}
ASKED = ("measure", "cohort", "view", "year", "from", "to", "as_at", "size")
# A picture by address stands alone, with its title, source and date: a page's drawings do not.
SIZES = tuple(name for name, size in charts.SIZES.items() if size.alone)
_kept = Kept(20)  # of about 150 kB each, for each of the records in use


class NoSuchPicture(Exception):
    """What an address names is not there; the message says what, for the reader."""


def query(view: ShownView) -> str:
    """What names a view's picture in an address."""
    return f"{view.query}&{urlencode({'view': view.view})}"


@dataclass(frozen=True)
class Picture:
    """A picture's content, and its file's name without an ending."""

    content: bytes
    stem: str


def drawing(view: ChartView, size: str, site: str = "") -> str:
    """The view as an SVG in one of charts.SIZES, with all its words; it opens alone.

    `site` is the site's public address, which stands in the picture; empty for none.
    """
    return charts.svg(charts.scene(view, size, site=site))


def rendered(svg: str, size: str) -> bytes:
    """The SVG of a size as a PNG. Raises png.PictureError."""
    return png.render(svg, charts.SIZES[size].scale)


def day_of(record: Record) -> date:
    """The day that a report of `record` is for: its as-at date, else the newest report's."""
    newest = max((o.published for o in record.observations), default=date.min)
    return record.as_at or max(book(record).reports, default=newest)


def stem(view: ShownView, as_at: date | None) -> str:
    """A picture's name: as-at date and row, and which view it shows unless it is the first.

    A picture of all that is held has no date: the next figures make it another one.
    """
    first = next((choice.value for choice in view.views if not choice.why_not), view.view)
    dated = f"{as_at.isoformat()}_" if as_at else ""
    return f"{dated}{view.name}{'' if view.view == first else f'_{view.view}'}"


def _view(record: Record, name: str, chosen: Choices, today: date | None) -> ShownView:
    """The view that an address names, and no other in its place.

    A view that the row has and that lacks figures says so. Raises NoSuchPicture, BadChoice.
    """
    ref = aliases.of(record.registry).ref(name, chosen.cohort)
    bounds = {"first": chosen.first, "last": chosen.last}
    scope = scope_of(record, ref.measure, ref.cohort, year=chosen.year, today=today, **bounds)
    if scope is None:
        raise NoSuchPicture(f"measure: there is no {name[:60]!r}")
    view = shown(scope, chosen.view)
    offered = {choice.value: choice for choice in view.views}
    if chosen.view and chosen.view not in offered:
        raise NoSuchPicture(f"view: this row has no {chosen.view!r}, but {', '.join(offered)}")
    held = [choice.value for choice in view.years]
    if chosen.year and held and str(chosen.year) not in held:
        raise NoSuchPicture(f"year: there is no {chosen.year}, but {', '.join(held)}")
    if chosen.view and (why := offered[chosen.view].why_not):
        nothing = replace(
            view.chart, title=scope.row_title, lines=(), targets=(), events=(), empty=why
        )
        return replace(view, view=chosen.view, chart=nothing)
    return view


def asked(
    store: Store,
    query: Mapping[str, str],
    ending: str,
    site: str = "",
    today: date | None = None,
) -> Picture:
    """The picture that an address asks for; quick to ask again while the record is in use.

    `ending` is one of TYPES; `query` has some of ASKED, and no size means half a page. `today`
    decides whether a series has stopped where no as-at date is asked for. Raises BadChoice where
    something asked for means nothing, NoSuchPicture, png.PictureError.
    """
    if unknown := sorted(set(query) - set(ASKED)):
        raise BadChoice(f"{unknown[0][:40]}: a picture is asked for by {', '.join(ASKED)}")
    size, chosen, name = query.get("size", "half"), choices(query), query.get("measure", "")
    known("size", size, SIZES)
    record = record_of(store, chosen.as_at)
    view = _view(record, name, chosen, record.as_at or today)

    def draw() -> bytes:
        svg = drawing(view.chart, size, site)
        return svg.encode() if ending == "svg" else rendered(svg, size)

    # Kept by what is drawn: what an address says beyond that makes no second picture.
    chart = replace(view.chart, columns=(), rows=())
    content = _kept.get(record, (chart, size, ending, site), draw)
    return Picture(content, stem(view, record.as_at))
