"""The public pages: a request becomes a view, the view a context, the context a template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, redirect, request, send_from_directory

from dashboard.views import about as about_view
from dashboard.views import overview as overview_view
from dashboard.web.address import of_a_page, record_of, with_choice
from dashboard.web.drawings import addresses
from dashboard.web.shell import ASSETS, Site, render
from dashboard.web.validators import validated
from etl import aliases, tidy
from etl.model import UserError

_YEAR = 365 * 24 * 3600  # seconds


def install(server: Flask, site: Site) -> None:
    """The pages' addresses on `server`; an address that is not here is a 404."""
    for rule, view in (
        ("/", overview),
        ("/quality", quality),
        ("/about", about),
        ("/measure/<name>", measure),
        ("/area/<code>", area),
        ("/area/", areas),
    ):

        def page(view: Any = view, **names: str) -> Response:
            answer: Response = view(site, **names)
            return answer

        server.add_url_rule(
            rule, view.__name__, validated(site, page), methods=["GET"], strict_slashes=False
        )
    server.add_url_rule("/assets/<path:name>", "asset", _asset)
    server.add_url_rule("/favicon.ico", "favicon", lambda: _asset("icon.svg"))


def overview(site: Site) -> Response:
    """The finding, a few sentences, then Appendix 1 come alive."""
    chosen = of_a_page(request.args, ("as_at",))
    view = overview_view.overview(record_of(site.store, chosen.as_at), _today(site))
    return render(
        site,
        "overview.html",
        title="Overview",
        description=view.headline,
        as_at=chosen.as_at,
        as_at_words=view.as_at,
        nav="/",
        view=view,
    )


def quality(site: Site) -> Response:
    """What does not add up, what was answered, revised, claimed, missing."""
    from dashboard.views import quality as quality_view  # not at start: claims take a while

    chosen = of_a_page(request.args, ("as_at",))
    view = quality_view.quality(record_of(site.store, chosen.as_at), _today(site))
    return render(
        site,
        "quality.html",
        title="Data quality",
        description=view.lede,
        as_at=chosen.as_at,
        as_at_words=view.as_at,
        nav="/quality",
        view=view,
    )


def about(site: Site) -> Response:
    """What the figures are, and whose."""
    chosen = of_a_page(request.args, ("as_at",))
    view = about_view.about(record_of(site.store, chosen.as_at))
    return render(
        site,
        "about.html",
        title="About the figures",
        description=view.lede,
        as_at=chosen.as_at,
        nav="/about",
        view=view,
        columns=[(c.name, c.type, c.description) for c in tidy.COLUMNS],
    )


def measure(site: Site, name: str) -> Response:
    """One measure: the finding, four facts, the chart with its choices, the definition.

    With `part=view` only what a chosen view changes, for page.js. A measure that was renamed
    leads to its name of today.
    """
    from dashboard.views import measure as measure_view  # not at start: every chart's view
    from dashboard.views.shown import scope_of, shown

    if name not in site.store.registry.measures:
        return _renamed(site, name, request.args)
    chosen = of_a_page(request.args)
    scope = scope_of(
        record_of(site.store, chosen.as_at),
        name,
        chosen.cohort,
        year=chosen.year,
        first=chosen.first,
        last=chosen.last,
        today=_today(site),
    )
    assert scope is not None, "a measure that is declared has a row"
    if request.args.get("part") == "view":
        part = shown(scope, chosen.view)
        at = addresses(part)
        status = 404 if part.instead else 200
        return render(
            site, "view.html", title="", status=status, as_at=chosen.as_at, view=part, at=at
        )
    view = measure_view.page(scope, chosen.view)
    return render(
        site,
        "measure.html",
        title=view.heading,
        status=404 if view.instead else 200,
        description=f"{view.heading}. {view.lede}",
        as_at=chosen.as_at,
        as_at_words=view.as_at,
        view=view,
        at=addresses(view),
    )


def area(site: Site, code: str) -> Response:
    """Any area of England: what DfE has published of it. Under any spelling, its code's page."""
    from dashboard.views import area as area_view  # not at start: few ask for it

    chosen = of_a_page(request.args, ("as_at",))
    view = area_view.area(record_of(site.store, chosen.as_at), code)
    if view is None:
        return areas(site, code)
    return render(
        site,
        "area.html",
        title=view.name,
        description=view.lede,
        as_at=chosen.as_at,
        as_at_words=view.as_at,
        view=view,
        columns=area_view.COLUMNS,
    )


def areas(site: Site, name: str = "") -> Response:
    """To the area that a name or a code means; else the question for one, and what is near."""
    from etl import new_council  # names take a while to be laid out

    asked = " ".join((name or request.args.get("name", "")).split())[:100]
    problem, status = "", 200
    if asked:
        known = site.store.registry.areas
        wide = [a for a in known if not a.authority and asked.casefold() == a.name.casefold()]
        try:
            found = wide[0] if wide else new_council.authority(asked, known)
            there = with_choice(f"/area/{found.code}", as_at=request.args.get("as_at", ""))
            return redirect(there, 302)  # type: ignore[return-value]
        except UserError as error:
            problem, status = str(error), 404
    return render(
        site,
        "area.html",
        title="Any area of England",
        status=status,
        description="DfE's figures of any council, region or England, by name or code.",
        asked=asked,
        problem=problem,
    )


def _today(site: Site) -> date | None:
    return site.today() if site.today else None


def _renamed(site: Site, name: str, query: Mapping[str, str]) -> Response:
    """To where a measure's page is now; a 404 for a name that never was one."""
    registry = site.store.registry
    ref = aliases.of(registry).ref(name, query.get("cohort", ""))
    if ref.measure not in registry.measures:
        abort(404)
    there = with_choice(f"/measure/{ref.measure}?{urlencode(query)}", cohort=ref.cohort)
    return redirect(there, 301)  # type: ignore[return-value]


def _asset(name: str) -> Response:
    kept = _YEAR if request.args.get("v") else 0
    return send_from_directory(ASSETS, name, max_age=kept)
