"""Whether results go to a person at a terminal, and whether in colour."""

from __future__ import annotations

import os
import sys
from typing import IO


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def coloured(choice: str, stream: IO[str]) -> bool:
    """Whether to send colours to ``stream``: as asked, or when it is a terminal and nothing forbids it."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
