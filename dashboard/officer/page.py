"""An officer's page: the template, what every page says around it, messages, dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, render_template, request
from markupsafe import Markup

from dashboard import words
from dashboard.officer import session
from etl import periods
from etl.model import Period
from etl.set_time import zone

ROOMS = (
    ("officer.home", "This month"),
    ("officer.releases", "Releases"),
    ("officer.words", "Words"),
    ("officer.history", "History"),
    ("officer.packs_page", "Report pack"),
)


def local(stamp: str) -> str:
    """A stored time (UTC) as officers read it: 5 May 2022, 09:00."""
    if not stamp:
        return ""
    moment = datetime.fromisoformat(stamp).astimezone(zone())
    return f"{words.day(moment.date())}, {moment:%H:%M}"


def day(value: date | str) -> str:
    """A date, or an ISO date as text, in words; other text as it is."""
    try:
        return words.day(date.fromisoformat(value) if isinstance(value, str) else value)
    except ValueError:
        return str(value)


def period(of: Period) -> str:
    """A period in words."""
    return periods.label(of)


def prepare(blueprint: Blueprint) -> None:
    """What every template may use."""
    blueprint.add_app_template_filter(local, "local")
    blueprint.add_app_template_filter(day, "day")
    blueprint.add_app_template_filter(period, "period")

    def around() -> dict[str, Any]:
        return {
            "officer": session.officer() if not g.get("stranger") else None,
            "rooms": ROOMS,
            "here": request.endpoint,
        }

    blueprint.context_processor(around)


def render(template: str, status: int = 200, **context: Any) -> Response:
    """A page from `templates/officer/`."""
    return make_response(render_template(f"officer/{template}.html", **context), status)


def problem(title: str, text: str, status: int) -> Response:
    """A page that says what went wrong, and that nothing was changed by it."""
    return render("problem", status, title=title, text=text)


def say(text: str) -> None:
    """A message at the top of the next page."""
    flash(text)


def raw(markup: str) -> Markup:
    """Markup of our own making (an inline SVG), never a text from a file."""
    return Markup(markup)
