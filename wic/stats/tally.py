"""Counts that add: the tally of some documents and the tally of others make the tally of all of them.

A tally knows the words of its documents in their order, as numbers, sentence by sentence; every table of ``wic
stats`` is read off that. Words are the tokens of kind ``word``; their types are told apart after casefolding. It also
knows what made its numbers (engines, versions, cleaning rules): the signature of a sum names every maker that took
part. Documents stay in the order in which they were added, so that parts that are merged in the order of the corpus
give what one run gives.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from wic import __version__
from wic.compiled import compiled
from wic.document import Document
from wic.segment.kinds import kind
from wic.stats.room import UNLIMITED, Room, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

END = 0  # stands in the words for the end of a sentence; words are numbered from 1
OTHER = -1  # the number of a token that is no word, before it is left out
MARK = "\0"  # stands for the end of a line while a block is split
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
LARGE = 200_000  # words; where there are more, numpy is worth its import
BLOCK = 1 << 20  # words that are taken over at a time
GROUPINGS = ("lang", "script", "file", "none")
COUNTING = "words:kind=word,case=fold"


class Origin(NamedTuple):
    """What documents can be grouped by; ``field`` is the value of the metadata field that was asked for."""

    lang: str
    script: str
    file: str
    field: str = ""


@dataclass(slots=True)
class Facts:
    """Counts over documents. ``characters`` are code points of the clean text, white space included.

    ``first_date`` and ``last_date`` are the earliest and the latest day of the documents' metadata, empty if none has one.
    """

    documents: int = 0
    characters: int = 0
    sentences: int = 0
    tokens: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    scripts: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    makers: set[str] = field(default_factory=set)
    first_date: str = ""
    last_date: str = ""

    def __iadd__(self, other: Facts) -> Facts:
        self.documents += other.documents
        self.characters += other.characters
        self.sentences += other.sentences
        self.tokens += other.tokens
        self.edits.update(other.edits)
        self.flags.update(other.flags)
        self.scripts.update(other.scripts)
        self.encodings.update(other.encodings)
        self.makers |= other.makers
        self.add_date(other.first_date)
        self.add_date(other.last_date)
        return self

    def add_date(self, day: str) -> None:
        """Takes an ISO day, or an empty string, into account."""
        if day:
            self.first_date = min(self.first_date or day, day)
            self.last_date = max(self.last_date, day)

    def signature(self, *details: str) -> str:
        """One line that says what made the numbers; equal signatures make numbers comparable."""
        return "|".join([f"wic:{__version__}", *sorted(self.makers), COUNTING, *details])


class Types(dict[str, int]):
    """Casefolded word → its number, the next one for a word that has not been met yet."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self) + 1
        return number


class Numbers(dict[str, int]):
    """Word as written → its number. Words that differ only in case have the same."""

    def __init__(self) -> None:
        super().__init__()
        self.types = Types()

    def number(self, word: str) -> int:
        """The number of a word that may not have been met yet."""
        return self.types[word.casefold()]

    def __missing__(self, word: str) -> int:
        self[word] = number = self.number(word)
        return number


class Tokens(Numbers):
    """The same for the tokens of a text that comes without kinds; what is no word has the number ``OTHER``."""

    def __init__(self, types: Types) -> None:
        super().__init__()
        self.types = types
        self[MARK] = END
        self.others = False

    def number(self, word: str) -> int:
        if word.isalpha() or kind(word) == "word":  # the first is faster and says enough
            return self.types[word.casefold()]
        self.others = True
        return OTHER


def _numbering(tokens: Tokens) -> Callable[[bytes], tuple[array[int], int, int, int]]:
    """A function that turns a block of lines in UTF-8 into the numbers of its words, ``END`` for each end of a line.

    It also counts the tokens, the lines that have some, and the characters.
    """
    if compiled is None:
        return partial(_numbered, tokens)
    lexicon = compiled.lexicon()  # what a word is written as is kept there and not in ``tokens``
    return partial(_numbered_compiled, lexicon, tokens.number)


def _numbered_compiled(lexicon: object, number: Callable[[str], int], block: bytes) -> tuple[array[int], int, int, int]:
    assert compiled is not None
    found, tokens, sentences, characters = compiled.number_lines(lexicon, block, number)
    words = array("i")
    words.frombytes(found)
    return words, tokens, sentences, characters


def _numbered(tokens: Tokens, block: bytes) -> tuple[array[int], int, int, int]:
    text = block.decode()
    lines = text.replace(MARK, " ").split("\n")
    sentences = len(lines) - sum(not line or line.isspace() for line in lines)
    # One split of the whole block, in which a mark stands for each end of a line, is much faster than many.
    found = f" {MARK} ".join(lines).split()
    words = array("i", map(tokens.__getitem__, found))
    if tokens.others:
        words = array("i", [number for number in words if number != OTHER])
    return words, len(found) - len(lines) + 1, sentences, len(text)


class Tally:
    """The words of documents and counts over them.

    ``by`` names the metadata field whose values are kept, ``room`` is where the words are.
    """

    def __init__(self, by: str = "", room: Room = UNLIMITED) -> None:
        self.by = "" if by in GROUPINGS else by
        self.room = room
        self.numbers = Numbers()
        self._words = Row(room)
        self.facts: dict[Origin, Facts] = {}
        self.texts: array[int] = array("q")  # for each document where it ends in ``words`` and the place of its origin
        self._places: dict[Origin, int] = {}

    def add(self, document: Document) -> None:
        """Counts one segmented document."""
        facts = self._facts(document)
        facts.characters += len(document.text)
        facts.edits.update(rule for edit in document.edits or () for rule in edit.rule.split("+"))
        facts.flags.update(flag.rule for flag in document.flags)
        numbers = self.numbers
        for sentence in document.sentences or ():
            kinds = [token[3] for token in sentence.tokens]
            visible = len(kinds) - kinds.count("space")
            facts.tokens += visible
            facts.sentences += visible > 0
            if words := [numbers[token[0]] for token in sentence.tokens if token[3] == "word"]:
                words.append(END)
                self._words.add(words)
        self._close(self._origin(document))

    def add_lines(self, document: Document, blocks: Iterable[bytes]) -> None:
        """Counts a document that comes as ``blocks`` of lines in UTF-8, each a sentence with blanks between its tokens.

        A UnicodeDecodeError where they are not UTF-8; the tally is then to be thrown away.
        """
        facts = self._facts(document)
        number = _numbering(Tokens(self.numbers.types))
        for block in blocks:
            words, tokens, sentences, characters = number(block)
            facts.characters += characters
            facts.tokens += tokens
            facts.sentences += sentences
            if words and words[-1] != END:
                words.append(END)
            self._words.add(words)
        self._close(self._origin(document))

    def _origin(self, document: Document) -> Origin:
        return Origin(
            document.lang or "und",
            document.script or "Zyyy",
            str(document.provenance.get("file", document.id)),
            str(document.metadata.get(self.by, "")) if self.by else "",
        )

    def _facts(self, document: Document) -> Facts:
        """The counts of the document's origin, with the document itself counted."""
        facts = self.facts.setdefault(self._origin(document), Facts())
        made = document.provenance
        facts.documents += 1
        facts.scripts[document.script] += 1
        if "encoding" in made:  # a record that another tool made does not tell
            facts.encodings[str(made["encoding"])] += 1
        if found := _DAY.match(str(document.metadata.get("date") or "")):
            facts.add_date(found[0])
        facts.makers.add(f"clean:{made.get('clean', 'unknown')}")
        facts.makers.add(f"{document.lang or 'und'}:{made.get('words', 'unknown')}")
        return facts

    def _close(self, origin: Origin) -> None:
        self.texts.extend((len(self._words), self._places.setdefault(origin, len(self._places))))

    @property
    def words(self) -> array[int] | NDArray[np.int32]:
        """The numbers of the words in the order of the documents, ``END`` after each sentence that has some."""
        return self._words.all()

    @property
    def types(self) -> list[str]:
        """The words by their number less one."""
        return list(self.numbers.types)

    def __iadd__(self, other: Tally) -> Tally:
        own = self.numbers.types
        table = array("i", [END])
        table.extend(map(own.__getitem__, other.numbers.types))
        shift, words = len(self._words), other.words
        for start in range(0, len(words), BLOCK):
            self._words.add(_translated(words[start : start + BLOCK], table, shift))
        for origin, facts in other.facts.items():
            if origin in self.facts:
                self.facts[origin] += facts
            else:
                self.facts[origin] = facts
        places = [self._places.setdefault(origin, len(self._places)) for origin in other._places]
        ends, origins = other.texts[::2], other.texts[1::2]
        for end, place in zip(ends, origins, strict=True):
            self.texts.extend((end + shift, places[place]))
        return self

    def restore(self, words: array[int], facts: dict[Origin, Facts]) -> None:
        """Takes over words, and counts by origin in the order in which origins appeared."""
        self._words.add(words)
        self.facts |= facts
        for origin in facts:
            self._places.setdefault(origin, len(self._places))

    def spans(self) -> Iterator[tuple[Origin, int, int]]:
        """For each document its origin and where its words begin and end in ``words``."""
        origins = list(self._places)
        start = 0
        for end, place in zip(self.texts[::2], self.texts[1::2], strict=True):
            yield origins[place], start, end
            start = end

    def __getstate__(self) -> dict[str, object]:
        # How words were written is needed no more once a tally travels, only their types.
        return {
            "by": self.by,
            "types": list(self.numbers.types),
            "words": array("i", self.words),
            "facts": self.facts,
            "texts": self.texts,
            "origins": list(self._places),
        }

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__init__(str(state["by"]))  # type: ignore[misc]
        self.numbers.types = Types(zip(state["types"], count(1)))  # type: ignore[call-overload]
        self.facts, self.texts = state["facts"], state["texts"]  # type: ignore[assignment]
        self._words.add(state["words"])  # type: ignore[arg-type]
        self._places = {origin: place for place, origin in enumerate(state["origins"])}  # type: ignore[arg-type, var-annotated]


def _translated(words: array[int] | NDArray[np.int32], table: array[int], before: int) -> array[int]:
    """The words by their numbers in the table; there are ``before`` others already."""
    if before + len(words) <= LARGE and "numpy" not in sys.modules:
        return array("i", map(table.__getitem__, words))
    import numpy as np

    found: array[int] = array("i")
    found.frombytes(np.asarray(table)[np.asarray(words)].tobytes())
    return found


def tally(documents: Iterable[Document], by: str = "", room: Room = UNLIMITED) -> Tally:
    """The tally of the documents; with ``by`` it can be grouped by that metadata field."""
    found = Tally(by, room)
    for document in documents:
        found.add(document)
    return found


def merge(parts: Iterable[Tally | None], by: str = "", room: Room = UNLIMITED) -> Tally:
    """The sum of tallies, in their order; one that was refused is None. The first one may become the sum."""
    total: Tally | None = None
    for part in parts:
        if part is None:
            continue
        if total is None and part.room is room:
            total = part
        else:
            total = total or Tally(by, room)
            total += part
    return total or Tally(by, room)
