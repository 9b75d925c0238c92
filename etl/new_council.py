"""A council's folder, begun from the nation's table of areas: who it is needs no typing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from string import Template

from etl import areas, atomic_write, data_folder, temporary
from etl.model import Area, UserError

_NEAREST = 5  # names that a refusal offers
# How a council is called in full where nothing else is known; the areas' own names say the rest.
_FULL = {
    "county": "{} County Council",
    "london_borough": "London Borough of {}",
    "metropolitan": "{} Council",
    "unitary": "{} Council",
}
_CITY, _COUNTY = ", City of", ", County of"  # as DfE's releases print some names
_COUNCIL = re.compile(r"\b(?:council|borough|corporation|authority)\b", re.IGNORECASE)

_FILES = "new_council"  # the files that a folder begins with, in data/england


@dataclass(frozen=True)
class NewCouncil:
    """A council's folder that was just made."""

    area: Area
    name: str
    folder: Path


def begin(data: Path, asked: str, known: Sequence[Area]) -> NewCouncil:
    """Make the folder of the council that `asked` names: any spelling, ONS code or DfE's number.

    Whole or not at all. Raises UserError: no authority is meant, or several, or one that has
    ended; or its folder is there.
    """
    area = authority(asked, known)
    slug = re.sub(r"[^a-z0-9]+", "-", short_name(area).replace("'", "").casefold()).strip("-")
    folder = data / data_folder.COUNCILS / slug
    if folder.exists():
        raise UserError(
            f"{data.name}/{data_folder.COUNCILS}/{slug} is there already; nothing was changed"
        )
    name = full_name(asked, area)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with temporary.beside(folder) as made:
        new = made / slug
        new.mkdir()
        said = {"name": name, "code": area.code, "short": short_name(area)}
        for file in sorted(data_folder.national(data, _FILES).glob("*.yaml")):
            text = Template(file.read_text(encoding="utf-8")).substitute(said)
            (new / file.name).write_text(text, encoding="utf-8")
        atomic_write.put(new, folder, replace=False)
    return NewCouncil(area, name, folder)


def authority(asked: str, known: Sequence[Area]) -> Area:
    """The authority of today that a text names. Raises UserError in words."""
    text = " ".join(asked.split())
    coded = [a for a in known if text.upper() == a.code or (text and text == a.dfe_number)]
    meant = [a for a in coded if a.end is None] or coded
    for name in (text, f"{text} Council") if text and not meant else ():
        named = areas.names(tuple(known)).mentions(name)  # Bury is a council only beside the word
        meant = meant or list(dict.fromkeys(one.area for one in named if not one.part))
    ended = [area for area in meant if area.end is not None and area.successors]
    if ended:
        after = " and ".join(f"{a.name} ({a.code})" for a in known if a.code in ended[0].successors)
        raise UserError(
            f"{ended[0].name} ({ended[0].code}) ended on {_day(ended[0])}; {after} followed it"
        )
    governed = [area for area in meant if area.authority and area.end is None]
    if len(governed) == 1 and len(meant) == 1:
        return governed[0]
    if len(governed) > 1:
        names = " or ".join(f"{area.name} ({area.code})" for area in governed)
        raise UserError(f"{asked!r} names several councils: {names}. Give one's name or code")
    if meant:
        raise UserError(f"{meant[0].name} is a {meant[0].type}, not a council")
    raise UserError(f"{asked!r} is no council of England that is known here{_near(text, known)}")


def full_name(asked: str, area: Area) -> str:
    """The council's name in full: as it was given, if that says "Council" or the like."""
    text = " ".join(asked.split())
    if _COUNCIL.search(text) and not text.islower() and not text.isupper():
        return text
    if area.name.startswith("City of "):
        return area.name
    if area.name.endswith(_CITY):
        return f"{short_name(area)} City Council"
    return _FULL[area.type].format(short_name(area))


def short_name(area: Area) -> str:
    """An area as people call it: "Bristol, City of" is Bristol."""
    return area.name.removesuffix(_CITY).removesuffix(_COUNTY)


def _near(text: str, known: Sequence[Area]) -> str:
    """The nearest names, for somebody who has mistyped one."""
    spelled = {
        name.casefold(): area.name
        for area in known
        if area.authority and area.end is None
        for name in (area.name, *area.spellings)
    }
    plain = _COUNCIL.sub("", text).casefold().replace("county", "").strip()
    near = [name for name in spelled if plain and plain in name]
    near = near or get_close_matches(plain, spelled, n=_NEAREST, cutoff=0.6)
    names = list(dict.fromkeys(spelled[name] for name in near))[:_NEAREST]
    return f". Did you mean {' or '.join(names)}?" if names else ""


def _day(area: Area) -> str:
    assert area.end is not None
    return f"{area.end.day} {area.end:%B %Y}"
