"""DfE's files, row by row: which area and children a row is about, where its period stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from etl.dfe import plain
from etl.readers.dfe import is_total

_ONS_CODE = re.compile(r"[EKNSW][0-9]{8}")
# Where a row's area stands, by the beginning of its geographic level: the columns that may
# hold its code, and that of its name. In some releases the two codes of an authority have
# changed places: DfE's own are three digits, so the code is told by its form.
_AREAS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "nat": (("countrycode",), "countryname"),
    "reg": (("regioncode",), "regionname"),
    "": (("newlacode", "oldlacode", "lacode"), "laname"),
}
AREA_COLUMNS = (
    "geographiclevel",
    *dict.fromkeys(name for codes, named in _AREAS.values() for name in (*codes, named)),
)
PERIOD_COLUMNS = ("timeperiod", "timeidentifier")


def area(texts: Mapping[str, str]) -> tuple[str, str]:
    """ONS code (empty where there is none) and name of the area that `AREA_COLUMNS` name."""
    level = texts.get("geographiclevel", "").casefold()
    codes, name = next(where for start, where in _AREAS.items() if level.startswith(start))
    known = (texts.get(code, "") for code in codes)
    return next((code for code in known if _ONS_CODE.fullmatch(code)), ""), texts.get(name, "")


def cohort(groups: Sequence[tuple[str, str]]) -> str:
    """`all` for the total, else a name made of the breakdown (only where asked for).

    `groups` are the names of the columns that tell and what stands in them: a filter without
    a name of its own for the groups (`Boys`) is named before them.
    """
    named = []
    for name, text in groups:
        if text and not is_total(text):
            named += [text] if plain(name).startswith("breakdown") else [name, text]
    words = [re.sub(r"\W+", "_", text).strip("_").casefold() for text in named]
    return "_".join(words) or "all"
