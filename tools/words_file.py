"""The file of a word model: trained weights rounded to small integers, in tables found by a perfect hash.

``wic/segment/model.py`` reads it, and tells what a pattern and a vote are.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from wic.segment.model import BEGIN_BITS, MAGIC, hashes

SCALE = 80.0  # so that a run of characters can weigh up to 1.6, which a few in a hundred thousand exceed
KEPT = 200  # class of the words that stay whole, above those of all others


def perfect(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """Shifts that give each key a slot of its own (hash and displace), the slots, and the size of the table."""
    size = max(8, int(len(keys) / 0.9) + 1)
    buckets = max(1, len(keys) // 5)
    home = (((keys >> np.uint64(32)) * np.uint64(buckets)) >> np.uint64(32)).astype(np.intp)
    order = np.argsort(home, kind="stable")
    edges = np.searchsorted(home[order], np.arange(buckets + 1))
    members = [order[edges[number] : edges[number + 1]] for number in range(buckets)]
    shift = np.zeros(buckets, np.uint16)
    taken = np.zeros(size, bool)
    place = np.zeros(len(keys), np.intp)
    for number in sorted(range(buckets), key=lambda number: -len(members[number])):
        inside = members[number]
        if not len(inside):
            break
        for begin in range(0, 65536, 64):
            tries = np.arange(begin, begin + 64, dtype=np.uint16)
            low = keys[inside]
            slot = tried(low, size, tries)
            good = ~taken[slot].any(1)
            ordered = np.sort(slot, 1)
            good &= (ordered[:, 1:] != ordered[:, :-1]).all(1)
            if good.any():
                best = int(np.argmax(good))
                shift[number] = tries[best]
                taken[slot[best]] = True
                place[inside] = slot[best]
                break
        else:
            raise AssertionError("no shift fits")
    return shift, place, size


def tried(keys: np.ndarray, size: int, shifts: np.ndarray) -> np.ndarray:
    """The slot of each key (column) under each shift (row)."""
    rows = np.repeat(shifts, len(keys))
    everyone = np.tile(keys & np.uint64(0xFFFFFFFF), len(shifts))
    # With one shift to a key, picked by the upper half of the hash: an index into `rows`.
    low = (everyone + rows.astype(np.uint64) * np.uint64(0x9E3779B1)) & np.uint64(0xFFFFFFFF)
    low ^= low >> np.uint64(15)
    low = (low * np.uint64(0x85EBCA77)) & np.uint64(0xFFFFFFFF)
    return ((low * np.uint64(size)) >> np.uint64(32)).astype(np.intp).reshape(len(shifts), len(keys))


class Trained(NamedTuple):
    """What training finds: the alphabet (code and kind by code point up to U+FFFF), and for each sort of pattern its
    places, its keys and its weights, a row a key, a column a place. ``dictionary`` has by length the keys of words and
    the number of the class of each. ``begins`` are the hashes of the first ``begin`` codes of all longer words."""

    codes: np.ndarray
    kinds: np.ndarray
    base: int  # how many kinds there are
    patterns: dict[str, tuple[range, np.ndarray, np.ndarray]]
    dictionary: dict[int, tuple[np.ndarray, np.ndarray]]
    begin: int
    begins: np.ndarray

    def key(self, word: str) -> np.uint64:
        points = np.frombuffer(word.encode("utf-32-le"), np.uint32).astype(np.intp)
        key: np.uint64 = hashes(self.codes[points].astype(np.uint64), len(word))[0]
        return key


class Wholes(NamedTuple):
    """Words kept whole beyond what the weights say: ``kept`` by decision, and by votes against a cut inside, as many as
    ``more`` says for a word's length and class."""

    kept: tuple[str, ...]
    more: Callable[[int, int], int]


def write(path: Path, trained: Trained, most: int, wholes: Wholes) -> None:
    """Writes about ``most`` runs of characters, those that say the most, and all of the rest."""
    arrays: dict[str, np.ndarray] = {"codes": trained.codes, "kinds": trained.kinds}
    arrays["window"] = small(window(trained), np.int16)
    offsets, singles = single(trained)
    arrays["singles"] = small(singles, np.int16).T
    tables: list[list[Any]] = []
    rows = {
        name: small(found[2], np.int8) for name, found in trained.patterns.items() if name[0] == "c" and name != "c1"
    }
    strength = np.sort(np.concatenate([np.abs(row.astype(int)).max(1) for row in rows.values()]))[::-1]
    least = max(1, int(strength[min(len(strength) - 1, most)]) + 1)
    for name, row in rows.items():
        places, keys, _ = trained.patterns[name]
        strong = np.abs(row.astype(int)).max(1) >= least
        add_table(arrays, tables, name, places[0], keys[strong], row[strong], None)
    bits = np.zeros(1 << BEGIN_BITS, bool)
    bits[trained.begins >> np.uint64(64 - BEGIN_BITS)] = True
    arrays["begins"] = np.packbits(bits, bitorder="little")
    for length, (known, numbers) in trained.dictionary.items():
        if length == 1:
            continue
        places, seen, weights = trained.patterns[f"d{length}"]
        numbers = numbers.copy()
        numbers[np.isin(known, [trained.key(word) for word in wholes.kept if len(word) == length])] = KEPT
        row = np.zeros((int(numbers.max()) + 1, len(places)), np.int16)
        row[KEPT:, 1:-1] = -10_000
        for place, number in enumerate(seen):
            if number:
                row[int(number) - 1] = np.rint(weights[place] * SCALE)
        for number in range(min(len(row), KEPT)):
            row[number, 1:-1] -= wholes.more(length, number)
        useful = np.abs(row[numbers].astype(int)).max(1) > 0
        add_table(arrays, tables, f"d{length}", places[0], known[useful], row, numbers[useful].astype(np.uint8))
    save(path, arrays, {"tables": tables, "first": offsets[0], "kinds": trained.base, "begin": trained.begin})
    print(
        path, path.stat().st_size, "bytes; weakest vote", least, {n: len(a) for n, a in arrays.items() if "check" in n}
    )


def small(values: np.ndarray, kind: type[np.signedinteger[Any]]) -> np.ndarray:
    most = np.iinfo(kind).max
    return np.clip(np.rint(values * SCALE), -most, most).astype(kind)


def window(trained: Trained) -> np.ndarray:
    """The kinds' patterns of all lengths as one table of windows of six."""
    base = trained.base
    places = np.arange(base**6)
    digits = [places // base ** (5 - step) % base for step in range(6)]
    found = np.zeros(len(places))
    shape = hashes(np.arange(base, dtype=np.uint64), 1)
    for length in (1, 2, 3, 4, 6):
        offsets, keys, weights = trained.patterns[f"k{length}"]
        for column, place in enumerate(offsets):
            begin = 3 - place  # the cut is in the middle of the window
            codes = np.stack(digits[begin : begin + length], 1).astype(np.uint64)
            hashed = shape[codes[:, 0].astype(np.intp)] if length == 1 else hashes(codes.ravel(), length)[::length]
            found += weight(keys, weights[:, column], hashed)
    return found


def single(trained: Trained) -> tuple[range, np.ndarray]:
    """The votes of characters by themselves; those that are words of the dictionary vote as such here too."""
    offsets, keys, weights = trained.patterns["c1"]
    hashed = hashes(np.arange(int(trained.codes.max()) + 1, dtype=np.uint64), 1)
    found = np.stack([weight(keys, weights[:, column], hashed) for column in range(len(offsets))], 1)
    if 1 in trained.dictionary:
        places, seen, votes = trained.patterns["d1"]
        by_class = {int(number) - 1: votes[row] for row, number in enumerate(seen) if number}
        for key, number in zip(*trained.dictionary[1], strict=True):
            row = int(np.flatnonzero(hashed == key)[0])
            for column, place in enumerate(places):
                found[row, place - offsets[0]] += by_class.get(int(number), np.zeros(2))[column]
    return offsets, found


def weight(keys: np.ndarray, weights: np.ndarray, hashed: np.ndarray) -> np.ndarray:
    """The weight of each hashed pattern, 0 where its key is unknown."""
    at = np.searchsorted(keys, hashed)
    at[at == len(keys)] = 0
    found: np.ndarray = np.where(keys[at] == hashed, weights[at], 0)
    return found


def add_table(
    arrays: dict[str, np.ndarray],
    tables: list[list[Any]],
    name: str,
    first: int,
    keys: np.ndarray,
    rows: np.ndarray,
    numbers: np.ndarray | None,
) -> None:
    """Adds the patterns of a name (``c3``: runs of three characters) with their rows of votes, or the numbers of them."""
    if not len(keys):
        return
    shift, place, size = perfect(keys)
    check = np.zeros(size, np.uint16)
    checks = (keys >> np.uint64(32)).astype(np.uint16)
    # An empty slot must not be taken for a pattern whose check is 0: it gets votes of nothing.
    check[place] = checks
    arrays[f"{name}.shift"], arrays[f"{name}.check"] = shift, check
    if numbers is None:
        votes = np.zeros((size, rows.shape[1]), np.int8)
        votes[place] = rows
        arrays[f"{name}.votes"] = votes.T
    else:
        kept = np.full(size, len(rows), np.uint8)
        kept[place] = numbers
        arrays[f"{name}.classes"] = kept
        arrays[f"{name}.votes"] = np.concatenate([rows, np.zeros((1, rows.shape[1]), np.int16)]).T
    tables.append([name, int(name[1:]), first])


def save(path: Path, arrays: dict[str, np.ndarray], header: dict[str, Any]) -> None:
    listed, begin = [], 0
    for name, array in arrays.items():
        listed.append([name, array.dtype.str, list(array.shape), begin])
        begin += -(-array.nbytes // 64) * 64
    room = 64 * (2 + len(json.dumps({**header, "arrays": listed})) // 32)
    for entry in listed:
        entry[3] += room
    head = MAGIC + json.dumps({**header, "arrays": listed}).encode()
    with path.open("wb") as file:
        file.write(head + b"\n" + b"\0" * (room - len(head) - 1))
        for array in arrays.values():
            data = np.ascontiguousarray(array).tobytes()
            file.write(data + b"\0" * (-len(data) % 64))
