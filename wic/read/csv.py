"""Tables in text, one document a row: comma-separated (RFC 4180) or tab-separated, with a header.

The column ``text`` (or the one that ``--text-column`` names) is the text, ``id`` and ``lang`` are what they say, the
other columns become metadata. A column without a name, or with one that another has, gets one by its number. A row with more
or fewer fields than the header is read, and told; one that is not well formed costs itself and what may be the rest of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from wic.document import Document
from wic.errors import Refusal, WicError
from wic.read.lines import decoded

if TYPE_CHECKING:
    from wic.read import Refuse, Source

DELIMITERS = {"csv": ",", "tsv": "\t"}
LONGEST = 1 << 26  # code points that a field may have: a quote that is never closed would take in the rest of the file
OWN = ("id", "lang")


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """A document for each row below the header; what is wrong with a row is told with the number of its first line."""
    rows = _Rows(decoded(stream, source), source)
    header = next(rows, None)
    if header is None:
        return
    if isinstance(header, WicError):
        raise header
    column = _text_column(header, source)
    names = _names(header)
    if twice := {name for name in header if name and header.count(name) > 1}:
        reason = f"several columns called {', '.join(map(repr, sorted(twice)))}"
        refuse(Refusal(f"{source.path}:1", reason, "the first is taken; the others are named by their numbers"))
    broken = False  # what stands below a broken row may be the rest of it
    for row in rows:
        place = f"{source.path}:{rows.first}"
        if isinstance(row, WicError):
            refuse(Refusal.of(place, row))
            broken = True
            continue
        if row and len(row) != len(header):
            reason = f"{len(row)} fields where the header has {len(header)}"
            refuse(Refusal(place, reason, "quote fields that hold the delimiter, or name it with --delimiter"))
            if broken:
                continue
            names += [_name(number, names) for number in range(len(names), len(row))]
        broken = False
        fields = dict(zip(names, row, strict=False))
        if column in fields:
            yield _document(fields, column, place, source)


def _text_column(header: list[str], source: Source) -> str:
    column = source.column or "text"
    if column not in header:
        raise WicError(
            f"no column {column!r}; the header has {', '.join(map(repr, header))}",
            "name it with --text-column, what stands between the columns with --delimiter, the encoding with --encoding",
        )
    return column


def _names(header: list[str]) -> list[str]:
    """The names of the columns, each once."""
    found: list[str] = []
    for number, name in enumerate(header):
        found.append(name if name and name not in found else _name(number, header))
    return found


def _name(number: int, others: list[str]) -> str:
    name = f"column {number + 1}"
    while name in others:
        name += "'"
    return name


def _document(fields: dict[str, str], column: str, place: str, source: Source) -> Document:
    text = fields.pop(column)
    own = {name: fields.pop(name, "") for name in OWN}
    return Document(
        id=own["id"] or place,
        text=text,
        lang=own["lang"],
        metadata={name: value for name, value in fields.items() if value},
        provenance=source.provenance,
    )


class _Rows:
    """The rows, with a WicError in place of one that is not well formed; ``first`` is the number of its first line."""

    def __init__(self, lines: Iterator[str], source: Source) -> None:
        self.first = 0
        self._number = 0
        self._taken: list[str] = []
        self._size = 0
        self._lines = lines
        self._delimiter = source.delimiter or DELIMITERS[source.format or "csv"]
        csv.field_size_limit(LONGEST)
        self._reader = self._read(lines)

    def _read(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return iter(csv.reader(self._counted(lines), delimiter=self._delimiter, strict=True))

    def _counted(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            self._number += 1
            self._taken.append(line)
            self._size += len(line)
            if self._size > LONGEST:
                raise csv.Error("no end")
            yield line

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> list[str] | WicError:
        self.first = self._number + 1
        self._taken.clear()
        self._size = 0
        try:
            return next(self._reader)
        except csv.Error as error:
            # What stands below the line where the bad row began is read anew.
            again = self._taken[1:]
            self._number = self.first
            self._lines = chain(again, self._lines)
            self._reader = self._read(self._lines)
            return WicError(f"not a row of a table: {error}", "a quote inside a quoted field is written twice")
