"""``wic clean --undo``: the text as read, rebuilt from a clean text and the edits that ``-f edits`` wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import orjson

from wic.cli.run import Run
from wic.document import Document, Edit, undo
from wic.errors import WicError


def undone(run: Run, path: str) -> Iterator[bytes]:
    """The texts as read, as bytes.

    Edits belong to the text with their id. Where the file holds the edits of one text and one text is given, the id
    does not matter, since a clean copy has another name than the file that was read.
    """
    from wic.read import documents
    from wic.write import text

    edits = _edits(path)
    found = [document for source in run.sources for document in documents(source, run.refuse)]
    alone = len(edits) == 1 and len(found) == 1
    missing = set(edits) - {document.id for document in found}
    if missing and not alone:
        raise WicError(
            f"no text for the edits of {sorted(missing)[0]!r}", "give the clean texts as records with their ids"
        )
    raws = (_raw(document, next(iter(edits.values())) if alone else edits.get(document.id, [])) for document in found)
    return text.joined(raws, close=len(found) > 1)


def _edits(path: str) -> dict[str, list[Edit]]:
    edits: dict[str, list[Edit]] = defaultdict(list)
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError as error:
        raise WicError(f"{path}: {error.strerror}", "name the file that 'wic clean -f edits' wrote") from None
    for number, line in enumerate(lines, 1):
        try:
            record = orjson.loads(line)
            if "before" in record:  # the other lines are flags: places that were left alone
                edit = Edit(record["rule"], record["start"], record["end"], record["before"], record["after"])
                edits[record["id"]].append(edit)
        except (orjson.JSONDecodeError, KeyError, TypeError):
            raise WicError(f"{path}:{number}: not an edit", "name the file that 'wic clean -f edits' wrote") from None
    return edits


def _raw(document: Document, edits: list[Edit]) -> str:
    grown = 0
    for edit in edits:
        start = edit.start + grown
        if document.text[start : start + len(edit.after)] != edit.after:
            raise WicError(
                f"{document.id}: {edit.after!r} does not stand at {start}, where the edits put it",
                "give the clean text that belongs to these edits, unchanged",
            )
        grown += len(edit.after) - len(edit.before)
    return undo(edits, document.text)
