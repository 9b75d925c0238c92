"""SVG text -> PNG bytes without a browser: resvg, and the letters of one pinned font.

No font of the machine is looked for, so that a picture is the same on every machine. resvg
leaves out all text whose family it does not know, and says nothing: the font is named by its
file, also where a drawing asks for another (`sans-serif` ends its list), and a missing file
is an error.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache

import resvg_py

from dashboard.charts import font_path

FAMILY = "Arimo"
DPI = 300  # half a page of A4, 160 mm, is 630 CSS pixels at 3 times (charts.SIZES)
_INCH = 0.0254  # metres
_HEADER = 33  # bytes of a PNG's signature and its first chunk, IHDR


class PictureError(Exception):
    """A picture that cannot be made; the message says why in a few words."""


class RenderError(PictureError):
    """resvg refuses the SVG: it is not whole, or it has no size."""


class FontMissing(PictureError):
    """The pinned font is not installed: without it all text would silently be left out."""


@cache
def font_file() -> str:
    """The path of the font's file. Raises FontMissing."""
    try:
        path = font_path()
    except ModuleNotFoundError:
        raise FontMissing("the package fontpkg-arimo, the pictures' font, is not installed")
    if not path.is_file():
        raise FontMissing(f"{path}: the pictures' font is not there")
    return str(path)


def _with_resolution(png: bytes, dpi: int) -> bytes:
    """The same picture with its resolution, as a pHYs chunk of 21 bytes: Word sizes it by that."""
    each = round(dpi / _INCH)
    chunk = b"pHYs" + struct.pack(">IIB", each, each, 1)  # pixels a metre, across and down
    sized = struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:_HEADER] + sized + png[_HEADER:]


def render(svg: str, scale: float, dpi: int = DPI) -> bytes:
    """The drawing as a PNG of `scale` device pixels a CSS pixel, on white; the same bytes twice.

    Raises PictureError: RenderError for what is no whole SVG, FontMissing.
    """
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=svg,
            background="#ffffff",
            zoom=scale,
            skip_system_fonts=True,
            font_files=[font_file()],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    except ValueError as refused:
        raise RenderError(" ".join(str(refused).split())[:200])
    return _with_resolution(png, dpi)
