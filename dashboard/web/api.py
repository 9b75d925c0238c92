"""The figures for programs: the tidy table by filters, its schema, and whether all is well."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from email.utils import format_datetime
from functools import partial
from typing import Any, get_args

from flask import Flask, Response, abort, request

from dashboard.web import api_workbook, site_address
from dashboard.web.address import BadChoice, day
from etl import aliases, licences, tidy
from etl.analysis.corrected import flag
from etl.model import Flag, Licence, Observation, Registry
from etl.record import Record
from etl.store.store import Store

log = logging.getLogger(__name__)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAKERS = {"csv": "text/csv; charset=utf-8", "json": "application/json", "xlsx": _XLSX}


_FILTERS = ("measure", "cohort", "authority", "areas", "from", "to", "as_at", "all", "flag")
_NO_FLAG = "none"  # asks for the figures that carry no flag
_EVERY = "all"  # asks for the figures of every area of England
_YES, _NO = ("1", "true", "yes"), ("", "0", "false", "no")


class _Wrong(ValueError):
    """A filter that cannot be understood, in one plain sentence."""


def _day(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        return day(text, name, end=name == "to")
    except BadChoice as bad:
        raise _Wrong(str(bad))


def _given(name: str) -> set[str]:
    """The values of a parameter, which may be given by commas or several times."""
    return {part.strip() for given in request.args.getlist(name) for part in given.split(",")} - {
        ""
    }


def _known(name: str, allowed: set[str], asked: set[str] | None = None) -> set[str]:
    """The values asked for; empty means all."""
    asked = _given(name) if asked is None else asked
    unknown = sorted(asked - allowed)
    if unknown:
        raise _Wrong(f"{name}: there is no {', '.join(unknown)}")
    return asked


def _rows(registry: Registry) -> tuple[set[str], set[str]]:
    """The measures and the cohorts asked for, by the names of today."""
    names, named, groups = aliases.of(registry), _given("measure"), _given("cohort")
    refs = [names.ref(measure, group) for measure in named for group in groups]
    measures = {ref.measure for ref in refs} or {names.measure(measure) for measure in named}
    cohorts = {ref.cohort for ref in refs} or groups
    return (
        _known("measure", set(registry.measures), measures),
        _known("cohort", {c for m in registry.measures.values() for c in m.cohorts}, cohorts),
    )


def _areas(record: Record) -> set[str] | None:
    """The areas asked for besides those that the council is compared with; None for all."""
    asked = _given("areas")
    return None if asked == {_EVERY} else _known("areas", set(record.areas), asked)


def _asked(record: Record) -> Iterator[Observation]:
    """The figures that the request's filters leave."""
    registry = record.registry
    # A filter that is spelt otherwise would silently give everything.
    if unknown := sorted(set(request.args) - set(_FILTERS)):
        raise _Wrong(f"{unknown[0][:40]}: there is no such filter; there are {', '.join(_FILTERS)}")
    measures, cohorts = _rows(registry)
    areas = _known("authority", set(record.areas))
    more = _areas(record)
    flags = _known("flag", {*get_args(Flag), _NO_FLAG})
    first, last = _day("from"), _day("to")
    if first and last and last < first:
        raise _Wrong("to: lies before from")
    every = request.args.get("all", "").strip().lower()
    if every not in (*_YES, *_NO):
        raise _Wrong(f"all: {every[:40]!r} is neither 1 nor 0")
    asked = None if more is None else {*more, *areas}
    for figure in record.figures(asked, versions=every in _YES):
        end = figure.period.end
        if (
            (not measures or figure.measure in measures)
            and (not cohorts or figure.cohort in cohorts)
            and (not areas or figure.authority in areas)
            and (first is None or end >= first)
            and (last is None or end <= last)
            and (not flags or (flag(record, figure) or _NO_FLAG) in flags)
        ):
            yield figure


def schema(record: Record) -> dict[str, Any]:
    """The tidy table's columns as a Frictionless Tabular Data Resource."""
    council = record.registry.council
    return tidy.resource(
        f"{council.name}: SEND figures as published",
        "observations.csv",
        [_terms(*part) for part in licences.parts(council)],
    )


def _terms(whose: str, licence: Licence) -> dict[str, str]:
    """One licence as the standard has it: by its address, else by a name for "not open"."""
    known = {"path": licence.url} if licence.url else {"name": "other-closed"}
    return {"title": f"{whose}: {licence.name}", **known}


def _as_csv_instead(refused: Exception) -> Response:
    """Why no workbook is made, and the address of the same figures as CSV."""
    query = site_address.asked().partition("?")[2]
    csv = f"/api/observations.csv{'?' if query else ''}{query}"
    if isinstance(refused, api_workbook.Busy):
        said = f"Other workbooks are being made. Try again in a minute, or take the CSV: {csv}\n"
        return Response(said, 503, {"Retry-After": "30"}, mimetype="text/plain")
    return Response(f"{refused}, or take all of them as CSV: {csv}\n", 400, mimetype="text/plain")


def _last_change(store: Store) -> str:
    changed = store.history.changed(store.clock())
    when = datetime.fromisoformat(changed or "1970-01-01T00:00:00Z")
    return format_datetime(when, usegmt=True)


def _cached(store: Store, response: Response) -> Response:
    """Lets a program ask only for what has changed (ETag, Last-Modified).

    Both are of what is given out alone: nothing tells that something waits for its time.
    """
    response.add_etag()
    response.headers["Last-Modified"] = _last_change(store)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Link"] = '</api/schema.json>; rel="describedby"'
    response.make_conditional(request)
    return response


def install(
    server: Flask, store: Store, site: str = "", today: Callable[[], date] | None = None
) -> None:
    """`/api/observations.*`, `/api/schema.json`, `/api/picture.*`, `/health`.

    `site` is the site's public address, which stands in pictures; empty where none is named.
    `today` decides whether a series has stopped; without it, the day itself does.
    """

    @server.get("/api/observations.<ending>")
    def api_observations(ending: str) -> Any:
        if ending not in _MAKERS:
            abort(404)
        try:
            record = store.record(_day("as_at"))
            figures = _asked(record)
            if ending == "xlsx":
                content: str | bytes = api_workbook.content(figures, record)
            else:
                render = tidy.as_csv if ending == "csv" else tidy.as_json
                content = render(figures, partial(flag, record))
        except _Wrong as wrong:
            return Response(
                f"{wrong}\nSee /about#data for what may be asked.\n", 400, mimetype="text/plain"
            )
        except (api_workbook.TooMany, api_workbook.Busy) as refused:
            return _as_csv_instead(refused)
        response = Response(content, content_type=_MAKERS[ending])
        if ending != "json":
            response.headers["Content-Disposition"] = f'attachment; filename="send.{ending}"'
        return _cached(store, response)

    @server.get("/api/schema.json")
    def api_schema() -> Any:
        record = store.record()
        text = json.dumps(schema(record), indent=1)
        return _cached(store, Response(text, mimetype="application/json"))

    @server.get("/api/picture.<ending>")
    def api_picture(ending: str) -> Any:
        """A measure's chart as a picture of its own, as it is in the report pack."""
        from dashboard.reports import pictures, png  # drawing is not needed to begin to serve

        if ending not in pictures.TYPES:
            abort(404)
        try:
            made = pictures.asked(store, request.args, ending, site, today() if today else None)
        except BadChoice as bad:
            return Response(f"{bad}\n", 400, mimetype="text/plain")
        except pictures.NoSuchPicture as none:
            return Response(f"{none}\n", 404, mimetype="text/plain")
        except png.PictureError:
            log.exception("a picture could not be made")
            return Response("The picture could not be made.\n", 500, mimetype="text/plain")
        response = Response(made.content, content_type=pictures.TYPES[ending])
        response.headers["Content-Disposition"] = f'inline; filename="{made.stem}.{ending}"'
        return _cached(store, response)

    @server.get("/health")
    def health() -> Any:
        """Whether all is well; `record` changes with what is public, and with nothing else."""
        store.version()  # raises UserError where the database is not in order
        acts, changed = store.history.visible(store.clock())
        return {"status": "ok", "record": f"{acts}.{changed}"}
