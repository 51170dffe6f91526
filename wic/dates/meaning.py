"""What resolving gives: the meaning of an expression, and what is known when it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from wic.dates.value import Period


class Meaning(NamedTuple):
    """What an expression means. ``used`` names what was taken from the reference date or from an earlier expression."""

    type: str
    value: str | None
    first: date | None = None
    last: date | None = None
    granularity: str | None = None
    calendar: str | None = None
    mod: str | None = None
    used: tuple[str, ...] = ()
    alternatives: tuple[Period, ...] = ()
    conflict: str | None = None
    reason: str | None = None


class Cue(NamedTuple):
    """Whether the words around an expression speak of the past (-1), the future (1), or give no hint (0)."""

    direction: int = 0


@dataclass
class Evidence:
    """What a document as a whole shows: how it counts years, and the order of numeric dates."""

    years: dict[str, int] = field(default_factory=dict)  # era → how many four-digit years of it
    order: str = "dmy"
    era: str = "ce"
