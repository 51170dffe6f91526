"""The classes that a node has for the rules of later stages."""

from __future__ import annotations

from collections.abc import Iterator

from wic.dates.node import Length, Node, Nothing, Offset, Point, Recurring, Same, Several, Span, Vague

GRANULARITIES = (
    "century", "decade", "year", "half", "quarter", "season", "month", "third", "week", "weekend", "day", "weekday",
    "holiday", "time",
)  # fmt: skip


def classes_of(node: Node) -> frozenset[str]:
    """The classes that rules of later stages see: Point with its granularity, Range, Duration, Set, Ref …

    For points: ``Month`` any month, ``MonthY`` one whose year is settled, ``Month0`` one without; ``MonthRel`` and
    ``MonthAbs`` for relative and plain ones, ``Timed`` where a time of day is attached, ``Modded`` for early/mid/late.
    """
    if isinstance(node, Point):
        name = node.granularity.capitalize()
        names = {"Point", name, f"{name}{'Y' if node.has_year else '0'}", f"{name}{'Rel' if node.shifts else 'Abs'}"}
        if node.time and name != "Time":
            names.add("Timed")
        if node.mod:
            names.add("Modded")
        return frozenset(names)
    kind = {
        Span: "Range",
        Length: "Duration",
        Recurring: "Set",
        Vague: "Ref",
        Same: "Same",
        Several: "Several",
        Offset: "Offset",
        Nothing: "Nothing",
    }
    return frozenset({kind[type(node)]})


def item_shapes() -> Iterator[frozenset[str]]:
    """All that ``classes_of`` can answer."""
    for granularity in GRANULARITIES:
        name = granularity.capitalize()
        for known in "Y0":
            for kind in (f"{name}Rel", f"{name}Abs"):
                for extra in ((), ("Timed",), ("Modded",), ("Timed", "Modded")):
                    yield frozenset({"Point", name, name + known, kind, *extra})
    for name in ("Range", "Duration", "Set", "Ref", "Same", "Several", "Offset", "Nothing"):
        yield frozenset({name})
