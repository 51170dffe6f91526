"""Mojibake: text written in one encoding and read as another.

Each rule names the encoding in which the text was ``written``, those as which it may have been ``read_as``, and the
``judge`` (``wic.clean.plausible``) that must find the outcome plausible. Only lines that look wrong are tried, each
on its own, so that a page may hold damaged and healthy lines. The encodings that explained one line are tried first
on the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from wic.clean.misread import DOUBLE_BYTE, Reading, taken, undone
from wic.clean.plausible import JUDGES, frequent
from wic.clean.rules import Rule
from wic.clean.units import LOST
from wic.document import Edit, Flag, apply, compose

SAMPLE = 400  # characters of a line on which the candidates are compared
# Share of frequent characters from which on a line is taken as it stands: at most one character in ten may be lost, so
# those that remain would be too ordinary for a misreading.
ORDINARY = 0.75
DEPTH = 3  # how often a text may have been written as UTF-8 and read as something else

# Signs that a line was read wrongly, one for each script that it then seems to be in. Each begins with a character
# that is rare in healthy text, so that looking for it is cheap.
LATIN = re.compile(
    "[\u00a1-\u00ff][\u0080-\u00ff\u0100-\u017f\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\u2202-\u25ca\ufb01\ufb02]"
)
CONTINUED = "\u0080-\u00a0\u0e01-\u0e1f\u2013-\u203a\u20ac\u0160\u0161\u017d\u017e\u0152\u0153\u02c6\u02dc\u2122"
THAI = re.compile(f"\u0e40[\u0e18\u0e19][{CONTINUED}]\u0e40[\u0e18\u0e19][{CONTINUED}]\u0e40[\u0e18\u0e19]")
ARABIC_AS_THAI = re.compile(  # a mark with no letter under it
    f"[\u0e38\u0e39](?<![\u0e01-\u0e4e][\u0e38\u0e39])[{CONTINUED}][\u0e38\u0e39][{CONTINUED}]"
)
HAN_AS_THAI = re.compile(
    f"[\u0e44-\u0e49][{CONTINUED}][{CONTINUED}][\u0e44-\u0e49][{CONTINUED}][{CONTINUED}][\u0e44-\u0e49]"
)
ARABIC = re.compile(r"[\u0637\u0638]\S[\u0637\u0638]\S[\u0637\u0638]\S[\u0637\u0638]\S")
BETWEEN = (  # what Windows-1251 has from 80 to BF
    "\u00a0\u00a4\u00a6\u00a7\u00a9\u00ab-\u00ae\u00b0\u00b1\u00b5-\u00b7\u00bb\u0401-\u040f\u0451-\u045f\u0490\u0491"
    "\u2013-\u203a\u20ac\u2116\u2122"
)
CYRILLIC = re.compile(  # Chinese, Russian, Arabic, Thai
    rf"(?:[\u0433-\u0439][{BETWEEN}]{{2}}){{2}}|"
    r"[\u0420\u0421]\S[\u0420\u0421]\S[\u0420\u0421]\S[\u0420\u0421]\S"
    r"|[\u0428\u0429]\S[\u0428\u0429]\S[\u0428\u0429]\S[\u0428\u0429]\S|\u0430[\u0451\u2116]\S\u0430[\u0451\u2116]\S"
)
FRAMES = re.compile(
    "[\u2510-\u253c\u2550-\u256c\u2580-\u2590][\u00a1-\u00ff\u0393-\u03c6\u2200-\u22ff\u2320\u2321\u20a7]"
)
# Accented letters, or an ending of nouns, inside Arabic words: one encoding of Arabic read as the other.
ARABIC_AS_ARABIC = re.compile(
    r"[\u0621-\u064a][\u00e0-\u00fc](?=[^\n]*(?:[\u0621-\u064a][\u00e0-\u00fc]|[\u00e0-\u00fc][\u0621-\u064a]))"
    r"|[\u0621-\u064a][\u064c\u064d][\u0621-\u064a](?=[^\n]*[\u0621-\u064a][\u064c\u064d][\u0621-\u064a])"
)
LATIN_1 = frozenset(map(chr, range(0xA1, 0x100)))


class Sign(NamedTuple):
    """Where ``pattern`` matches, a line may have been read as one of ``read_as``.

    A match has one of the characters ``first``, and one of ``also`` where that has any.
    """

    pattern: re.Pattern[str]
    first: frozenset[str]
    read_as: frozenset[str]
    also: frozenset[str] = frozenset()

    def may_show(self, alphabet: Set[str]) -> bool:
        """Whether a text of these characters can show it."""
        return not (self.first.isdisjoint(alphabet) or (self.also and self.also.isdisjoint(alphabet)))


SIGNS = (
    Sign(LATIN, LATIN_1, frozenset(("cp1252", "cp1254", "cp1250", "cp1256", "mac_roman", "cp850"))),
    Sign(THAI, frozenset("\u0e40"), frozenset(("cp874",))),
    Sign(ARABIC_AS_THAI, frozenset("\u0e38\u0e39"), frozenset(("cp874",))),
    Sign(HAN_AS_THAI, frozenset("\u0e44\u0e46\u0e47"), frozenset(("cp874",))),
    Sign(ARABIC, frozenset("\u0637\u0638"), frozenset(("cp1256",))),
    Sign(
        ARABIC_AS_ARABIC,
        frozenset("\u064c\u064d\u00e2\u00e7\u00e8\u00e9\u00ea"),
        frozenset(("cp1256", "iso8859-6")),
        also=frozenset(map(chr, range(0x621, 0x64B))),
    ),
    Sign(
        CYRILLIC,
        frozenset("\u0433\u0434\u0435\u0436\u0437\u0438\u0439\u0420\u0421\u0428\u0429\u0451\u2116"),
        frozenset(("cp1251",)),
    ),
    Sign(FRAMES, frozenset(map(chr, range(0x2510, 0x2591))), frozenset(("cp437", "cp850"))),
)
ARABIC_BYTES = "cp1256", "iso8859-6"
UNEVEN = DOUBLE_BYTE | {"utf-8"}  # encodings in which one lost byte spoils more than its own character
LETTER = re.compile("[A-Za-z]")
ODD = re.compile("[\u00a1-\u05ff\u2200-\u25ff]")
PLAIN = re.compile(r"(?<!\S)[^\sA-Za-z]*+[A-Za-z]\S*+")  # words with an ASCII letter
BEYOND = re.compile("[^\\x00-\\x7f]")
IDEOGRAPHS = re.compile("[\u3400-\u9fff\ue000-\uf8ff]")


class Kind(NamedTuple):
    """One way of reading wrongly: a rule with one of its encodings."""

    rule: str
    written: str
    read_as: str
    judge: str


def repair(text: str, rules: Sequence[Rule], alphabet: Set[str]) -> tuple[list[Edit], list[Flag]]:
    """Edits that take wrong decodings back."""
    kinds: list[Kind] = []
    edits: list[Edit] = []
    proven: list[Kind] = []
    for start, end, place, read_as in _suspicious(text, alphabet):
        line = text[start:end]
        sample = _sample(line, place - start)
        if read_as == DOUBLE_BYTE and _usual(IDEOGRAPHS.findall(sample)) >= ORDINARY:
            continue
        found = _first_sense(sample, [kind for kind in proven if kind.read_as in read_as])
        if not found:
            kinds = kinds or list(_kinds(rules))
            found = _best_sense(sample, [kind for kind in kinds if kind.read_as in read_as])
            if found:
                proven.insert(0, found.kind)
        if found:
            whole = found.reading if len(sample) == len(line) else _undone(line, found.kind)
            edits += _edits(line, start, whole, found.kind)
    return edits, []


def _edits(line: str, start: int, reading: Reading, kind: Kind) -> list[Edit]:
    """The edits of a reading of the line that begins at ``start``."""
    if kind.written != "utf-8" or kind.read_as not in DOUBLE_BYTE or LOST not in line:
        return reading.edits(start)
    from wic.clean.truncated import solved

    found = solved(line, reading.edits(0), kind.read_as)
    return [edit._replace(start=edit.start + start, end=edit.end + start) for edit in found]


def _kinds(rules: Sequence[Rule]) -> Iterator[Kind]:
    for rule in rules:
        for read_as in rule.options["read_as"]:
            yield Kind(rule.name, rule.options["written"], read_as, rule.options["judge"])


def _suspicious(text: str, alphabet: Set[str]) -> Iterator[tuple[int, int, int, frozenset[str]]]:
    """The lines that look as if they had been read wrongly.

    Their start, their end without the line end, the first place that looks wrong, and the encodings to think of.
    """
    signs = [sign for sign in SIGNS if sign.may_show(alphabet)]
    if len(_strange_han() & alphabet) > 1:
        signs.append(_han())
    found = sorted((*line, number) for number, sign in enumerate(signs) for line in _lines(sign.pattern, text))
    for start, same in groupby(found, key=itemgetter(0)):
        places = list(same)
        end = text.find("\n", start)
        read_as = frozenset[str]().union(*(signs[number].read_as for _, _, number in places))
        yield start, len(text) if end < 0 else end, places[0][1], read_as


def _lines(sign: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the lines begin that show the sign, and where they first do."""
    match = sign.search(text)
    while match:
        yield text.rfind("\n", 0, match.start()) + 1, match.start()
        end = text.find("\n", match.start())
        match = sign.search(text, end) if end >= 0 else None


@cache
def _strange_han() -> frozenset[str]:
    """Han characters that are not frequent, and characters for private use."""
    return frozenset(map(chr, (*range(0x3400, 0xA000), *range(0xE000, 0xE800)))) - frequent(1500)


@cache
def _han() -> Sign:
    """Strange characters close together."""
    codes = sorted(map(ord, _strange_han()))
    ends = [*(low for low, high in pairwise(codes) if high > low + 1), codes[-1]]
    starts = [codes[0], *(high for low, high in pairwise(codes) if high > low + 1)]
    strange = "[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in zip(starts, ends, strict=True)) + "]"
    return Sign(re.compile(f"{strange}(?:[^\\n]{{0,2}}?{strange}){{2}}"), _strange_han(), DOUBLE_BYTE)


class _Sense(NamedTuple):
    """What a line was meant to say, and how much sense that makes (0 to 1)."""

    kind: Kind
    reading: Reading
    score: float


def _first_sense(line: str, kinds: Sequence[Kind]) -> _Sense | None:
    """The sense that the first kind of misreading makes that makes any."""
    return next((sense for kind in kinds if (sense := _sense(line, kind))), None)


def _best_sense(line: str, kinds: Sequence[Kind]) -> _Sense | None:
    """The best sense that one of the kinds of misreading makes; None if the line makes sense as it is."""
    senses = [sense for kind in kinds if (sense := _sense(line, kind))]
    return max(senses, key=lambda sense: sense.score) if senses else None


def _sample(line: str, place: int) -> str:
    """A part of a long line around ``place``, from a blank if there is one."""
    if len(line) <= SAMPLE:
        return line
    start = max(0, place - 20)
    return line[line.rfind(" ", 0, start) + 1 : start + SAMPLE]


def _sense(line: str, kind: Kind) -> _Sense | None:
    """What the line was meant to say if it is of this kind; None if that makes no more sense."""
    if not _possible(line, kind):
        return None
    found = _undone(line, kind)
    uneven = kind.written in UNEVEN or kind.read_as in UNEVEN
    if not found.read or found.lost > (0.1 if uneven else 0.02) * found.read:
        return None
    score = JUDGES[kind.judge](found.meant) * found.read / (found.read + found.lost)
    return _Sense(kind, found, score) if score and _sure(line, kind, found) else None


def _possible(line: str, kind: Kind) -> bool:
    """Whether the line has enough characters of the wrong kind; asked first, since reading it takes longer."""
    if kind.read_as in DOUBLE_BYTE or kind.written == "utf-8":
        return True
    if kind.written in DOUBLE_BYTE:  # a character as read is at most two bytes, and as many letters are trail bytes
        return 5 * len(BEYOND.findall(line)) >= len(LETTER.findall(line))
    return _pure(line) >= 0.75


def _undone(line: str, kind: Kind) -> Reading:
    """The reading of a line; UTF-8 that was misread several times is unfolded as far as it goes."""
    found = undone(line, kind.read_as, kind.written, kind.rule)
    if kind.written != "utf-8" or not found.read:
        return found
    for _ in range(DEPTH):
        if not LATIN.search(found.meant):
            break
        edits = found.edits(0)
        again = undone(apply(edits, line), "cp1252", kind.written, kind.rule)
        if not again.read or again.lost > 0.1 * again.read:
            break
        found = taken(list(compose(line, edits, again.edits(0))), found.read, found.lost)
    return found


def _sure(line: str, kind: Kind, found: Reading) -> bool:
    """Whether the line as it stands is worse than what it would become."""
    if kind.read_as in DOUBLE_BYTE:
        return len(found.before) >= 3 and _usual(found.before) < (0.65 if kind.written == "utf-8" else 0.5)
    if kind.written == "utf-8":
        return _sure_of_utf8(line, kind, found)
    if kind.written in DOUBLE_BYTE:
        letters = len(LETTER.findall(line)) - len(LETTER.findall(found.before))
        unexplained = len(ODD.findall(line)) - len(ODD.findall(found.before))
        return found.read >= 4 and found.read >= letters and unexplained <= 0.1 * found.read
    return kind.read_as not in ARABIC_BYTES or JUDGES["arabic"](line) < JUDGES["arabic"](found.meant)


def _usual(characters: Sequence[str]) -> float:
    """The share of them that are frequent Han characters."""
    return sum(map(frequent(1500).__contains__, characters)) / max(1, len(characters))


def _sure_of_utf8(line: str, kind: Kind, found: Reading) -> bool:
    characters = len(found.meant.replace(" ", ""))
    if kind.read_as in ("cp874", "cp1256", "cp1251"):
        return found.lost <= 0.03 * found.read and characters >= 3
    if any(character > "\u02ff" for character in found.meant):
        return characters > 1 or kind.read_as == "cp1252"
    if kind.read_as != "cp1252":
        return False
    from ftfy.badness import is_bad

    return bool(is_bad(line))


def _pure(line: str) -> float:
    """The share of the characters beyond ASCII that stand in words without any ASCII letter.

    Accented letters of a Latin text stand among plain ones; a Thai or Arabic word read as Latin has none.
    """
    if not LETTER.search(line):
        return float(BEYOND.search(line) is not None)
    return len(BEYOND.findall(PLAIN.sub("", line))) / max(1, len(BEYOND.findall(line)))
