"""How each role and state is drawn: colours, dashes, markers, widths. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

INK, QUIET, GRID, BASE, BAND, PAPER = (
    "#0b0c0c",
    "#505a5f",
    "#e1e3e5",
    "#6b7276",
    "#f0f1f2",
    "#ffffff",
)
Symbol = Literal["circle", "diamond", "square", "triangle", ""]


@dataclass(frozen=True)
class Look:
    """A role: line colour, the darker tone of its words, dash and marker, sizes in pixels.

    `dash` are lengths of stroke and gap, none for a solid line.
    """

    colour: str
    text: str
    dash: tuple[float, ...]
    symbol: Symbol
    width: float
    marker: float = 7.0


# The Government Analysis Function's four colours; the second and fourth are too pale for
# text. No two share a dash or a marker, so that they are told apart in greyscale.
LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "own": Look("#12436D", "#12436D", (), "circle", 3),
        "second": Look("#28A197", "#18706A", (9, 4), "diamond", 2.25, 6.5),
        "third": Look("#801650", "#801650", (2.5, 3.5), "square", 2.25, 5.5),
        "fourth": Look("#F46A25", "#A8410C", (9, 3, 2.5, 3), "triangle", 2.25, 7.5),
        "context": Look("#9aa1a6", QUIET, (), "circle", 1.5, 5),
        "limit": Look("#6b7276", QUIET, (14, 5), "", 1.25, 0),
    }
)
