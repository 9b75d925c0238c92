"""What it would take to reach a year's target for a share of plans."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.text.numbers import rounded


@dataclass(frozen=True)
class Needed:
    """For one assumed number of plans still to come: how many of them must be on time.

    `share` is in percent to one decimal; over 100 it is out of reach; 0 or less means
    that the target is safe even if no further plan is on time.
    """

    remaining: Decimal
    on_time: Decimal
    share: Decimal

    @property
    def in_reach(self) -> bool:
        return self.share <= 100


def needed(issued: Decimal, on_time: Decimal, target: Decimal, remaining: Decimal) -> Needed | None:
    """Of `remaining` plans, how many must be on time so that the year's share is `target` percent.

    (on_time + x) / (issued + remaining) >= target / 100, so x = target/100 * all - on_time,
    taken up to the next whole plan. None where no plans are still to come.
    """
    if remaining <= 0:
        return None
    plans = target * (issued + remaining) / 100 - on_time
    whole = plans.to_integral_value(rounding="ROUND_CEILING")
    share = rounded(max(whole, Decimal(0)) * 100 / remaining, 1)
    # A share just over 100 must not round down into reach.
    if whole > remaining and share <= 100:
        share = Decimal("100.1")
    return Needed(remaining, whole, share)


def volumes(monthly: tuple[Decimal, ...], months: int) -> tuple[Decimal, Decimal, Decimal] | None:
    """(usual, lowest, highest) number of plans in `months` months, from the last 12 months.

    Usual is the average month times `months` (1 to 12); lowest and highest are the least
    and the most that any `months` months in a row brought. None without 12 months in a row.
    """
    if len(monthly) < 12 or not 1 <= months <= 12:
        return None
    last = monthly[-12:]
    usual = rounded(sum(last, Decimal(0)) * months / 12)
    sums = [sum(last[i : i + months], Decimal(0)) for i in range(12 - months + 1)]
    return usual, min(sums), max(sums)
