"""The compiled part of wic, which is optional: what it does, Python and numpy do too, with the same answers.

Its C code stands in this folder; installing wic compiles it where there is a compiler. ``compiled`` is the module, or
None where none was built, on a machine whose byte order is not that of the models' files, or with WIC_COMPILED=0 in
the environment.
"""

from __future__ import annotations

import os
import sys

__all__ = ["compiled", "is_compiled"]

try:
    if os.environ.get("WIC_COMPILED") == "0" or sys.byteorder != "little":
        raise ImportError
    from wic.compiled import _module as compiled
except ImportError:
    compiled = None  # type: ignore[assignment]


def is_compiled() -> bool:
    """Whether the compiled part is there and used."""
    return compiled is not None
