"""Makes an index, or brings one up to date: what changed goes into a new part, what did not is kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from wic.errors import Refusal, WicError
from wic.index import MANIFEST
from wic.index.lookup import FORMAT, Entry, Index, checksum, fingerprint, load
from wic.index.part import FILES, Packed, Writer, pack
from wic.pipeline import Steps, prepared
from wic.read import STDIN, Refuse, Source
from wic.write.whole import whole

FEW = 8  # parts; with more, everything is written anew


class Done(NamedTuple):
    """The end of a source: the file as it was when it was read, and whether all of it could be read."""

    source: Source
    size: int
    changed: int
    complete: bool


class Report(NamedTuple):
    """What was done: sources kept as they were, sources read, documents in the index, and bytes of their text."""

    kept: int
    read: int
    documents: int


def packed(steps: Steps, source: Source, refuse: Refuse) -> Iterator[Packed | Done]:
    """The documents of a source ready to be kept, and what the source was."""
    from wic.segment import segment

    try:
        facts = os.stat(source.path)
    except OSError as error:
        refuse(Refusal(source.path, error.strerror or str(error), "check that the file can be read"))
        return
    refused: list[Refusal] = []

    def note(refusal: Refusal) -> None:
        refused.append(refusal)
        refuse(refusal)

    for document in prepared(replace(steps, segment=False), source, note):
        try:
            yield pack(document, segment(document, steps.words), source.name)
        except WicError as error:
            note(Refusal.of(document.id, error))
    yield Done(source, facts.st_size, facts.st_mtime_ns, not refused)


def build(
    folder: str,
    sources: Sequence[Source],
    steps: Steps,
    run: Callable[[Sequence[Source]], Iterable[Packed | Done]],
    *,
    anew: bool = False,
) -> Report:
    """Writes the index of ``sources`` into ``folder``.

    ``run`` gives what ``packed`` yields for each of the sources it is given, in order. Until the new manifest takes the
    place of the old one, the old index is whole. A source of which a part could not be read is left out, so that it
    is read, and complained about, each time.
    """
    old = None if anew else _old(folder, steps)
    kept = {source: entry for source in sources if old is not None and (entry := old.fresh(source)) is not None}
    if old is not None and len(old.parts) >= FEW:
        old, kept = None, {}
    # A name that is not text is not kept in a manifest, which is; its file is read each time.
    todo = [source for source in sources if source not in kept and source.path != STDIN and source.path == source.name]
    os.makedirs(folder, exist_ok=True)
    name = _free(folder)
    entries, facts = _written(folder, name, todo, run)
    entries |= kept
    parts = {} if old is None else {one: old.parts[one] for one in {entry.part for entry in kept.values()}}
    if facts["documents"]:
        parts[name] = facts
    else:
        _remove(folder, [name])
    manifest = {
        "format": FORMAT,
        "made_by": fingerprint(),
        "lang": steps.lang,
        "words": asdict(steps.words),
        "parts": parts,
        "sources": {
            os.path.relpath(source.path, folder): list(entries[source]) for source in sources if source in entries
        },
    }
    with whole(Path(folder, MANIFEST)) as file:
        file.write(orjson.dumps({**manifest, "sum": checksum(manifest)}))
    _remove(folder, _parts(folder) - set(parts))
    return Report(len(kept), len(todo), sum(entry.documents for entry in entries.values()))


def _old(folder: str, steps: Steps) -> Index | None:
    """The index that is there, if it can be built on."""
    try:
        index = load(folder)
    except WicError:
        return None
    return index if index.serves(replace(steps, segment=False)) else None


def _written(
    folder: str, name: str, todo: Sequence[Source], run: Callable[[Sequence[Source]], Iterable[Packed | Done]]
) -> tuple[dict[Source, Entry], dict[str, Any]]:
    """Writes a part with the documents of the sources; returns where they lie and the facts of the part."""
    writer = Writer(folder, name)
    entries: dict[Source, Entry] = {}
    try:
        first, complete = 0, True
        for item in run(todo):
            if isinstance(item, Packed):
                writer.add(item)
                continue
            complete = complete and item.complete
            if item.source.goes_on:
                continue
            if complete:
                source, count = item.source._replace(stretch=None), writer.count - first
                how = (source.format, source.encoding, source.column, source.delimiter)
                entries[source] = Entry(item.size, item.changed, *how, name, first, count)
            first, complete = writer.count, True
    except BaseException:
        writer.close()
        _remove(folder, [name])
        raise
    return entries, writer.close()


def _parts(folder: str) -> set[str]:
    return {name.partition(".")[0] for name in os.listdir(folder) if name.rpartition(".")[2] in FILES}


def _free(folder: str) -> str:
    numbers = [int(name) for name in _parts(folder) if name.isdigit()]
    return f"{max(numbers, default=0) + 1:04}"


def _remove(folder: str, names: Iterable[str]) -> None:
    for name in names:
        for kind in FILES:
            with suppress(FileNotFoundError):
                os.remove(os.path.join(folder, f"{name}.{kind}"))
