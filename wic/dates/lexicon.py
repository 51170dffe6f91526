"""Text → atoms: the numbers and the words of a date grammar, found in one pass of one regular expression.

An atom is the smallest thing that the grammar knows: a number in any script, a month name, a unit, a comma. What a
word may be is its *classes*, each with a value (``may`` is a ``month`` 5 and also a ``modal``). The classes of an atom are coded as
one character, so that a run of atoms is a short string and the grammar's rules are regular expressions over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from wic.dates.numerals import CHINESE, HAN_DIGITS, chinese, chinese_pair
from wic.dates.view import View

Value = Any

SPACE = "_"  # stands in the coded string for white space between two atoms
_FIRST_CODE = 0xE000  # private use area


class Item(NamedTuple):
    """An atom, or what rules have made of several: ``start:end`` in the view, ``code`` for its classes.

    ``values`` gives the value of each class; ``node`` is the meaning of what a rule has made.
    """

    start: int
    end: int
    code: str
    values: Mapping[str, Value]
    node: Any = None
    trail: tuple[str, ...] = ()


class Codes:
    """Characters that stand for sets of classes."""

    def __init__(self) -> None:
        self._codes: dict[frozenset[str], str] = {}
        self._having: dict[str, str] = {}

    def of(self, classes: Iterable[str]) -> str:
        """The character for a set of classes."""
        key = frozenset(classes)
        if key not in self._codes:
            self._codes[key] = chr(_FIRST_CODE + len(self._codes))
            self._having.clear()
        return self._codes[key]

    def having(self, name: str) -> str:
        """All characters whose set holds the class ``name``."""
        if name not in self._having:
            self._having[name] = "".join(code for classes, code in self._codes.items() if name in classes)
        return self._having[name]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for classes in self._codes for name in classes)


def number_classes(value: int, width: int, written: str) -> frozenset[str]:
    """What a number may be. ``width`` is its number of digits, 0 if it is in words; ``written`` is digit, han or word."""
    names = {"n", "card", written}
    if width <= 2:
        if 1 <= value <= 31:
            names.add("dd")
        if 1 <= value <= 12:
            names.add("mm")
        if 1 <= value <= 4:
            names.add("n4")
        if value <= 24:
            names.add("hh")
        if value <= 59:
            names.add("ms" if width == 2 or written != "digit" else "ms1")
        if 32 <= value <= 99 or value == 0:
            names.add("odd")  # no day and no month
        if 13 <= value <= 99:
            names.add("nomonth")
    if width == 2 and written != "word":
        names.add("yy")
    if width == 3:
        names.add("yyy")
    if width in (0, 4) and 1000 <= value <= 2999:
        names.add("yyyy")
    if width in (0, 1, 2, 3) and value < 1000:
        names.add("n3")
    if width == 8 and 1900 <= value // 10000 <= 2099 and 1 <= value // 100 % 100 <= 12 and 1 <= value % 100 <= 31:
        names.add("ymd8")
    if width == 2 and value >= 60:
        names.add("yy60")
    if width == 2 and value < 10:
        names.add("yy0")
    if width == 2 and value > 75 and value % 5:
        names.add("yylate")
    if width == 2 and written == "han":
        names.add("hyy")
    return frozenset(names)


_SAMPLES = (
    0,
    1,
    4,
    5,
    9,
    10,
    12,
    13,
    24,
    25,
    31,
    32,
    59,
    60,
    75,
    76,
    80,
    99,
    100,
    999,
    1000,
    2999,
    3000,
    9999,
    10000,
    123456,
    20231108,
    20239999,
)


def _number_shapes() -> Iterator[frozenset[str]]:
    for value in _SAMPLES:
        for width in range(9):
            for written in ("digit", "han", "word"):
                yield number_classes(value, width, written)


class Lexicon:
    """The words of a grammar and the pattern that finds them and the numbers."""

    def __init__(
        self,
        codes: Codes,
        words: Mapping[str, Mapping[str, Value]],
        capital: frozenset[str],
        lower: frozenset[str],
        scan: Mapping[str, str],
        decimal_han: bool,
        glue: frozenset[str],
    ) -> None:
        self._codes = codes
        article = scan.get("article", "")
        self._article = re.compile(article.replace("??", "?")) if article else None
        words = {word: {**self._without_article(word, words), **values} for word, values in words.items()}
        self.words = words
        self._words = {word: (codes.of(values), values) for word, values in words.items()}
        self._capital = capital
        self._lower = lower
        low = {word: {f"low{name}": value for name, value in words[word].items()} for word in capital if word in words}
        self._low = {word: (codes.of(values), values) for word, values in low.items()}
        self._numbers: dict[tuple[int, int, str, bool], str] = {}
        self._numerals: dict[str, tuple[str, Mapping[str, Value]]] = {}
        for shape in _number_shapes():
            codes.of(shape)
            codes.of(shape | {"glued"})
        for extra in (
            ("decimal",),
            ("long",),
            ("n", "card", "digit"),
            ("n", "card", "han", "n3"),
            ("n", "card", "han", "n3", "liang"),
            ("n", "card", "han", "pair"),
            ("n", "ord"),
            ("n", "ord", "dd"),
            ("n", "ord", "dd", "mm"),
            ("n", "ord", "dd", "mm", "n4"),
        ):
            codes.of(extra)
        conjunction = scan.get("conjunction", "")
        number = r"(?P<d>\d{1,3}(?:,\d{3})+(?!\d)|(?<![\d][.])\d+[.]\d+(?![.]?\d)|\d+)"
        if suffixes := scan.get("ordinal"):
            number = rf"(?P<o>\d{{1,2}})(?:{suffixes})(?![a-z])|{number}"
        # 二００一年: ideographic digits with zeros of another script are one year.
        mixed = rf"[{HAN_DIGITS}][0{HAN_DIGITS}]{{3}}(?=年)|"
        han = rf"|(?P<z>{mixed}[{CHINESE}]+)" if decimal_han else ""
        conj = rf"|(?P<c>{conjunction}(?= ?\d))" if conjunction else ""
        before, after = scan.get("before", ""), scan.get("after", "")
        prefix = scan.get("prefix", "")
        symbols = [word for word in self._words if not word[0].isalnum() and not word[-1].isalnum()]
        plain = [word for word in self._words if word not in set(symbols)]
        lead = rf"(?:(?P<k>{conjunction})??{prefix})" if conjunction else prefix
        weak = ""
        if decimal_han:
            han = han.replace(f"[{CHINESE}]+)", f"[{CHINESE}]{{2,}}|{self._lone_numeral(plain, symbols)})")
            weak, plain = self._beside_others(plain, glue)
        self.pattern = re.compile(
            rf"{before}{lead}(?P<w>{article}(?:{_trie(plain)}){weak}){after}|{number}{han}{conj}|(?P<s>{_trie(symbols)})"
        )
        self._and = self._words.get(conjunction)

    def _beside_others(self, plain: list[str], glue: frozenset[str]) -> tuple[str, list[str]]:
        """A pattern for words of one character that are only glue, and the other words.

        In running Chinese such characters (的, 中, 上) are everywhere; they count only beside a word or a number that could
        be part of a date. This saves half of the work.
        """
        small = {word for word in plain if len(word) == 1 and self._words[word][1].keys() <= glue}
        others = [word for word in plain if word not in small]
        strong = [word for word in others if not self._words[word][1].keys() <= glue]
        first, last = _edge(strong, 0), _edge(strong, -1)
        some = "".join(map(re.escape, sorted(small)))
        return rf"|(?<=[\d{CHINESE}{last} ])[{some}]|[{some}](?=[\d{CHINESE}{first} ])", others

    def _lone_numeral(self, plain: list[str], symbols: list[str]) -> str:
        """A pattern for a numeral of one character, beside a word or a digit."""
        first, last = _edge([*plain, *symbols], 0), _edge([*plain, *symbols], -1)
        return rf"(?<=[\d{last} ])[{CHINESE}]|[{CHINESE}](?=[\d{first} ])"

    def _without_article(self, word: str, words: Mapping[str, Mapping[str, Value]]) -> Mapping[str, Value]:
        """What the word means where it stands without its article; nothing if it has none."""
        lead = self._article.match(word) if self._article else None
        return words.get(word[lead.end() :], {}) if lead and lead.end() else {}

    def atoms(self, view: View, original: str) -> Iterator[Item]:
        """The atoms of a text, in order; what is no atom is passed over."""
        text, words, capital = view.text, self._words, self._capital
        for match in self.pattern.finditer(text):
            kind = match.lastgroup
            if kind == "w":
                start, end = match.span("w")
                if (joint := match.start("k") if self._and else -1) >= 0 and self._and:
                    yield Item(joint, joint + 1, *self._and)
                word = match["w"]
                found = words.get(word)
                if found is None and self._article and (lead := self._article.match(word)):
                    word = word[lead.end() :]
                    found = words.get(word)
                if found is None:
                    continue
                if word in capital and not original[view.span(start, start + 1)[0]].isupper():
                    found = self._low[word]
                elif word in self._lower and original[view.span(start, start + 1)[0]].isupper():
                    continue
                yield Item(start, end, *found)
            elif kind == "s":
                yield Item(*match.span(), *words[match[0]])
            elif kind == "d":
                yield self._digits(match.start(), match.end(), match[0], text)
            elif kind == "o":
                yield self.number(*match.span(), int(match["o"]), 0, "word", ordinal=True)
            elif kind == "z":
                yield self._han(match.start(), match.end(), match[0])
            elif kind == "c" and self._and:
                yield Item(*match.span(), *self._and)

    def number(self, start: int, end: int, value: int, width: int, written: str, ordinal: bool = False) -> Item:
        """A number as an item."""
        if ordinal:
            shape = {"n", "ord"} | ({"dd", "mm", "n4"} & number_classes(value, 0, "word"))
            return Item(start, end, self._codes.of(shape), {"n": value, "width": 0, "ordinal": 1})
        key = (value, width, written, False)
        if key not in self._numbers:
            if len(self._numbers) > 20_000:
                self._numbers.clear()
            self._numbers[key] = self._codes.of(number_classes(value, width, written))
        return Item(start, end, self._numbers[key], {"n": value, "width": width})

    def _digits(self, start: int, end: int, digits: str, text: str) -> Item:
        if "." in digits:
            return Item(start, end, self._codes.of(("decimal",)), {"decimal": digits})
        width = len(digits)
        if "," in digits:
            digits = digits.replace(",", "")
            width = 9  # a grouped number counts things; it is no day and no year
        if len(digits) > 9:
            return Item(start, end, self._codes.of(("long",)), {})
        value = int(digits)
        if start and text[start - 1].isascii() and text[start - 1].isalpha():
            shape = number_classes(value, width, "digit") | {"glued"}
            return Item(start, end, self._codes.of(shape), {"n": value, "width": width})
        if width == 9:
            return Item(start, end, self._codes.of({"n", "card", "digit"}), {"n": value, "width": width})
        return self.number(start, end, value, width, "digit")

    def _han(self, start: int, end: int, numeral: str) -> Item:
        if (known := self._numerals.get(numeral)) is not None:
            return Item(start, end, *known)
        made = self._han_numeral(start, end, numeral)
        if len(self._numerals) > 20_000:
            self._numerals.clear()
        self._numerals[numeral] = (made.code, made.values)
        return made

    def _han_numeral(self, start: int, end: int, numeral: str) -> Item:
        if len(numeral) > 16:
            return Item(start, end, self._codes.of(("long",)), {})
        numeral = numeral.replace("0", "〇")
        found = chinese(numeral)
        pair = chinese_pair(numeral)
        if pair and (found is None or found[1] == 2):
            return Item(
                start, end, self._codes.of(("n", "card", "han", "pair")), {"n": pair[0], "pair": pair, "width": 0}
            )
        if found is None:
            return Item(start, end, self._codes.of(("long",)), {})
        if numeral in "两兩":  # counts things and is never part of a date
            return Item(start, end, self._codes.of(("n", "card", "han", "n3", "liang")), {"n": 2, "width": 0})
        if numeral[0] in "百佰千仟万萬亿億":  # 千百年 "ages": no year and no day
            return Item(start, end, self._codes.of(("n", "card", "han", "n3")), {"n": found[0], "width": 0})
        made = self.number(start, end, found[0], found[1], "han")
        if "廿" in numeral or "卅" in numeral:
            return made._replace(values={**made.values, "nian": 1})
        return made


def _trie(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first, in which common beginnings are tried once."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(root) if root else "(?!)"


def _edge(words: Iterable[str], place: int) -> str:
    """The first or last characters of words, for a character class."""
    return "".join(map(re.escape, sorted({word[place] for word in words})))


def _branch(node: dict[str, Any]) -> str:
    final = "" in node
    branches = []
    for character, below in sorted((key, value) for key, value in node.items() if key):
        rest = _branch(below)
        branches.append(re.escape(character) + rest)
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not final else f"(?:{'|'.join(branches)})"
    return f"{body}?" if final else body
