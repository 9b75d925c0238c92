"""An address -> its page: which view, which record, and what to say when it cannot be made."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import html

from dashboard.address import BadChoice, Choices, choices, with_choice
from dashboard.document import document
from dashboard.markup import html_of
from dashboard.pages import not_found
from dashboard.pages.fits import Fit
from dashboard.pages.page import Asked, Island, Make, Page
from dashboard.site_address import canonical, own_path, split
from dashboard.views.overview import meetings
from etl import aliases
from etl.model import UserError
from etl.store.store import Store

log = logging.getLogger(__name__)

# The pages, registered one by one: an address that is not here is a 404. Each has a module
# of this name in dashboard.pages, imported when it is first asked for: the server answers
# sooner, and a page that fails takes no other with it.
PAGES = {"/": "overview", "/quality": "quality", "/about": "about"}
_MEASURE = "/measure/"


def _make_of(name: str) -> Make:
    make: Make = import_module(f"dashboard.pages.{name}").page
    return make


class Pages:
    """The pages over a store, as published now; `site` is its public address, "" for none."""

    def __init__(
        self, store: Store, today: Callable[[], date] | None = None, site: str = ""
    ) -> None:
        self._store = store
        self._site = site
        self._today: Callable[[], date | None] = today or (lambda: None)

    def measures(self) -> tuple[str, ...]:
        """The names of the measures that have a page."""
        return tuple(self._store.registry.measures)

    def moved(self, path: str, query: Mapping[str, str]) -> str:
        """The address that a page has now, where its measure was renamed; "" for every other."""
        registry, name = self._store.registry, path.rstrip("/").removeprefix(_MEASURE)
        if not path.startswith(_MEASURE) or name in registry.measures:
            return ""
        ref = aliases.of(registry).ref(name, query.get("cohort", ""))
        if ref.measure not in registry.measures:
            return ""
        return with_choice(f"{_MEASURE}{ref.measure}?{urlencode(query)}", cohort=ref.cohort)

    def page(self, path: str, query: Mapping[str, str], *, narrow: bool = False) -> Page:
        """The page at an address; a part that fails says so, and so does a whole page."""
        plain = path.rstrip("/") or "/"
        here = own_path(path)
        try:
            chosen = choices(query)
        except BadChoice as bad:
            return not_found.bad_choice(here, str(bad))
        try:
            return self._make(plain, chosen, narrow) or not_found.not_found(here)
        except UserError:  # the database's: app.py says so
            raise
        except Exception:
            log.exception("the page %s could not be made", plain)
            return not_found.failed(here)

    def _asked(self, path: str, chosen: Choices, narrow: bool, name: str = "") -> Asked:
        record = self._store.record(chosen.as_at)
        return Asked(record, chosen, path, self._today(), name, narrow)

    def _make(self, path: str, chosen: Choices, narrow: bool) -> Page | None:
        if path in PAGES:
            return _make_of(PAGES[path])(self._asked(path, chosen, narrow))
        name = path.removeprefix(_MEASURE)
        if path.startswith(_MEASURE) and name in self._store.registry.measures:
            return _make_of("measure")(self._asked(path, chosen, narrow, name))
        return None

    def document(
        self,
        path: str,
        query: Mapping[str, str],
        asked: str,
        *,
        narrow: bool = False,
        dash: Callable[[], Mapping[str, str]] | None = None,
    ) -> tuple[Page, str]:
        """The page and its whole document; `dash` gives Dash's tags where a page needs them.

        `asked` is the path with its query, as site_address.asked gives it.
        """
        made = self.page(path, query, narrow=narrow)
        offered = meetings(self._store.record()) if made.as_at_words else ()
        tags = dash() if dash and made.scripts else None
        found = made.status == 200
        text = document(
            made,
            self._store.registry.council,
            offered,
            query,
            f"{self._site}{asked}",
            tags,
            canonical(self._site, made.path, query) if found else "",
        )
        return made, text

    def island(self, url: str, fits: Fit) -> Island:
        """The part of a measure's page that its choices change, and its chart's figure."""
        asked = split(url)
        name = asked.path.removeprefix(_MEASURE)
        if name not in self._store.registry.measures:
            said = html.P("This page has no part that changes.", className="quiet")
            return Island([said], None)
        from dashboard.pages.island import island
        from dashboard.pages.measure import view_of

        try:
            chosen = choices(dict(parse_qsl(asked.query)))
            record = self._store.record(chosen.as_at)
            view = view_of(record, name, chosen, self._today())
            assert view is not None, "a measure that is declared has a view"
            return island(view, chosen.as_at, fits)
        except BadChoice as bad:
            return Island([html.P(f"{bad}.", className="caution")], None)
        except Exception:
            log.exception("the view %s could not be made", url)
            said = html.P(
                "This view cannot be shown just now. Something went wrong in this "
                "software, not in the figures.",
                className="caution",
            )
            return Island([said], None)

    def turned(self, path: str, search: str, fits: Fit) -> dict[str, Any]:
        """What a browser needs to show another view in place: its markup and its figure."""
        made = self.island(f"{path}{search}", fits)
        return {"search": search, "html": html_of(made.parts), "figure": made.figure}
