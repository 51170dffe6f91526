"""What a rule makes of its slots: each builder turns named slots into a node, or into None to refuse.

A rule names its builder with ``make``. A builder gets the slots of the rule, all the items that it matched, and the
settings of the language; it knows no language itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from wic.dates.build import counted, lengths, lists, lunar, points, relative, sets, spans
from wic.dates.build.shapes import classes_of, item_shapes
from wic.dates.build.slots import Builder, notation

__all__ = ["BUILDERS", "classes_of", "item_shapes", "notation"]

BUILDERS: Mapping[str, Builder] = {
    name: builder
    for module in (points, relative, spans, lists, lengths, sets, counted, lunar)
    for name, builder in module.BUILDERS.items()
}
