"""Runs contestants in turns and compares them by CPU time.

Machines are noisy and shared, so nothing is said in seconds: in every round each contestant does the same work once,
the order rotates from round to round, and what is reported is the median over rounds of its time divided by the
reference's time in the same round. Speeds in MB/s are given beside it for orientation only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import NamedTuple

Work = Callable[[], object]


class Timed(NamedTuple):
    """A contestant's ratio to the reference, and its median time in CPU seconds."""

    name: str
    ratio: float
    seconds: float


def compare(contestants: Mapping[str, Work], reference: str, rounds: int = 5) -> list[Timed]:
    """The contestants, each with the median of its per-round ratios to ``reference``."""
    names = list(contestants)
    for work in contestants.values():
        work()  # loads what loads once
    times: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            begun = time.process_time()
            contestants[name]()
            times[name].append(time.process_time() - begun)
    ratios = {
        name: median(own / base for own, base in zip(times[name], times[reference], strict=True)) for name in names
    }
    return [Timed(name, ratios[name], median(times[name])) for name in names]


def table(title: str, timed: list[Timed], size: int) -> str:
    """The comparison as a Markdown table; ``size`` is the bytes that each contestant worked on."""
    lines = [f"### {title}", "", "| | time, relative | MB/s |", "|---|---:|---:|"]
    lines += [f"| {one.name} | {one.ratio:.2f} | {size / one.seconds / 1e6:.1f} |" for one in timed]
    return "\n".join([*lines, ""])
