"""The document at hand, noted in a file: what was read last when the process died that worked on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wic.document import Document
from wic.errors import Refusal

if TYPE_CHECKING:
    from wic.read import Refuse

DIED = "the process that worked on it died, twice"
HINT = "it may have run out of memory: --max-doc-bytes refuses long documents"


class Watch(NamedTuple):
    """The file for the number of the document at hand, from 0 on, and the numbers of those that are to be refused."""

    note: str
    without: tuple[int, ...] = ()

    def last(self) -> int | None:
        """The number of the document that was being worked on, None if none was."""
        try:
            return int(Path(self.note).read_bytes())
        except (OSError, ValueError):
            return None

    def documents(self, found: Iterator[Document], refuse: Refuse) -> Iterator[Document]:
        """The documents, each noted before it is handed on; those that are to be refused are, by their ids."""
        # In one write that no buffer holds back: what the file system has been given stays when the process is killed.
        note = os.open(self.note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            for number, document in enumerate(found):
                if number in self.without:
                    refuse(Refusal(document.id, DIED, HINT))
                    continue
                os.pwrite(note, b"%d" % number, 0)
                yield document
                os.ftruncate(note, 0)
        finally:
            os.close(note)
