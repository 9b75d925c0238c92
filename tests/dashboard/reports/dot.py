"""A picture in place of every other, where a test asks for the rest of a pack."""

from __future__ import annotations

from base64 import b64decode

DOT = b64decode(  # a PNG of one white pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)
