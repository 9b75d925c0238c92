"""Forms as they may be kept: no characters that are not seen, nothing cut off."""

from __future__ import annotations

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

from etl.draft.typed import NAME, REASON, line, plain

__all__ = ["NAME", "REASON", "PlainRequest", "line", "plain"]


class PlainRequest(Request):
    """A request whose form fields are `plain`, so that no view can forget it."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        held = self.__dict__["form"]
        self.__dict__["form"] = ImmutableMultiDict(
            (name, plain(text)) for name, text in held.items(multi=True)
        )
