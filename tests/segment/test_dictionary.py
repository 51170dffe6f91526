"""The entries of a user's dictionary are words wherever they stand, with any engine, and nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shell import run

from wic.choice import WordChoice
from wic.document import Document
from wic.errors import WicError
from wic.guess import identify
from wic.segment import engines, segment
from wic.segment.dictionary import Dictionary, dictionary


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "own.txt"
    path.write_text(
        "\ufeff# places\n云计算大会\tn\n互联\nNew York\nart\nC++\nเมืองเก่าริมน้ำ\nเรือ\nالأمم المتحدة\n", encoding="utf-8"
    )
    return str(path)


def cut(text: str, path: str, engine: str = "", *, clitics: bool = False) -> str:
    document = segment(identify(Document(id="x", text=text)), WordChoice(engine, "", clitics, path))
    assert "".join(token.text for token in document.tokens) == text
    return "|".join(token.text for token in document.tokens if not token.text.isspace())


def test_entries_are_words(file):
    assert cut("他参加云计算大会。", file) == "他|参加|云计算大会|。"
    assert cut("互联网", file) == "互联|网"
    assert cut("ไปเมืองเก่าริมน้ำวันนี้", file).split("|")[1] == "เมืองเก่าริมน้ำ"
    assert cut("New York has C++.", file) == "New York|has|C++|."


def test_words_between_blanks_are_not_cut(file):
    assert cut("The party in New Yorker art.", file) == "The|party|in|New|Yorker|art|."


def test_marks_stay_with_their_letters(file):
    assert cut("เรือ\u0e48", file) != "เรือ|\u0e48"


def test_after_clitics(file):
    assert cut("قالت الأمم المتحدة", file) == "قالت|الأمم المتحدة"
    assert cut("وقالت الأمم المتحدة", file, clitics=True) == "و|قالت|الأمم المتحدة"


ENGINES = [name for name, engine in engines().items() if engine.available]
PIECES = [
    "云计算大会",
    "互联",
    "网",
    "New York",
    "art",
    "C++",
    "เรือ",
    "ก",
    "\u0e48",
    " ",
    ".",
    "1",
    "3.5",
    "الأمم المتحدة",
    "و",
    "\n",
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(ENGINES))
def test_what_is_found_is_a_token(tmp_path_factory, text, engine):
    own = Dictionary(["云计算大会", "互联", "New York", "art", "C++", "เรือ", "الأمم المتحدة"])
    spans = list(own.spans(text))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    path = tmp_path_factory.mktemp("own") / "d.txt"
    path.write_text("云计算大会\n互联\nNew York\nart\nC++\nเรือ\nالأمم المتحدة\n", encoding="utf-8")
    document = segment(identify(Document(id="x", text=text)), WordChoice(engine, dictionary=str(path)))
    assert "".join(token.text for token in document.tokens) == text
    tokens = {(token.start, token.end) for token in document.tokens}
    assert {(span.start, span.end) for span in spans} <= tokens


def test_the_longest_entry_from_the_left():
    own = Dictionary(["网络", "网络空间", "空间命运"])
    assert [(span.start, span.end) for span in own.spans("网络空间命运")] == [(0, 4)]


def test_it_is_named_in_the_signature(file):
    signature = segment(Document(id="x", text="a", lang="en"), WordChoice(dictionary=file)).provenance["words"]
    assert signature.startswith("uax29-")
    assert "+dict-8@" in signature


@pytest.mark.parametrize(("content", "what"), [(b"\xff\xfe\xfd", "byte offset 0"), (b"# none\n\n", "no entry")])
def test_bad_dictionaries(tmp_path, content, what):
    path = tmp_path / "own.txt"
    path.write_bytes(content)
    with pytest.raises(WicError, match=what):
        dictionary(str(path))


def test_a_missing_dictionary_is_said_once(tmp_path):
    done = run(f"wic segment --dict {tmp_path / 'none.txt'} -", '{"text": "a"}\n{"text": "b"}\n')
    assert done.code == 2
    assert done.err.count("No such file") == 1
