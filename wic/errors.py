"""What can go wrong, in the user's words: an error says what is wrong and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class WicError(Exception):
    """Trouble that the user can act on.

    ``message`` says what is wrong (lower case, naming the file, flag or column); ``hint`` says what to do.
    Core modules raise it; ``wic.cli`` alone turns it into text on stderr and an exit code.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[WicError], tuple[str, str]]:
        # Errors cross process borders; the default pickle of an exception would lose the hint.
        return type(self), (self.message, self.hint)


def unknown(message: str, name: str, known: Iterable[str]) -> WicError:
    """The error about a name that nothing has, with the nearest that something has, and all in their order."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(name, names, n=1)
    listed = f"known: {', '.join(names)}"
    return WicError(message, f"did you mean {close[0]}? {listed}" if close else listed)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or a document that could not be processed, while the rest of the run goes on.

    ``place`` is the path, with ``:LINE`` where one line of a file is meant.
    """

    place: str
    reason: str
    hint: str = ""

    @classmethod
    def of(cls, place: str, error: WicError) -> Refusal:
        return cls(place, error.message, error.hint)
