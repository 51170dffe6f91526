"""Nothing is lost: on any text, with any engine, the tokens joined are the text and the offsets point home."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.choice import WordChoice
from wic.document import Document, Edit, apply
from wic.errors import WicError
from wic.segment import check, engines, segment, words
from wic.segment.fixed import fixed
from wic.segment.newmm import clusters

PIECES = [
    "สวัสดี", "ส", "เ", "\u0e33", "\u0e48", "中国", "網", "互联网", "龘", "مرحبا", "\u064e", "ك", "ສະ",
    "ក\u17d2ម", "カ", "と", "don't", "Ab", "3.5", "1,234", "٣٫٥", "๑๒:๓๐", "https://a.b/c", "x@y.org", "。",
    "”", ".", "!", " ", "\n", "\r\n", "\t", "\u3000", "\xa0", "\x00", "\x1c", "\u200b", "\u200d", "\u200f",
    "\ufeff", "\u0301", "\ufe0f", "\u20e3", "5", "👩", "🏽", "🇸", "🇦", "\U0001f468\u200d\U0001f469", "𠀀",
    "\U0010ffff", "-", "_", "'", "’", "ๆ", "ฯ",
]  # fmt: skip
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
languages = st.sampled_from(["th", "zh", "ar", "en", "lo", "ja", "fa", "xx", ""])
AVAILABLE = [name for name, engine in engines().items() if engine.available]
engine_names = st.sampled_from(["", *AVAILABLE])


@settings(max_examples=400, deadline=None)
@given(texts, languages, engine_names)
def test_tokens_joined_are_the_text(text: str, lang: str, engine: str) -> None:
    document = segment(Document(id="x", text=text, lang=lang), engine)
    assert "".join(token.text for token in document.tokens) == text
    position = 0
    for sentence in document.sentences or ():
        assert sentence.tokens
        assert sentence.start == position
        for token in sentence.tokens:
            assert token.text
            assert (token.start, token.end) == (position, position + len(token.text))
            position = token.end
        assert sentence.end == position
    assert segment(document, engine) is document


@settings(max_examples=200, deadline=None)
@given(texts, languages, engine_names)
def test_what_is_fixed_is_whole(text: str, lang: str, engine: str) -> None:
    document = Document(id="x", text=text, lang=lang)
    pieces, signature = words(document, WordChoice(engine))
    if any(engines()[part.rpartition("-")[0]].exact for part in signature.split("+") if part):
        return
    inside = {place for span in fixed(text) for place in range(span.start + 1, span.end)}
    edges = {place for span in fixed(text) if span.kind != "number" for place in (span.start, span.end)}
    position, cuts = 0, {0}
    for piece in pieces:
        position += len(piece)
        cuts.add(position)
    assert not cuts & inside
    assert edges <= cuts


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES[:10]), max_size=20).map("".join), st.sampled_from(["newmm", "graphemes"]))
def test_no_cut_inside_a_thai_character_cluster(text: str, engine: str) -> None:
    position = 0
    for token in segment(Document(id="x", text=text, lang="th"), engine).tokens:
        position = token.end
        thai = text[position - 1 : position + 1]
        if len(thai) == 2 and all("\u0e00" <= character <= "\u0e7f" for character in thai):
            assert clusters(text)[position]


def test_offsets_point_into_the_text_as_read() -> None:
    raw = "互聯(lián)網(wǎng)大會\u200b。好"
    edits = (
        Edit("pinyin", 1, 8, "聯(lián)", "聯"),
        Edit("pinyin", 8, 15, "網(wǎng)", "網"),
        Edit("invisible", 17, 18, "\u200b", ""),
    )
    document = segment(Document(id="x", text=apply(edits, raw), lang="zh", edits=edits), "jieba")
    assert {raw[token.start : token.end] for token in document.tokens} >= {"大會", "。", "好"}
    assert [raw[sentence.start : sentence.end] for sentence in document.sentences or ()][-1] == "好"
    assert (document.sentences or ())[0].start == 0


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(WicError, match="lone surrogate at character 2"):
        segment(Document(id="x", text="ab\ud800", lang="en"))


def test_an_unknown_engine_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(WicError, match="unknown engine 'nope'") as caught:
        segment(Document(id="x", text="a", lang="en"), "nope")
    assert "jieba" in caught.value.hint


def test_a_missing_package_is_an_error_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wic.segment.catalogue.find_spec", lambda name: None)
    check.cache_clear()  # other tests may have used the engine
    with pytest.raises(WicError, match="needs jieba, which is not installed") as caught:
        segment(Document(id="x", text="中国", lang="zh"), "jieba")
    assert caught.value.hint == "pip install jieba"


@pytest.mark.parametrize("engine", AVAILABLE)
@pytest.mark.parametrize(
    "text",
    ["ส" * 5_000, "ก" * 100_000, "มากมา" * 20_000, "龘" * 30_000, "a" * 100_000, "." * 100_000, " " * 100_000,
     "1," * 50_000, "a." * 50_000, "ب" * 100_000, "👩\u200d" * 20_000, "\u0301" * 50_000, "http://" * 10_000,
     "@" * 50_000],
    ids=lambda text: ascii(text[:6]),
)  # fmt: skip
def test_long_runs_take_time_in_proportion(text: str, engine: str) -> None:
    lang = {"ส": "th", "ก": "th", "ม": "th", "龘": "zh"}.get(text[0], "en")
    document = Document(id="x", text=text, lang=lang)
    began = time.process_time()
    pieces, _ = words(document, WordChoice(engine))
    assert time.process_time() - began < 5
    assert "".join(pieces) == text
