"""Acts that want a reason: taking back, saying again, purging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request

from dashboard.officer import session, typed
from etl.model import Refused
from etl.store import StoreError


def carried_out(
    act: Callable[[str, str], object],
    again: Callable[[dict[str, str]], Any],
    field: str = "reason",
) -> Any:
    """Do `act(officer's name, reason typed into field)`; None when it is done.

    Else the page again, made by `again` from what is wrong, by field.
    """
    officer = session.officer()
    assert officer is not None, "the guard lets only officers in"
    errors: dict[str, str] = {}
    reason = typed.line(request.form, field, errors)
    if not reason and not errors:
        errors[field] = "Give the reason"
    if not errors:
        try:
            act(officer.name, reason)
        except (StoreError, Refused) as error:
            errors[field] = str(error)
    return again(errors) if errors else None
