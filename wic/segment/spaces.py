"""Which spaces end a sentence, in a script that has no full stop (Thai).

Thai puts a space behind a sentence, and behind clauses, names, numbers and the items of a list. A linear model tells
them apart by the words before and behind a space, how long the stretches between spaces are, and how far it is from the
last end. It stands in ``spaces.tsv`` of the language folder, a feature and its weight a line; ``tools/train_spaces.py``
makes it.
"""

from __future__ import annotations

import math
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise, repeat
from typing import NamedTuple

from wic.language import Language

NOTHING = repeat(0)
NEAR = 5  # words on either side that count without regard to their order
LEVELS = [int(2 * math.log2(length + 1)) for length in range(2048)]


class Stretch(NamedTuple):
    """Words between two white spaces of a line, and where they begin and end in the text."""

    words: Sequence[str]
    start: int
    end: int


class Shape(NamedTuple):
    """The lengths around a space, as levels: of the stretch before and the one behind, from the last end to here, from
    here to the end of the line, of all stretches in the middle; how many words, at most 8; whether a quotation is open."""

    before: int
    after: int
    since: int
    rest: int
    mean: int
    words_before: int
    words_after: int
    quoted: bool

    def features(self) -> list[str]:
        return [
            "any",
            f"quoted={self.quoted:d}",
            *[f"{name}={level}" for name, level in zip(self._fields[:7], self[:7], strict=True)],
            f"before={self.before // 2},after={self.after // 2}",
            f"since={self.since // 2},after={self.after // 2}",
            f"since={self.since // 2},rest={self.rest // 2}",
            f"mean={self.mean},before={self.before}",
            f"mean={self.mean},after={self.after}",
            f"mean={self.mean},since={self.since}",
        ]


class Model:
    """The weight of each feature, in hundredths; ``threshold`` is what their sum must exceed."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self.weights = weights
        self.threshold = weights["threshold"]
        self.left = {feature[:-1]: weight for feature, weight in weights.items() if feature[-1] == "<"}
        self.right = {feature[1:]: weight for feature, weight in weights.items() if feature[0] == ">"}
        self.of_shape = lru_cache(1 << 16)(self._of_shape)

    def is_end(self, left: Sequence[str], right: Sequence[str], shape: Shape) -> bool:
        """Whether the space between these words ends a sentence: whether the weights of `features` exceed the threshold."""
        found = sum(map(self.weights.get, _beside(left, right), NOTHING)) + self.of_shape(shape)
        found += sum(map(self.left.get, {*left[-NEAR:]}, NOTHING)) + sum(map(self.right.get, {*right[:NEAR]}, NOTHING))
        return found > self.threshold

    def _of_shape(self, shape: Shape) -> int:
        return sum(map(self.weights.get, shape.features(), NOTHING))


@cache
def model(own: Language) -> Model | None:
    """The model of a language; None where its spaces end no sentence."""
    if own.folder is None or not (own.folder / "spaces.tsv").is_file():
        return None
    return Model({feature: int(weight) for feature, weight in own.table("spaces.tsv").items()})


def ends(pieces: Sequence[str], known: Model) -> Iterator[int]:
    """Offsets behind the spaces that end a sentence, in a text whose words are ``pieces``."""
    for line in lines(pieces):
        yield from walk(line, known.is_end)


def lines(pieces: Sequence[str]) -> Iterator[list[Stretch]]:
    """The stretches of each line of a text that has a space in it."""
    begins = array("q", accumulate(map(len, pieces), initial=0))
    line: list[Stretch] = []
    first = 0
    for number in chain((number for number, piece in enumerate(pieces) if piece.isspace()), [len(pieces)]):
        if number > first:
            line.append(Stretch(pieces[first:number], begins[first], begins[number]))
        if number == len(pieces) or "\n" in pieces[number]:
            if len(line) > 1:
                yield line
            line = []
        first = number + 1


def walk(line: Sequence[Stretch], is_end: Callable[[Sequence[str], Sequence[str], Shape], bool]) -> Iterator[int]:
    """Asks for each space of a line, from the first to the last, whether it ends a sentence; gives where the next begins."""
    last = line[-1].end
    begin = line[0].start
    mean = _level((last - begin) // len(line))
    quoted = False
    for before, after in pairwise(line):
        quoted = _quoted(before.words, quoted)
        shape = Shape(
            _level(before.end - before.start),
            _level(after.end - after.start),
            _level(before.end - begin),
            _level(last - after.start),
            mean,
            min(8, len(before.words)),
            min(8, len(after.words)),
            quoted,
        )
        if is_end(before.words, after.words, shape):
            yield after.start
            begin, quoted = after.start, False


def _quoted(words: Sequence[str], quoted: bool) -> bool:
    """Whether a quotation is open after these words."""
    if '"' in words or "“" in words or "”" in words:
        for word in words:
            if word == '"':
                quoted = not quoted
            elif word in ("“", "”"):
                quoted = word == "“"
    return quoted


def features(left: Sequence[str], right: Sequence[str], shape: Shape) -> list[str]:
    """All that is known of a space between words."""
    near = [*(f"{word}<" for word in {*left[-NEAR:]}), *(f">{word}" for word in {*right[:NEAR]})]
    return [*_beside(left, right), *near, *shape.features()]


def _beside(left: Sequence[str], right: Sequence[str]) -> tuple[str, ...]:
    """The features of the words that are next to a space."""
    before, after = left[-1], right[0]
    return (
        f"{before}_",
        f"_{after}",
        f"{left[-2]} {before}_" if len(left) > 1 else f"- {before}_",
        f"_{after} {right[1]}" if len(right) > 1 else f"_{after} -",
        _kinds(before[-1] + after[0]),
    )


def _level(length: int) -> int:
    """A length on a scale that has two steps for each doubling."""
    return LEVELS[length] if length < len(LEVELS) else LEVELS[-1]


@lru_cache(1 << 12)
def _kinds(both: str) -> str:
    """What the characters before and behind a space are: a letter of the alphabet or of another script, a digit, or what."""
    kinds = []
    for character in both:
        letter = unicodedata.category(character)[0] in "LM"
        kinds.append(("a" if character.isascii() else "ก") if letter else "1" if character.isdigit() else character)
    return "_".join(kinds)
