"""The sentences of a long text, made when asked for, are those that would be made at once."""

from __future__ import annotations

import json
from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wic.segment as module
from wic.clean import clean
from wic.document import Document, Edit, Flag, OffsetMap, tile
from wic.read import jsonl as read
from wic.segment import segment
from wic.segment.kinds import kinds
from wic.write import jsonl

TEXTS = [
    "การประชุมเริ่มวันที่  8 พฤศจิกายน ที่ห้องสมุดประชาชนของเมือง และจะมีต่อไปอีกสามวัน\nเจ้าหน้าที่เปิดประตูแล้ว ผู้คนเข้ามานั่ง",
    "昨天下午，市圖書(shū)館的新館正式對(duì)外開放。許多讀者帶著孩子來看書。",
    "The fair&nbsp;opened on Monday.  It had 3,000 visitors &amp; closed at six. Dr. Smith spoke.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_sentences(text, monkeypatch):
    document = clean(Document(id="a", text=text * 3))
    at_once = segment(document)
    monkeypatch.setattr(module, "LONG", 10)
    late = segment(document)
    assert not isinstance(late.sentences, tuple)
    assert late.sentences is not None and at_once.sentences is not None
    assert late == at_once
    assert late.sentences == at_once.sentences
    assert late.sentences[-1] == at_once.sentences[-1]
    assert late.sentences[1:3] == at_once.sentences[1:3]
    assert list(late.tokens) == list(at_once.tokens)
    (line,) = jsonl.document_line(at_once)
    parts = list(jsonl.document_line(late))
    assert len(parts) > 1
    assert b"".join(parts) == line
    assert read.document(orjson.loads(line), "a").sentences == at_once.sentences


def test_a_long_text_in_passages_is_whole(monkeypatch):
    monkeypatch.setattr(module, "LONG", 10)
    monkeypatch.setattr("wic.passages.PASSAGE", 40)
    for text in TEXTS:
        found = segment(Document(id="a", text=text * 5))
        assert "".join(token.text for token in found.tokens) == text * 5
        assert [found.text[token.start : token.end] for token in found.tokens] == [token.text for token in found.tokens]


def test_no_sentences(monkeypatch):
    monkeypatch.setattr(module, "LONG", -1)
    found = segment(Document(id="a", text=""))
    assert b"".join(jsonl.document_line(found)) == b"".join(jsonl.document_line(replace(found, sentences=())))


@given(st.text(), st.sampled_from([{}, {"metadata": 7}, {"x": 2**70, "y": [1]}]), st.booleans())
def test_a_line_is_that_of_its_record(text, extra, tiled):
    found = replace(
        segment(Document(id="a", text=text, extra=extra, metadata={"a": "\x00"})), flags=(Flag("f", 0, 1, "\x1f"),)
    )
    expected = json.dumps(jsonl.document(found), ensure_ascii=False, separators=(",", ":"))
    if tiled:
        found = replace(found, sentences=list(found.sentences or ()))  # in parts
    (line,) = b"".join(jsonl.document_line(found)).splitlines()
    assert json.loads(line) == json.loads(expected)
    assert list(json.loads(line)) == list(json.loads(expected))
    assert b"".join(jsonl.document_line(found)) == jsonl.line(jsonl.document(found))


PIECES = st.lists(st.text(alphabet="ab ก中", min_size=1, max_size=3), min_size=1, max_size=12)


@given(PIECES, st.data())
def test_tiles_from_the_middle(pieces, data):
    """Where edits changed the text, tokens that begin in the middle are those of the whole."""
    clean_text = "".join(pieces)
    raw, edits, position = "", [], 0
    while position <= len(clean_text):
        if data.draw(st.booleans()):
            before = data.draw(st.text(alphabet="xyz", max_size=2))
            taken = data.draw(st.integers(0, min(2, len(clean_text) - position)))
            after = clean_text[position : position + taken]
            if before != after and (before or after):
                edits.append(Edit("r", len(raw), len(raw) + len(before), before, after))
                raw += before
                position += taken
        raw += clean_text[position : position + 1]
        position += 1
    offsets = OffsetMap(edits)
    whole = tile(pieces, kinds(pieces), offsets)
    middle = data.draw(st.integers(0, len(pieces)))
    begin = sum(map(len, pieces[:middle]))
    assert tile(pieces[middle:], kinds(pieces[middle:]), offsets, begin) == whole[middle:]
