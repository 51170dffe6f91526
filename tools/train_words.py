"""Trains the models of word boundaries, ``wic/segment/models/{zh,th}.bin``, from treebanks.

    python tools/train_words.py --data DIR [zh] [th] [--out DIR]

DIR holds ``zh_gsd_train_simp.jsonl`` (UD Chinese-GSDSimp) and ``th_tud_train.jsonl`` (UD Thai-TUD), the training parts
of Universal Dependencies treebanks (CC BY-SA 4.0), one ``{"text": …, "tokens": […]}`` a line. The sentences are not
part of this repository. The word lists are those of the installed jieba (MIT) and pythainlp (CC0).

The weights are those of a logistic regression (L-BFGS). Each place of the treebank is seen twice: once as it is, and
once with most runs of characters hidden, so that the dictionary learns to do without them. In the second view
Chinese places are marked partly as jieba cuts them: where the treebank's vocabulary is of no help, the model keeps to
the dictionary's idea of a word.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from wic.language import language
from wic.segment import boundary, jieba
from wic.segment.boundary import KINDS, MAGIC, STEP, Model, codes, extended, slots
from wic.segment.newmm import clusters

PAD = 16


@dataclass(frozen=True)
class Plan:
    """What a model is made of. ``windows``: for each length of a run, where it may begin, from the place on."""

    data: str
    windows: Mapping[int, range]
    longest: int  # dictionary word
    width: int  # places a run bears on, at most
    penalty: float
    hidden: float  # share of the runs that the second view hides
    second: float  # weight of the second view
    jieba: float  # how far jieba decides in the second view
    least: float  # weights nearer to nought are left out
    rare: int = 2  # runs of three characters and more must be met as often


PLANS = {
    "zh": Plan(
        "zh_gsd_train_simp.jsonl",
        {1: range(-3, 3), 2: range(-3, 2), 3: range(-3, 1), 4: range(-3, 0)},
        longest=6, width=8, penalty=0.3, hidden=0.7, second=0.5, jieba=0.7, least=0.12,
    ),
    "th": Plan(
        "th_tud_train.jsonl",
        {1: range(-4, 4), 2: range(-4, 3), 3: range(-4, 2), 4: range(-4, 1), 5: range(-4, 0)},
        longest=12, width=16, penalty=0.5, hidden=0.5, second=0.5, jieba=0.0, least=0.12,
    ),
}  # fmt: skip


def folding(lang: str) -> dict[int, int]:
    """Which characters are taken for which, one for one, within the basic plane."""
    full = {0xFF01 + number: 0x21 + number for number in range(94)} | {0x3002: 0x2E, 0x3000: 0x20}
    full |= dict.fromkeys((0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029), 0)  # as at the edge of a text
    if lang == "zh":
        full |= {ord(old): ord(new) for old, new in language("zh").table("traditional.tsv").items()}
    return {old: new for old, new in full.items() if old < 0x10000}


def folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None, f"install {package}"
    return Path(spec.origin).parent


def dictionary(lang: str, fold: Mapping[int, int]) -> dict[str, int]:
    """Words and their classes: how frequent they are, and for Thai whether they are syllables."""
    count: Counter[str] = Counter()
    if lang == "zh":
        for line in (folder("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines():
            word, number, *_ = line.split(" ")
            count[word.translate(fold)] += int(number)
        return {word: min(4, int(math.log10(number + 1))) for word, number in count.items()}
    corpus = folder("pythainlp") / "corpus"
    for name in ("tnc_freq.txt", "ttc_freq.txt"):
        for line in (corpus / name).read_text(encoding="utf-8-sig").splitlines():
            word, _, number = line.partition("\t")
            count[word.strip()] += int(number or 0)
    words, syllables = (
        {line.strip() for line in (corpus / name).read_text(encoding="utf-8-sig").splitlines()} - {""}
        for name in ("words_th.txt", "syllables_th.txt")
    )
    found = {word: min(3, 1 + int(math.log10(count[word] + 1) / 2)) for word in words}
    for word in syllables:
        found[word] = found.get(word, 0) + 4
    return found


class Sample(NamedTuple):
    """The characters of all sentences with gaps between, and for the judged places where and whether they are cut."""

    characters: Any
    where: Any
    cut: Any
    peer: Any


def sample(path: Path, lang: str, fold: Mapping[int, int]) -> Sample:
    parts, where, cut, peer = [np.zeros(PAD, np.uint32)], [], [], []
    start = PAD
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"].translate(fold)
        gold = edges(record["tokens"])
        other = edges(jieba.cut(text)) if lang == "zh" else gold
        whole = clusters(text) if lang == "th" else b"\1" * (len(text) + 1)
        for place in range(1, len(text)):
            if whole[place] and not text[place - 1].isspace() and not text[place].isspace():
                where.append(start + place)
                cut.append(place in gold)
                peer.append(place in other)
        parts += [codes(text), np.zeros(PAD, np.uint32)]
        start += len(text) + PAD
    return Sample(np.concatenate(parts), np.array(where), np.array(cut, float), np.array(peer, float))


def edges(pieces: Iterable[str]) -> set[int]:
    found, place = set(), 0
    for piece in pieces:
        place += len(piece)
        found.add(place)
    return found


class Column(NamedTuple):
    """One feature: for each place which of ``size`` values it has; 0 is none. ``name`` tells what it is."""

    name: tuple[Any, ...]
    values: Any
    size: int


def keys_of(words: list[str]) -> Any:
    """The keys of words of one length."""
    flat = np.array([ord(character) for word in words for character in word], np.uint32).reshape(len(words), -1)
    keys = np.ones(len(words), np.uint64)
    for column in range(flat.shape[1]):
        keys = extended(keys, np.ascontiguousarray(flat[:, column]), 1)
    return keys


def keys_at(characters: Any, size: int) -> Any:
    """The keys of the runs of a length that begin at each character."""
    keys = np.ones(len(characters) + 1, np.uint64)
    for length in range(1, size + 1):
        keys = extended(keys, characters, length)
    return np.concatenate([keys, np.zeros(len(characters) - len(keys), np.uint64)])


def columns(plan: Plan, data: Sample, words: Mapping[int, tuple[Any, Any]], found: dict[int, Any]) -> Iterable[Column]:
    """The features. ``found`` is filled with the keys of the runs of each length, in the order of their numbers."""
    characters, where = data.characters, data.where
    for size, offsets in plan.windows.items():
        keys = keys_at(characters, size)
        inside = np.zeros(len(keys), bool)  # runs that a judged place can see
        for offset in offsets:
            inside[where + offset] = True
        distinct, inverse, count = np.unique(keys[inside], return_inverse=True, return_counts=True)
        kept = count >= (plan.rare if size > 2 else 1)
        number = np.zeros(len(distinct), np.int64)
        number[kept] = 1 + np.arange(kept.sum())
        found[size] = distinct[kept]
        at = np.zeros(len(keys), np.int64)
        at[inside] = number[inverse]
        for offset in offsets:
            yield Column(("run", size, offset), at[where + offset], int(kept.sum()) + 1)
    kind = boundary.kinds(characters).astype(np.int64)
    for size, offsets in {1: range(-3, 3), 2: range(-3, 2), 3: range(-3, 1)}.items():
        for offset in offsets:
            value = np.zeros(len(where), np.int64)
            for step in range(size):
                value = value * KINDS + kind[where + offset + step]
            yield Column(("kind", size, offset), value + 1, KINDS**size + 1)
    for size, (keys, classes) in words.items():
        at = keys_at(characters, size)
        place = np.searchsorted(keys, at)
        place[place == len(keys)] = 0
        value = np.where(keys[place] == at, classes[place] + 1, 0)
        for back in range(size + 1):
            yield Column(("word", size, back), value[where - back], int(classes.max()) + 2)


def fit(plan: Plan, views: list[tuple[list[Any], Any, float]], sizes: list[int]) -> list[Any]:
    """The weights of each column's values."""
    starts = np.concatenate([[0], np.cumsum(sizes)])

    def loss(weights: Any) -> tuple[float, Any]:
        slope = plan.penalty * weights
        lost = 0.5 * plan.penalty * float(weights.dot(weights))
        for values, cut, share in views:
            total = np.zeros(len(cut))
            for start, size, value in zip(starts, sizes, values, strict=False):
                total += weights[start : start + size][value]
            lost += share * float((np.logaddexp(0, total) - cut * total).sum())
            error = share * (1 / (1 + np.exp(-total)) - cut)
            for start, size, value in zip(starts, sizes, values, strict=False):
                part = np.bincount(value, error, minlength=size)
                part[0] = 0
                slope[start : start + size] += part
        return lost, slope

    best = descend(loss, np.zeros(starts[-1]))
    return [best[start : start + size] for start, size in zip(starts, sizes, strict=False)]


def descend(loss: Callable[[Any], tuple[float, Any]], at: Any, most: int = 160, memory: int = 8) -> Any:
    """The place of the least loss, by L-BFGS."""
    moves: list[Any] = []
    turns: list[Any] = []
    value, slope = loss(at)
    for _ in range(most):
        way = slope.copy()
        shares = []
        for move, turn in zip(reversed(moves), reversed(turns), strict=True):
            shares.append(move.dot(way) / turn.dot(move))
            way -= shares[-1] * turn
        way *= moves[-1].dot(turns[-1]) / turns[-1].dot(turns[-1]) if moves else 1 / max(1.0, np.abs(slope).max())
        for move, turn, share in zip(moves, turns, reversed(shares), strict=True):
            way += move * (share - turn.dot(way) / turn.dot(move))
        step, fall = 1.0, -slope.dot(way)
        while True:
            new = at - step * way
            new_value, new_slope = loss(new)
            if new_value <= value + 1e-4 * step * fall or step < 1e-6:
                break
            step /= 2
        if (new - at).dot(new_slope - slope) > 1e-10:
            moves.append(new - at)
            turns.append(new_slope - slope)
        del moves[:-memory], turns[:-memory]
        settled = abs(value - new_value) < 1e-5 * abs(new_value)
        at, value, slope = new, new_value, new_slope

        if settled:
            break
    return at


def train(lang: str, plan: Plan, data: Path) -> dict[str, Any]:
    """The parts of a model file."""
    fold = folding(lang)
    marked = sample(data / plan.data, lang, fold)
    by_length: dict[int, list[tuple[str, int]]] = {}
    for word, group in sorted(dictionary(lang, fold).items()):
        if len(word) <= plan.longest and max(map(ord, word)) < 0x10000:
            by_length.setdefault(len(word), []).append((word, group))
    words = {}
    for size, entries in by_length.items():
        keys, classes = keys_of([word for word, _ in entries]), np.array([group for _, group in entries])
        order = np.argsort(keys)
        words[size] = keys[order], classes[order]
    runs: dict[int, Any] = {}
    features = list(columns(plan, marked, words, runs))
    views = [([feature.values for feature in features], marked.cut, 1.0)]
    if plan.second:
        chance = np.random.default_rng(4)
        hidden = [
            np.where(chance.random(len(one.values)) < plan.hidden, 0, one.values) if one.name[0] == "run" else one.values
            for one in features
        ]
        views.append((hidden, (1 - plan.jieba) * marked.cut + plan.jieba * marked.peer, plan.second))
    weights = fit(plan, views, [feature.size for feature in features])
    return packed(plan, {one.name: own for one, own in zip(features, weights, strict=True)}, runs, words, fold)


def packed(plan: Plan, weights: Any, runs: Any, words: Any, fold: Mapping[int, int]) -> dict[str, Any]:
    """The weights as rows, one for each run, in the units of the file."""
    longest = max(*plan.windows, *words)
    before = [max(0, plan.windows[size][-1]) if size in plan.windows else 0 for size in range(1, longest + 1)]
    all_keys, all_rows, places = [], [], []
    for size in range(1, longest + 1):
        own, classes = words.get(size, (np.zeros(0, np.uint64), np.zeros(0, int)))
        keys = np.union1d(runs.get(size, own[:0]), own)
        rows = np.zeros((len(keys), plan.width))
        if size in runs:
            at = np.searchsorted(keys, runs[size])
            for offset in plan.windows[size]:
                weight = weights["run", size, offset][1:]
                rows[at, before[size - 1] - offset] += np.where(np.abs(weight) < plan.least, 0, weight)
        at = np.searchsorted(keys, own)
        for back in range(size + 1):
            if ("word", size, back) in weights:
                rows[at, before[size - 1] + back] += weights["word", size, back][classes + 1]
        units = np.clip(np.rint(rows / STEP), -127, 127).astype(np.int8)
        some = units.any(1)
        all_keys.append(keys[some])
        all_rows.append(units[some])
        places.append(int(np.flatnonzero(units.any(0))[-1]) + 1 if some.any() else 0)
    kinds = np.zeros((4, KINDS**3))
    grid = np.arange(KINDS**3)
    grams = {3: grid, 2: grid // KINDS, 1: grid // KINDS**2}  # a trigram bears the weights of what it begins with
    last = {2: grid % KINDS**2, 1: grid % KINDS}
    for size in (3, 2, 1):
        for offset in range(-3, 4 - size):
            own = weights["kind", size, offset][1:]
            if -offset < 4 and -offset >= 0:
                kinds[-offset] += own[grams[size]]
            else:  # those that begin after the place are carried by the trigram that begins at it
                shift = {(2, 1): last[2], (1, 1): grid // KINDS % KINDS, (1, 2): last[1]}[size, offset]
                kinds[0] += own[shift]
    print(sum(int((np.abs(w) > 0.12).sum()) for n, w in weights.items() if n[0] == "run"), {n: (len(w), round(float(np.abs(w).max()), 2), int((np.abs(w) > 0.12).sum())) for n, w in weights.items() if n[0] == "run"})
    rows, number = np.unique(np.concatenate(all_rows), axis=0, return_inverse=True)
    rows = np.concatenate([np.zeros((1, plan.width), np.int8), rows])
    print(len(rows), "rows of weights for", sum(map(len, all_keys)), "runs")
    assert len(rows) < 0x10000, "too many different rows; leave out more"
    return {
        "longest": longest,
        "width": plan.width,
        "before": before,
        "places": places,
        "slots": placed(np.concatenate(all_keys), number.ravel() + 1),
        "rows": rows,
        "kinds": np.rint(kinds / STEP).astype(np.int16),
        "from": np.array(list(fold), np.uint16),
        "to": np.array(list(fold.values()), np.uint32),
    }


def placed(keys: Any, number: Any) -> Any:
    """The table of slots: each run in one of its three, those that are there moving on to another of theirs."""
    size = int(len(keys) / 0.88) + 64
    known, places = slots(keys, size)
    options = np.stack(places, 1).tolist()
    holder = [-1] * size
    chance = np.random.default_rng(4).integers(0, 3, 1 << 20).tolist()
    turn = 0
    for run in range(len(keys)):
        moving, was = run, -1
        for _ in range(5000):
            free = next((slot for slot in options[moving] if holder[slot] < 0), None)
            if free is not None:
                holder[free] = moving
                break
            turn += 1
            slot = options[moving][chance[turn & 0xFFFFF]]
            if slot == was:
                continue
            holder[slot], moving, was = moving, holder[slot], slot
        else:
            raise SystemExit("the table of slots is too full")
    table = np.zeros(size, np.uint32)
    filled = np.flatnonzero(np.array(holder) >= 0)
    runs = np.array(holder)[filled]
    table[filled] = known[runs] | number[runs].astype(np.uint32)
    return table


def write(path: Path, model: dict[str, Any], about: dict[str, Any]) -> None:
    """The model as a file: a mark, the length of the header, the header (JSON), and the arrays."""
    arrays = {name: value for name, value in model.items() if isinstance(value, np.ndarray)}
    facts = {name: value for name, value in model.items() if name not in arrays}
    room = 4096
    places, start = {}, room
    for name, value in arrays.items():
        places[name] = start, value.nbytes, value.dtype.str, list(value.shape)
        start += -(-value.nbytes // 64) * 64
    header = json.dumps({**facts, "about": about, "arrays": places}).encode()
    assert len(MAGIC) + 4 + len(header) <= room
    with path.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(4, "little") + header)
        for name, value in arrays.items():
            file.seek(places[name][0])
            file.write(value.tobytes())
        file.truncate(start)
    Model(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", choices=[[], *PLANS], default=[])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(boundary.__file__).with_name("models"))
    given = parser.parse_args()
    for lang in given.languages or PLANS:
        about = {"trained": PLANS[lang].data, "licence": "CC BY-SA 4.0"}
        write(given.out / f"{lang}.bin", train(lang, PLANS[lang], given.data), about)


if __name__ == "__main__":
    main()
