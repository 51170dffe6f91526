"""Lines in frames of zstandard, each of which can be read by itself: a file of them can be split, and joined by cat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import zstandard

SIZE = 1 << 20  # bytes of content
LEVEL = 3


def frames(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, compressed; no line is in two frames."""
    compressor = zstandard.ZstdCompressor(level=LEVEL)
    waiting: list[bytes] = []
    room = 0
    for line in lines:
        waiting.append(line)
        room += len(line)
        if room >= SIZE and line.endswith(b"\n"):  # long lines come in parts
            yield compressor.compress(b"".join(waiting))
            waiting, room = [], 0
    if waiting:
        yield compressor.compress(b"".join(waiting))
