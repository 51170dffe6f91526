"""What the mirrors do to a page: the forward model of the damage, for tests and measurements.

A mirror keeps the page as GBK bytes and replaces, one entry of a fixed table after the other, every occurrence of a
character's two bytes, also where they are the second byte of one character and the first of the next. Then the bytes
are decoded; what is no character any more is shown as a mark or not at all.
"""

from __future__ import annotations

import html
import random
from collections.abc import Sequence
from typing import Literal

from wic.clean.garble.gbk import pairs, shown
from wic.clean.garble.readings import facts, ranks

Insertion = Literal["readings", "entities", "signs", "commas"]
Table = Sequence[tuple[str, str]]

# Full-width signs that the pages replace by themselves written as an entity.
SIGNS = "！？，；："


def table(seed: int, share: float = 0.1, insertion: Insertion = "readings") -> list[tuple[str, str]]:
    """The table of a mirror: what it replaces, and by what, in the order in which it does so.

    ``readings``: the characters that mirrors are known to annotate and a ``share`` of the others that they could;
    ``entities``: a ``share`` of the commonest thousand Simplified characters, as numeric entities; ``signs``:
    full-width punctuation as numeric entities; ``commas``: the comma doubled.
    """
    chance = random.Random(seed)
    known = facts()
    if insertion == "commas":
        return [("，", "，，")]
    if insertion == "signs":
        return [(sign, f"&#{ord(sign)};") for sign in SIGNS]
    if insertion == "entities":
        common = [character for character, rank in ranks().items() if rank < 1000]
        return [(c, f"&#{ord(c)};") for c in chance.sample(common, round(share * len(common)))]
    possible = known.annotatable
    annotated = [c for c in sorted(shown().values()) if c in possible and not known.usual[c].isascii()]
    chosen = [c for c in annotated if c in known.annotated or chance.random() < share]
    chance.shuffle(chosen)
    return [(character, f"{character}({known.usual[character]})") for character in chosen]


def garble(text: str, entries: Table, *, mark: str = "?", swallow: bool = True) -> str:
    """``text`` as a mirror with this table shows it.

    ``mark`` stands for a byte that cannot be decoded (it may be empty); with ``swallow`` the decoder takes the ASCII
    character after such a byte with it, as PHP's does. Characters that GBK has not stay what they are.
    """
    data = encode(text)
    for character, replacement in entries:
        data = data.replace(encode(character), encode(replacement))
    return html.unescape(decode(data, mark=mark, swallow=swallow))


def encode(text: str) -> bytes:
    """The text in GBK, with entities for the characters that it has not."""
    known = pairs()
    pieces = []
    for character in text:
        pair = known.get(character)
        if character < "\x80":
            pieces.append(character.encode())
        else:
            pieces.append(pair.to_bytes(2) if pair is not None else f"&#{ord(character)};".encode())
    return b"".join(pieces)


def decode(data: bytes, *, mark: str = "?", swallow: bool = True) -> str:
    """The GBK bytes as a page shows them, see `garble`."""
    pieces: list[str] = []
    known, position, size = shown(), 0, len(data)
    while position < size:
        lead = data[position]
        position += 1
        if lead < 0x80:
            pieces.append(chr(lead))
            continue
        trail = data[position] if position < size else 0
        if 0x81 <= lead <= 0xFE and 0x40 <= trail <= 0xFE and trail != 0x7F:
            pieces.append(known.get(lead << 8 | trail, ""))
            position += 1
            continue
        pieces.append(mark)
        if swallow and position < size and trail < 0x80:
            position += 1
    return "".join(pieces)
