"""Whether a condition holds at a position, given the tokens that the labels mark."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from wic.query.cql.columns import Columns
from wic.query.cql.tree import Both, Call, Compare, Condition, Exists, Name, Node, Not, Number, Operand, walk
from wic.query.cql.values import Value

Labels = Mapping[str, int]  # position of the token that a label marks; labels that are not set are missing

_SIGNS: dict[str, Callable[[float | str, float | str], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


class Judge:
    """Conditions of one query, which sets ``labels``, on one document."""

    def __init__(self, columns: Columns, labels: frozenset[str] = frozenset()) -> None:
        self.columns = columns
        self.labels = labels
        self._vectors: dict[int, list[bool]] = {}

    def vector(self, condition: Condition | None) -> list[bool] | None:
        """For each position whether the condition holds there; None if that depends on labels."""
        if condition is None:
            return [True] * self.columns.size
        key = id(condition)
        if key not in self._vectors:
            if any(map(self._needs_labels, walk(condition))):
                return None
            self._vectors[key] = self._vector(condition)
        return self._vectors[key]

    def _needs_labels(self, node: Node) -> bool:
        if isinstance(node, Name):
            return node.label not in ("", "_") or node.name in self.labels
        return isinstance(node, Call) and node.function != "strlen"

    def _vector(self, condition: Condition) -> list[bool]:
        match condition:
            case Not(condition=inner):
                return [not value for value in self._vector(inner)]
            case Both(left=left, sign=sign, right=right):
                pairs = zip(self._vector(left), self._vector(right), strict=True)
                if sign == "&":
                    return [one and other for one, other in pairs]
                if sign == "|":
                    return [one or other for one, other in pairs]
                return [not one or other for one, other in pairs]
            case Compare(left=Name(name=name), sign="=" | "!=", right=Value() as value):
                column = self.columns.column(name)
                if column is not None:
                    matches, wanted = value.matches, condition.sign == "="
                    return [matches(word) == wanted for word in column]
        return [self.holds(condition, position, {}) for position in range(self.columns.size)]

    def holds(self, condition: Condition, position: int, labels: Labels) -> bool:
        """Whether the condition holds at a position; a comparison with a label that is not set does not."""
        match condition:
            case Not(condition=inner):
                return not self.holds(inner, position, labels)
            case Both(left=left, sign=sign, right=right):
                first = self.holds(left, position, labels)
                if sign == "&":
                    return first and self.holds(right, position, labels)
                if sign == "|":
                    return first or self.holds(right, position, labels)
                return not first or self.holds(right, position, labels)
            case Exists(name=name):
                return self._exists(name, position, labels)
            case Compare():
                return self._compare(condition, position, labels)

    def _compare(self, condition: Compare, position: int, labels: Labels) -> bool:
        left = self._value(condition.left, position, labels)
        if left is None:
            return False
        right = condition.right
        if isinstance(right, Value) and condition.sign in ("=", "!="):
            return right.matches(str(left)) == (condition.sign == "=")
        other = right.text if isinstance(right, Value) else self._value(right, position, labels)
        if other is None:
            return False
        if isinstance(left, int) or isinstance(other, int):
            try:
                return _SIGNS[condition.sign](float(left), float(other))
            except ValueError:
                return False
        return _SIGNS[condition.sign](left, other)

    def _exists(self, name: Name, position: int, labels: Labels) -> bool:
        if not name.label and name.name in labels:
            return True
        if not name.label and self.columns.column(name.name) is None:
            if (structure := self.columns.structure(name.name)) is not None:
                return position >= 0 and structure.region(position) is not None
            if name.name in self.labels:
                return False
        return bool(self._value(name, position, labels))

    def _value(self, operand: Operand, position: int, labels: Labels) -> str | int | None:
        """The value of an operand; None where it speaks of a token that is not there."""
        match operand:
            case Number(value=value):
                return value
            case Value(text=text):
                return text
            case Name(name=name, label=label):
                place = position if label in ("", "_") else labels.get(label, -1)
                return self._attribute(name, place) if place >= 0 else None
            case Call():
                return self._call(operand, position, labels)

    def _attribute(self, name: str, position: int) -> str | None:
        column = self.columns.column(name)
        if column is not None:
            return column[position]
        base, _, key = name.partition("_")
        structure = self.columns.structure(base)
        region = structure.region(position) if structure else None
        return region.values.get(key, "") if region else None

    def _call(self, call: Call, position: int, labels: Labels) -> int | None:
        first = call.arguments[0]
        if call.function == "strlen":
            value = self._value(first, position, labels)
            return None if value is None else len(str(value))
        if call.function in ("lbound", "rbound"):
            structure = self.columns.structure(first.name)
            place = position if first.label in ("", "_") else labels.get(first.label, -1)
            region = structure.region(place) if structure and place >= 0 else None
            return int(region is not None and place == (region.first if call.function == "lbound" else region.last))
        one, other = labels.get(first.name), labels.get(call.arguments[1].name)
        if one is None or other is None:
            return None
        return other - one if call.function == "dist" else abs(other - one)
