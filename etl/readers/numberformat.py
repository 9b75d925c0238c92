"""A number in a workbook and its format -> the text that the sheet shows.

The rule: the text is what is printed, because that is what a pack made from the sheet
prints too, and a figure must not count as revised for digits nobody has seen. Two
things are never hidden by a format: a tenth that was typed (0.094 under `0%` is 9.4%,
since shares and days are given to one decimal), and a number that the format shows as
a dash or not at all. Formats: ECMA-376 part 1, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from etl import periods
from etl.text.numbers import rounded

# The formats that a file names by number only; the rest are dates or show as General.
BUILTIN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "d/m/yy h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}

_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[[^\]]*\]|(?P<plain>.)', re.S)
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+|General", re.I)
_CONDITION = re.compile(r"\[[<>=]")
_LAST_DAY = 2_958_465  # 31 December 9999
_LEAP_BUG = 60  # the 29 February 1900 that never was


class _Format(NamedTuple):
    """A format's first section: what stands before and after the digits, and how many."""

    before: str
    after: str
    least: int
    most: int
    grouped: bool
    percent: bool
    general: bool


@lru_cache(maxsize=1024)
def _understood(code: str) -> _Format | None:
    """None where the format is General or one that no figure here is printed in."""
    section, quoted = "", False
    for sign in code:
        quoted ^= sign == '"'
        if sign == ";" and not quoted:
            break
        section += sign
    # Quoted text keeps clear of the digits: held as private characters while those are found.
    literals: list[str] = []
    shape = ""
    for token in _TOKEN.finditer(section):
        literal = token["quoted"] if token["quoted"] is not None else token["escaped"]
        if literal is not None:
            shape += chr(0xE000 + len(literals))
            literals.append(literal)
        elif token[0][0] == "_":
            shape += " "
        else:
            shape += token["plain"] or ""
    digits = _DIGITS.search(shape)
    if digits is None or _CONDITION.search(section) or digits[0].endswith(","):
        return None
    before, after = shape[: digits.start()], shape[digits.end() :]
    if re.search(r"[0#?]|[eE][+-]", before + after):
        return None

    def restored(part: str) -> str:
        return re.sub("[\ue000-\uf8ff]", lambda m: literals[ord(m[0]) - 0xE000], part)

    _, _, places = digits[0].partition(".")
    return _Format(
        before=restored(before),
        after=restored(after),
        least=places.count("0"),
        most=len(places),
        grouped="," in digits[0],
        percent="%" in before + after,
        general=digits[0].lower() == "general",
    )


def is_date(code: str) -> bool:
    """Whether a format shows a day, month or year (and not a time alone)."""
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.split(";")[0]).lower()
    if "general" in bare or not re.search("[ymd]", bare):
        return False
    return bool(re.search("[yd]|mmm", bare)) or not re.search("[hs]", bare)


def day(number: Decimal, epoch: date) -> date | None:
    """The day of a date's number; None where it is none (a time, a number out of range)."""
    whole = int(number)
    if not 0 < whole <= _LAST_DAY:
        return None
    if whole < _LEAP_BUG and epoch.year < 1900:
        whole += 1
    try:
        return epoch + timedelta(days=whole)
    except OverflowError:
        return None


def ends_month(one: date) -> bool:
    """Whether a day is the first or last of its month, as dates that stand for months are."""
    return one.day in (1, monthrange(one.year, one.month)[1])


def _dated(found: date, code: str) -> str:
    """A date in full, unless it shows no year and lies within a month.

    Whoever types `Jul-20` into Excel gets the 20th of July of the year of typing, shown as
    `20-Jul`: which July was meant is lost, and must not be made up.
    """
    if ends_month(found) or "y" in re.sub(r'"[^"]*"|\[[^\]]*\]', "", code.lower()):
        return found.isoformat()
    return f"{found.day}-{periods.SHORT[found.month - 1]}"


def _general(value: Decimal) -> str:
    """As an unformatted cell shows it: no needless zeros, ten significant digits."""
    if value == value.to_integral_value():
        return format(value.to_integral_value(), "f")
    text = format(rounded(value, max(0, 9 - value.adjusted())), "f")
    return text.rstrip("0").rstrip(".")


def shown(number: str, code: str = "General", epoch: date = date(1899, 12, 30)) -> str:
    """The text of a number cell: `0.094` under `0.0%` is `9.4%`, a date is `2020-07-31`.

    Raises ValueError where `number` is no number.
    """
    # Fifteen digits are all that a spreadsheet keeps; the rest is noise of binary fractions.
    value = Decimal(format(float(number), ".15g"))
    if not value.is_finite():
        raise ValueError(number)
    if abs(value.adjusted()) > 20:
        return format(value, "E")
    if is_date(code):
        found = day(value, epoch)
        return _dated(found, code) if found else _general(value)
    form = _understood(code)
    if form is None:
        return _general(value)
    if form.percent:
        value *= 100
    if form.general:
        text = _general(value)
    else:
        own = max(0, -int(value.normalize().as_tuple().exponent)) if value else 0
        places = 1 if own == 1 and form.most < 1 else form.most
        text = format(rounded(value, places), ",f" if form.grouped else "f")
        whole, _, fraction = text.partition(".")
        kept = max(form.least, len(fraction.rstrip("0")))
        text = f"{whole}.{fraction[:kept]}" if fraction[:kept] else whole
    return f"{form.before}{text}{form.after}"
