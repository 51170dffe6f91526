"""Archives (zip, tar): their members are read as the files of a folder would be, without unpacking them anywhere.

Names of members are labels and nothing else, so that none can reach outside. Ids have the form ``ARCHIVE!MEMBER``.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from wic.document import Document
from wic.errors import Refusal, WicError
from wic.read import compression
from wic.read.formats import SUFFIXES, WALKED

if TYPE_CHECKING:
    from wic.read import Refuse, Source


class _Member(NamedTuple):
    """``trouble`` says why it cannot be read, if so."""

    name: str
    open: Callable[[], IO[bytes] | None]
    trouble: str = ""


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The documents of the members whose names end like those of documents; a bad member costs itself alone."""
    from wic.read import within

    count = 0
    for member in (_zipped if source.format == "zip" else _taped)(stream):
        place = f"{source.path}!{member.name}"
        suffix = compression.suffix(member.name)
        if suffix not in WALKED and not member.trouble:
            continue
        count += 1
        try:
            if member.trouble:
                raise WicError(member.trouble, "it was passed over")
            with (
                cast(IO[bytes], member.open()) as content,
                compression.decompressed(io.BufferedReader(cast(Any, content))) as text,
            ):
                yield from within(text, source._replace(path=place, format=SUFFIXES[suffix]), refuse)
        except WicError as error:
            refuse(Refusal.of(place, error))
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile, tarfile.TarError, OSError, EOFError) as error:
            refuse(Refusal(place, f"cannot be read: {error}", "unpack the archive and look at this file"))
    if not count:
        raise WicError("no text in this archive", f"it needs files that end in {', '.join(WALKED)}")


def _zipped(stream: io.BufferedReader) -> Iterator[_Member]:
    # The directory is at the end, so a pipe or a compressed file has to be taken whole.
    file = stream if stream.seekable() else io.BytesIO(stream.read())
    try:
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    grown = info.file_size > max(compression.HARMLESS, compression.GROWTH * info.compress_size)
                    trouble = f"it grows to {info.file_size:,} bytes from {info.compress_size:,}" if grown else ""
                    yield _Member(info.filename, lambda info=info: archive.open(info), trouble)  # type: ignore[misc]
    except zipfile.BadZipFile as error:
        raise WicError(f"damaged zip archive: {error}", "what stood before the damage was read") from None


def _taped(stream: io.BufferedReader) -> Iterator[_Member]:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if not info.isdir():
                    trouble = "" if info.isreg() else "a link or a device, not a file"
                    yield _Member(info.name, lambda info=info: archive.extractfile(info), trouble)  # type: ignore[misc]
    except (tarfile.TarError, EOFError) as error:
        raise WicError(f"damaged tar archive: {error}", "what stood before the damage was read") from None
