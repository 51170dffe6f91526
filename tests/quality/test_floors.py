"""wic is at least as good on the project's own gold as ``floors.toml`` says, and the gold is what it claims to be."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from benchmarks.quality import GOLD, scores, words

FLOORS = {
    f"{kind}.{name}": floor
    for kind, floors in tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8")).items()
    for name, floor in floors.items()
}


@pytest.fixture(scope="module")
def found():
    return scores()


def test_every_gold_has_a_floor(found):
    assert set(found) == set(FLOORS)


@pytest.mark.parametrize("name", FLOORS)
def test_floor(name, found):
    assert 100 * found[name] >= FLOORS[name]


def test_the_score_of_words_can_fall():
    assert words("th", list) < 0.3
    assert words("th", lambda text: [text]) == 0
    gold = {line.replace("|", ""): line.split("|") for line in (GOLD / "words.th.txt").read_text().splitlines()}
    assert words("th", gold.__getitem__) == 1


def test_expressions_of_the_gold_stand_in_its_texts():
    for path in GOLD.glob("dates.*"):
        for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            assert all(case["text"].count(text) == 1 for text, _ in case["values"]), case
