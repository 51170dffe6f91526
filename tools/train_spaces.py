"""Trains which spaces end a sentence in Thai and writes wic/langs/th/spaces.tsv.

    python tools/train_spaces.py th_tsb.jsonl --alone th_tud_train.jsonl th_pud.jsonl

The first file holds texts, ``{"sentences": [...]}`` a line: tsb (CC0, and those of Tatoeba CC BY 2.0 FR). Of the others,
``{"text"}`` a line, only sentences are known, in no order (UD Thai TUD and PUD, CC BY-SA): paragraphs are made of those
that are alike in length, as long together as a paragraph is. ``--folds N`` trains on all but every N-th text of the first
file in turn and scores the ends in the rest; ``--measure FILE`` scores a file that is not trained on.

Logistic regression with an L2 penalty over the features of ``wic/segment/spaces.py``. The file is CC BY-SA 4.0.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from train_segment import lbfgs

from wic.language import language
from wic.segment import sentences, spaces
from wic.segment.wic import cut

THAI = language("th")
TARGET = Path(__file__).parent.parent / "wic" / "langs" / "th" / "spaces.tsv"
PENALTY = 1.0
ROUNDS = 100
RARE = 2  # a feature must have been seen so often
FINE = 0.08  # lighter weights are left out
THRESHOLD = -0.5  # where ends in texts of short and of long sentences are told about equally well
PARAGRAPH = 100  # characters, the median
MOST = 8  # sentences of a paragraph
# "Which", "(it) makes", "because", "so that", "therefore", "by": what a treebank has cut from the sentence before.
FRAGMENTS = ("ซึ่ง", "ทำให้", "เพราะ", "เพื่อ", "จึง", "โดย")
TIMES = 3  # each sentence is put into so many paragraphs
ABOUT = """\
# Which spaces end a sentence: features (wic/segment/spaces.py) and weights, in hundredths. Made by tools/train_spaces.py
# from UD Thai-TUD and Thai-PUD (CC BY-SA) and tsb (CC0, and Tatoeba's CC BY 2.0 FR). Licence: CC BY-SA 4.0.
"""


def paragraphs(alone: list[str], rng: random.Random) -> Iterator[list[str]]:
    """Sentences of like length, shuffled, in groups about as long as a paragraph; fragments by themselves."""
    yield from ([text] for text in alone if text.startswith(FRAGMENTS))
    whole = [text for text in alone if not text.startswith(FRAGMENTS)]
    for _ in range(TIMES):
        left = sorted(whole, key=lambda text: math.log(len(text) + 1) + rng.gauss(0, 0.3))
        while left:
            room = PARAGRAPH * math.exp(rng.gauss(0, 0.6))
            count = 1
            while count < min(MOST, len(left)) and sum(map(len, left[:count])) + len(left[count]) / 2 < room:
                count += 1
            group, left = left[:count], left[count:]
            rng.shuffle(group)
            yield group


def examples(texts: Iterable[list[str]]) -> tuple[list[list[str]], np.ndarray]:
    """The features of each space of the texts, and whether it ends a sentence."""
    found: list[list[str]] = []
    answers: list[bool] = []
    for text in texts:
        joined = " ".join(sentence.strip() for sentence in text)
        begins, place = set(), 0
        for sentence in text:
            begins.add(place)
            place += len(sentence.strip()) + 1
        for line in spaces.lines(cut(joined)):
            starts = iter(line[1:])

            def is_end(*around: Any, starts=starts, begins=begins) -> bool:
                found.append([f for f in spaces.features(*around) if not f.startswith("#") and "\t" not in f])
                answers.append(next(starts).start in begins)
                return answers[-1]

            list(spaces.walk(line, is_end))
    return found, np.array(answers, float)


def train(texts: Iterable[list[str]]) -> dict[str, int]:
    """Weights in hundredths."""
    features, answers = examples(texts)
    counts = Counter(feature for row in features for feature in row)
    numbers = {feature: n + 1 for n, feature in enumerate(sorted(f for f, count in counts.items() if count >= RARE))}
    index = np.zeros((len(features), max(map(len, features))), np.int64)
    for place, row in enumerate(features):
        known = [numbers[feature] for feature in row if feature in numbers]
        index[place, : len(known)] = known
    flat, size = index.ravel(), len(numbers) + 1

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = weights[index].sum(1)
        error = 1 / (1 + np.exp(-score)) - answers
        value = (np.logaddexp(0, score) - answers * score).sum() + 0.5 * PENALTY * weights.dot(weights)
        gradient = np.bincount(flat, np.repeat(error, index.shape[1]), minlength=size) + PENALTY * weights
        gradient[0] = 0
        return float(value), gradient

    weights = lbfgs(loss, np.zeros(size), ROUNDS)
    kept = {feature: round(100 * weights[n]) for feature, n in numbers.items() if abs(weights[n]) >= FINE}
    return {"threshold": round(100 * THRESHOLD), **kept}


def score(texts: Iterable[list[str]], weights: Mapping[str, int]) -> Counter[str]:
    """How many ends are right, found and in the gold, all of them by their place among the characters that are no space."""
    spaces.model = lambda own: spaces.Model(weights)
    counts: Counter[str] = Counter()
    for text in texts:
        joined = " ".join(sentence.strip() for sentence in text)
        bare = np.cumsum([0] + [not character.isspace() for character in joined])
        gold = set(np.cumsum([len("".join(sentence.split())) for sentence in text])[:-1].tolist())
        made = {int(bare[end]) for end in sentences.ends(joined, THAI)} - {0, int(bare[-1])}
        counts.update(right=len(gold & made), made=len(made), gold=len(gold))
    return counts


def f1(counts: Counter[str]) -> str:
    return f"{200 * counts['right'] / (counts['made'] + counts['gold']):.1f} {dict(counts)}"


def read(path: str) -> Iterator[dict[str, list[str]]]:
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("texts")
    options.add_argument("--alone", nargs="+", default=[])
    options.add_argument("--folds", type=int)
    options.add_argument("--measure", action="append", default=[])
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    rng = random.Random(given.seed)
    texts = [record["sentences"] for record in read(given.texts)]
    made = [group for path in given.alone for group in paragraphs([record["text"] for record in read(path)], rng)]
    if given.folds:
        total: Counter[str] = Counter()
        for fold in range(given.folds):
            weights = train([*made, *(text for n, text in enumerate(texts) if n % given.folds != fold)])
            total += score(texts[fold :: given.folds], weights)
        print(f"{given.texts}: F1 of ends {f1(total)}")
    weights = train([*made, *texts])
    for path in given.measure:
        print(f"{path}: F1 of ends {f1(score((record['sentences'] for record in read(path)), weights))}")
    lines = "".join(f"{feature}\t{weight}\n" for feature, weight in weights.items())
    TARGET.write_text(ABOUT + lines, encoding="utf-8")
    print(f"{len(weights)} features, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
