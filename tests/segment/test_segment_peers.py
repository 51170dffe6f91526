"""The engines that carry the name of another program give what that program gives."""

import logging
import random
import unicodedata
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.segment import arabic, jieba, newmm

# fmt: off
THAI = [
    "มา", "ตา", "กลม", "ตาก", "ลม", "ก", "า", "รม", "การ", "เ", "มาก", "กก", "ๆ", "\u0e48", "\u0e31", "\u0e33",
    "\u0e4c", "เปลี่ย", "เมีย", "น", " ", "\n", "\r\n", "12:00", "น.", "1,2", ".", "-", "aB", "“", "。", "ฯ",
]
CHINESE = [
    "的", "一", "是", "中国", "人民", "互联网", "大会", "研究", "生命", "起源", "龘", "齉", "\u4db5", "1", "a",
    "+", "#", "&", "_", "%", "-", "B", ".", " ", "。", "，", "\r\n", "\n", "世界", "上", "海", "水",
]
ARABIC = [
    "ب", "مرحبا", "\u064e", "0", "12", "٣", ".", ",", "\u066b", "،", ":", "#", "*", "\ufe0f", "\u20e3",
    "\u200d", "\u200f", " ", "👩", "🏽", "\U0001f1f8", "\U0001f1e6", "❤", "a", "_", "-", "\u2139", "©", "\xa0",
    "\x1c", "\u1b4e", "\n", "⚕", "\U000e0067", "\U000e007f", "1\ufe0f\u20e3",
]
# fmt: on


@cache
def pythainlp() -> Callable[[str], list[str]]:
    from pythainlp.tokenize import word_tokenize

    return lambda text: word_tokenize(text, engine="newmm", keep_whitespace=True)


@cache
def own_jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba as installed

    installed.setLogLevel(logging.CRITICAL)
    return installed.Tokenizer()


def test_newmm_on_any_thai() -> None:
    @settings(max_examples=600, deadline=None)
    @given(st.one_of(st.lists(st.sampled_from(THAI), max_size=40).map("".join), st.text(max_size=30)))
    def check(text: str) -> None:
        assert newmm.cut(text) == pythainlp()(text)

    check()


def test_jieba_on_any_simplified_text() -> None:
    @settings(max_examples=600, deadline=None)
    @given(st.one_of(st.lists(st.sampled_from(CHINESE), max_size=30).map("".join), st.text(max_size=30)))
    def check(text: str) -> None:
        simplified = jieba.simplified(text)
        pieces = jieba.cut(text)
        assert "".join(pieces) == text
        assert [len(piece) for piece in pieces] == [len(piece) for piece in own_jieba().cut(simplified)]

    check()


def test_jieba_leaves_simplified_text_alone_and_keeps_length() -> None:
    assert jieba.simplified("乾隆是中国的皇帝，这个时代") == "乾隆是中国的皇帝，这个时代"
    assert jieba.simplified("網絡這個時代") == "网络这个时代"


def without_space(pieces: list[str]) -> list[str]:
    return [piece for piece in pieces if not piece.isspace()]


@cache
def camel() -> Callable[..., list[str]]:
    from camel_tools.tokenizers.word import simple_word_tokenize

    found: Callable[..., list[str]] = simple_word_tokenize
    return found


def decimals_apart(pieces: list[str]) -> list[str]:
    """Camel's own pieces of the numbers that wic keeps whole."""
    found: list[str] = []
    for piece in pieces:
        whole = regex.fullmatch(r"\d+(?:[.,\u066b\u066c\u060c]\d+)+", piece)
        found += regex.findall(r"\d+|\D", piece) if whole else [piece]
    return found


def check_arabic(text: str) -> None:
    exact, own = arabic.cut_exact(text), arabic.cut(text)
    assert "".join(exact) == "".join(own) == text
    assert without_space(exact) == camel()(text)
    assert decimals_apart(without_space(own)) == camel()(text, split_digits=True)


def test_arabic_on_any_text() -> None:
    @settings(max_examples=600, deadline=None)
    @given(st.one_of(st.lists(st.sampled_from(ARABIC), max_size=15).map("".join), st.text(max_size=30)))
    def check(text: str) -> None:
        check_arabic(text)

    check()


def on_code_points(characters: list[str]) -> None:
    """Each alone between a letter and a digit, a hundred to a text."""
    for begin in range(0, len(characters), 100):
        check_arabic(" ".join(f"ا{character}5ب" for character in characters[begin : begin + 100]))


def test_arabic_on_signs_marks_digits_and_a_sample_of_the_rest() -> None:
    plain = {"Lo", "Cn", "Co"}
    characters = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    on_code_points([c for c in characters if unicodedata.category(c) not in plain or ord(c) % 101 == 0])


@pytest.mark.long
def test_arabic_on_every_code_point() -> None:
    on_code_points([chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000])


def test_arabic_on_every_listed_emoji() -> None:
    sequences = sorted(arabic._emoji())
    random.Random(5).shuffle(sequences)
    for begin in range(0, len(sequences), 50):
        check_arabic("".join(f"ك{sequence}ب{sequence}" for sequence in sequences[begin : begin + 50]))


@pytest.mark.parametrize("engine", [newmm.cut, jieba.cut, arabic.cut, arabic.cut_exact])
def test_nothing_of_nothing(engine: Callable[[str], list[str]]) -> None:
    assert engine("") == []
