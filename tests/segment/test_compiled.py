"""The compiled part and numpy give the same sums, on anything, and the compiled part stays within its memory."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from array import array
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.compiled import compiled, is_compiled
from wic.segment import wic
from wic.segment.model import model, votes

SOURCES = sorted((Path(__file__).parents[2] / "wic" / "compiled").glob("*.c"))
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["中国", "互联网", "大會", "การ", "ประชุม", "ที่", "ๆ", "2023", "年", " ", "\n", "a", "。", "𠀀", "\uffff"]
        ),
        max_size=60,
    ).map("".join),
)
both = pytest.mark.skipif(not is_compiled(), reason="built without a compiler")


@both
@settings(max_examples=400)
@given(TEXTS, st.sampled_from(["zh", "th"]))
def test_the_same_sums(text, lang):
    known = model(lang)
    assert np.array_equal(votes(text, known), votes(text, known._replace(prepared=None)))


# Thai letters, vowels and tone marks in any order, so that all rules for clusters are run into.
THAI = st.text(st.sampled_from([chr(code) for code in range(0xE00, 0xE4F)] + list("กขมยวรอเแโะาิีึืุู่้็์" * 4)), max_size=30)
OTHER = st.lists(
    st.sampled_from(
        ["网", "中国", "“", "。", "，", "a", "é", "e\u0301", "don’t", "\u200d", "\ufe0f", "12.5", "1,000", "，", "．", "٫", "：", "123", "๑", "٣", " ", "\n",
         "\u3000", "\x1c", "www.a.b", "x@y.org", "https://a.b/c", "ก", "ที่", "\u0e48", "·", "𠀀", "😀"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@both
@settings(max_examples=1500)
@given(st.one_of(TEXTS, THAI, OTHER, st.tuples(THAI, OTHER, THAI).map("".join)), st.sampled_from([0, 0, 160, -80]))
def test_the_same_cuts(text, lean):
    text = "".join(character for character in text if character < "\U00010000")
    assert wic._cut_compiled(text, lean) == wic._cut(text, lean)


@both
def test_spans_that_are_not_those_of_the_text_are_refused():
    known = [wic._classes(), model("th").prepared, model("zh").prepared]
    for spans in ([0, 3, 0], [1, 1, 0], [0, 1]):
        with pytest.raises(ValueError, match="not those of the text"):
            compiled.cut("ab", *known, array("q", spans), 0)
    with pytest.raises(ValueError, match="not those of the text"):
        compiled.cut("ab", b"", *known[1:], array("q"), 0)
    with pytest.raises(TypeError):
        compiled.cut("ab", *known, 1, 0)
    assert compiled.cut("𠀀", *known, None, 0) is None


@both
def test_the_same_sums_over_blocks():
    known = model("zh")
    text = "世界互联网大会乌镇峰会是中国举办的规模最大的会议。" * 6000
    assert np.array_equal(votes(text, known), votes(text, known._replace(prepared=None)))


@both
def test_a_model_that_is_wrong_is_refused():
    known = model("zh")
    tables, long = (
        tuple((t.length, t.first, t.votes.shape[0], t.shift, t.check, t.votes, t.classes) for t in listed)
        for listed in (known.tables, known.long)
    )
    good = [*known[:6], tables, long, known.begin, known.begins]
    compiled.model(*good)
    for place, value in {
        0: known.codes[:-1],
        1: known.kinds + np.uint8(9),
        2: known.singles[:, 1:],
        3: 90,
        4: b"",
        5: 3,
        6: tables[::-1],
        7: tables,
        8: 0,
        9: known.begins[1:],
    }.items():
        with pytest.raises(ValueError, match=r"\w"):
            compiled.model(*good[:place], value, *good[place + 1 :])
    length, first, steps, shift, check, cast, classes = long[-1]
    for bad in (
        (17, first, steps, shift, check, cast, classes),
        (length, -99, steps, shift, check, cast, classes),
        (length, first, steps + 1, shift, check, cast, None),
        (length, first, steps, b"", check, cast, classes),
        (length, first, steps, shift, check, cast, classes + np.uint8(200)),
        (1, first, steps, shift, check, cast, classes),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            compiled.model(*good[:7], (*long[:-1], bad), *good[8:])


def test_numpy_alone_when_asked():
    script = "from wic.compiled import is_compiled; print(is_compiled())"
    environment = {**os.environ, "WIC_COMPILED": "0"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.long
def test_under_the_address_sanitizer(tmp_path):
    """Random texts through a build that stops at the first byte outside of its arrays."""
    library = tmp_path / "_module.abi3.so"
    flags = ["-fsanitize=address,undefined", "-g", "-O1", "-shared", "-fPIC", f"-I{sysconfig.get_paths()['include']}"]
    subprocess.run(["gcc", *flags, *map(str, SOURCES), "-o", str(library)], check=True)
    script = (
        "import importlib.util, random, sys\n"
        f"found = importlib.util.spec_from_file_location('wic.compiled._module', {str(library)!r})\n"
        "sys.modules['wic.compiled._module'] = module = importlib.util.module_from_spec(found)\n"
        "found.loader.exec_module(module)\n"
        "from wic.compiled import compiled\n"
        "assert compiled is module\n"
        "from wic.query.fold import fold\n"
        "from wic.segment import model, wic\n"
        "from wic.characters import Classes, counts\n"
        "from wic.clean.units import pairs, utf8\n"
        "from wic.document import Edit, apply, compose, replacements\n"
        "number_lines, words = module.number_lines, module.lexicon()\n"
        "dice = random.Random(1)\n"
        "classes = Classes(lambda character: ord(character) % 200)\n"
        "cells = bytearray(dice.choices(range(7), k=0xFFFF))\n"
        "for lang in ('zh', 'th'):\n"
        "    known = model.model(lang)\n"
        "    for _ in range(3000):\n"
        "        points = dice.choice([range(0x4E00, 0x9FFF), range(0xE00, 0xE7F), range(0x600, 0x6FF), range(0x20000), range(0x110000)])\n"
        "        text = ''.join(chr(c) for c in dice.choices(points, k=dice.randrange(60)) if not 0xD800 <= c < 0xE000)\n"
        "        model.votes(text, known)\n"
        "        fold(text)\n"
        "        octets = ''.join(map(chr, dice.choices((*range(0x80, 0x100), 32, 0xFFFF), k=dice.randrange(60))))\n"
        "        utf8(octets), pairs(octets, 'gb18030'), utf8(text), pairs(text, 'big5hkscs')\n"
        "        number_lines(words, text.encode(), len)\n"
        "        for data in (text.encode(), dice.randbytes(dice.randrange(60))):\n"
        "            begin, end = sorted((dice.randrange(-3, 70), dice.randrange(-3, 70)))\n"
        "            module.find(data, data[begin:end].lower(), dice.randrange(-3, 70), dice.random() < 0.5)\n"
        "            module.fit(data, begin, end, dice.randrange(60), dice.randrange(60), cells, dice.random() < 0.5)\n"
        "            begin, end = min(max(0, begin), len(data)), min(max(0, end), len(data))\n"
        "            module.columns(data, begin, end, tuple(dice.choices(range(60), k=4)), cells)\n"
        "        counts(text * dice.randrange(3))\n"
        "        classes.count(text)\n"
        "        module.sentences(((-dice.randrange(9), 2**40, ((text, 0, 1, octets), ('\\x00\"\\\\' * 9, 0, 2, text))),) * 3)\n"
        "        first = replacements('a', text, bytes([1]) * len(text), text[::-1], 'x', 0)\n"
        "        cuts = sorted(dice.choices(range(len(text) + 1), k=6))\n"
        "        second = [Edit('b', at, to, text[::-1][at:to], 'yz'[: dice.randrange(3)]) for at, to in zip(cuts[::2], cuts[1::2])]\n"
        "        apply(compose(text, first, second), text)\n"
        "        wic._cut_compiled(''.join(filter(lambda c: c < chr(0x10000), text)))\n"
    )
    asan = subprocess.run(["gcc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True)
    environment = {**os.environ, "LD_PRELOAD": asan.stdout.strip(), "ASAN_OPTIONS": "detect_leaks=0"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
