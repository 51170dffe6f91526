"""Matches stay on their line, whole words are those of the segmentation, and no pattern runs for ever."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from wic.document import Document
from wic.errors import WicError
from wic.query.hits import Context, Hit, Octets, Wanted, hits, in_order, sample
from wic.query.match import Span, spans
from wic.query.syntax import compile
from wic.query.words import Words


def found(patterns, text, **flags):
    document = Document(id="d", text=text, edits=())
    words = Words(document)
    return [text[span.start : span.end] for span in spans(document, compile([patterns], **flags), words.edges)]


@given(
    st.sampled_from(["a", "[^a]+", r"\s*b", "a.*", r"a\s+b", r"\n", "^b", "a$", "(a|b)+", "b?"]),
    st.text("ab \n", max_size=20),
)
def test_as_if_each_line_were_searched_alone(pattern, text):
    expected = [m[0] for line in text.split("\n") for m in regex.finditer(pattern, line, regex.V1) if m[0]]
    assert found(pattern, text) == expected


def test_across_lines_if_asked():
    assert found(r"a\s+b", "a\n b", across=True) == ["a\n b"]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("the", "the other theme, the end", ["the", "the"]),
        ("the|theme", "the theme", ["the", "theme"]),
        ("th.*", "the end", ["the end"]),
        ("t.", "the to", ["to"]),
        ("a", "a-b a", ["a", "a"]),
        ("中国", "我在中国学习", ["中国"]),
    ],
)
def test_whole_words(pattern, text, words):
    assert found(pattern, text, word=True) == words


def test_whole_words_of_folded_text():
    text = "قال المُدِير للمُدِيرة"
    assert found("المدير", text, word=True, folded=True) == ["المُدِير"]
    assert found("المدي.", text, word=True, folded=True) == ["المُدِير"]


def test_a_pattern_that_runs_away_is_stopped(monkeypatch):
    monkeypatch.setattr("wic.query.match.TIMEOUT", 0.05)
    with pytest.raises(WicError, match="seconds"):
        found("(a|aa)+$", "a" * 60 + "b")


def test_an_invalid_pattern_is_shown_with_its_column():
    with pytest.raises(WicError) as refused:
        compile(["ok", "น้ำ("])
    assert refused.value.message.endswith("at column 5")
    assert refused.value.hint.split("\n")[1].index("^") == 2 + 3


def test_offsets_in_bytes():
    document = Document(id="d", text="é\ufffd中 x", edits=(), provenance={"damaged": [1]})
    octets = Octets(document)
    assert [octets.at(place) for place in (0, 1, 2, 3, 4, 2, 5)] == [0, 2, 3, 6, 7, 3, 8]


def hit(number):
    return Hit("d", "", number, number, "", str(number), "", "", keys=(str(number % 3),))


def test_samples():
    everything = [hit(number) for number in range(50)]
    assert sample(everything, 60, 0) == everything
    assert sample(everything, 7, 1) == sample(iter(everything), 7, 1)
    assert len(sample(everything, 7, 2)) == 7
    counts = [0] * 50
    for seed in range(2000):
        for one in sample(everything, 5, seed):
            counts[one.start] += 1
    assert min(counts) > 140 and max(counts) < 260


def test_order_is_by_key_and_then_that_of_the_corpus():
    ordered = in_order([hit(number) for number in range(6)])
    assert [one.start for one in ordered] == [0, 3, 1, 4, 2, 5]


def test_keys_and_contexts_in_words():
    text = "one two three, four five"
    document = Document(id="d", text=text, lang="en", edits=(), metadata={"paper": "P"})
    wanted = Wanted(Context(2, True), ("before1", "match", "after2", "paper", "lang", "none"))
    start = text.index("three")
    one = next(hits(document, [Span(start, start + 5)], wanted, Words(document)))
    assert (one.before, one.match, one.after) == ("one two ", "three", ", four")
    assert one.keys == ("two", "three", "four", "P", "en", "")
