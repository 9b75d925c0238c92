"""Arimo's own widths, regular and bold, read from the installed font file.

The file is one variable font: `hmtx` holds the regular widths and `HVAR` how they change
with the weight (bold is 7.9% wider). Both are read here with `struct`: loading fontTools
for it takes 210 ms, this 10 ms (tests hold every width against fontTools).
Formats: the OpenType specification 1.9, tables cmap, hmtx, HVAR and the item variation
store.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

FAMILY = "Arimo, Liberation Sans, Arial, sans-serif"
_PACKAGE, _FILE = "fontpkg_arimo", "files/Arimo[wght].ttf"
_WHOLE = 16384  # 1.0 as the font's fixed-point number with 14 binary places (F2Dot14)


def font_path() -> Path:
    """The file of the font that pictures are drawn with (upright, every weight)."""
    return Path(str(resources.files(_PACKAGE))) / _FILE


@dataclass(frozen=True)
class Font:
    """What placing needs of a font: widths in units of which `units` make one em.

    `regular` and `bold` are by glyph; `glyphs` gives the glyph of each character's code.
    """

    units: int
    glyphs: dict[int, int]
    regular: tuple[int, ...]
    bold: tuple[float, ...]

    def has(self, character: str) -> bool:
        return ord(character) in self.glyphs


@lru_cache(maxsize=1)
def font() -> Font:
    """The font, read once a process when the first text is measured."""
    data = font_path().read_bytes()
    tables = _tables(data)
    units = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables[b"maxp"] + 4)[0]
    regular = _advances(data, tables, count)
    wider = _widened(data, tables[b"HVAR"], count)
    bold = tuple(width + more for width, more in zip(regular, wider, strict=True))
    return Font(units, _characters(data, tables[b"cmap"]), regular, bold)


def _tables(data: bytes) -> dict[bytes, int]:
    """Where each table starts."""
    count = struct.unpack_from(">H", data, 4)[0]
    rows = (struct.unpack_from(">4sIII", data, 12 + 16 * at) for at in range(count))
    return {tag: start for tag, _, start, _ in rows}


def _characters(data: bytes, start: int) -> dict[int, int]:
    """Glyph by code point, from the Unicode table of segments (format 12, else 4)."""
    count = struct.unpack_from(">H", data, start + 2)[0]
    records = (struct.unpack_from(">HHI", data, start + 4 + 8 * at) for at in range(count))
    formats: dict[int, int] = {}
    for platform, encoding, offset in records:
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            formats[struct.unpack_from(">H", data, start + offset)[0]] = start + offset
    return _wide_segments(data, formats[12]) if 12 in formats else _segments(data, formats[4])


def _wide_segments(data: bytes, at: int) -> dict[int, int]:
    count = struct.unpack_from(">I", data, at + 12)[0]
    found: dict[int, int] = {}
    for group in range(count):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * group)
        found.update((code, glyph + code - first) for code in range(first, last + 1))
    return found


def _segments(data: bytes, at: int) -> dict[int, int]:
    half = struct.unpack_from(">H", data, at + 6)[0] // 2
    form = f">{half}H"
    ends = struct.unpack_from(form, data, at + 14)
    starts = struct.unpack_from(form, data, at + 16 + 2 * half)
    deltas = struct.unpack_from(form, data, at + 16 + 4 * half)
    ranges_at = at + 16 + 6 * half
    ranges = struct.unpack_from(form, data, ranges_at)
    found: dict[int, int] = {}
    for segment, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if ranges[segment]:
                place = ranges_at + 2 * segment + ranges[segment] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
                if not glyph:
                    continue
            found[code] = (glyph + deltas[segment]) & 0xFFFF
    return found


def _advances(data: bytes, tables: dict[bytes, int], count: int) -> tuple[int, ...]:
    """Each glyph's width; the last that is given serves all that follow."""
    given = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    pairs = struct.unpack_from(f">{'Hh' * given}", data, tables[b"hmtx"])
    widths = pairs[::2]
    return (*widths, *(widths[-1:] * (count - given)))


def _widened(data: bytes, start: int, count: int) -> list[float]:
    """How much wider each glyph is at the heaviest weight, which is bold (700)."""
    store, mapping = struct.unpack_from(">II", data, start + 4)
    rows = _variations(data, start + store)
    if not mapping:
        return [rows[0][glyph] for glyph in range(count)]
    at = start + mapping
    form, entry = data[at], data[at + 1]
    last = struct.unpack_from(">I" if form else ">H", data, at + 2)[0] - 1
    size, inner = (entry >> 4 & 3) + 1, (entry & 15) + 1
    at += 6 if form else 4
    found = []
    for glyph in range(count):
        place = at + size * min(glyph, last)
        packed = int.from_bytes(data[place : place + size], "big")
        found.append(rows[packed >> inner][packed & (1 << inner) - 1])
    return found


def _variations(data: bytes, at: int) -> list[list[float]]:
    """The changes of the variation store at the end of its only axis, by block and row."""
    regions, count = struct.unpack_from(">IH", data, at + 2)
    offsets = struct.unpack_from(f">{count}I", data, at + 8)
    weights = _at_the_end(data, at + regions)
    blocks = []
    for offset in offsets:
        rows, wide, named = struct.unpack_from(">HHH", data, at + offset)
        scales = [
            weights[region] for region in struct.unpack_from(f">{named}H", data, at + offset + 6)
        ]
        long, short = ("i", "h") if wide & 0x8000 else ("h", "b")
        wide &= 0x7FFF
        form = f">{long * wide}{short * (named - wide)}"
        first, size = at + offset + 6 + 2 * named, struct.calcsize(form)
        changes = (struct.unpack_from(form, data, first + row * size) for row in range(rows))
        blocks.append(
            [sum(c * s for c, s in zip(change, scales, strict=True)) for change in changes]
        )
    return blocks


def _at_the_end(data: bytes, at: int) -> list[float]:
    """How far each region of the axis counts where the axis ends (its value is 1)."""
    axes, count = struct.unpack_from(">HH", data, at)
    assert axes == 1, "Arimo varies in weight alone"
    found = []
    for region in range(count):
        start, peak, end = struct.unpack_from(">hhh", data, at + 4 + 6 * region)
        whole = peak == 0 or peak == _WHOLE
        falling = (end - _WHOLE) / (end - peak) if start < _WHOLE < end and not whole else 0.0
        found.append(1.0 if whole else falling)
    return found
