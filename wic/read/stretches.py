"""Large files of JSON lines in stretches of lines, which can be read side by side."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from wic.read import compression, remote

if TYPE_CHECKING:
    from wic.read import Source

BLOCK = 1 << 20  # bytes read at a time


class Stretch(NamedTuple):
    """The bytes ``start:end`` of a file, to its end where ``end`` is 0; the first line of them has the number ``line``."""

    start: int
    end: int
    line: int


def stretches(source: Source, size: int) -> Iterator[Source]:
    """The source in stretches of ``size`` bytes or a little more, in order; as it is, where it cannot be cut or is not larger.

    The file is read once, since documents without an id are named by the numbers of their lines.
    """
    if not _can_be_cut(source, size):
        yield source
        return
    with open(source.path, "rb", buffering=0) as file:
        start, line = 0, 1
        while True:
            end, lines = _next(file, start, size)
            if not end:
                yield source._replace(stretch=Stretch(start, 0, line)) if start else source
                return
            yield source._replace(stretch=Stretch(start, end, line))
            start, line = end, line + lines


def _can_be_cut(source: Source, size: int) -> bool:
    # In an encoding of two bytes a line end is none, and an index has the documents ready.
    if source.format != "jsonl" or source.encoding or source.indexed or source.stretch:
        return False
    if source.path == "-" or remote.is_address(source.path):
        return False
    try:
        if os.stat(source.path).st_size <= size:
            return False
        with open(source.path, "rb") as file:
            return not compression.kind(file)
    except OSError:
        return False  # whoever reads it will tell


def _next(file: io.FileIO, start: int, size: int) -> tuple[int, int]:
    """Where the stretch of ``size`` ends that begins at ``start``, and how many lines it has; 0 where it is the last one."""
    file.seek(start)
    place, lines = start, 0
    while block := file.read(BLOCK):
        enough = start + size - place  # from here on the next line end is the end
        end = block.find(b"\n", max(0, enough - 1)) + 1 if enough <= len(block) else 0
        if end:
            place += end
            return (place, lines + block.count(b"\n", 0, end)) if file.seek(place) and file.read(1) else (0, 0)
        place, lines = place + len(block), lines + block.count(b"\n")
    return 0, 0


def opened(file: io.BufferedReader, stretch: Stretch) -> io.BufferedReader:
    """What a stretch has of a file that is open."""
    return io.BufferedReader(cast(Any, _Within(file, stretch)))


class _Within(io.RawIOBase):
    """The bytes of a stretch."""

    def __init__(self, file: io.BufferedReader, stretch: Stretch) -> None:
        self._file = file
        file.seek(stretch.start)
        self._left = stretch.end - stretch.start if stretch.end else None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        most = len(buffer) if self._left is None else min(len(buffer), self._left)
        data = self._file.read1(most) if most else b""
        buffer[: len(data)] = data
        if self._left is not None:
            self._left -= len(data)
        return len(data)
