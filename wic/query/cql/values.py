"""The quoted strings of a token query: regular expressions that must match a whole value.

After the string may stand ``%`` and flags: ``c`` case does not matter; ``d`` diacritics do not matter; ``n``
spellings of one word are one, as with ``--fold``; ``l`` the string is no expression but stands for itself.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache

import regex

from wic.query.carets import no_expression
from wic.query.fold import fold, fold_pattern
from wic.query.syntax import TIMEOUT, too_slow

FLAGS = "cdln"
# Marks that are vowels or tones of their script tell words apart: น้ำ is water and นำ lead, が is not か. What goes are
# marks that any script may bear (accents, Arabic vowel signs) and those of Arabic, Hebrew and Syriac.
_MARKS = regex.compile(
    r"(?![\u3099\u309a])[\p{Mn}&&[\p{sc=Inherited}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}]]", regex.V1
)
_SCRIPT = regex.compile(r"(?<!\\)((?:\\\\)*)\\([pP])\{(\^?)([A-Za-z_]{3,})\}")
_KEPT = 1_000_000  # values whose answer is remembered; the vocabulary of a large corpus


@dataclass(slots=True, eq=False)
class Value:
    """A string with its flags. ``source`` is the query that it stands in, ``at`` the place of its first quote."""

    text: str
    flags: str
    source: str
    at: int
    _pattern: regex.Pattern[str] = field(init=False, repr=False)
    _known: dict[str, bool] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        text = regex.escape(self.text, literal_spaces=True) if "l" in self.flags else self.text
        # V0 reads character classes as PCRE does, which CQP uses.
        text = _SCRIPT.sub(_extended, text)
        try:
            regex.compile(self.text if "l" not in self.flags else text, regex.V0)
            if "n" in self.flags:
                text = fold_pattern(text)
            if "d" in self.flags:
                text = without_marks(text)
            self._pattern = regex.compile(text, regex.V0 | (regex.IGNORECASE if set("cn") & set(self.flags) else 0))
        except regex.error as error:
            raise no_expression(error, self.source, self.at + 1) from None

    def __str__(self) -> str:
        return f'"{self.text}"' + (f"%{self.flags}" if self.flags else "")

    @property
    def exact(self) -> str:
        """The value that alone can match, where the string is plain and nothing is folded; else empty."""
        plain = "l" in self.flags or not regex.search(r"[][\\^$.|?*+(){}]", self.text)
        return self.text if plain and self.flags in ("", "l") else ""

    def matches(self, value: str) -> bool:
        """Whether the whole of ``value`` matches."""
        found = self._known.get(value)
        if found is None:
            found = self._judge(value)
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[value] = found
        return found

    def _judge(self, value: str) -> bool:
        if "n" in self.flags:
            value = fold(value).text
        if "d" in self.flags:
            value = without_marks(value)
        try:
            return self._pattern.fullmatch(value, timeout=TIMEOUT) is not None
        except TimeoutError:
            raise too_slow() from None


def _extended(match: regex.Match[str]) -> str:
    """A script as PCRE and Perl mean it: with the marks that it shares with others (Script_Extensions)."""
    before, letter, caret, name = match.groups()
    return f"{before}\\{letter}{{{caret}scx={name}}}" if _is_script(name) else match[0]


@cache
def _is_script(name: str) -> bool:
    try:
        regex.compile(rf"\p{{scx={name}}}")
    except regex.error:
        return False
    return True


def without_marks(text: str) -> str:
    """The text without diacritics, in composed form: naïve → naive, إ → ا, وستُبذل → وستبذل; Thai stays as it is."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
