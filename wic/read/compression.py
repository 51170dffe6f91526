"""Opens files that may be compressed: gzip, zstandard, xz and bzip2, told by their first bytes and not by name."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from wic.errors import WicError

GROWTH = 200  # times its size that a file may grow by; text grows by 3 to 20, what grows more is made to harm
HARMLESS = 1 << 26  # bytes that may come out of any file
SUFFIXES = (".gz", ".zst", ".xz", ".bz2")
MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\xfd7zXZ\x00": "xz", b"BZh": "bzip2"}
# Frames that hold no content (RFC 8878, 3.1.2): pzstd begins a file with one.
MAGIC |= {bytes([0x50 + number]) + b"\x2a\x4d\x18": "zstd" for number in range(16)}


def suffix(path: str) -> str:
    """The suffix that tells the format, in lower case: ``.jsonl`` of ``a.jsonl.zst``."""
    name = path.lower()
    for ending in SUFFIXES:
        name = name.removesuffix(ending)
    dot = name.rfind(".")
    return name[dot:] if dot > name.rfind("/") else ""


@contextmanager
def open_source(path: str) -> Iterator[io.BufferedReader]:
    """The decompressed bytes of a file, of an address with ``://``, or of standard input for ``-``, with ``peek``."""
    with _raw(path) as raw, decompressed(raw) as content:
        yield content


@contextmanager
def decompressed(raw: io.BufferedReader) -> Iterator[io.BufferedReader]:
    """What is in a file that may be compressed.

    Raises WicError when damage is met, and for data that grow to more than ``HARMLESS`` bytes and ``GROWTH`` times.
    """
    if not (method := kind(raw)):
        yield raw
        return
    try:
        counted = _Counted(raw)
        bounded = _Bounded(_decompressed(io.BufferedReader(counted), method), counted, method)
        content: io.BufferedReader = io.BufferedReader(cast(Any, bounded))
        if twice := kind(content):
            raise WicError(f"compressed twice, with {method} and {twice}", "decompress it once")
        yield content
    except _errors() as error:
        if "too much memory" in str(error):  # by the header of a zstandard frame
            raise WicError(f"{method} data with a window of more than 128 MB", "decompress it first") from None
        raise WicError(f"damaged {method} data: {error}", "what stood before the damage was read") from None


def kind(raw: io.BufferedReader) -> str:
    """How a stream is compressed, empty if it is not."""
    return next((name for magic, name in MAGIC.items() if raw.peek(6).startswith(magic)), "")


@contextmanager
def _raw(path: str) -> Iterator[io.BufferedReader]:
    from wic.read import remote

    if path == "-":
        # Tests and embedders put streams there that cannot be looked into ahead.
        stdin = sys.stdin.buffer
        yield stdin if isinstance(stdin, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stdin))
    elif remote.is_address(path):
        with remote.opened(path) as raw:
            yield raw
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


class _Counted(io.RawIOBase):
    """A file that counts the bytes that are read from it."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Bounded(io.RawIOBase):
    """The content of a compressed file as long as it is in proportion to the file."""

    def __init__(self, content: io.RawIOBase, file: _Counted, kind: str) -> None:
        self._content = content
        self._file = file
        self._kind = kind
        self._count = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._count

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count: int = self._content.readinto(buffer)
        self._count += count
        if self._count > HARMLESS and self._count > GROWTH * self._file.count:
            raise WicError(
                f"{self._kind} data that grow to more than {GROWTH} times their size",
                "if the file is meant to be so, decompress it first",
            )
        return count


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
