"""The character bigram model: how likely a Chinese character is after another one.

One model serves both scripts. Symbols are Simplified characters, one sign for each kind of punctuation, ``0`` for
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
UNUSUAL = 7.0  # the price of a Traditional character that OpenCC never writes, or of one in the wrong script
AMBIGUOUS = 1.5  # of leaving a Simplified character alone that is a Traditional one too (后, 里), as converters do

ONE_OF = {"0": 2.3, "A": 3.7}  # the price of which digit, which letter

# Punctuation is scored by what it does. The price is that of the rarer sign.
SIGNS = {
    **dict.fromkeys("，,", (",", 0.0)),
    **dict.fromkeys("。.．", (".", 0.0)),
    **dict.fromkeys("！!？?", (".", 2.0)),
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


@dataclass(frozen=True)
class Header:
    """The first line of the file."""

    about: str
    vocabulary: str
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
        size, self.entries = len(header.vocabulary), header.entries
        self.vocabulary = header.vocabulary
        self.begins = [price / SCALE for price in rest[:size]]
        self.leaves = [price / SCALE for price in rest[size : 2 * size]]
        self.offsets, self.after = array("I"), array("H")
        at = 2 * size
        self.offsets.frombytes(rest[at : at + 4 * (size + 1)])
        at += 4 * (size + 1)
        self.after.frombytes(rest[at : at + 2 * header.entries])
        self.prices = rest[at + 2 * header.entries :]
        if sys.byteorder == "big":
            self.offsets.byteswap()
            self.after.byteswap()
        self.numbers = {c: index for index, c in enumerate(header.vocabulary)}
        self.edge = self.numbers[EDGE]
        self.simplified = simplified
        self.spellings = dict(zip(header.spellings, (p / SCALE for p in header.spelling_prices), strict=True))
        self.kept_forms = set(simplified.values())
        self._places: tuple[dict[str, tuple[int, float]], dict[str, tuple[int, float]]] = ({}, {})
        self._rows: dict[int, dict[int, float]] = {}

    def place(self, character: str, traditional: bool) -> tuple[int, float]:
        """The number of the character's symbol (-1 if unknown) and the price of writing that symbol so.

        ``traditional`` says which script the text around is in.
        """
        places = self._places[traditional]
        found = places.get(character)
        if found is None:
            found = places[character] = self._place(character, traditional)
        return found

    def _place(self, character: str, traditional: bool) -> tuple[int, float]:
        if character in SIGNS:
            sign, extra = SIGNS[character]
            return self.numbers.get(sign, -1), extra
        if character in self.simplified:
            number = self.numbers.get(self.simplified[character], -1)
            extra = self.spellings.get(character, UNUSUAL)
            return number, extra if traditional else extra + UNUSUAL
        sign = symbol(character, self.simplified)
        if sign in ONE_OF:
            return self.numbers.get(sign, -1), ONE_OF[sign]
        number = self.numbers.get(sign, -1)
        if traditional and character in self.kept_forms:
            return number, min(AMBIGUOUS, self.spellings[character]) if character in self.spellings else UNUSUAL
        return number, 0.0

    def after_price(self, before: int, number: int) -> float:
        """The price of symbol ``number`` after symbol ``before``; -1 is a symbol that the model does not know."""
        if number < 0:
            return UNKNOWN
        if before < 0:
            return self.begins[number]
        row = self._rows.get(before)
        if row is None:
            row = self._rows[before] = self._row(before)
        price = row.get(number)
        return self.leaves[before] + self.begins[number] if price is None else price

    def _row(self, before: int) -> dict[int, float]:
        low, high = self.offsets[before], self.offsets[before + 1]
        return dict(zip(self.after[low:high], (price / SCALE for price in self.prices[low:high]), strict=True))


@cache
def bigrams() -> Bigrams:
    """The model that ships with wic, read at the first call."""
    from wic.language import language

    path = files("wic").joinpath("langs", "zh", "bigrams.bin")
    return Bigrams(path.read_bytes(), language("zh").table("traditional.tsv"))
