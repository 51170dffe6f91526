"""An index keeps what reading, cleaning and segmenting made of a corpus, so that no command does it again.

``wic index corpus/`` puts a folder ``.wic`` into the corpus. From then on every command that reads a file below it
takes the prepared texts from there, and ``grep`` searches their bytes as it searches raw files. The answers are those
that the files would give: a file that changed since (size or time of change) is read itself, an index that this
version of wic with its data and engines did not make is not used at all, and one that was made for other steps (another
language or engine) is left alone. ``open_index`` says no to an index that is damaged.

The folder holds a ``manifest.json``, the list of sources with where their documents lie, and parts, which are never
changed once written (``wic.index.part``). This module only tells where an index is; ``wic.index.lookup`` opens it.
"""

from __future__ import annotations

import os
from functools import cache

FOLDER = ".wic"
MANIFEST = "wic-index.json"


@cache
def above(folder: str) -> str:
    """The folder of the index that the files of an absolute ``folder`` lie under; empty where there is none."""
    found = os.path.join(folder, FOLDER)
    if is_index(found):
        return found
    parent = os.path.dirname(folder)
    return above(parent) if parent != folder else ""


def is_index(path: str) -> bool:
    """Whether a folder is an index itself."""
    return os.path.isfile(os.path.join(path, MANIFEST))
