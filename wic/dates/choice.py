"""Which of several readings is meant: the year of a day that has none, the week of a weekday.

The nearest to the reference date is chosen, where days to come count more than days gone by (news tells what happened),
and another year costs extra (a writer would have named it; of a day more surely than of a month). Words around the
expression that speak of the future or the past shift the balance.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wic.dates.value import Period

AHEAD, AHEAD_DAY = 1.4, 1.2
OTHER_YEAR_BEHIND, OTHER_YEAR_BEHIND_DAY = 60, 120
OTHER_YEAR_AHEAD, OTHER_YEAR_AHEAD_CUED = 240, 60
CUED, AGAINST_CUE = 0.5, 2.0  # factors for the side that a cue speaks for, and for the other side


def choose(
    candidates: Sequence[Period], reference: date, direction: int = 0, strict: bool = False
) -> tuple[Period, tuple[Period, ...]]:
    """The reading that is meant, and the nearest one on the other side of the reference date, or on both sides of it.

    ``direction`` is 1 where the words speak of the future, -1 of the past. ``strict`` excludes what the reference date
    lies in and the other side altogether: last November, said in November, is a year ago.
    """
    pool = [found for found in candidates if found.first is not None and found.last is not None]
    if strict and direction:
        pool = [found for found in pool if _side(found, reference) == direction] or pool
    if _weekly(pool, reference):
        best = _of_the_week(pool, reference, direction)
    else:
        best = min(pool, key=lambda found: _cost(found, reference, direction))
    side = _side(best, reference)
    others = []
    for wanted in (-1, 1):
        if wanted == side:
            continue
        beyond = [found for found in pool if found != best and _side(found, reference) in (wanted, 0)]
        others += [min(beyond, key=lambda found: _days(found, reference))] if beyond else []
    return best, tuple(dict.fromkeys(others))


def _side(found: Period, reference: date) -> int:
    assert found.first is not None and found.last is not None
    return -1 if found.last < reference else 1 if found.first > reference else 0


def _days(found: Period, reference: date) -> int:
    """Days between the reading and the reference date; 0 where it holds it."""
    assert found.first is not None and found.last is not None
    side = _side(found, reference)
    return (reference - found.last).days if side < 0 else (found.first - reference).days if side > 0 else 0


def _cost(found: Period, reference: date, direction: int) -> float:
    assert found.first is not None and found.last is not None
    side, days, daily = _side(found, reference), _days(found, reference), found.granularity == "day"
    if side == 0:
        return 0
    if side < 0:
        extra = OTHER_YEAR_BEHIND_DAY if daily else OTHER_YEAR_BEHIND
        cost = float(days + (extra if found.last.year != reference.year else 0))
    else:
        cost = days * (AHEAD_DAY if daily else AHEAD)
        if found.first.year != reference.year and cost > 10:
            cost += OTHER_YEAR_AHEAD if direction <= 0 else OTHER_YEAR_AHEAD_CUED
    if direction == 0:
        return cost
    return cost * CUED if side == direction else cost * AGAINST_CUE


def _weekly(pool: Sequence[Period], reference: date) -> bool:
    """Whether the readings are days or weekends of neighbouring weeks, where there is no year to leave out."""
    return len(pool) <= 3 and all(_days(found, reference) <= 21 for found in pool)


def _of_the_week(pool: Sequence[Period], reference: date, direction: int) -> Period:
    """The last one that is not to come, the day itself included, or under a cue for the future the next one."""
    if direction > 0:
        ahead = [found for found in pool if _side(found, reference) >= 0]
        return min(ahead or pool, key=lambda found: _days(found, reference))
    begun = [found for found in pool if found.first is not None and found.first <= reference]
    return max(begun, key=lambda found: found.first or reference) if begun else pool[0]
