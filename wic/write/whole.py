"""Files that have their name only when they are whole: what stood there before stays until then, and no part is left."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def whole(target: Path, prefix: str = "") -> Iterator[IO[bytes]]:
    """A file to write that becomes ``target`` when it is on the disk, with the rights of any new file.

    Until then its name begins with ``prefix``, or with a dot and the name of the target.
    """
    prefix = prefix or f".{target.name}."
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=prefix, delete=False) as part:
        try:
            yield part
            part.flush()
            os.fsync(part.fileno())
            os.chmod(part.name, 0o666 & ~_umask())
            os.replace(part.name, target)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
