"""Rows as tab- or comma-separated values with a header line.

In TSV, tabs, line ends and backslashes inside a value are written ``\\t``, ``\\n``, ``\\r`` and ``\\\\``, so that a
row is always one line and can be read back; CSV quotes as RFC 4180 does, with ``\\n`` line ends.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def tsv(rows: Iterable[Mapping[str, object]], fields: Sequence[str], *, header: bool = True) -> Iterator[bytes]:
    """Lines of the rows' ``fields``; None is an empty value."""
    if header:
        yield ("\t".join(fields) + "\n").encode()
    for row in rows:
        yield ("\t".join([value(row.get(field)) for field in fields]) + "\n").encode()


def value(content: object) -> str:
    """A value as it stands in TSV."""
    text = _plain(content)
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)


def comma(rows: Iterable[Mapping[str, object]], fields: Sequence[str], *, header: bool = True) -> Iterator[bytes]:
    """The rows as CSV; None is an empty value."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    if header:
        writer.writerow(fields)
    for row in rows:
        writer.writerow([_plain(row.get(field)) for field in fields])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    if buffer.getvalue():
        yield buffer.getvalue().encode()


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)
