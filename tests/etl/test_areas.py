"""Every authority of England is known by its name, however it is printed."""

from __future__ import annotations

import pytest

from etl import areas, registry
from etl.model import Area

REGISTRY = registry.load()
NAMES = areas.names(REGISTRY.areas)
NOW = [area for area in REGISTRY.areas if area.authority and area.end is None]


def named(text: str) -> list[tuple[str, str, str]]:
    """What a text names: the words, the area's code, and whether council, area or part."""
    return [
        (
            text[one.start : one.end],
            one.area.code,
            "part" if one.part else "council" if one.council else "area",
        )
        for one in NAMES.mentions(text)
    ]


def test_there_are_153_authorities_and_those_that_ended() -> None:
    assert len(NOW) == 153
    ended = {area.name: area.successors for area in REGISTRY.areas if area.end}
    assert ended == {
        "Bournemouth": ("E06000058",),
        "Buckinghamshire": ("E06000060",),
        "Cumbria": ("E06000063", "E06000064"),
        "Dorset": ("E06000058", "E06000059"),
        "North Yorkshire": ("E06000065",),
        "Northamptonshire": ("E06000061", "E06000062"),
        "Poole": ("E06000058",),
        "Somerset": ("E06000066",),
    }
    codes = {area.code for area in REGISTRY.areas}
    assert all(area.region in codes for area in REGISTRY.areas if area.authority)
    assert all(one in codes for area in REGISTRY.areas for one in area.successors)


FORMS = {
    "county": ("{} County Council", "{} Council", "{} CC", "{}"),
    "unitary": ("{} Council", "{} City Council", "{} Borough Council", "{} Unitary Authority"),
    "metropolitan": ("{} Metropolitan Borough Council", "{} MBC", "{} City Council", "{} Council"),
    "london_borough": (
        "London Borough of {}",
        "LB {}",
        "Royal Borough of {}",
        "{} Council",
        "{}",
    ),
}


@pytest.mark.parametrize("area", NOW, ids=lambda area: area.name)
def test_each_is_known_in_every_form(area: Area) -> None:
    for form in FORMS[area.type]:
        for name in (area.name, *area.spellings):
            for text in (
                form.format(name),
                form.format(name).upper(),
                form.format(name).replace(" and ", " & "),
                form.format(name).replace("-", " "),
                f"Report to {form.format(name)}: Appendix 1",
            ):
                if name.isupper() and text.isupper() and not name.isalpha():
                    continue
                found = NAMES.mentions(text)
                if area.only_with_council == name and form == "{}":
                    assert not found, text
                else:
                    assert [one.area.code for one in found] == [area.code], text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Stoke on Trent City Council", "E06000021"),
        ("Stoke Council", "E06000021"),
        ("City of Bristol", "E06000023"),
        ("Bristol, City of", "E06000023"),
        ("City of York Council", "E06000014"),
        ("Herefordshire, County of", "E06000019"),
        ("Hull", "E06000010"),
        ("Hull City Council", "E06000010"),
        ("Kingston-upon-Hull", "E06000010"),
        ("BANES", "E06000022"),
        ("B&NES", "E06000022"),
        ("Bath & North East Somerset Council", "E06000022"),
        ("RBKC", "E09000020"),
        ("The Royal Borough of Kensington & Chelsea", "E09000020"),
        ("St Helens", "E08000013"),
        ("ST. HELENS BOROUGH COUNCIL", "E08000013"),
        ("Durham County Council", "E06000047"),
        ("County Durham", "E06000047"),
        ("BCP Council", "E06000058"),
        ("Southend City Council", "E06000033"),
        ("Cumbria County Council", "E10000006"),
        ("Northamptonshire County Council", "E10000021"),
        ("Dorset Council", "E06000059"),
        ("Somerset Council", "E06000066"),
        ("Council of the Isles of Scilly", "E06000053"),
        ("Corporation of London", "E09000001"),
        ("Richmond Council", "E09000027"),
        ("Reading Borough Council", "E06000038"),
        ("Bury Council", "E08000002"),
        ("Suffolk’s", "E10000029"),
        ("East Riding of Yorkshire Council", "E06000011"),
        ("Telford & Wrekin", "E06000020"),
        ("East of England", "E12000006"),
        ("Eastern region", "E12000006"),
        ("Yorkshire & Humber", "E12000003"),
        ("Inner London", "E13000001"),
        ("England", "E92000001"),
    ],
)
def test_spellings(text: str, code: str) -> None:
    assert [one.area.code for one in NAMES.mentions(text)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Suffolk Road School",
        "Essex University",
        "University of Kent",
        "Essex Police",
        "Medway ICB",
        "Mr Kent",
        "Cllr Barnet",
        "the Duke of Sutton",
        "Richmond",
        "Reading age",
        "Bury the past",
        "NHS England",
        "Public Health England",
        "Sport England",
        "the Church of England",
        "Kentish Town",
        "Norfolkline",
        "Hullabaloo",
    ],
)
def test_false_friends(text: str) -> None:
    assert NAMES.mentions(text) == []


def test_a_name_within_another_is_not_said_twice() -> None:
    assert named("London Borough of Barnet and North Somerset") == [
        ("London Borough of Barnet", "E09000003", "council"),
        ("North Somerset", "E06000024", "area"),
    ]
    assert named("North Norfolk, East Suffolk Council") == [
        ("North Norfolk", "E10000020", "part"),
        ("East Suffolk Council", "E10000029", "part"),
    ]
    assert named("Norfolk Council Tax") == [("Norfolk", "E10000020", "area")]


def test_a_long_text_takes_time_in_proportion() -> None:
    """One look a word: no pattern that goes back over what it has seen."""
    assert len(NAMES.mentions("city of london borough of the north east " * 5_000)) == 10_000
