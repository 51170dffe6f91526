"""Lines of words are numbered by the compiled part and without it alike, block by block."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wic.stats.tally
from wic.compiled import compiled, is_compiled
from wic.document import Document
from wic.stats.measures import diversity
from wic.stats.tally import END, Tally

SPACES = " \t\n\n\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000"
OTHERS = "aBß.,1\x00\x7f\x84\xa1éก็中互\u1681\u200b\u2010\u2060\u3001\ufeff😀"
BLOCKS = st.lists(
    st.lists(st.text(alphabet=OTHERS + SPACES, max_size=12) | st.sampled_from(["word", "x" * 40, "y" * 16, "y" * 17]))
    .map("".join)
    .map(lambda text: (text + "\n").encode()),
    max_size=4,
)


def told(blocks, monkeypatch):
    found = {}
    for name, part in (("with", compiled), ("without", None)):
        monkeypatch.setattr(wic.stats.tally, "compiled", part)
        tally = Tally()
        tally.add_lines(Document(id="x", text=""), blocks)
        (facts,) = tally.facts.values()
        found[name] = tally.types, tally.words.tolist(), facts
    return found


@pytest.mark.skipif(not is_compiled(), reason="built without a compiler")
@given(BLOCKS)
def test_alike(blocks):
    with pytest.MonkeyPatch.context() as patch:
        found = told(blocks, patch)
    assert found["with"] == found["without"]


def test_more_words_than_the_smallest_table_holds():
    words = [
        f"w{chr(97 + number % 26)}{chr(0x4E00 + number % 20_000)}{chr(0x4E00 + number // 7)}"
        for number in range(90_000)
    ]
    tally = Tally()
    tally.add_lines(Document(id="x", text=""), [f"{' '.join(words)}\n".encode(), " ".join(reversed(words)).encode()])
    assert tally.types == list(dict.fromkeys(words))
    numbers = {word: number for number, word in enumerate(tally.types, 1)}
    assert tally.words.tolist() == [*map(numbers.get, words), END, *map(numbers.get, reversed(words)), END]


ODD = [
    b"a",
    b" ",
    b"\n",
    b"\x80",
    b"\xbf",
    b"\xc1",
    b"\xc2",
    b"\xe0",
    b"\xe3",
    b"\xed",
    b"\xf0",
    b"\xf4",
    b"\xf5",
    b"\x9f",
]
ODD += [text.encode() for text in ("é", "ก็", "中", "\u3000", "\uffff", "😀", "\U0010ffff")]


@given(st.binary(max_size=40) | st.lists(st.sampled_from(ODD), max_size=12).map(b"".join))
def test_bytes_that_are_not_utf8_are_told(octets):
    tally = Tally()
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        with pytest.raises(UnicodeDecodeError):
            tally.add_lines(Document(id="x", text=""), [octets])
        return
    tally.add_lines(Document(id="x", text=""), [octets])
    (facts,) = tally.facts.values()
    assert facts.characters == len(text)


@pytest.mark.skipif(not is_compiled(), reason="built without a compiler")
def test_what_the_numbering_raises_comes_through():
    def no(word):
        raise KeyError(word)

    with pytest.raises(KeyError, match="b"):
        compiled.number_lines(compiled.lexicon(), b"b", no)
    with pytest.raises(ValueError, match=r"."):
        compiled.number_lines(object(), b"b", no)
    with pytest.raises(TypeError):
        compiled.number_lines(compiled.lexicon(), b"b", str)


@pytest.mark.skipif(not is_compiled(), reason="built without a compiler")
@given(st.lists(st.integers(0, 6), min_size=1, max_size=60), st.integers(1, 20))
def test_types_of_windows(words, window):
    count = len(words) - window + 1
    if count < 1:
        return
    expected = sum(len(set(words[start : start + window])) for start in range(count))
    assert compiled.new_types(np.array(words, np.int32), 6, window, count) == expected
    assert diversity.mattr(np.array(words, np.int32), window) == diversity.mattr(words, window)
    assert diversity._new_types(np.array(words), window, count) == expected


@pytest.mark.skipif(not is_compiled(), reason="built without a compiler")
@pytest.mark.parametrize("words", [[7], [-1], [0, 3, 2**31 - 1]])
def test_words_out_of_range_are_refused(words):
    with pytest.raises(ValueError, match="out of range"):
        compiled.new_types(np.array(words, np.int32), 6, 1, 1)
