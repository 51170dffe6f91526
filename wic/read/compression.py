"""Opens files that may be compressed: gzip, zstandard, xz and bzip2, told by their first bytes and not by name."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from wic.errors import WicError

SUFFIXES = (".gz", ".zst", ".xz", ".bz2")
MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\xfd7zXZ\x00": "xz", b"BZh": "bzip2"}


def suffix(path: str) -> str:
    """The suffix that tells the format, in lower case: ``.jsonl`` of ``a.jsonl.zst``."""
    name = path.lower()
    for ending in SUFFIXES:
        name = name.removesuffix(ending)
    dot = name.rfind(".")
    return name[dot:] if dot > name.rfind("/") else ""


@contextmanager
def open_source(path: str) -> Iterator[io.BufferedReader]:
    """The decompressed bytes of a file, or of standard input for ``-``, with ``peek``."""
    with _raw(path) as raw:
        kind = next((kind for magic, kind in MAGIC.items() if raw.peek(6).startswith(magic)), "")
        if not kind:
            yield raw
            return
        try:
            yield io.BufferedReader(_decompressed(raw, kind))
        except _errors() as error:
            raise WicError(f"damaged {kind} data: {error}", "what stood before the damage was read") from None


@contextmanager
def _raw(path: str) -> Iterator[io.BufferedReader]:
    if path == "-":
        # Tests and embedders put streams there that cannot be looked into ahead.
        stdin = sys.stdin.buffer
        yield stdin if isinstance(stdin, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stdin))
    else:
        with open(path, "rb") as raw:
            yield raw


def _decompressed(raw: io.BufferedReader, kind: str) -> io.RawIOBase:
    if kind == "gzip":
        import gzip

        return _Chunks(gzip.GzipFile(fileobj=raw))
    if kind == "zstd":
        return _Zstd(raw)
    if kind == "xz":
        import lzma

        return _Chunks(lzma.LZMAFile(raw))
    import bz2

    return _Chunks(bz2.BZ2File(raw))


class _Chunks(io.RawIOBase):
    """The content of a compressed file as it comes, so that what stands before damage is read before it is met."""

    def __init__(self, file: io.BufferedIOBase) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Zstd(io.RawIOBase):
    """The content of zstandard frames. Unlike zstandard's own reader it tells a cut-off frame from the end."""

    def __init__(self, raw: io.BufferedReader) -> None:
        import zstandard

        self._raw = raw
        self._decompressor = zstandard.ZstdDecompressor()
        self._frame = self._decompressor.decompressobj()
        self._between = True  # no frame is open
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            data = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._between = self._decompressor.decompressobj(), True
            data = data or self._raw.read1(1 << 17)
            if not data:
                if not self._between:
                    raise EOFError("the last frame is cut off")
                return 0
            self._ready = memoryview(self._frame.decompress(data))
            self._between = self._frame.eof
        taken = min(len(buffer), len(self._ready))
        buffer[:taken] = self._ready[:taken]
        self._ready = self._ready[taken:]
        return taken


def _errors() -> tuple[type[Exception], ...]:
    import lzma
    import zlib

    import zstandard

    return (EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError, OSError)
