"""Likely misspellings in languages written without spaces: reported with a suggestion, never changed.

A *window* is a few consecutive words, as the word engine cuts them, whose letters together are no known word. It is
suspect where a frequent word differs from it by one slip and is much more likely to be meant (the noisy channel of
Kernighan, Church and Gale 1990): ln P(word) + ln P(slip) exceeds the sum of ln P over the words that stand there.
How much it must exceed that depends on what stands there:

- pieces that are no words (วิสัย + ทัสน์ for วิสัยทัศน์, vision): ``NO_WORDS``;
- words, and the word meant is not made of words cut at the same places (รอบ + ครอบ for รอบคอบ, careful; คอบ alone is
  hardly a word): ``RARE_PIECES``, for words that are next to each other by chance seldom look like that;
- words, where the word meant is made of words, too (แจ่ม + ใส่ for แจ่มใส, bright): ``WORDS``.

Names are what such a search stumbles over. So a window must lie between words that are known, a slip that does not
come from sound or keyboard counts only in long words, and what a text writes three times, without ever writing the
word that would be suggested, is taken for a name.

The rule's ``options`` name the ``engine``, the ``package`` that brings the lists in its folder ``corpus``, the lists
(``words`` can be suggested, ``known`` are never suspect, ``counts`` says how frequent words are), the ``letters`` of
words, the ``consonants``, and the slips: ``marks`` that are dropped, added and mistaken for each other, groups of
letters that sound or look ``alike``, and letters of ``clusters`` that are not always heard.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from itertools import accumulate
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from wic.clean.rules import Rule
from wic.document import Edit, Flag
from wic.errors import WicError

NO_WORDS, WORDS, RARE_PIECES = 6.0, 0.5, -2.5  # natural logarithms of how much likelier the word meant must be
SLIPS = {"mark": -7.0, "alike": -7.0, "doubled": -7.0, "cluster": -7.5, "swap": -8.5, "other": -10.0}
SHORTEST, LONGEST, MOST = 5, 18, 5  # letters of a window, and words in it
LONG, FREQUENT = 7, 20_000  # letters and occurrences of a word that a slip of no kind may be taken back to
COUNTED = 3_000  # occurrences of a word that can be suggested
UNSEEN = 30  # occurrences that a known word without a count is given
STRANGE, PER_LETTER = -16.0, -3.0  # ln P of a piece that is no word
COMMON = 4e-4  # P of a word that stands next to anything, so that nothing follows from its neighbours
RARE, RARER = -11.5, -14.0  # ln P of short and long words beside a window; rarer ones are pieces of names themselves
SCARCE = 5  # times less frequent than what is written: hardly a word
HABIT = 3


def repair(text: str, rules: Sequence[Rule], alphabet: Set[str]) -> tuple[list[Edit], list[Flag]]:
    """A flag for each likely misspelling, with the word that may be meant; no edits."""
    flags = [
        Flag(rule.name, suspect.start, suspect.end, f"perhaps {suspect.word}")
        for rule in rules
        for suspect in _suspects(rule.code, rule.name, text)
    ]
    return [], sorted(flags, key=lambda flag: flag.start)


class Suspect(NamedTuple):
    """A window of the text, the word that may be meant, and by how much that is likelier, in natural logarithms."""

    start: int
    end: int
    word: str
    score: float


@lru_cache(8)  # a text is looked at again after it was repaired
def _suspects(code: str, name: str, text: str) -> tuple[Suspect, ...]:
    found = sorted(_speller(code, name).suspects(text), key=lambda suspect: -suspect.score)
    taken = bytearray(len(text))
    names: dict[tuple[str, str], bool] = {}
    chosen: list[Suspect] = []
    for suspect in found:
        written = text[suspect.start : suspect.end]
        if (written, suspect.word) not in names:
            names[written, suspect.word] = text.count(written) >= HABIT and suspect.word not in text
        if not names[written, suspect.word] and not any(taken[suspect.start : suspect.end]):
            taken[suspect.start : suspect.end] = bytes([1]) * len(written)
            chosen.append(suspect)
    return tuple(chosen)


@cache
def _speller(code: str, name: str) -> Speller:
    from wic.clean.rules import rules

    return Speller(next(rule.options for rule in rules(code) if rule.name == name))


class Lexicon:
    """What is known of the words of a language."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        folder = _folder(options["package"])
        self.counts = {
            word: int(count) for word, _, count in (line.partition("\t") for line in _lines(folder / options["counts"]))
        }
        self.total = sum(self.counts.values())
        self.words = {word for name in options["words"] for word in _lines(folder / name)}
        self.known = self.words.union(*(_lines(folder / name) for name in options["known"]))
        letters = re.compile(f"[{options['letters']}]{{{SHORTEST},}}")
        self.targets = {
            word: log(count / self.total)
            for word, count in self.counts.items()
            if count >= COUNTED and word in self.words and letters.fullmatch(word)
        }

    def holds(self, piece: str) -> bool:
        """Whether a piece is a word; single letters are none."""
        return len(piece) > 1 and (piece in self.known or piece in self.counts)

    def likelihood(self, piece: str) -> float:
        """ln P of a piece."""
        if not self.holds(piece):
            return STRANGE + PER_LETTER * len(piece)
        return log(self.counts.get(piece, UNSEEN) / self.total)

    @cached_property
    def _shortened(self) -> Mapping[str, list[str]]:
        """What is left of the words that can be suggested when a letter is left out."""
        found = defaultdict(list)
        for word in self.targets:
            for place in range(len(word)):
                found[word[:place] + word[place + 1 :]].append(word)
        return dict(found)

    def near(self, written: str) -> set[str]:
        """The words that can be suggested and differ by a letter more, less or other, or by two that change places."""
        found = set(self._shortened.get(written, ()))
        for place in range(len(written)):
            left, right = written[:place], written[place + 1 :]
            short = left + right
            found.update(
                word for word in self._shortened.get(short, ()) if word[:place] == left and word[place + 1 :] == right
            )
            found.update({short, left + right[:1] + written[place] + right[1:]} & self.targets.keys())
        return found - {written}


@dataclass(frozen=True)
class Change:
    """The slip that makes ``written`` of ``word``: what stood from ``start`` on became what stands there now."""

    written: str
    word: str

    @cached_property
    def start(self) -> int:
        pairs = zip(self.written, self.word, strict=False)
        return next(
            (place for place, (one, other) in enumerate(pairs) if one != other), min(len(self.written), len(self.word))
        )

    @cached_property
    def tail(self) -> int:
        """How many letters at the end are the same."""
        shorter = min(len(self.written), len(self.word)) - self.start
        pairs = zip(reversed(self.written), reversed(self.word), strict=False)
        return next((place for place, (one, other) in enumerate(pairs) if one != other or place == shorter), shorter)

    def kind(self, options: Mapping[str, Any]) -> str:
        """The kind of slip, a key of ``SLIPS``."""
        now = self.written[self.start : len(self.written) - self.tail]
        meant = self.word[self.start : len(self.word) - self.tail]
        if len(now) + len(meant) > 2:
            return "swap"
        if all(letter in options["marks"] for letter in now + meant):
            return "mark"
        if now and meant:
            return "alike" if any(now in group and meant in group for group in options["alike"]) else "other"
        longer = max(self.written, self.word, key=len)
        if longer[self.start - 1 : self.start] == longer[self.start]:
            return "doubled"
        return "cluster" if longer[self.start] in options["clusters"] else "other"


class Speller:
    """Looks for suspects with the lists and the slips that a rule names."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        from wic.segment.catalogue import ENGINES

        self._options = options
        self._cut = ENGINES[options["engine"]].load()
        self._lexicon = Lexicon(options)
        self._letters = re.compile(f"[{options['letters']}]+")
        self._consonant = re.compile(f"[{options['consonants']}]")
        self._likeliest = max(self._lexicon.targets.values(), default=0.0) + max(SLIPS.values())

    def suspects(self, text: str) -> Iterator[Suspect]:
        """All suspects, overlapping ones too."""
        for run in self._letters.finditer(text):
            pieces = list(self._cut(run[0]))
            places = [run.start(), *accumulate(map(len, pieces), initial=run.start())][1:]
            for first in range(len(pieces)):
                yield from self._doubled(pieces, places, first)
                for last in range(first + 1, min(len(pieces), first + MOST) + 1):
                    size = places[last] - places[first]
                    if size > LONGEST:
                        break
                    if size >= SHORTEST and self._between_words(pieces, first, last):
                        yield from self._window(pieces[first:last], places[first], places[last])

    def _between_words(self, pieces: Sequence[str], first: int, last: int) -> bool:
        """Whether words that are not rare, or no letters at all, stand before and behind."""
        neighbours = (*pieces[max(0, first - 1) : first], *pieces[last : last + 1])
        return all(
            len(piece) > 1 and self._lexicon.likelihood(piece) > (RARE if len(piece) < SHORTEST else RARER)
            for piece in neighbours
        )

    def _doubled(self, pieces: Sequence[str], places: Sequence[int], at: int) -> Iterator[Suspect]:
        """A consonant between two words that is the last of the first: บน + น + ไซเบอร์."""
        piece = pieces[at]
        if not self._consonant.fullmatch(piece) or not 0 < at < len(pieces) - 1:
            return
        before, after = pieces[at - 1], pieces[at + 1]
        words = self._lexicon.words
        if before[-1] == piece and before in words and after in words and len(before) > 1 and len(after) > 2:
            yield Suspect(places[at - 1], places[at + 1], before, -self._lexicon.likelihood(piece))

    def _window(self, pieces: Sequence[str], start: int, end: int) -> Iterator[Suspect]:
        """The words that the pieces together may be meant for."""
        lexicon = self._lexicon
        written = "".join(pieces)
        if written in lexicon.known or written in lexicon.counts:
            return
        likelihood = sum(map(lexicon.likelihood, pieces))
        if self._likeliest - likelihood < RARE_PIECES:
            return
        are_words = all(map(lexicon.holds, pieces))
        for word in lexicon.near(written):
            change = Change(written, word)
            kind = change.kind(self._options)
            score = lexicon.targets[word] + SLIPS[kind] - likelihood
            if self._counts(change, kind, score, pieces, are_words):
                yield Suspect(start, end, word, score)

    def _counts(self, change: Change, kind: str, score: float, pieces: Sequence[str], are_words: bool) -> bool:
        """Whether what was found is more than chance."""
        written, word = change.written, change.word
        if any(len(edge) == 1 and written in (edge + word, word + edge) for edge in (pieces[0], pieces[-1])):
            return False  # a stray letter beside the word
        regular = kind not in ("other", "swap")
        if not are_words:
            if len(word) == SHORTEST:
                return False  # as short as the pieces of foreign names, which are no words either
            likely = regular or (len(word) >= LONG and word[0] == written[0] and self._lexicon.counts[word] >= FREQUENT)
            return likely and score > NO_WORDS
        if len(pieces) < 2 or not (regular or len(word) > LONG):
            return False
        if score > NO_WORDS:
            return True
        now, meant = _changed(change, pieces)
        counts = self._lexicon.counts
        if any(counts.get(piece, 0) > COMMON * self._lexicon.total for piece in now):
            return False
        scarce = all(
            counts.get(piece, 0) * SCARCE <= counts.get(other, 0) for piece, other in zip(meant, now, strict=True)
        )
        return score > (RARE_PIECES if scarce else WORDS)


def _changed(change: Change, pieces: Sequence[str]) -> tuple[list[str], list[str]]:
    """The pieces of what is written that the slip changed, and those of the word, cut at the same places."""
    grown = len(change.word) - len(change.written)
    behind = len(change.written) - change.tail
    now, meant = [], []
    start = 0
    for piece in pieces:
        end = start + len(piece)
        if end > change.start and start < max(behind, change.start + 1):
            now.append(piece)
            meant.append(
                change.word[
                    start if start <= change.start else start + grown : end if end <= change.start else end + grown
                ]
            )
        start = end
    return now, meant


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise WicError(
            f"word lists of the package {package} are needed, which is not installed", f"pip install {package}"
        )
    return Path(spec.origin).with_name("corpus")


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8-sig").split("\n") if line]
    except OSError as error:
        raise WicError(f"{path}: {error.strerror}", "install a newer version of the package") from None
