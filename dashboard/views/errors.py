"""What no view can be made of."""

from __future__ import annotations


class BadChoice(ValueError):
    """A choice that means nothing here; the message, for the reader, names it and what there is."""
