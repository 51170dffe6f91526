"""Words that are written together, cut apart: conjunctions, prepositions and particles before a word, pronouns behind it.

A language folder may hold a ``clitics.toml`` that lists them and a ``clitics.bin`` with word frequencies and weights.
For each word type all cuts that the list allows are scored, whole among them, and the best is remembered. The score is
a sum of weights of features: how frequent are the word, the stem and other forms of the stem, how do they begin and
end. The weights were trained by ``tools/train_clitics.py``. The pieces are spans of the word; nothing is respelled.

``clitics.toml`` has ``letters``, ``marks`` and ``closing``, marks that exclude an enclitic (insides of character
classes), ``outer`` (clitics before all others),
``inner``, ``enclitics``, ``bare`` (inner ones that an enclitic follows at once), ``[together]`` (short words written in
one with certain others), ``[alone]`` (how a stem is spelled without its clitic) and ``[probes]``.
"""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, NamedTuple

from wic import __version__
from wic.language import Language, built_in, language, nearest

LONGEST = 30  # letters; what is longer is no word of the language but a fault
_REMEMBERED = 200_000  # types
_HALVES = [(level + 1) // 2 for level in range(64)]
_THIRDS = [(level + 2) // 3 for level in range(64)]


class Cut(NamedTuple):
    """One way to cut a word. ``before`` are inner clitics or short words, each a string."""

    outer: str
    before: tuple[str, ...]
    stem: str
    enclitic: str

    @property
    def pieces(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.outer, *self.before, self.stem, self.enclitic)))


def clitics(lang: str, script: str) -> Clitics | None:
    """What cuts the words of a document in this language, None where there is nothing to cut them by.

    In a document of another script they are quotations in the language that the script is known for.
    """
    own = nearest(lang)
    if (found := _of(own)) is not None:
        return found
    if script == "Arab" or own.script == "Arab":  # Persian, Urdu: other clitics
        return None
    return next((found for code in built_in() if (found := _of(language(code))) is not None), None)


@cache
def _of(own: Language) -> Clitics | None:
    facts = own.data("clitics.toml")
    return Clitics(own.code, facts, *_read(own)) if facts else None


class Clitics:
    """The clitics of a language, with a memory of the words that have been cut."""

    def __init__(
        self, code: str, facts: dict[str, Any], levels: dict[str, int], known: dict[str, int], affixes: list[Affixes],
        weights: dict[str, int],
    ) -> None:  # fmt: skip
        self.signature = f"{code}-clitics-{__version__}"
        self.levels = levels
        self.weights = weights
        self._known = known
        self._affixes = affixes
        self._memory: dict[str, tuple[str, ...]] = {}
        self._outer, self._inner = frozenset(facts["outer"]), frozenset(facts["inner"])
        self._enclitics = facts["enclitics"]
        self._bare = facts["bare"]
        self._together: dict[str, list[tuple[str, str]]] = {}
        for first, seconds in facts["together"].items():
            for second in seconds:
                self._together.setdefault(first + second, []).append((first, second))
        self._after, self._before = facts["alone"]["after"], facts["alone"]["before"]
        probes = facts["probes"]
        self._article, self._persons, self._endings = probes["article"], probes["persons"], probes["endings"]
        self._words = re.compile(f"[{facts['letters']}]+")
        self._marks = re.compile(f"[{facts['marks']}]")
        self._closed = re.compile(f"[{facts['closing']}]")

    def cut(self, pieces: Iterable[str]) -> list[str]:
        """The pieces of a text with their clitics cut off."""
        memory = self._memory
        found: list[str] = []
        for piece in pieces:
            parts = memory.get(piece)
            if parts is None:
                if len(memory) >= _REMEMBERED:
                    memory.clear()
                parts = memory[piece] = self._spans(piece)
            found += parts
        return found

    def _spans(self, word: str) -> tuple[str, ...]:
        """The word cut; marks stay with the letter before them, ligatures whole."""
        if len(word) > 4 * LONGEST:
            return (word,)
        if self._words.fullmatch(word):
            return self.best(word) if 1 < len(word) <= LONGEST else (word,)
        bare, places = self._bared(word)
        if not 1 < len(bare) <= LONGEST or not self._words.fullmatch(bare):
            return (word,)
        cuts, end = [0], 0
        for part in self.best(bare, closed=self._closed.search(word) is not None)[:-1]:
            end += len(part)
            if places[end] == places[end - 1]:
                return (word,)
            cuts.append(places[end])
        return tuple(word[start:stop] for start, stop in zip(cuts, [*cuts[1:], len(word)], strict=True))

    def _bared(self, word: str) -> tuple[str, list[int]]:
        """The letters of a word, presentation forms replaced, and where in it each stands."""
        letters: list[str] = []
        places: list[int] = []
        for place, character in enumerate(word):
            if self._marks.match(character):
                continue
            plain = unicodedata.normalize("NFKC", character) if character >= "\ufb50" else character
            letters += plain
            places += [place] * len(plain)
        return "".join(letters), places

    def best(self, word: str, closed: bool = False) -> tuple[str, ...]:
        """The pieces of a word of letters; a ``closed`` one has no enclitic."""
        if (number := self._known.get(word)) is not None and not (closed and self._affixes[number].behind):
            return self._affixes[number].off(word)
        cuts = [cut for cut in self.cuts(word) if not (closed and cut.enclitic)]
        if len(cuts) < 2:
            return (word,)
        scored = [(sum(map(self._weight, self.features(word, cut))), cut) for cut in cuts]
        return max(scored, key=lambda one: one[0])[1].pieces

    @cached_property
    def _weight(self) -> Any:
        return _Weights(self.weights).__getitem__

    def cuts(self, word: str) -> Iterator[Cut]:
        """All ways to cut a word, whole first."""
        yield from self._inner_cuts("", word)
        if word[0] in self._outer and len(word) > 1:
            yield from self._inner_cuts(word[0], word[1:])

    def _inner_cuts(self, outer: str, rest: str) -> Iterator[Cut]:
        ends = ["", *(enclitic for enclitic in self._enclitics if rest.endswith(enclitic))]
        for before in ("", rest[0]) if rest[0] in self._inner else ("",):
            for enclitic in ends:
                stem = rest[len(before) : len(rest) - len(enclitic)]
                if len(stem) > 1 or (stem and not before and (not enclitic or stem in self._bare)):
                    yield Cut(outer, (before,) if before else (), stem, enclitic)
            for first, second in self._together.get(rest[len(before) :], ()):
                yield Cut(outer, (before, first) if before else (first,), second, "")

    def _alone(self, cut: Cut) -> Iterator[str]:
        """The spellings that the stem of a cut may have by itself."""
        stem = cut.stem
        yield stem
        if cut.before and (rule := self._after.get(cut.before[-1])) and stem.startswith(rule[0]):
            yield rule[1] + stem[len(rule[0]) :]
        if cut.enclitic and (last := self._before.get(stem[-1])):
            yield stem[:-1] + last

    def features(self, word: str, cut: Cut) -> list[str]:
        """What speaks for and against a cut, as names of weights."""
        found = self._inner_features(word[len(cut.outer) :], cut)
        return found + self._outer_features(word, cut) if word[0] in self._outer else found

    def _outer_features(self, word: str, cut: Cut) -> list[str]:
        """For words that begin like an outer clitic: is it one? Compares the word with what is behind the letter."""
        level = self.levels.get
        rest, article = word[1:], self._article
        whole, part = level(word, 0), level(rest, 0)
        the_whole, the_part = level(article + word, 0), level(article + rest, 0)
        facts = [
            "",
            f"w{_HALVES[whole]}",
            f"r{_HALVES[part]}",
            f"d{_difference(part, whole)}",
            f"f{_THIRDS[part]}/{_THIRDS[whole]}",
            f"a{_HALVES[the_whole]}",
            f"b{_HALVES[the_part]}",
            f"c{_difference(the_part, the_whole)}",
            f"n{min(len(word), 8)}",
            f"1{rest[:1]}",
            f"2{rest[:2]}",
            f"3{rest[:3]}",
            f"h{rest[:1]}{min(len(word), 6)}",
            f"e{word[-2:]}",
            f"g{rest[:2]}{word[-1]}",
            f"k{_THIRDS[max(level(one + word, 0) for one in self._inner)]}",
            f"l{_THIRDS[max(level(one + rest, 0) for one in self._inner)]}",
            f"v{_THIRDS[max(level(one + word, 0) for one in self._persons)]}",
            f"y{_THIRDS[max(level(one + rest, 0) for one in self._persons)]}",
            f"s{sum(word + one in self.levels for one in self._endings)}",
            f"t{sum(rest + one in self.levels for one in self._endings)}",
            f"x{'+'.join(cut.before)}|{cut.enclitic}",
        ]
        side = f"@o{word[0]}{'+' if cut.outer else '-'}"
        return [fact + side for fact in facts]

    def _inner_features(self, rest: str, cut: Cut) -> list[str]:
        """For the other clitics: compares the word behind the outer one with the stem."""
        level = self.levels.get
        stem, enclitic, article = cut.stem, cut.enclitic, self._article
        before = "+".join(cut.before)
        whole, part = level(rest, 0), level(stem, 0)
        alone = max(self._alone(cut), key=lambda one: level(one, 0))
        best = level(alone, 0)
        has_article = alone.startswith(article)
        with_article = level(alone if has_article else article + alone, 0)
        last = cut.before[-1] if cut.before else ""
        others = [level(one + stem, 0) for one in (*self._outer, *self._inner) if one != last]
        pronouns = [level(stem + one, 0) for one in self._enclitics if one != enclitic]
        person = stem[:1] if stem[:1] in self._persons else ""
        facts = [
            "",
            f"s{_HALVES[part]}",
            f"r{_HALVES[best]}",
            f"w{_HALVES[whole]}",
            f"d{_difference(best, whole)}",
            f"f{_THIRDS[best]}/{_THIRDS[whole]}",
            f"a{_THIRDS[with_article]}",
            f"n{min(len(stem), 7)}",
            f"i{has_article}",
            f"p{len(others) - others.count(0)}",
            f"q{_THIRDS[max(others)]}",
            f"m{len(pronouns) - pronouns.count(0)}",
            f"o{_THIRDS[max(pronouns)]}",
        ]
        more = [
            f"h{stem[:1]}{stem[-1:]}",
            f"b{_THIRDS[with_article]}/{_THIRDS[best]}",
            f"A{_THIRDS[level(article + rest, 0)]}",
            f"K{_THIRDS[max(level(one + rest, 0) for one in self._inner)]}",
            f"S{sum(rest + one in self.levels for one in self._endings)}",
            f"P{sum(one + rest in self.levels for one in (*self._outer, *self._inner, article))}",
            f"T{sum(stem + one in self.levels for one in self._endings)}",
            f"v{_THIRDS[max(level(one + stem[1:], 0) for one in self._persons if one != person)]}" if person else "v-",
            f"y{_THIRDS[max(level(one + stem, 0) for one in self._persons)]}",
            f"Y{_THIRDS[max(level(one + rest, 0) for one in self._persons)]}",
            f"W{rest}",
        ]
        side = f"@{before}|{enclitic}"
        found = [fact + side for fact in facts]
        found += facts[1:]
        found += [fact + side for fact in more]
        found += [
            f"@{before}", f"@|{enclitic}", f"{'+' if cut.outer else '-'}{side}", f"X{stem}",
            f"j{stem[:2]}{min(len(stem), 6)}@{before}", f"k{stem[-2:]}{min(len(stem), 6)}@{enclitic}",
            f"<{stem[:1]}@{before}", f"<{stem[:2]}@{before}", f"<{stem[:3]}@{before}",
            f">{stem[-1:]}@{enclitic}", f">{stem[-2:]}@{enclitic}", f">{stem[-3:]}@{enclitic}",
        ]  # fmt: skip
        return found


class _Weights(dict[str, int]):
    """Weights by name; one that is not listed is 0."""

    def __missing__(self, name: str) -> int:
        return 0


def _difference(one: int, other: int) -> str:
    """How much more frequent the one is, in steps of two levels; a letter when one of the two is unknown."""
    if one and other:
        return str(max(-6, min(6, (one - other) // 2)))
    return "x" if one else "y" if other else "z"


class Affixes(NamedTuple):
    """How many letters each piece before the stem and behind it has."""

    before: tuple[int, ...]
    behind: int

    def off(self, word: str) -> tuple[str, ...]:
        """The word with its pieces cut off."""
        if not self.before and not self.behind:
            return (word,)
        pieces, start = [], 0
        for size in self.before:
            pieces.append(word[start : start + size])
            start += size
        pieces.append(word[start : len(word) - self.behind])
        return (*pieces, word[len(word) - self.behind :]) if self.behind else tuple(pieces)


def _read(own: Language) -> tuple[dict[str, int], dict[str, int], list[Affixes], dict[str, int]]:
    """Levels of frequency (a step is a factor of two), cuts of the listed words, affixes, weights."""
    import zstandard

    assert own.folder is not None
    head, _, packed = (own.folder / "clitics.bin").read_bytes().partition(b"\n")
    facts = json.loads(head)
    data = zstandard.ZstdDecompressor().decompress(packed)
    ends = facts["ends"]
    words = data[: ends[0]].decode().split("\n")
    levels, cuts = data[ends[0] : ends[1]], data[ends[1] : ends[2]]
    names = data[ends[2] : ends[3]].decode().split("\n")
    weights = struct.unpack(f"<{len(names)}h", data[ends[3] :])
    affixes = [Affixes(tuple(before), behind) for *before, behind in facts["affixes"]]
    known = dict(zip(words, cuts, strict=True))
    return dict(zip(words, levels, strict=True)), known, affixes, dict(zip(names, weights, strict=True))
