"""How large a chart is drawn: what the browser says, or a first guess."""

from __future__ import annotations

from dataclasses import dataclass

_NARROWEST, _WIDEST = 240, 760  # pixels


@dataclass(frozen=True)
class Fit:
    """A chart's size by name (charts.SIZES) and its width in CSS pixels."""

    size: str
    width: int


# What a page is written for before the browser has said how wide it is.
_GUESSES = {"page": Fit("page", 740), "medium": Fit("medium", 640), "narrow": Fit("narrow", 350)}


def guessed(narrow: bool) -> Fit:
    """The fit for a reader on a telephone, or not."""
    return _GUESSES["narrow" if narrow else "page"]


def fit(size: object, width: object, narrow: bool = False) -> Fit:
    """The fit that a browser names; nonsense gives the guess."""
    if not isinstance(size, str) or size not in _GUESSES:
        return guessed(narrow)
    if size == "page" or not isinstance(width, int | float):
        return _GUESSES[size]
    return Fit(size, int(min(max(width, _NARROWEST), _WIDEST)))
