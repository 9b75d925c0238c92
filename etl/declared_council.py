"""What a council's own file leaves out of where it lies, from the table of England's areas.

A council's region is a fact, as DfE's rows have it: what its file says otherwise, copied from
another council's, does not stand. Its neighbours and their names need not be typed.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.model import Area, Council, NeighbourList

_FILE = "council.yaml"


def placed(
    council: Council,
    areas: Sequence[Area],
    lists: Mapping[str, tuple[NeighbourList, ...]],
    problems: list[str],
) -> Council:
    """The council in its own region, with its neighbours and the names of all areas that it is
    compared with.

    `lists` are the neighbours of every authority by its code. Adds to `problems` a code that
    neither the table nor the file names. A region that is not the council's is put right, and
    logged.
    """
    by_code = {area.code: area for area in areas}
    own = by_code.get(council.authority)
    if not council.neighbours:
        council = replace(council, neighbours=_lists(council.authority, areas, lists))
    region = own.region if own and own.region else council.region
    if council.region not in ("", region):
        said, right = (by_code[c].name if c in by_code else c for c in (council.region, region))
        logging.getLogger(__name__).warning(
            "%s: region %s (%s) is not that of %s; %s (%s) is used. The line may be left out.",
            _FILE,
            council.region,
            said,
            council.name,
            region,
            right,
        )
    names = {council.authority: council.short_name, **council.areas}
    compared = [code for known in council.neighbours for code in known.areas]
    for code in dict.fromkeys((council.country, region, *compared)):
        if code in names:
            continue
        if code not in by_code:
            problems.append(f"{_FILE}: {_what(code, council, region)} {code} is no area of England")
            continue
        names[code] = by_code[code].name
    return replace(council, region=region, areas={**names, **_later(names, by_code)})


def _lists(
    authority: str, areas: Sequence[Area], lists: Mapping[str, tuple[NeighbourList, ...]]
) -> tuple[NeighbourList, ...]:
    """An authority's lists, those of the code that it had before among them."""
    before = [area.code for area in areas if area.successors == (authority,)]
    listed = [one for code in (*before, authority) for one in lists.get(code, ())]
    return tuple(sorted(listed, key=lambda one: one.start))


def _what(code: str, council: Council, region: str) -> str:
    if code == region:
        return "region"
    return "country" if code == council.country else "neighbour"


def _later(names: Mapping[str, str], by_code: Mapping[str, Area]) -> dict[str, str]:
    """The other code of each area that became one other of the same name: one line of figures."""
    found: dict[str, str] = {}
    for area in by_code.values():
        if len(area.successors) != 1:
            continue
        after = by_code.get(area.successors[0])
        if after is None or after.name != area.name:
            continue
        for one, other in ((area.code, after.code), (after.code, area.code)):
            if one in names and other not in names:
                found[other] = names[one]
    return found
