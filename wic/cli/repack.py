"""``wic repack``: a corpus in parts of like size, which can be worked on side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, TYPE_CHECKING

import click

from wic.books import books
from wic.cli.run import Run
from wic.cli.run import command as wic_command
from wic.cli.size import size
from wic.errors import WicError

if TYPE_CHECKING:
    from wic.document import Document

HELP = """Puts a corpus into parts of like size: many small files together, and large ones, compressed or not, apart.

Workers share large files of JSON lines; any other large file, compressed ones among them, keeps one worker busy.
Documents stay as they are and in their order: nothing is cleaned, and records keep all their fields. The parts are whole
when they have their names.

\b
Examples:
  wic repack crawl.jsonl.gz -o crawl/
  wic repack pages/*.warc.gz -o pages-text/ --part-bytes 256M
  wic clean crawl/ -f jsonl | wic repack - -f parquet -o clean/
"""


@wic_command("repack", "Put a corpus into parts of like size.", formats=["jsonl", "parquet"], help=HELP)
@click.option("--part-bytes", default="64M", callback=size, metavar="SIZE", help="Bytes of text in a part: a number, or 500k, 64M, 2G (default: 64M).")  # fmt: skip
def command(run: Run, part_bytes: int) -> None:
    from wic.read import documents
    from wic.write.whole import whole

    folder = run.folder
    if folder is None:
        raise click.UsageError("the parts need a folder; name one with -o DIR/")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise WicError(f"{folder}: not empty", "name an empty or a new folder with --output")
    found = (document for source in run.sources for document in documents(source, run.refuse))
    write, suffix = (_parquet, "parquet") if run.format == "parquet" else (_records, "jsonl.zst")
    for number, part in enumerate(_parts(books.enter(found), part_bytes)):
        with whole(folder / f"part-{number:05}.{suffix}") as stream:
            write(stream, part)


def _parts(documents: Iterable[Document], most: int) -> Iterator[Iterator[Document]]:
    """The documents in parts of up to ``most`` bytes of text; a longer one is a part by itself."""
    waiting = iter(documents)
    ahead = next(waiting, None)

    def part() -> Iterator[Document]:
        nonlocal ahead
        used = 0
        while ahead is not None and (not used or used + _bytes(ahead) <= most):
            used += _bytes(ahead)
            yield ahead
            ahead = next(waiting, None)

    while ahead is not None:
        yield part()


def _bytes(document: Document) -> int:
    return max(1, len(document.text.encode("utf-8", "surrogatepass")))


def _records(stream: IO[bytes], documents: Iterable[Document]) -> None:
    from wic.write import jsonl
    from wic.write.frames import frames

    stream.writelines(frames(chain.from_iterable(map(jsonl.document_line, documents))))


def _parquet(stream: IO[bytes], documents: Iterable[Document]) -> None:
    from wic.write import parquet

    parquet.write(stream, documents)
