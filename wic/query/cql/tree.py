"""The tree of a token query. ``at`` is the place in the query, in code points, that an error about the node names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from wic.query.cql.values import Value


@dataclass(frozen=True, slots=True)
class Name:
    """``word``, ``lemma``, ``text_date`` of the token at hand, or with ``label`` of the token that it marks."""

    name: str
    label: str
    at: int


@dataclass(frozen=True, slots=True)
class Number:
    value: int
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """``strlen(word)``, ``distabs(a, b)``."""

    function: str
    arguments: tuple[Name, ...]
    at: int


Operand: TypeAlias = Name | Number | Call | Value


@dataclass(frozen=True, slots=True)
class Compare:
    left: Operand
    sign: str
    right: Operand
    at: int


@dataclass(frozen=True, slots=True)
class Exists:
    """A bare name: inside a region, an attribute that is not empty, or a label that is set."""

    name: Name
    at: int


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition
    at: int


@dataclass(frozen=True, slots=True)
class Both:
    """``&``, ``|`` or ``->`` (if the left holds, the right must) between two conditions."""

    left: Condition
    sign: str
    right: Condition
    at: int


Condition: TypeAlias = Compare | Exists | Not | Both


@dataclass(frozen=True, slots=True)
class Token:
    """``[condition]``; None for ``[]``. ``@`` makes it the target."""

    condition: Condition | None
    label: str
    target: bool
    at: int


@dataclass(frozen=True, slots=True)
class Tag:
    """``<name="value">`` or ``</name>``: where a region begins or has ended; takes no token."""

    name: str
    sign: str
    value: Value | None
    closing: bool
    at: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """``[: condition :]``: what the next token must be; takes no token."""

    condition: Condition
    at: int


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Pattern, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Pattern, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """``least`` to ``most`` times; None for any number."""

    part: Pattern
    least: int
    most: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Meet:
    """Tokens of ``left`` that have one of ``right`` near: from ``first`` to ``last`` tokens on, or in one region."""

    left: Near
    right: Near
    first: int
    last: int
    region: str
    at: int


@dataclass(frozen=True, slots=True)
class Union:
    left: Near
    right: Near
    at: int


Pattern: TypeAlias = Token | Tag | Ahead | Sequence | Choice | Repeat
Near: TypeAlias = Token | Meet | Union


@dataclass(frozen=True, slots=True)
class Within:
    """A match may not leave ``count`` regions called ``region``, or ``count`` tokens where it is empty."""

    count: int
    region: str
    at: int


@dataclass(frozen=True, slots=True)
class Expand:
    """Matches grow to the ends of the region, or by ``count`` tokens where ``region`` is empty."""

    left: bool
    right: bool
    count: int
    region: str
    at: int


@dataclass(frozen=True, slots=True)
class Query:
    source: str
    body: Pattern | Near
    where: Condition | None = None
    within: Within | None = None
    expand: Expand | None = None


Node: TypeAlias = Pattern | Near | Condition | Operand


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below a node, in the order of the query."""
    match node:
        case Sequence(parts=parts) | Choice(options=parts):
            yield from parts
        case Repeat(part=part):
            yield part
        case Token(condition=condition):
            if condition is not None:
                yield condition
        case Ahead(condition=condition) | Not(condition=condition):
            yield condition
        case Meet(left=left, right=right) | Union(left=left, right=right):
            yield from (left, right)
        case Both(left=left, right=right) | Compare(left=left, right=right):
            yield from (left, right)
        case Exists(name=name):
            yield name
        case Call(arguments=arguments):
            yield from arguments
        case Tag(value=value):
            if value is not None:
                yield value


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def show(query: Query) -> str:
    """The tree in lines, what is below a node indented under it."""
    lines = list(_lines(query.body, 0))
    if query.where is not None:
        lines += ["where", *_lines(query.where, 1)]
    if query.within is not None:
        count, region = query.within.count, query.within.region
        lines.append(f"within {count} {region or ('token' if count == 1 else 'tokens')}")
    if query.expand is not None:
        grow = query.expand
        sides = " and ".join(side for side, grows in (("left", grow.left), ("right", grow.right)) if grows)
        lines.append(f"expand {sides} {'to ' + grow.region if grow.region else f'by {grow.count} tokens'}")
    return "\n".join(lines)


def _lines(node: Node, depth: int) -> Iterator[str]:
    yield "  " * depth + _title(node)
    if not isinstance(node, (Compare, Exists, Tag)):
        for child in children(node):
            yield from _lines(child, depth + 1)


def _title(node: Node) -> str:
    match node:
        case Sequence():
            return "sequence"
        case Choice():
            return "one of"
        case Repeat(least=least, most=most):
            return f"{least} or more times" if most is None else f"{least} to {most} times"
        case Token(condition=condition, label=label, target=target):
            name = f", called {label}" if label else ""
            return ("token" if condition is not None else "any token") + name + (", the target" if target else "")
        case Tag(name=name, sign=sign, value=value, closing=closing):
            return f"{'end' if closing else 'beginning'} of {name}{f' {sign} {value}' if value else ''}"
        case Ahead():
            return "next token (not taken)"
        case Meet(region=region, first=first, last=last):
            return f"first near second, {f'in one {region}' if region else f'{first} to {last} tokens on'}"
        case Union():
            return "either"
        case Not():
            return "not"
        case Both(sign=sign):
            return {"&": "and", "|": "or", "->": "if … then"}[sign]
        case Compare(left=left, sign=sign, right=right):
            return f"{_title(left)} {sign} {_title(right)}"
        case Exists(name=name):
            return _title(name)
        case Name(name=name, label=label):
            return f"{label}.{name}" if label else name
        case Number(value=value):
            return str(value)
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(_title, arguments))})"
        case Value():
            return str(node)
    raise AssertionError(node)
