"""Trains the character bigram model that tells which Chinese text damaged bytes were.

usage: python tools/train_bigrams.py SENTENCES.jsonl [--out wic/langs/zh/bigrams.bin]

SENTENCES.jsonl is the training part of UD Chinese GSDSimp (CC BY-SA 4.0), one {"tokens": [...]} a line. The second source
is the word list of jieba (MIT), whose counts say how often a word was seen. Both are in Simplified characters, and so is
the model: a Traditional character is scored as its Simplified form times how often that form is written so, which
comes from OpenCC's conversion (Apache-2.0) of the word list.

The model is P(b|a) = (n(a,b) + t(a) Q(b|a)) / (n(a) + t(a)) with n from the sentences, t(a) the number of different
successors of a (Witten and Bell), and Q the word list: b follows a within a word, or a ends a word and b begins one.
"""

from __future__ import annotations

import argparse
import json
import math
from array import array
from collections import Counter
from itertools import pairwise
from pathlib import Path

from wic.clean.garble.bigrams import EDGE, SCALE, Header, symbol, write
from wic.language import language

ROOT = Path(__file__).resolve().parent.parent
SOURCE = (
    "Weights derived from UD Chinese GSDSimp (https://github.com/UniversalDependencies/UD_Chinese-GSDSimp, "
    "CC BY-SA 4.0), jieba's dict.txt (https://github.com/fxsjy/jieba, MIT) and OpenCC's dictionaries "
    "(https://github.com/BYVoid/OpenCC, Apache-2.0) by tools/train_bigrams.py. This file: CC BY-SA 4.0."
)
ENTRIES = 450_000  # the pairs that change the model most are kept
INSIDE = "\t"  # before the symbol of a character that continues a word
FAITH = 6.0  # how many times its number of successors the word list weighs


def words() -> Counter[str]:
    import jieba

    lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    return Counter({word: int(count) for word, count, *_ in map(str.split, lines)})


def spellings(counted: Counter[str], simplified: dict[str, str]) -> dict[str, float]:
    """Which share of its Simplified form's uses OpenCC writes with a Traditional character, or leaves as it is."""
    from opencc import OpenCC

    names = list(counted)
    forms = {*simplified, *simplified.values()}
    shares: dict[str, float] = {}
    for variety in ("s2t", "s2tw"):
        converted = OpenCC(variety).convert("\n".join(names)).split("\n")
        uses: Counter[tuple[str, str]] = Counter()
        totals: Counter[str] = Counter()
        for old, new in zip(names, converted, strict=True):
            if len(old) == len(new):
                for before, after in zip(old, new, strict=True):
                    uses[before, after] += counted[old]
                    totals[before] += counted[old]
        for (before, after), count in uses.items():
            if after in forms and before == simplified.get(after, after):
                shares[after] = max(shares.get(after, 0.0), count / totals[before])
    return shares


def train(sentences: list[list[str]], counted: Counter[str], simplified: dict[str, str]) -> bytes:
    def symbols(word: str) -> list[str]:
        first, *others = (symbol(c, simplified) for c in word)
        return [first, *(INSIDE + c for c in others)]

    seen: Counter[tuple[str, str]] = Counter()
    starts: Counter[str] = Counter({EDGE: len(sentences)})
    for sentence in sentences:
        line = [EDGE, *(c for token in sentence for c in symbols(token)), EDGE]
        seen.update(pairwise(line))
        seen[".", line[1]] += 1  # a page does not part its sentences
        # What counts after a figure (年, 月, 人) says little about what begins a word elsewhere.
        starts.update(
            symbols(token)[0]
            for before, token in pairwise([EDGE, *sentence])
            if not before[-1].isdigit() or not "\u3400" <= token[0] <= "\u9fff"
        )
    inside: Counter[tuple[str, str]] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for word, count in counted.items():
        line = symbols(word)
        first[line[0]] += count
        last[line[-1]] += count
        for pair in pairwise(line):
            inside[pair] += count
    everything = {c for pair in (*seen, *inside) for c in pair} | {EDGE, *first}
    begins_word = sorted(c for c in everything if not c.startswith(INSIDE))
    inside_word = sorted(c for c in everything if c.startswith(INSIDE))
    vocabulary = begins_word + inside_word
    # What begins a word: the word list and the tokens for what are words, the tokens alone for signs that are none.
    words_total, text_total, starts_total = sum(first.values()), sum(seen.values()), sum(starts.values())
    share = sum(count for c, count in starts.items() if c in first) / starts_total
    begin = {c: starts[c] / starts_total + 1e-9 for c in begins_word}
    for c in first:
        begin[c] = 0.5 * begin[c] + 0.5 * share * first[c] / words_total
    total = sum(begin.values())
    begin = {c: value / total for c, value in begin.items()}

    inside_total: Counter[str] = Counter()
    for (before, _), count in inside.items():
        inside_total[before] += count
    seen_total: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for (before, _), count in seen.items():
        seen_total[before] += count
        kinds[before] += 1
    pairs: dict[str, dict[str, float]] = {c: {} for c in vocabulary}
    leave: dict[str, float] = {}  # the chance that what follows is drawn from `begin`
    for before in vocabulary:
        listed = inside_total[before] + last[before]
        ends = (last[before] + 0.5) / (listed + 0.5)
        weight = FAITH * kinds[before] + 1
        leave[before] = weight / (seen_total[before] + weight) * ends
    for before, after in {*seen, *inside}:
        listed = inside_total[before] + last[before] + 0.5
        weight = FAITH * kinds[before] + 1
        given = seen[before, after] + weight * inside[before, after] / listed
        pairs[before][after] = given / (seen_total[before] + weight) + leave[before] * begin.get(after, 0.0)

    def gain(before: str, after: str) -> float:
        """How much the model loses when it forgets the pair."""
        mass = inside[before, after] / words_total + seen[before, after] / text_total
        return mass * math.log(pairs[before][after] / max(1e-9, leave[before] * begin.get(after, 0.0)))

    least = sorted((gain(a, b) for a, row in pairs.items() for b in row), reverse=True)[:ENTRIES][-1]

    def price(probability: float) -> int:
        return min(255, round(-math.log(probability) * SCALE))

    number = {c: index for index, c in enumerate(vocabulary)}
    offsets, after_ids, prices = array("I", [0]), array("H"), bytearray()
    for before in vocabulary:
        for after in sorted(pairs[before], key=number.__getitem__):
            if gain(before, after) >= least:
                after_ids.append(number[after])
                prices.append(price(pairs[before][after]))
        offsets.append(len(after_ids))
    shares = {c: share for c, share in sorted(spellings(counted, simplified).items()) if share > 0}
    header = Header(
        about=SOURCE,
        first="".join(begins_word),
        inside="".join(c.removeprefix(INSIDE) for c in inside_word),
        spellings="".join(shares),
        spelling_prices=[price(share) for share in shares.values()],
        entries=len(after_ids),
    )
    begins = bytes(price(begin[c]) for c in begins_word)
    leaves = bytes(price(leave[c]) for c in vocabulary)
    return write(header, begins, leaves, offsets, after_ids, bytes(prices))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "wic/langs/zh/bigrams.bin")
    options = parser.parse_args()
    lines = options.sentences.read_text("utf-8").splitlines()
    simplified = language("zh").table("traditional.tsv")
    data = train([json.loads(line)["tokens"] for line in lines], words(), simplified)
    options.out.write_bytes(data)
    print(f"{options.out}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
