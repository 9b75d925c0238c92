"""The sizes in which a chart is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

EDGE = 18.0  # pixels between a picture's words and its edge


@dataclass(frozen=True)
class Size:
    """A drawing's size in CSS pixels and its letters.

    `alone`: title, subtitle, source and notes are inside it. `scale` makes a picture's
    device pixels: half a page of A4 is 160 mm wide, so 630 pixels at 3 times are 300 dpi
    and 12.5 pixels are 9 points. A drawing whose words need it is higher than `height`.
    """

    width: int
    height: int
    alone: bool = True
    scale: float = 3.0
    text: float = 12.5

    @property
    def small(self) -> float:
        """The letters of notes and source in pixels: never less than 9 points on paper."""
        return max(self.text * 0.9, 12.5)

    @property
    def edge(self) -> float:
        """Pixels kept free at the left and right: a page has its own margins."""
        return EDGE if self.alone else 2.0


SIZES: Mapping[str, Size] = MappingProxyType(
    {
        "half": Size(630, 425),
        "full": Size(630, 880),
        "slide": Size(960, 540, scale=2, text=15),
        "square": Size(640, 640),
        "page": Size(740, 420, alone=False, text=13.5),
        "narrow": Size(340, 360, alone=False, text=12.5),
    }
)
