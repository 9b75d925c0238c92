"""How large a request may be, by its path, and how long it may take: for server and app."""

from __future__ import annotations

# What readers' browsers post, a view's choices, is under 1 kB.
SMALL = 64 * 2**10  # bytes
# An officer's file; a whole pack as PDF is some 10 MB.
UPLOAD = 64 * 2**20  # bytes
# Browsers send under 4 kB.
LARGEST_HEAD = 32 * 2**10  # bytes
# How long a page waits for another writer before it says that the database is busy. Few, for
# nothing on the page tells that it waits; a release of DfE's with its breakdowns takes as long.
WRITE = 4.0  # seconds
_OFFICERS = "/officer/"


def largest_body(path: str) -> int:
    """The most bytes that a request's body may have at `path`."""
    return UPLOAD if path.startswith(_OFFICERS) else SMALL
