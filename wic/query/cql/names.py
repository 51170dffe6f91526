"""Whether the attributes and regions that a query names are there in a document."""

from __future__ import annotations

from wic.errors import WicError
from wic.query.carets import misplaced
from wic.query.cql.columns import Columns
from wic.query.cql.tree import Call, Exists, Meet, Name, Query, Tag, Token, walk


def check(query: Query, columns: Columns) -> None:
    """Raises a WicError with the column of the first name that the document does not know."""
    nodes = [*walk(query.body), *(walk(query.where) if query.where else ())]
    labels = {node.label for node in nodes if isinstance(node, Token)}
    for node in nodes:
        if isinstance(node, Tag) and columns.tagged(node.name) is None:
            raise _unknown("region", node.name, node.at, query, columns)
        if isinstance(node, Meet) and node.region:
            _region(node.region, node.at, query, columns)
        if isinstance(node, Call):
            _call(node, query, columns)
        elif isinstance(node, Exists) and not node.name.label:
            bare = node.name.name
            if bare not in labels and columns.structure(bare) is None:
                _attribute(node.name, query, columns)
    for clause in (query.within, query.expand):
        if clause is not None and clause.region:
            _region(clause.region, clause.at, query, columns)
    inside = {id(node.name) for node in nodes if isinstance(node, Exists)}
    inside |= {id(name) for node in nodes if isinstance(node, Call) for name in node.arguments}
    for node in nodes:
        if isinstance(node, Name) and id(node) not in inside:
            _attribute(node, query, columns)


def _call(call: Call, query: Query, columns: Columns) -> None:
    name = call.arguments[0]
    if call.function == "strlen":
        _attribute(name, query, columns)
    elif call.function in ("lbound", "rbound"):
        _region(name.name, name.at, query, columns)


def _attribute(name: Name, query: Query, columns: Columns) -> None:
    base, underscore, _ = name.name.partition("_")
    if columns.column(name.name) is None and not (underscore and columns.structure(base) is not None):
        place = name.at + (len(name.label) + 1 if name.label else 0)
        raise _unknown("attribute", name.name, place, query, columns)


def _region(name: str, at: int, query: Query, columns: Columns) -> None:
    if columns.structure(name) is None:
        raise _unknown("region", name, at, query, columns)


def _unknown(what: str, name: str, at: int, query: Query, columns: Columns) -> WicError:
    known = f"there are {', '.join(columns.attributes() if what == 'attribute' else columns.names())}"
    if what == "attribute":
        known += f"; {', '.join(columns.names())} are regions"
    return misplaced(f"no {what} {name!r} in {columns.document.id}", query.source, at, known)
