"""Counts that add: the tally of some documents plus the tally of others is the tally of all of them.

Words are the tokens of kind ``word``; their types are told apart after casefolding. A tally knows what made its
numbers (engines, versions, cleaning rules), and the signature of a sum names every maker that took part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from wic import __version__
from wic.document import Document


@dataclass
class Tally:
    """Counts over documents. ``characters`` are code points of the clean text, white space included."""

    documents: int = 0
    characters: int = 0
    sentences: int = 0
    tokens: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    scripts: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    makers: set[str] = field(default_factory=set)

    def add(self, document: Document) -> None:
        """Counts one segmented document."""
        self.documents += 1
        self.characters += len(document.text)
        self.scripts[document.script] += 1
        self.edits.update(rule for edit in document.edits or () for rule in edit.rule.split("+"))
        self.flags.update(flag.rule for flag in document.flags)
        words = []
        for sentence in document.sentences or ():
            seen = False
            for text, _, _, kind in sentence.tokens:
                if kind == "space":
                    continue
                seen = True
                self.tokens += 1
                if kind == "word":
                    words.append(text)
            self.sentences += seen
        for word, count in Counter(words).items():
            self.words[word.casefold()] += count
        facts = document.provenance
        self.makers.add(f"clean:{facts.get('clean', 'unknown')}")
        self.makers.add(f"{document.lang or 'und'}:{facts.get('words', 'unknown')}")

    def __iadd__(self, other: Tally) -> Tally:
        self.documents += other.documents
        self.characters += other.characters
        self.sentences += other.sentences
        self.tokens += other.tokens
        self.edits.update(other.edits)
        self.flags.update(other.flags)
        self.scripts.update(other.scripts)
        self.words.update(other.words)
        self.makers |= other.makers
        return self

    @property
    def signature(self) -> str:
        """One line that says what made the numbers; equal signatures make numbers comparable."""
        return "|".join([f"wic:{__version__}", *sorted(self.makers), "words:kind=word,case=fold"])


Grouping = Callable[[Document], str]


def tally(documents: Iterable[Document], group: Grouping) -> dict[str, Tally]:
    """Tallies of the documents by the group that each belongs to, in the order in which groups appear."""
    found: dict[str, Tally] = {}
    for document in documents:
        found.setdefault(group(document), Tally()).add(document)
    return found


def merge(parts: Iterable[dict[str, Tally]]) -> dict[str, Tally]:
    """The sum of grouped tallies, group by group."""
    total: dict[str, Tally] = {}
    for part in parts:
        for name, counts in part.items():
            if name in total:
                total[name] += counts
            else:
                total[name] = counts
    return total
