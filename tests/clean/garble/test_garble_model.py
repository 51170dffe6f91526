"""The character model and the tables of readings that the repair of garbled Chinese stands on."""

from __future__ import annotations

import json
import runpy
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from wic.clean.garble.bigrams import EDGE, Bigrams, bigrams
from wic.clean.garble.readings import annotated, facts, judge

TRAINING = Path(__file__).resolve().parents[3] / "tools/train_bigrams.py"


def price(model: Bigrams, text: str, *, traditional: bool) -> float:
    """The price of the text, by the cheapest division into words."""
    ways = {model.edge: 0.0}
    for character in text + EDGE:
        after: dict[int, float] = {}
        for symbol, paid in ways.items():
            for cost, number in model.options(symbol, character, traditional):
                after[number] = min(after.get(number, 1e9), paid + cost)
        ways = after
    return min(ways.values())


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [("世界經濟發展", "世界經濟髮展"), ("我們在考慮", "我們冊诳紤"), ("專家說科技", "專科說家技"), ("後來", "后來")],
)
def test_the_model_knows_chinese(likely: str, unlikely: str) -> None:
    assert price(bigrams(), likely, traditional=True) < price(bigrams(), unlikely, traditional=True)


def test_each_script_is_at_home_in_its_own_text() -> None:
    model = bigrams()
    assert price(model, "世界经济", traditional=False) < price(model, "世界经济", traditional=True)
    assert price(model, "世界經濟", traditional=True) < price(model, "世界經濟", traditional=False)


def test_the_file_names_its_sources_and_is_small() -> None:
    data = files("wic").joinpath("langs", "zh", "bigrams.bin").read_bytes()
    about = json.loads(data.partition(b"\n")[0])["about"]
    assert all(name in about for name in ("GSDSimp", "CC BY-SA 4.0", "jieba", "MIT", "OpenCC", "Apache-2.0"))
    assert len(data) < 1_500_000


def test_training_makes_a_model_that_reads_back() -> None:
    from collections import Counter

    train = runpy.run_path(str(TRAINING))["train"]
    simplified = {"網": "网", "聯": "联"}
    data = train([["互联网", "，", "大会", "。"]], Counter({"互联网": 9, "大会": 4}), simplified)
    model = Bigrams(data, simplified)
    assert price(model, "互联网大会。", traditional=False) < price(model, "网联互会大。", traditional=False)
    assert data == train([["互联网", "，", "大会", "。"]], Counter({"互联网": 9, "大会": 4}), simplified)


def test_the_readings_that_mirrors_inject_are_usual_ones() -> None:
    known = facts()
    assert len(known.annotated) > 100
    assert all(known.usual[character] == reading for character, reading in known.annotated.items())


@pytest.mark.parametrize(
    ("text", "evident"),
    [
        ("互聯(lián)網(wǎng)", True),
        ("桐廬(lú)", False),
        ("“長(zhǎng)大”", False),
        ("讀作網(wǎng)", False),
        ("網(wǎng)和網", False),
        ("网(wǎng)", False),
    ],
)
def test_evidence(text: str, evident: bool) -> None:
    assert judge(text, Counter(text), annotated(text)).evident is evident
