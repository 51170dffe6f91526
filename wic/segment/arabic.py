"""Arabic surface words: white space, punctuation, symbols and emoji, as camel-tools cuts them, as spans of the text.

``camel-exact`` gives what ``camel_tools.tokenizers.word.simple_word_tokenize`` (MIT, copyright New York University Abu
Dhabi) gives, white space added. ``arabic`` differs in two ways, which bring it nearer to the treebanks: digits are
split from letters (its ``split_digits``), and a number keeps its decimal and thousands separators. A sign counts as
punctuation or symbol when the Unicode data of the running Python say so, and an emoji sequence is one token when it
is listed in ``emoji.txt``; a sequence that is not listed is not cut out of its word. A test holds the output against
the installed camel-tools.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

import regex

_LAST = 0x20BF  # up to here there are no emoji but five, and the text can be cut by one pattern


def _class(wanted: Callable[[str], bool]) -> str:
    """The inside of a character class: the characters up to ``_LAST`` that are wanted."""
    return "".join(re.escape(chr(code)) for code in range(_LAST + 1) if wanted(chr(code)))


_NUMBER = r"\d++(?:[.,\u066b\u066c\u060c]\d++(?!\ufe0f))*+"
_SIGNS = _class(lambda character: unicodedata.category(character)[0] in "PS")
# White space and digits by name: a class of characters alone is looked up faster than one that holds \s or \d.
_BLANKS = _class(lambda character: character.isspace())
_DIGITS = _class(str.isdecimal)
_PLAIN = re.compile(f"[\0-\xa8\xaa-\xad\xaf-\u200c\u200e-\u203b\u203d-\u2048\u204a-{chr(_LAST)}]*+")
_EXACT = re.compile(rf"[^{_BLANKS}{_SIGNS}]++|[{_BLANKS}]++|.", re.DOTALL)
_SPLIT = re.compile(rf"[^{_BLANKS}{_DIGITS}{_SIGNS}]++|{_NUMBER}|[{_BLANKS}]++|.", re.DOTALL)
_SPACE = r"[\s\x1c-\x1f]"  # what str.split and re's \s take for white space, for the regex package

# camel-tools' own pattern for a sign or an emoji sequence (after UTS #51), tried only where one can begin.
_SIGN = regex.compile(
    r"(?=[\p{S}\p{P}]|[[\p{Emoji}]--[0-9]]|[0-9]\ufe0f)"
    r"(?:(?:\p{RI}\p{RI}|\p{Emoji}(?:\p{EMod}|\ufe0f\u20e3?|[\U000e0020-\U000e007e]+\U000e007f)?"
    r"(?:\u200d(?:\p{RI}\p{RI}|\p{Emoji}(?:\p{EMod}|\ufe0f\u20e3?|[\U000e0020-\U000e007e]+\U000e007f)?))*)"
    r"|(?:[0-9*#]\u20e3)|\p{S}|\p{P})",
    regex.V1,
)
_STOP = {
    True: regex.compile(rf"(?P<space>{_SPACE}++)|(?P<sign>{_SIGN.pattern})|(?P<number>{_NUMBER})", regex.V1),
    False: regex.compile(rf"(?P<space>{_SPACE}++)|(?P<sign>{_SIGN.pattern})", regex.V1),
}


def cut(text: str) -> list[str]:
    """The words of a text and what stands between them; numbers whole and apart from letters."""
    return _SPLIT.findall(text) if _PLAIN.fullmatch(text) else list(_slowly(text, digits=True))


def cut_exact(text: str) -> list[str]:
    """The tokens of ``simple_word_tokenize`` with the white space between them."""
    return _EXACT.findall(text) if _PLAIN.fullmatch(text) else list(_slowly(text, digits=False))


def _slowly(text: str, digits: bool) -> Iterator[str]:
    """The pieces of a text that may hold emoji sequences or signs whose nature depends on the Unicode version."""
    stops = _STOP[digits]
    word = position = 0  # text[word:position] is a word not given out yet
    while found := stops.search(text, position):
        start, end = found.span()
        if found["sign"] is not None and not _is_sign(found["sign"]):
            position = start
            if digits and (number := _number().match(text, start)):
                end = number.end()
            else:
                position = start + 1
                continue
        if start > word:
            yield text[word:start]
        yield text[start:end]
        word = position = end
    if word < len(text):
        yield text[word:]


@cache
def _number() -> regex.Pattern[str]:
    return regex.compile(_NUMBER)


def _is_sign(found: str) -> bool:
    if len(found) == 1:
        return unicodedata.category(found)[0] in "PS" or found in _emoji()
    return found in _emoji()


@cache
def _emoji() -> frozenset[str]:
    """Emoji and emoji sequences."""
    lines = files("wic.segment").joinpath("emoji.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("# "))
