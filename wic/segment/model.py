"""The numbers of wic's own word model: where a text is likely to be cut, by character patterns.

A pattern is a run of one to four characters, a word of a dictionary, or the kinds of six characters in a row. Each
votes, with a small integer, for or against a cut at the places near it, and the votes are added: a linear model that
looks at every place by itself. Patterns of two and more characters are found by a hash whose table holds a
16-bit check, so an unknown pattern votes once in 65,536 times. All arithmetic is in integers, so that the answers do
not depend on the machine, nor on whether there is a compiled part (``wic.compiled``): it adds up the votes, else
numpy does.

Few places begin a long word of the dictionary. So those longer than ``begin`` characters are looked up only where the
hash of so many characters is that of the beginning of one, by a table of bits.

``tools/train_segment.py`` makes the files; a ``MODEL.md`` beside each says from what.
"""

from __future__ import annotations

import json
import mmap
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wic.compiled import compiled

MAGIC = b"wic words 3\n"
BLOCK = 1 << 16  # characters looked at together: small enough for the arrays to stay in the processor's cache
BEGIN_BITS = 18  # of the hash of the first characters of a long word
REACH = 16  # characters on either side that a vote can come from (the longest words of a dictionary), rounded up

Array = NDArray[Any]


class Table(NamedTuple):
    """Patterns of ``length`` characters: where each is kept, how it is checked, and its votes or its class.

    ``votes[i, j]`` is for a cut at ``first + j`` characters from the beginning of the pattern.
    """

    length: int
    first: int
    shift: Array
    check: Array
    votes: Array
    classes: Array | None = None


class Model(NamedTuple):
    """``codes`` and ``kinds`` are by code point up to U+FFFF; ``singles`` by code; ``window`` by six kinds, as digits to ``base``.

    ``begins`` has a bit for each of the hashes that the first ``begin`` characters of longer words can have.
    """

    codes: Array
    kinds: Array
    singles: Array
    first: int
    window: Array
    base: int
    tables: tuple[Table, ...]
    long: tuple[Table, ...]  # of words longer than `begin`
    begin: int
    begins: Array
    prepared: object = None  # the same, as the compiled part takes it


@cache
def model(lang: str) -> Model:
    """The model of a language, mapped into memory from ``words.bin`` of its folder."""
    with as_file(files("wic").joinpath("langs", lang, "words.bin")) as path:
        return load(path)


def load(path: Path) -> Model:
    """The model of a file. ``ValueError`` when it is none of this version."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    end = data.find(b"\n", len(MAGIC))
    if data[: len(MAGIC)] != MAGIC:
        raise ValueError(f"{path}: not a word model of this version")
    header = json.loads(data[len(MAGIC) : end])
    arrays = {
        name: np.frombuffer(data, dtype, int(np.prod(shape)), begin).reshape(shape)
        for name, dtype, shape, begin in header["arrays"]
    }
    tables = [
        Table(
            length,
            first,
            arrays[f"{name}.shift"],
            arrays[f"{name}.check"],
            arrays[f"{name}.votes"],
            arrays.get(f"{name}.classes"),
        )
        for name, length, first in header["tables"]
    ]
    tables.sort(key=lambda table: table.length)
    begin = header["begin"]
    long = tuple(table for table in tables if table.classes is not None and table.length > begin)
    known = Model(
        arrays["codes"],
        arrays["kinds"],
        arrays["singles"],
        header["first"],
        arrays["window"],
        header["kinds"],
        tuple(table for table in tables if table.classes is None or table.length <= begin),
        long,
        begin,
        arrays["begins"],
    )
    return known if compiled is None else known._replace(prepared=_prepared(known))


def _prepared(known: Model) -> object:
    tables, long = (
        tuple(
            (t.length, t.first, t.votes.shape[0], t.shift, t.check, np.ascontiguousarray(t.votes), t.classes)
            for t in listed
        )
        for listed in (known.tables, known.long)
    )
    return compiled.model(*known[:6], tables, long, known.begin, known.begins)


def votes(text: str, known: Model) -> Array:
    """For each place in a text, from 0 to its length less one, the sum of the votes; above 0 it is a cut."""
    if known.prepared is not None:
        return np.frombuffer(compiled.votes(known.prepared, text.encode("utf-32-le")), np.int32)
    points = np.frombuffer(text.encode("utf-32-le"), "<u4")
    if len(points) <= BLOCK:
        return _counted(points, known)
    parts = []
    for begin in range(0, len(points), BLOCK):
        before = min(begin, REACH)
        part = _counted(points[begin - before : begin + BLOCK + REACH], known)
        parts.append(part[before : before + BLOCK])
    return np.concatenate(parts)


def _counted(points: Array, known: Model) -> Array:
    size = len(points)
    points = np.minimum(points, 0xFFFF).astype(np.intp)
    # What stands before and after the text counts as the edge of a line, which has code and kind 0.
    codes = np.zeros(size + 2 * REACH, np.uint64)
    codes[REACH : REACH + size] = known.codes[points]
    kinds = np.zeros(size + 2 * REACH, np.int32)
    kinds[REACH : REACH + size] = known.kinds[points]
    total = np.zeros(size + 4 * REACH, np.int32)

    window = kinds[: len(kinds) - 5].copy()
    for step in range(1, 6):
        window *= known.base
        window += kinds[step : len(kinds) - 5 + step]
    total[3 : 3 + len(window)] += known.window[window]  # the place is in the middle of the six
    small = codes.astype(np.intp)
    for step in range(known.singles.shape[0]):
        place = known.first + step
        begin = max(0, -place)
        total[begin + place : place + len(small)] += known.singles[step][small[begin:]]
    key, start, length = codes, codes, 1
    hashed = begins = finished(key)
    for table in known.tables:  # in the order of their lengths
        while table.length > length:
            key, length = longer(key, codes), length + 1
            hashed = finished(key)
            if length == known.begin:
                start, begins = key, hashed
        _add(total, hashed, table)
    number = begins >> np.uint64(64 - BEGIN_BITS)
    bits = known.begins[(number >> np.uint64(3)).astype(np.intp)] >> (number & np.uint64(7)).astype(np.uint8) & 1
    places = np.flatnonzero(bits[: size + REACH])
    key, length = start[places], known.begin
    for table in known.long:
        while table.length > length:
            key, length = _longer(key, codes[places + length]), length + 1
        _add(total, finished(key), table, places)
    return total[REACH : REACH + size]


def longer(key: Array, codes: Array) -> Array:
    """From the keys of the patterns of some length at each place those of the patterns that are one code longer."""
    return _longer(key[:-1], codes[len(codes) - len(key) + 1 :])


def _longer(key: Array, following: Array) -> Array:
    key = key * np.uint64(0x9E3779B97F4A7C15)
    key ^= key >> np.uint64(32)
    key += following
    return key


def finished(key: Array) -> Array:
    """The 64-bit hash of each key; see ``slots`` for the use of its parts."""
    key = key * np.uint64(0xD6E8FEB86659FD93)
    key ^= key >> np.uint64(32)
    return key * np.uint64(0xD6E8FEB86659FD93)


def hashes(codes: Array, length: int) -> Array:
    """The hash of the ``length`` codes from each place on."""
    key = codes
    for _ in range(length - 1):
        key = longer(key, codes)
    return finished(key)


def slots(hashed: Array, table_size: int, shift: Array) -> Array:
    """Where hashed patterns are kept: the upper half picks a shift, which moves the place that the lower half gives."""
    low = hashed & np.uint64(0xFFFFFFFF)
    high = hashed >> np.uint64(32)
    moved = shift[(high * np.uint64(len(shift)) >> np.uint64(32)).astype(np.intp)].astype(np.uint64)
    place = (low + moved * np.uint64(0x9E3779B1)) & np.uint64(0xFFFFFFFF)
    place ^= place >> np.uint64(15)
    place = (place * np.uint64(0x85EBCA77)) & np.uint64(0xFFFFFFFF)
    return (place * np.uint64(table_size) >> np.uint64(32)).astype(np.intp)


def _add(total: Array, hashed: Array, table: Table, places: Array | None = None) -> None:
    """Adds the votes of one table's patterns, hashed at each place, or at some places."""
    found = slots(hashed, len(table.check), table.shift)
    where = np.flatnonzero(table.check[found] == (hashed >> np.uint64(32)).astype(np.uint16))
    if not len(where):
        return
    kept = found[where]
    if table.classes is not None:
        kept = table.classes[kept]
    if places is not None:
        where = places[where]
    for step in range(table.votes.shape[0]):
        # Places before the text's own padding have no reader; the padding is as wide as any reach.
        total[where + (table.first + step)] += table.votes[step][kept]
