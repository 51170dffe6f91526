"""What each measure is: its formula, its source and which variant it is, from ``measures.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from wic.errors import WicError


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as it is documented; ``tables`` are those that offer it."""

    name: str
    tables: tuple[str, ...]
    title: str
    formula: str
    source: str
    note: str = ""
    undefined: str = ""


@cache
def measures() -> dict[str, Measure]:
    """All measures by name, in the order of the file."""
    entries = tomllib.loads(files("wic.stats").joinpath("measures.toml").read_text(encoding="utf-8"))["measure"]
    found = (
        Measure(tables=tuple(name.strip() for name in entry.pop("table").split(",")), **entry) for entry in entries
    )
    return {measure.name: measure for measure in found}


def offered(table: str) -> list[str]:
    """The names of the measures that ``table`` offers."""
    return [name for name, measure in measures().items() if table in measure.tables]


def explain(name: str) -> Measure:
    """The measure ``name``; ``mattr_50`` is ``mattr`` with a size. A WicError with the nearest names if there is none."""
    known = measures()
    kind, _, size = name.rpartition("_")
    if name in known or (kind in ("mattr", "sttr") and size.isdigit()):
        return known.get(name) or known[kind]
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), 3) or [other for other in known if name.lower() in other]
    hint = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(known)}"
    raise WicError(f"unknown measure {name!r}", hint)


def reasons(names: Iterator[str] | list[str]) -> str | None:
    """Why the measures ``names`` are null, in words; None if none is."""
    told = [f"{name}: {explain(name).undefined or 'not defined here'}" for name in names]
    return "; ".join(told) or None
