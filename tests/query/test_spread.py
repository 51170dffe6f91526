"""A plain string finds in a text, and in its bytes, what the folded string finds in the folded text."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from wic.language import built_in, language
from wic.query.fold import fold, fold_pattern
from wic.query.spread import _family, finder, text_pattern

# One script a time: marks that one language drops do not stand in words of another.
ALPHABETS = ["網网互聯联ABaßＡ 2.\u064e", "اأإآىيلنـ\u064eaA2٢ ", "เททตอร์ซส็2๒ \ufb01Ａa", "aAéÉſsSkK\u212aΣσς"]
PAIRS = st.sampled_from(ALPHABETS).flatmap(
    lambda alphabet: st.tuples(st.text(alphabet, max_size=14), st.text(alphabet, min_size=1, max_size=4))
)


def spans_in_bytes(string, text, **how):
    octets, found = text.encode(), finder([string], **how)
    return [(len(octets[:start].decode()), len(octets[:end].decode())) for start, end in found.spans(octets)]


@given(PAIRS)
def test_folded(pair):
    text, string = pair
    if not fold(string.lstrip("\u0640\u064e")).text:
        return
    folded = fold(text)
    expected = [folded.span(*m.span()) for m in regex.finditer(fold_pattern(re.escape(string)), folded.text, regex.I)]
    assert [m.span() for m in re.finditer(text_pattern(string, folded=True, ignore_case=False), text)] == expected
    assert spans_in_bytes(string, text, folded=True, ignore_case=False) == expected


@given(PAIRS)
def test_ignoring_case(pair):
    text, string = pair
    found = [m.span() for m in re.finditer(text_pattern(string, folded=False, ignore_case=True), text)]
    assert found == spans_in_bytes(string, text, folded=False, ignore_case=True)
    if not set(string) & set("ßẞiIİı"):  # here Python's own engine joins more than simple case folding
        assert found == [m.span() for m in re.finditer(re.escape(string), text, re.IGNORECASE)]


def test_families_are_those_of_simple_case_folding():
    letters = [chr(code) for code in range(0x20, 0x530) if chr(code).isalpha()]
    odd = set("iIİıßẞΐΰ")
    for letter in letters:
        if letter not in odd:
            same = {other for other in letters if re.fullmatch(re.escape(letter), other, re.IGNORECASE)}
            assert same == {one for one in _family(letter) if one in letters}, letter


def spellings():
    for code in built_in():
        for row in language(code).data("fold.toml").get("spelling", ()):
            yield pytest.param(row, id=f"{code} {row['written']} {row['meant']}")


@pytest.mark.parametrize("row", list(spellings()))
def test_spellings(row):
    assert row["why"]
    for one, other in row["same"]:
        assert fold(one).text == fold(other).text
        for text, string in ((one, other), (other, one)):
            assert re.search(text_pattern(string, folded=True, ignore_case=False), text)
    for one, other in row["apart"]:
        assert fold(one).text != fold(other).text


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\S+網", "x 互聯网 y", "互聯网"),
        (r"\D網", "1网 互網", "互網"),
        (r"[A-Z]+", "abc", "abc"),
        (r"[網路]{2}", "网路", "网路"),
        (r"[^网]", "網x", "x"),
        (r"م\u064f?ؤتمر", "مُؤْتَمَر", "مُؤْتَمَر"),
        ("م\u064f+ؤتمر", "مُؤْتَمَر", "مُؤْتَمَر"),
        (r"（x）", "(x)", "(x)"),
        (r"(?P<N>a)(?P=N)", "AA", "AA"),
        (r"ทอร์", "อินเทอร์เน็ต", "ทอร์"),
        (r"เ.อร์", "เทอร์", "เทอร์"),
    ],
)
def test_folded_expressions(pattern, text, found):
    folded = fold(text)
    match = regex.search(fold_pattern(pattern), folded.text, regex.V1 | regex.IGNORECASE)
    assert match is not None
    start, end = folded.span(*match.span())
    assert text[start:end] == found


def test_toml_is_the_only_place_that_knows_languages():
    for code in built_in():
        facts = language(code).data("fold.toml")
        assert set(facts) <= {"map", "drop", "tables", "spelling"}


@pytest.mark.parametrize("block", [1, 7, 1 << 24])
def test_lower_case_is_made_in_blocks_of_whole_lines(block, monkeypatch):
    monkeypatch.setattr("wic.query.spread.BLOCK", block)
    octets = "The cat\nthe\n\nother 中 THE thethe".encode()
    found = finder(["tHe"], folded=False, ignore_case=True)
    assert found.lowered
    expected = [m.span() for m in re.finditer(b"the", octets, re.IGNORECASE)]
    assert list(found.spans(octets)) == expected
    assert len(list(found.spans(octets + "ſ".encode()))) == len(expected)
