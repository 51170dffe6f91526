"""The plain pattern of the Unicode words finds what the whole one finds, whatever stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wic.segment import uax29

# Each of these takes part in a rule of its own; most text that hypothesis thinks of does not.
ALIVE = " \n\t\r\x1c\x85\u2028\u3000ab1٣_'’.,:;\"-@\u0301\u064e\u0640\u200d\u00ad\u0600\u0903א״カ한🇹🇭👩ก能\u2060\ufe0f\u0b95"


@pytest.fixture(autouse=True)
def much_text(monkeypatch):
    """As after many texts, when the plain pattern is made."""
    monkeypatch.setattr(uax29, "_cut_so_far", uax29._FEW + 1)


@given(st.text(st.one_of(st.sampled_from(ALIVE), st.characters())))
def test_both_patterns_cut_alike(text):
    assert uax29.cut(text) == uax29._findall(text)


def test_every_character_beside_others():
    for begin in range(0x3100):
        for text in (
            f"a{chr(begin)}b",
            f"1{chr(begin)}2 ",
            f" {chr(begin)} ",
            f"_{chr(begin)}\u0301",
            f"{chr(begin)}a1",
        ):
            assert uax29.cut(text) == uax29._findall(text), repr(text)


def test_few_texts_need_no_second_pattern(monkeypatch):
    monkeypatch.setattr(uax29, "_cut_so_far", 0)
    monkeypatch.setattr(uax29, "_plain", None)
    assert uax29.cut("It's 3.14.") == ["It's", " ", "3.14", "."]
