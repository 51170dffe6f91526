"""The books of a run: every document that was read is done, or refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import TypeVar

from wic.errors import WicError

T = TypeVar("T")


@dataclass(slots=True)
class Books:
    """Documents that came from the readers, those that were handed on and finished with, and those that a step refused.

    What no reader could make a document of is in none of these; it is refused with its place.
    """

    documents: int = 0
    done: int = 0
    refused: int = 0

    def add(self, other: Books) -> None:
        """Enters what is in the books of another process."""
        self.documents += other.documents
        self.done += other.done
        self.refused += other.refused

    def since(self, earlier: Books) -> Books:
        """What was entered after ``earlier``."""
        return Books(self.documents - earlier.documents, self.done - earlier.done, self.refused - earlier.refused)

    def enter(self, documents: Iterable[T]) -> Iterator[T]:
        """The documents, each entered when it comes and when whoever takes it asks for the next, or for no more."""
        for document in documents:
            self.documents += 1
            try:
                yield document
            finally:
                self.done += 1

    def refuse(self) -> None:
        """Enters a document that a step refused."""
        self.documents += 1
        self.refused += 1

    def take_back(self) -> None:
        """Enters as refused a document that was handed on and then could not be finished with."""
        self.done -= 1
        self.refused += 1

    def begin(self) -> None:
        """Opens new books."""
        self.documents = self.done = self.refused = 0

    def close(self) -> Books:
        """What was entered. A WicError where a document is missing."""
        found = copy(self)
        if found.documents != found.done + found.refused:
            raise WicError(
                f"the books do not balance: {found.documents} documents came, {found.done} were done and {found.refused} "
                "refused",
                "the output may not be whole; please report how to see this",
            )
        return found


books = Books()  # of this process
