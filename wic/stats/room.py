"""Room for what grows with the corpus: memory, and beyond a limit temporary files that are mapped into it.

The system takes the memory of a mapped file back when it is needed elsewhere, and reads the file again. The files have
no names, so that nothing is left of them; they are in the folder that ``TMPDIR`` names.
"""

from __future__ import annotations

import tempfile
import weakref
from array import array
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import DTypeLike, NDArray


class Room:
    """Memory for arrays, ``limit`` bytes of it, or as much as they need."""

    def __init__(self, limit: int | None = None) -> None:
        self.limit = limit
        self._used = 0

    def array(self, size: int, kind: DTypeLike) -> NDArray[Any]:
        """An array of ``size`` numbers that are still to be set: in memory, or in a file if it does not fit."""
        import numpy as np

        bytes_ = size * np.dtype(kind).itemsize
        if self.limit is not None and size and self._used + bytes_ > self.limit:
            with tempfile.TemporaryFile(prefix="wic-") as file:
                return np.memmap(file, kind, "w+", shape=(size,))
        found: NDArray[Any] = np.empty(size, kind)
        self._used += bytes_
        weakref.finalize(found, self._free, bytes_)
        return found

    def _free(self, bytes_: int) -> None:
        self._used -= bytes_


UNLIMITED = Room()


class Row:
    """32-bit numbers one after the other, to which more are added; what has no room in memory is in a file."""

    def __init__(self, room: Room) -> None:
        self._most = None if room.limit is None else max(1, room.limit // 16)  # a quarter of the room
        self._last: array[int] = array("i")
        self._file: BinaryIO | None = None
        self._stored = 0

    def __len__(self) -> int:
        return self._stored + len(self._last)

    def add(self, numbers: array[int] | list[int]) -> None:
        """Adds numbers at the end."""
        self._last.extend(numbers)
        if self._most is not None and len(self._last) > self._most:
            self._store()

    def _store(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="wic-")  # noqa: SIM115 - open as long as the row is there
            weakref.finalize(self, self._file.close)
        self._last.tofile(self._file)
        self._stored += len(self._last)
        self._last = array("i")

    def all(self) -> array[int] | NDArray[np.int32]:
        """All of the numbers, not to be changed: as they are in memory, or as an array that is in a file."""
        if self._file is None:
            return self._last
        import numpy as np

        self._store()
        self._file.flush()
        return np.memmap(self._file, np.int32, "r", shape=(self._stored,))
