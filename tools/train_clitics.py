"""Makes wic/langs/ar/clitics.bin: word frequencies, and weights trained on UD Arabic PUD.

  uv run --no-project --with scipy --with wordfreq --with zstandard python tools/train_clitics.py pud.*.jsonl

The JSONL files hold one sentence a line, ``{"tokens": [...], "segments": [[...], ...]}``. ``--folds N`` trains on all but
every N-th sentence in turn and scores the rest; ``--measure FILE`` scores a file that is not trained on. Both score as
the shipped file would: with its rounded weights and its list.

The model is log-linear over the cuts of a word type: the logarithm of the probability of a cut is the sum of the weights
of its features. Sources: UD Arabic PUD (https://github.com/UniversalDependencies/UD_Arabic-PUD, CC BY-SA 3.0) and wordfreq
(https://github.com/rspeer/wordfreq, data CC BY-SA 4.0); the result is CC BY-SA 4.0.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import struct
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from wic.segment.clitics import Affixes, Clitics, Cut

FOLDER = Path(__file__).parent.parent / "wic" / "langs" / "ar"
ABOUT = (
    "Frequencies and weights made by tools/train_clitics.py from wordfreq (https://github.com/rspeer/wordfreq, data"
    " CC BY-SA 4.0) and UD Arabic PUD (https://github.com/UniversalDependencies/UD_Arabic-PUD, CC BY-SA 3.0)."
    " Licence of this file: CC BY-SA 4.0."
)
HAMZA = str.maketrans("أإآ", "ااا")
MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
SCALE = 200  # a weight of 1 in the file
FINE = 0.04  # lighter weights are left out
RARE = 2  # a feature must have been seen with so many cuts
PENALTY = 0.6  # for large weights

Sentence = list[tuple[str, tuple[str, ...]]]
Types = dict[str, Counter[tuple[str, ...]]]


def levels(size: int) -> dict[str, int]:
    """Frequencies in steps of a factor of two. Words are listed without hamza on the alef, too: many write so."""
    import wordfreq

    bins = wordfreq.get_frequency_list("ar", "large")
    centibels = {word: -cb for cb, words in enumerate(bins) for word in words if re.fullmatch("[ء-غف-ي]+", word)}
    chosen = sorted(centibels, key=lambda word: -centibels[word])[:size]
    lowest = centibels[chosen[-1]]
    found = {word: (centibels[word] - lowest) // 30 + 1 for word in chosen}
    for word, level in list(found.items()):
        plain = word.translate(HAMZA)
        if level - 3 > found.get(plain, 0):
            found[plain] = level - 3
    return found


def sentences(paths: Iterable[str]) -> list[Sentence]:
    rows = (json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines())
    return [list(zip(row["tokens"], map(tuple, row["segments"]), strict=True)) for row in rows]


def types(found: Iterable[Sentence], model: Clitics) -> Types:
    """How often each word type is cut how, marks left out; words with hamza count half as much without it, too."""
    counted: Types = defaultdict(Counter)
    for sentence in found:
        for word, pieces in sentence:
            bare = MARKS.sub("", word)
            if len(bare) > 1 and model._words.fullmatch(bare):
                counted[bare][tuple(MARKS.sub("", piece) for piece in pieces)] += 1
    for word, cuts in list(counted.items()):
        plain = word.translate(HAMZA)
        if plain != word:
            for pieces, count in cuts.items():
                counted[plain][tuple(piece.translate(HAMZA) for piece in pieces)] += count / 2  # type: ignore[assignment]
    return counted


class Features:
    """The cuts of a word with their features, remembered over the folds."""

    def __init__(self, model: Clitics) -> None:
        self.model = model
        self.memory: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {}

    def of(self, word: str) -> list[tuple[tuple[str, ...], list[str]]]:
        if word not in self.memory:
            intern = sys.intern
            self.memory[word] = [
                (cut.pieces, [intern(name) for name in self.model.features(word, cut)]) for cut in self.model.cuts(word)
            ]
        return self.memory[word]


def train(counted: Types, features: Features) -> dict[str, int]:
    """Weights, rounded."""
    from scipy.optimize import minimize

    seen = Counter(name for word in counted for _, names in features.of(word) for name in names)
    place = {name: number for number, name in enumerate(name for name, count in seen.items() if count >= RARE)}
    index: list[int] = []
    sizes: list[int] = []
    wanted: list[float] = []
    groups: list[int] = []
    for word, cuts in counted.items():
        ways = features.of(word)
        total = sum(cuts[pieces] for pieces, _ in ways)
        if not total or len(ways) < 2:
            continue
        weight = 1 + math.log(max(total, 1))
        groups.append(len(sizes))
        for pieces, names in ways:
            numbers = [place[name] for name in names if name in place]
            index += numbers
            sizes.append(len(numbers))
            wanted.append(cuts[pieces] / total * weight)
    all_of, size = np.array(index), np.array(sizes)
    starts, first = np.concatenate([[0], np.cumsum(size)[:-1]]), np.array(groups)
    target = np.array(wanted)
    group = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(size))))
    weights = np.add.reduceat(target, first)

    def loss(vector: Any) -> tuple[float, Any]:
        score = np.add.reduceat(vector[all_of], starts)
        score -= np.maximum.reduceat(score, first)[group]
        power = np.exp(score)
        total = np.add.reduceat(power, first)
        value = -(target * (score - np.log(total)[group])).sum() + PENALTY / 2 * (vector @ vector)
        slope = power / total[group] * weights[group] - target
        return value, np.bincount(all_of, np.repeat(slope, size), len(vector)) + PENALTY * vector

    found = minimize(loss, np.zeros(len(place)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {name: round(found[number] * SCALE) for name, number in place.items() if abs(found[number]) >= FINE}


def best(weights: dict[str, int], ways: Sequence[tuple[tuple[str, ...], list[str]]]) -> tuple[str, ...]:
    return max(ways, key=lambda way: sum(weights.get(name, 0) for name in way[1]))[0]


class Score:
    """Boundary F1 and accuracy over words with an Arabic letter."""

    def __init__(self) -> None:
        self.right = self.words = self.hit = self.gold = self.found = self.tokens = 0
        self.wrong: Counter[tuple[str, str]] = Counter()

    def add(self, gold: Sequence[str], found: Sequence[str]) -> None:
        self.tokens += 1
        if not re.search("[ء-ي]", "".join(gold)):
            return
        self.words += 1
        self.right += tuple(gold) == tuple(found)
        one, other = set(_ends(gold)), set(_ends(found))
        self.hit += len(one & other)
        self.gold += len(one)
        self.found += len(other)
        if tuple(gold) != tuple(found):
            self.wrong[" ".join(gold), " ".join(found)] += 1

    def __str__(self) -> str:
        wrong = self.words - self.right
        return (
            f"boundary F1 {200 * self.hit / (self.gold + self.found):.2f}, precision {100 * self.hit / self.found:.2f}, recall"
            f" {100 * self.hit / self.gold:.2f}; words right {100 - 100 * wrong / self.words:.2f} % of Arabic ones,"
            f" {100 - 100 * wrong / self.tokens:.2f} % of all; {wrong} wrong"
        )


def _ends(pieces: Sequence[str]) -> Iterator[int]:
    end = 0
    for piece in pieces[:-1]:
        end += len(piece)
        yield end


def score(model: Clitics, found: Iterable[Sentence]) -> Score:
    result = Score()
    for sentence in found:
        for word, pieces in sentence:
            result.add(pieces, model.cut([word]))
    return result


def pack(model: Clitics, features: Features) -> bytes:
    """The file: levels, the cut of every listed word, and the weights for the words that are not listed."""
    import zstandard

    words = sorted(model.levels)
    affixes: dict[Affixes, int] = {}
    cuts = bytearray()
    for word in words:
        ways = [(cut, model.features(word, cut)) for cut in model.cuts(word)] if len(word) > 1 else []
        way = (
            max(ways, key=lambda way: sum(model.weights.get(name, 0) for name in way[1]))[0]
            if ways
            else Cut("", (), word, "")
        )
        sizes = Affixes(tuple(len(piece) for piece in (way.outer, *way.before) if piece), len(way.enclitic))
        cuts.append(affixes.setdefault(sizes, len(affixes)))
    names = sorted(model.weights)
    parts = [
        "\n".join(words).encode(), bytes(model.levels[word] for word in words), bytes(cuts), "\n".join(names).encode(),
        struct.pack(f"<{len(names)}h", *(model.weights[name] for name in names)),
    ]  # fmt: skip
    ends = [sum(map(len, parts[: number + 1])) for number in range(4)]
    facts = {"about": ABOUT, "ends": ends, "affixes": [[*sizes.before, sizes.behind] for sizes in affixes]}
    return json.dumps(facts).encode() + b"\n" + zstandard.ZstdCompressor(level=22).compress(b"".join(parts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--words", type=int, default=300_000, help="how many words of the frequency list are kept")
    parser.add_argument("--folds", type=int, default=0, help="also score by cross-validation")
    parser.add_argument("--measure", default="", help="also score this file")
    parser.add_argument("--wrong", action="store_true", help="print the wrong words")
    parser.add_argument("-o", "--output", default=str(FOLDER / "clitics.bin"))
    given = parser.parse_args()

    facts = tomllib.loads((FOLDER / "clitics.toml").read_text(encoding="utf-8"))
    table = levels(given.words)
    bare = Clitics("ar", facts, table, {}, [], {})
    features, found = Features(bare), sentences(given.files)
    if given.folds:
        result = Score()
        for fold in range(given.folds):
            kept = [one for number, one in enumerate(found) if number % given.folds != fold]
            weights = train(types(kept, bare), features)
            model = Clitics("ar", facts, table, {}, [], weights)
            for sentence in found[fold :: given.folds]:
                for word, pieces in sentence:
                    result.add(pieces, model.cut([word]))
        print(f"{given.folds} folds: {result}", flush=True)
        if given.wrong:
            print(result.wrong.most_common(200))
    model = Clitics("ar", facts, table, {}, [], train(types(found, bare), features))
    if given.measure:
        result = score(model, sentences([given.measure]))
        print(f"{given.measure}: {result}", flush=True)
        if given.wrong:
            print(result.wrong.most_common(300))
    if given.output:
        packed = pack(model, features)
        Path(given.output).write_bytes(packed)
        print(f"{given.output}: {len(packed)} bytes, {len(table)} words, {len(model.weights)} weights")


if __name__ == "__main__":
    main()
