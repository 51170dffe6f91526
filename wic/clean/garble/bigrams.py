"""The character bigram model: how likely a Chinese character is after another one.

The model knows a character at the beginning of a word and inside one as two symbols, so that 專科技 is not made
likely by 專科 and 科技. One model serves both scripts. Symbols are Simplified characters, one sign for each kind of punctuation, ``0`` for
digits and ``A`` for letters; a Traditional character costs its Simplified form and how rarely that is written so.
``tools/train_bigrams.py`` makes the file; its first line names the sources and licences of the weights.
"""

from __future__ import annotations

import json
import sys
from array import array
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

SCALE = 12.0  # prices in the file are nats times this
EDGE = "\n"  # before and after a sentence
UNKNOWN = 20.0  # the price of a character that the model has not seen
UNUSUAL = 10.0  # the price of a Traditional character that OpenCC never writes, or of one in the wrong script
AMBIGUOUS = 1.5  # of leaving a Simplified character alone that is a Traditional one too (后, 里), as converters do

ONE_OF = {"0": 2.3, "A": 3.7}  # the price of which digit, which letter

FOREIGN, WIDE = 9.0, 3.0  # the same of a letter that is not ASCII, and of a full-width one

# Punctuation is scored by what it does. The price is that of the rarer sign.
SIGNS = {
    **dict.fromkeys("，,", (",", 0.0)),
    **dict.fromkeys("。.", (".", 0.0)),
    **dict.fromkeys("！!？?", (".", 2.0)),
    "．": (".", 5.0),
    "…": (".", 3.0),
    **dict.fromkeys("；;", (";", 0.0)),
    **dict.fromkeys("：:", (":", 0.0)),
    **dict.fromkeys("（(", ("(", 0.0)),
    **dict.fromkeys("）)", (")", 0.0)),
    **dict.fromkeys("“「", ("“", 0.0)),
    **dict.fromkeys("”」", ("”", 0.0)),
    **dict.fromkeys("‘『", ("“", 3.0)),
    **dict.fromkeys("’』", ("”", 3.0)),
    **dict.fromkeys("—-－–", ("-", 0.0)),
    "％": ("%", 0.0),
    "\u3000": (EDGE, 4.0),
    " ": (EDGE, 1.0),
    "\r": (EDGE, 0.0),
}


Option = tuple[float, int]  # a price and a symbol's number
Place = tuple[int, int, float]


@dataclass(frozen=True)
class Header:
    """The first line of the file."""

    about: str
    first: str  # the symbols that begin a word
    inside: str  # those that continue one; they are numbered after the others
    spellings: str
    spelling_prices: list[int]
    entries: int


def symbol(character: str, simplified: dict[str, str]) -> str:
    """The symbol that stands for ``character`` in the model."""
    if character in SIGNS:
        return SIGNS[character][0]
    if character < "\u3000" or "\uff00" <= character <= "\uffef":
        if character.isdigit():
            return "0"
        if character.isalpha():
            return "A"
    return simplified.get(character, character)


def write(header: Header, begins: bytes, leaves: bytes, offsets: array[int], after: array[int], prices: bytes) -> bytes:
    """The bytes of the model's file: the header as a line of JSON, then the tables, little-endian."""
    if sys.byteorder == "big":
        offsets, after = array("I", offsets), array("H", after)
        offsets.byteswap()
        after.byteswap()
    first = json.dumps(asdict(header), ensure_ascii=False).encode() + b"\n"
    return b"".join((first, begins, leaves, offsets.tobytes(), after.tobytes(), prices))


class Bigrams:
    """The model as read. Prices are negative logarithms in nats: the sum over a text says how unlikely it is."""

    def __init__(self, data: bytes, simplified: dict[str, str]) -> None:
        line, _, rest = data.partition(b"\n")
        header = Header(**json.loads(line))
        starts, size = len(header.first), len(header.first) + len(header.inside)
        self.vocabulary = header.first + header.inside
        self.begins = [price / SCALE for price in rest[:starts]]
        self.leaves = [price / SCALE for price in rest[starts : starts + size]]
        self.offsets, self.after = array("I"), array("H")
        at = starts + size
        self.offsets.frombytes(rest[at : at + 4 * (size + 1)])
        at += 4 * (size + 1)
        self.after.frombytes(rest[at : at + 2 * header.entries])
        self.prices = rest[at + 2 * header.entries :]
        if sys.byteorder == "big":
            self.offsets.byteswap()
            self.after.byteswap()
        self.first = {c: index for index, c in enumerate(header.first)}
        self.inside = {c: index for index, c in enumerate(header.inside, starts)}
        self.edge = self.first[EDGE]
        self.simplified = simplified
        self.spellings = dict(zip(header.spellings, (p / SCALE for p in header.spelling_prices), strict=True))
        self.kept_forms = set(simplified.values())
        self._places: tuple[dict[str, Place], dict[str, Place]] = ({}, {})
        self._options: tuple[dict[int, dict[str, list[Option]]], dict[int, dict[str, list[Option]]]] = ({}, {})
        self._rows: dict[int, dict[int, float]] = {}

    def options(self, before: int, character: str, traditional: bool) -> list[Option]:
        """What ``character`` can be after symbol ``before`` (-1 if unknown): prices and symbols, one or two.

        ``traditional`` says which script the text around is in.
        """
        known = self._options[traditional].setdefault(before, {})
        found = known.get(character)
        if found is None:
            found = known[character] = self._price(before, character, traditional)
        return found

    def _price(self, before: int, character: str, traditional: bool) -> list[Option]:
        first, inside, extra = self.place(character, traditional)
        if first < 0 and inside < 0:
            return [(UNKNOWN, -1)]
        found = []
        row = self._row(before) if before >= 0 else {}
        if first >= 0:
            listed = row.get(first)
            leave = self.leaves[before] if before >= 0 else 0.0
            found.append(((leave + self.begins[first] if listed is None else listed) + extra, first))
        if inside >= 0 and inside in row:
            found.append((row[inside] + extra, inside))
        return found or [(UNKNOWN, -1)]

    def place(self, character: str, traditional: bool) -> Place:
        """The symbols of a character (-1 where it has none) and the price of writing them so in that script."""
        places = self._places[traditional]
        found = places.get(character)
        if found is None:
            sign, extra = self._written(character, traditional)
            found = places[character] = self.first.get(sign, -1), self.inside.get(sign, -1), extra
        return found

    def _written(self, character: str, traditional: bool) -> tuple[str, float]:
        if character in SIGNS:
            return SIGNS[character]
        sign = symbol(character, self.simplified)
        if character in self.simplified:
            extra = self.spellings.get(character, UNUSUAL)
            return sign, extra if traditional else extra + UNUSUAL
        if sign in ONE_OF:
            return sign, ONE_OF[sign] + (0.0 if character < "\x80" else WIDE if character > "\uff00" else FOREIGN)
        if traditional and character in self.kept_forms:
            return sign, min(AMBIGUOUS, self.spellings[character]) if character in self.spellings else UNUSUAL
        return sign, 0.0

    def _row(self, before: int) -> dict[int, float]:
        """The prices of the symbols that the file lists after ``before``."""
        row = self._rows.get(before)
        if row is None:
            row = self._rows[before] = self._read_row(before)
        return row

    def _read_row(self, before: int) -> dict[int, float]:
        low, high = self.offsets[before], self.offsets[before + 1]
        return dict(zip(self.after[low:high], (price / SCALE for price in self.prices[low:high]), strict=True))


@cache
def bigrams() -> Bigrams:
    """The model that ships with wic, read at the first call."""
    from wic.language import language

    path = files("wic").joinpath("langs", "zh", "bigrams.bin")
    return Bigrams(path.read_bytes(), language("zh").table("traditional.tsv"))
