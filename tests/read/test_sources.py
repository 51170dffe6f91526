"""Files, folders and standard input give the same documents, compressed or not; what is bad is refused alone."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import sys

import orjson
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from wic.document import Document, Edit, Flag, Sentence, Token
from wic.errors import WicError
from wic.read import Source, documents, jsonl, read, sources
from wic.write import jsonl as write

COMPRESSORS = {
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor().compress,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
}


def everything(*paths, **options):
    refused = []
    found = [d for s in sources(map(str, paths), refused.append, **options) for d in documents(s, refused.append)]
    return found, refused


@pytest.mark.parametrize("suffix", ["", *COMPRESSORS])
@pytest.mark.parametrize("named", [True, False])
def test_compressed_or_not(tmp_path, suffix, named):
    compress = COMPRESSORS.get(suffix, bytes)
    lines = b'{"id": "a", "text": "\xe0\xb8\x81"}\n{"id": "b", "text": "b"}\n'
    (tmp_path / f"a.jsonl{suffix if named else ''}").write_bytes(compress(lines))
    (tmp_path / f"b.txt{suffix if named else ''}").write_bytes(compress("ก\r\nข".encode()))
    found, refused = everything(tmp_path)
    assert [document.text for document in found] == ["ก", "b", "ก\r\nข"]
    assert [document.id for document in found][:2] == ["a", "b"]
    assert not refused


def test_several_frames_and_members(tmp_path):
    (tmp_path / "a.txt.zst").write_bytes(COMPRESSORS[".zst"](b"one ") + COMPRESSORS[".zst"](b"two"))
    (tmp_path / "b.txt.gz").write_bytes(COMPRESSORS[".gz"](b"one ") + COMPRESSORS[".gz"](b"two"))
    skipped = b"\x50\x2a\x4d\x18\x04\x00\x00\x00size"  # what pzstd puts before each frame
    frames = [skipped + COMPRESSORS[".zst"](part) for part in (b"one ", b"two")]
    (tmp_path / "c.txt.zst").write_bytes(b"".join(frames))
    assert [document.text for document in everything(tmp_path)[0]] == ["one two"] * 3


def test_a_window_that_would_take_all_memory(tmp_path):
    asked = zstandard.ZstdCompressionParameters(window_log=31, write_content_size=False, enable_ldm=True)
    frame = zstandard.ZstdCompressor(compression_params=asked).compressobj()
    (tmp_path / "a.txt.zst").write_bytes(frame.compress(b"one") + frame.flush())
    found, refused = everything(tmp_path)
    assert not found and "window of more than 128 MB" in refused[0].reason


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_damaged_compression_costs_one_file(tmp_path, suffix):
    lines = [f'{{"text": "{random.Random(n).getrandbits(256)}"}}\n' for n in range(9000)]
    data = COMPRESSORS[suffix]("".join(lines).encode())
    (tmp_path / f"a.jsonl{suffix}").write_bytes(data[: len(data) // 2])
    (tmp_path / "b.txt").write_text("whole")
    found, refused = everything(tmp_path)
    assert found[-1].text == "whole"
    if suffix != ".bz2":  # bzip2 gives nothing before a whole block
        assert len(found) > 10
    assert len(refused) == 1 and refused[0].place.endswith(f"a.jsonl{suffix}") and "damaged" in refused[0].reason


def test_folders_are_walked_in_order_and_hidden_files_left(tmp_path):
    for name in ["b.txt", "a/z.txt", "a/b.jsonl", ".hidden.txt", "notes.md", "a.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"text": "x"}')
    found = [source.path.removeprefix(f"{tmp_path}/") for source in sources([str(tmp_path)], pytest.fail)]
    assert found == ["a/b.jsonl", "a/z.txt", "a.txt", "b.txt"]


def test_bad_lines_are_refused_by_number(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "one"}\n{"text": 1}\nnot json\n\n{"text": "\\ud800"}\n[1]\n{"text": "\xff"}\n{"text": "two", "edits": 3}\n'
        + b"[" * 100_000
        + b'\n{"text": "three"}'
    )
    found, refused = everything(path)
    assert [document.text for document in found] == ["one", "\ufffd", "three"]  # half a character costs only itself
    assert [refusal.place.rpartition(":")[2] for refusal in refused] == ["2", "3", "5", "6", "7", "8", "9"]
    assert all(refusal.hint for refusal in refused)


def test_numbers_that_json_has_not_are_null(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "one", "metadata": {"a": NaN, "b": [-Infinity, 1.5], "c": 1e999, "d": -0.0, "e": 123456789012345678901}}\n'
        b'{"text": "NaN \\ud83d\\ude00"}\n{"text": Nan}\n{"text": NaN NaN}\n{"text": "\\ud800\n'
    )
    found, refused = everything(path)
    assert [document.text for document in found] == ["one", "NaN \U0001f600"]
    assert found[0].metadata == {"a": None, "b": [None, 1.5], "c": None, "d": -0.0, "e": 123456789012345678901}
    assert [refusal.place.rpartition(":")[2] for refusal in refused] == ["1", "3", "4", "5"]
    assert refused[0].reason == "not JSON: NaN is read as null, -Infinity is read as null, 1e999 is read as null"


@pytest.mark.parametrize(
    "line",
    [
        b'\xef\xbb\xbf{"text": "a"}',
        b'{"text": "a", "n": NaN}',
        b'{"text": "\\ud800"}',
    ],
)
def test_json_lines_are_told_by_their_first_line(line):
    assert jsonl.starts(io.BufferedReader(io.BytesIO(line + b"\n")))


def test_what_is_not_there_to_read_is_refused(tmp_path):
    found, refused = everything(tmp_path / "no.txt", tmp_path, "/dev/zero")
    assert not found
    assert [refusal.reason for refusal in refused] == ["no such file or folder", "no text in this folder", "a device, not a file"]  # fmt: skip


def test_links_are_followed_only_when_named(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "real.txt").write_text("x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "link.txt").symlink_to("real.txt")
    (tmp_path / "a" / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "a" / "pipe.txt")
    assert len(everything(tmp_path)[0]) == 1
    assert len(everything(tmp_path / "a" / "link.txt", tmp_path / "a" / "loop")[0]) == 2


def test_unknown_names_are_looked_into(tmp_path):
    (tmp_path / "records").write_text('{"text": "x"}\n{"text": "y"}')
    (tmp_path / "page").write_text('{"title": "no record"}')
    (tmp_path / "long").write_text('{"text": "' + "x" * 200_000 + '"}')
    names = ["records", "page", "long"]
    assert [len(everything(tmp_path / name)[0]) for name in names] == [2, 1, 1]
    assert len(everything(tmp_path / "long")[0][0].text) == 200_000
    assert [len(everything(tmp_path / name, format="text")[0]) for name in names] == [1, 1, 1]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO('{"id": 7, "text": "ก"}'.encode())))
    assert [(d.id, d.text) for d in documents(Source("-"), pytest.fail)] == [("7", "ก")]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("ก\n".encode())))
    assert [(d.id, d.text, d.provenance) for d in documents(Source("-"), pytest.fail)] == [
        ("-", "ก\n", {"encoding": "utf-8"})
    ]


def test_one_file_is_one_document(tmp_path):
    (tmp_path / "a.txt").write_text("ก")
    assert read(tmp_path / "a.txt").text == "ก"
    with pytest.raises(WicError, match="no such file"):
        read(tmp_path / "b.txt")


def test_unknown_fields_pass_through():
    line = b'{"id":"1","text":"x","source":"crawl","metadata":{"date":"2023-11-08","n":[1,{}]},"score":1.5}'
    record = write.document(jsonl.document(orjson.loads(line), "a:1"))
    assert (
        record["source"] == "crawl" and record["score"] == 1.5 and record["metadata"] == orjson.loads(line)["metadata"]
    )


def test_metadata_that_is_none_passes_through():
    for value in ("a string", [1], 3):
        document = jsonl.document({"text": "x", "metadata": value}, "a:1")
        assert document.metadata == {} and write.document(document)["metadata"] == value
    assert write.document(jsonl.document({"text": "x", "metadata": None}, "a:1"))["metadata"] == {}


SPAN = st.integers(0, 9)
WORDS = st.text(max_size=5)
DOCUMENTS = st.builds(
    Document,
    id=WORDS,
    text=WORDS,
    lang=st.sampled_from(["", "th", "zh"]),
    metadata=st.dictionaries(WORDS, WORDS, max_size=2),
    edits=st.none() | st.lists(st.builds(Edit, WORDS, SPAN, SPAN, WORDS, WORDS, st.sampled_from([1.0, 0.5]))).map(tuple),
    flags=st.lists(st.builds(Flag, WORDS, SPAN, SPAN, WORDS)).map(tuple),
    sentences=st.none()
    | st.lists(st.builds(Sentence, SPAN, SPAN, st.lists(st.builds(Token, WORDS, SPAN, SPAN, WORDS)).map(tuple))).map(tuple),
    provenance=st.dictionaries(WORDS, WORDS, max_size=2),
    extra=st.dictionaries(st.text("xy", min_size=1, max_size=5), st.integers(), max_size=2),
)  # fmt: skip


@given(DOCUMENTS)
def test_records_are_read_back_whole(document):
    assert jsonl.document(jsonl.load(write.line(write.document(document)))[0], "x") == document
