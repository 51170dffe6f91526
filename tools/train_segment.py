"""Trains wic's word model for one language and writes ``words.bin`` into its folder.

    python tools/train_segment.py zh zh_gsd_train_simp.jsonl zh_pud_trad.jsonl zh_hk_trad.jsonl zh_cfl_simp.jsonl
    python tools/train_segment.py th th_tud_train.jsonl th_pud.jsonl th_wisesight1000.jsonl

Each line of the input is ``{"text", "tokens"}``: sentences of Universal Dependencies treebanks (Chinese GSD, PUD, HK and
CFL, Thai TUD and PUD; CC BY-SA) and of wisesight-1000 (CC0). The sentences are not part of the project, the weights are,
under CC BY-SA 4.0. ``--folds N`` trains on all but every N-th sentence in turn and scores the rest.

Logistic regression with an L2 penalty over the patterns described in ``wic/segment/model.py``, by L-BFGS; the weights
are then rounded to small integers, and patterns that say little are left out. Minutes, one core, same bytes each time.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from words_file import Trained, Wholes, write

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.segment import f1
from wic.language import language
from wic.segment import jieba
from wic.segment import wic as segmenter
from wic.segment.model import REACH, hashes, load, model
from wic.segment.newmm import clusters

EDGE = 0
OTHER = 1


class Plan(NamedTuple):
    """What is particular to a language: window of characters, lengths of patterns, longest dictionary word."""

    before: int
    after: int
    longest: int
    longest_word: int
    penalty: float
    keep: int
    words: Callable[[], dict[str, int]]
    kind: Callable[[str], int]
    kinds: int  # how many there are
    rounds: int  # of L-BFGS
    second: float  # weight of the second view, see `train`
    hidden: float  # share of the patterns that it hides
    other: Callable[[str], list[str]] | None  # whose cuts it is marked by, in part
    share: float
    soft: float = 0.0  # the other's share in the first view
    begin: int = 2  # of a word that is longer so many characters are looked at first
    wholes: Wholes = Wholes((), lambda length, number: 0)


# -- characters ---------------------------------------------------------------------------------------------------


def normal(character: str) -> str:
    """The character that stands for it: Simplified for Traditional, half width for full width."""
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    if character in "。｡":
        return "."
    return TRADITIONAL.get(character, character)


TRADITIONAL = language("zh").table("traditional.tsv")


def kind_general(character: str) -> int:
    """0 edge of a line, 1 digit, 2 letter of an alphabet, 5 white space, 6 everything else."""
    if character in "\n\r\v\f\x85\u2028\u2029":
        return 0
    if character.isspace():
        return 5
    if unicodedata.category(character) == "Nd":
        return 1
    return 2 if unicodedata.category(character)[0] in "LM" else 6


def kind_zh(character: str) -> int:
    """3 Han character, 4 Chinese numeral; else as everywhere."""
    if character in "一二三四五六七八九十百千万亿零〇两":
        return 4
    name = unicodedata.name(character, "")
    return 3 if name.startswith("CJK ") and "IDEOGRAPH" in name else kind_general(character)


def kind_th(character: str) -> int:
    """3 consonant, 4 vowel before, 7 vowel after, 2 mark above or below; alphabets and the rest are 6."""
    if "\u0e01" <= character <= "\u0e2e":
        return 3
    if "\u0e40" <= character <= "\u0e44":
        return 4
    if character in "\u0e30\u0e32\u0e33\u0e45":
        return 7
    if "\u0e31" <= character <= "\u0e4e" and character not in "\u0e3f\u0e46":
        return 2
    found = kind_general(character)
    return 6 if found == 2 else found


# -- dictionaries -------------------------------------------------------------------------------------------------


def package(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None and spec.origin is not None, f"pip install {name}"
    return Path(spec.origin).parent


def classes(counts: Mapping[str, int], longest: int) -> dict[str, int]:
    """Words by how frequent they are (5 steps) and how much likelier than their best split in two or more (6 steps)."""
    total = math.log(sum(counts.values()) + 1)

    def weight(word: str) -> float | None:
        count = counts.get(word)
        if count:
            return math.log(count) - total
        return -total if len(word) == 1 else None

    def split(word: str) -> float:
        best = [0.0] + [-1e9] * len(word)
        for end in range(1, len(word) + 1):
            for begin in range(end):
                part = weight(word[begin:end]) if end - begin < len(word) else None
                if part is not None:
                    best[end] = max(best[end], best[begin] + part)
        return best[-1]

    found = {}
    for word, count in counts.items():
        if len(word) <= longest:
            gain = (weight(word) or -total) - split(word) if len(word) > 1 else 0.0
            found[word] = min(4, int(math.log10(count + 1))) * 6 + int(min(5, max(0, (gain + 2) // 2.5)))
    return found


def words_zh() -> dict[str, int]:
    """jieba's dictionary (MIT)."""
    counts: Counter[str] = Counter()
    for line in (package("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        counts["".join(map(normal, word))] += int(count)
    return classes(counts, 6)


def words_th() -> dict[str, int]:
    """pythainlp's word and syllable lists, and word counts of two corpora (CC0)."""
    folder = package("pythainlp") / "corpus"
    counts: Counter[str] = Counter()
    for name in ("tnc_freq.txt", "ttc_freq.txt"):
        for line in (folder / name).read_text(encoding="utf-8-sig").splitlines():
            word, _, count = line.partition("\t")
            counts[word.strip()] += int(count or 0)
    listed = set((folder / "words_th.txt").read_text(encoding="utf-8-sig").split("\n"))
    syllables = set((folder / "syllables_th.txt").read_text(encoding="utf-8-sig").split("\n"))
    listed = {word.strip() for word in listed} - {""}
    syllables = {word.strip() for word in syllables} - {""}
    # Four steps of frequency, and apart from them whether the word is also a syllable.
    found = {word: min(3, 1 + int(math.log10(counts[word] + 1) / 2)) for word in listed}
    for word in syllables:
        found[word] = found.get(word, 0) + 4
    return found


def likely(length: int, number: int) -> int:
    """Treebanks cut long words finer than anyone else does. One of three or more characters that is much likelier than
    its best split (`classes`) is held together by so much; with 80 to 240, PUD and HK (cross-validated) are level."""
    return 200 if length >= 3 and number % 6 >= 3 else 0


PLANS = {
    # 互联网: kept, since the treebanks' own granularity would waver.
    "zh": Plan(
        3,
        3,
        4,
        6,
        1.0,
        150_000,
        words_zh,
        kind_zh,
        7,
        80,
        0.3,
        0.7,
        jieba.cut,
        0.4,
        0.0,
        2,
        Wholes(("互联网",), likely),
    ),
    "th": Plan(4, 4, 5, 12, 0.3, 200_000, words_th, kind_th, 8, 100, 0.0, 0.5, None, 0.0, 0.0, 4),
}

# -- training -----------------------------------------------------------------------------------------------------


def read(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line]


class Alphabet:
    """Characters ↔ codes: those of the training text and the dictionary; all others are one by kind."""

    def __init__(self, plan: Plan, texts: Iterable[str], words: Iterable[str]) -> None:
        seen = Counter(normal(character) for text in texts for character in text)
        seen.update({character: 1 for word in words for character in word})
        self.kinds = np.array(
            [plan.kind(normal(chr(c))) if not 0xD800 <= c < 0xE000 else 6 for c in range(0x10000)], np.uint8
        )
        self.kinds[0xFFFF] = plan.kind("\U00020000")
        listed = sorted(character for character in seen if ord(character) < 0xFFFF and plan.kind(character) != 0)
        numbers = {character: OTHER + plan.kinds + place for place, character in enumerate(listed)}
        codes = [
            numbers.get(normal(chr(c)), OTHER + int(self.kinds[c]) if self.kinds[c] else EDGE)
            if not 0xD800 <= c < 0xE000
            else OTHER
            for c in range(0x10000)
        ]
        self.codes = np.array(codes, np.uint16)
        self.codes[0xFFFF] = OTHER + int(self.kinds[0xFFFF])
        self.size = OTHER + plan.kinds + len(listed)

    def of(self, text: str) -> np.ndarray:
        return np.minimum(np.frombuffer(text.encode("utf-32-le"), np.uint32), 0xFFFF).astype(np.intp)


class Feature(NamedTuple):
    """A column of features: ``place`` is where the cut is, counted from the beginning of the pattern."""

    table: str
    place: int


def flatten(records: list[dict[str, Any]], thai: bool, other: Callable[[str], list[str]]) -> tuple[np.ndarray, ...]:
    """Code points of all records with edges between them, 1 cut, 0 no cut, -1 not asked at each place, another's cuts."""
    points, answers, others = [np.full(REACH, 10)], [np.full(REACH, -1)], [np.full(REACH, -1)]
    for record in records:
        text = record["text"]
        answer = np.zeros(len(text), np.int64)
        place = 0
        for token in record["tokens"]:
            answer[place] = 1
            place += len(token)
        second = np.zeros(len(text) + 1, np.int64)
        second[np.cumsum([len(piece) for piece in other(text)])] = 1
        others += [second[:-1], np.full(REACH, -1)]
        asked = np.ones(len(text), bool)
        asked[0] = False
        space = np.array([character.isspace() for character in text])
        asked[space] = False
        asked[1:][space[:-1]] = False
        if thai:
            asked &= np.frombuffer(bytes(clusters(text)), np.uint8)[: len(text)] > 0
        answer[~asked] = -1
        points += [
            np.minimum(np.frombuffer(text.encode("utf-32-le"), np.uint32), 0xFFFF).astype(np.int64),
            np.full(REACH, 10),
        ]
        answers += [answer, np.full(REACH, -1)]
    return np.concatenate(points).astype(np.intp), np.concatenate(answers), np.concatenate(others)


def patterns(
    points: np.ndarray, alphabet: Alphabet, plan: Plan, dictionary: Mapping[int, tuple[np.ndarray, np.ndarray]]
):
    """Yields for each kind of pattern its name and, for each place where one begins, its key (0: none)."""
    codes = alphabet.codes[points].astype(np.uint64)
    kinds = alphabet.kinds[points].astype(np.uint64)
    for length in range(1, plan.longest + 1):
        key = np.zeros(len(codes), np.uint64)
        key[: len(codes) - length + 1] = hashes(codes, length)
        yield (
            f"c{length}",
            length,
            range(length - plan.before, plan.after + 1) if length > 1 else range(1 - plan.before, plan.after + 1),
            key,
        )
    for length in (1, 2, 3, 4, 6):
        key = np.zeros(len(codes), np.uint64)
        key[: len(codes) - length + 1] = hashes(kinds, length)
        yield f"k{length}", length, range(length - 3, 4), key
    for length, (known, numbers) in dictionary.items():
        hashed = hashes(codes, length)
        at = np.searchsorted(known, hashed)
        at[at == len(known)] = 0
        key = np.zeros(len(codes), np.uint64)
        key[: len(hashed)] = np.where(known[at] == hashed, numbers[at] + 1, 0)
        yield f"d{length}", length, range(length + 1), key


def lbfgs(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], weights: np.ndarray, rounds: int) -> np.ndarray:
    """The weights that make a convex loss small (Nocedal 1980, memory of 8)."""
    steps: list[tuple[np.ndarray, np.ndarray, float]] = []
    value, gradient = loss(weights)
    for _ in range(rounds):
        direction = -gradient
        shares = []
        for moved, turned, scale in reversed(steps):
            shares.append(moved.dot(direction) / scale)
            direction -= shares[-1] * turned
        if steps:
            moved, turned, scale = steps[-1]
            direction *= scale / turned.dot(turned)
        else:
            direction /= max(1.0, float(np.abs(gradient).max()))
        for (moved, turned, scale), share in zip(steps, reversed(shares), strict=True):
            direction += (share - turned.dot(direction) / scale) * moved
        stride, slope = 1.0, gradient.dot(direction)
        while True:
            following = weights + stride * direction
            new_value, new_gradient = loss(following)
            if new_value <= value + 1e-4 * stride * slope or stride < 1e-6:
                break
            stride /= 2
        moved, turned = following - weights, new_gradient - gradient
        if (scale := float(moved.dot(turned))) > 1e-10:
            steps = [*steps[-7:], (moved, turned, scale)]
        done = abs(value - new_value) < 1e-5 * abs(new_value)
        weights, value, gradient = following, new_value, new_gradient
        if done:
            break
    return weights


def train(plan: Plan, lang: str, records: list[dict[str, Any]]) -> Trained:
    """Weights that tell the cuts of sentences, each ``{"text", "tokens"}``."""
    words = plan.words()
    words = {word: number for word, number in words.items() if len(word) <= plan.longest_word}
    alphabet = Alphabet(plan, (record["text"] for record in records), words)
    by_length: dict[int, list[tuple[str, int]]] = {}
    for word, number in words.items():
        by_length.setdefault(len(word), []).append((word, number))
    dictionary, begins = {}, []
    for length, entries in sorted(by_length.items()):
        flat = alphabet.codes[alphabet.of("".join(word for word, _ in entries))].astype(np.uint64)
        keys = hashes(flat, length)[::length]
        keys, first = np.unique(keys, return_index=True)
        dictionary[length] = (keys, np.array([number for _, number in entries])[first])
        if length > plan.begin:
            begins.append(hashes(flat, plan.begin)[::length])
    points, answers, others = flatten(records, lang == "th", plan.other or list)
    asked = np.flatnonzero(answers >= 0)
    gold = answers[asked].astype(np.float64)
    columns, layout, base = [], {}, 1
    for name, _, places, key in patterns(points, alphabet, plan, dictionary):
        # The cut at place p of a pattern that begins at b is at b + p: so the pattern begins p before the cut.
        around = np.stack([key[np.clip(asked - place, 0, len(key) - 1)] for place in places], 1)
        unique, inverse = np.unique(around, return_inverse=True)
        inverse = inverse.reshape(around.shape)
        column = base + inverse * len(places) + np.arange(len(places))
        if name[0] == "d":
            column[around == 0] = 0
        columns.append(column.astype(np.int32))
        layout[name] = (places, unique, base)
        base += len(unique) * len(places)
    index = np.concatenate(columns, 1)
    width = index.shape[1]
    # The second view hides most runs of characters, so that the dictionary learns to do without them. It is marked
    # partly as another program cuts: where the treebank's vocabulary is of no help, its idea of a word is kept to.
    veiled = index.copy()
    runs = sum(len(layout[name][0]) for name in layout if name[0] == "c")
    shown = np.random.default_rng(1).random((len(index), runs)) >= plan.hidden
    shown[:, : len(layout["c1"][0])] = True
    veiled[:, :runs] *= shown
    index = np.concatenate([index, veiled])
    shares = np.repeat([plan.soft, plan.share], len(gold))
    target = (1 - shares) * np.tile(gold, 2) + shares * np.tile(others[asked], 2)
    trust = np.concatenate([np.ones(len(gold)), np.full(len(gold), plan.second)])
    flat = index.ravel()

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = weights[index].sum(1)
        error = trust * (1 / (1 + np.exp(-score)) - target)
        value = (trust * (np.logaddexp(0, score) - target * score)).sum() + 0.5 * plan.penalty * weights.dot(weights)
        gradient = np.bincount(flat, np.repeat(error, width), minlength=base) + plan.penalty * weights
        gradient[0] = 0
        return float(value), gradient

    weights = lbfgs(loss, np.zeros(base), plan.rounds)
    found = {
        name: (places, unique, weights[start : start + len(unique) * len(places)].reshape(len(unique), len(places)))
        for name, (places, unique, start) in layout.items()
    }
    begun = np.unique(np.concatenate(begins))
    return Trained(alphabet.codes, alphabet.kinds, plan.kinds, found, dictionary, plan.begin, begun)


def validate(plan: Plan, lang: str, records: dict[str, list[dict[str, Any]]], folds: int) -> None:
    """Trains on all but every ``folds``-th sentence in turn and prints the token F1 of the rest, a line for each file."""
    cuts: dict[str, list[str]] = {}
    for fold in range(folds):
        seen = [record for found in records.values() for n, record in enumerate(found) if n % folds != fold]
        with TemporaryDirectory() as folder:
            path = Path(folder) / "words.bin"
            write(path, train(plan, lang, seen), plan.keep, plan.wholes)
            known = load(path)
        segmenter.model = lambda asked, known=known: known if asked == lang else model(asked)
        texts = [record["text"] for found in records.values() for record in found[fold::folds]]
        cuts |= {text: segmenter.cut(text) for text in texts}
    for name, found in records.items():
        print(f"{name}: token F1 {100 * f1(cuts.__getitem__, found):.2f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("lang", choices=sorted(PLANS))
    options.add_argument("sentences", nargs="+")
    options.add_argument("--output")
    options.add_argument("--folds", type=int)
    given = options.parse_args()
    plan = PLANS[given.lang]
    records = {path: read(path) for path in given.sentences}
    if given.folds:
        validate(plan, given.lang, records, given.folds)
        return
    trained = train(plan, given.lang, [record for found in records.values() for record in found])
    folder = Path(__file__).parent.parent / "wic" / "langs" / given.lang
    write(Path(given.output) if given.output else folder / "words.bin", trained, plan.keep, plan.wholes)


if __name__ == "__main__":
    main()
