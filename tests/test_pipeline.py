"""A pipe between two commands is the same pipeline cut in two, and offsets point home all the way."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from shell import run

from wic.document import undo
from wic.pipeline import Steps, prepared
from wic.read import sources

ROOT = Path(__file__).parent.parent
CORPUS = list(sources([str(ROOT / "corpus")], pytest.fail))


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(("output", "flags"), [("table", ""), ("jsonl", "--raw")])
def test_pipes_are_the_pipeline_cut(output, flags):
    whole = run(f"wic stats corpus/ {flags} -f {output}").out
    cut_once = run(f"wic segment corpus/ {flags} -f jsonl | wic stats - -f {output}").out
    cut_twice = run(f"wic clean corpus/ {flags} -f jsonl | wic segment - -f jsonl | wic stats - -f {output}").out
    assert whole == cut_once == cut_twice
    assert "0.1.0" in whole


@pytest.mark.parametrize("command", ["grep ประชุม", "grep -w 网络 -f text", "dates"])
def test_records_are_searched_as_their_files(command):
    name, *rest = command.split(" ", 1)
    rest = " ".join(rest)
    files = (
        run(f"wic {name} {rest} corpus/ -f jsonl").out if "-f" not in rest else run(f"wic {name} {rest} corpus/").out
    )
    form = "" if "-f" in rest else "-f jsonl"
    assert run(f"wic clean corpus/ -f jsonl | wic {name} {rest} - {form}").out == files
    assert run(f"wic segment corpus/ -f jsonl | wic {name} {rest} - {form}").out == files


@pytest.mark.parametrize(
    "command", ["clean", "clean -f jsonl", "clean -f edits", "segment -f tsv", "grep -n 2", "dates", "stats"]
)
def test_the_same_bytes_from_two_workers(command):
    assert run(f"wic {command} corpus/ -j 2") == run(f"wic {command} corpus/")


@pytest.mark.parametrize("source", CORPUS, ids=lambda source: Path(source.path).name)
def test_offsets_point_home(source):
    for document in prepared(Steps(segment=True), source, pytest.fail):
        raw = document.raw
        assert undo(document.edits, document.text) == raw
        assert "".join(token.text for token in document.tokens) == document.text
        touched = [(edit.start, edit.end) for edit in document.edits]
        begun = ended = 0
        for token in document.tokens:
            # Tokens that one edit made share its place: " :" → ": " is two tokens from the same two characters.
            assert begun <= token.start <= token.end <= len(raw) and ended <= token.end
            begun, ended = token.start, token.end
            if not any(start < token.end and token.start < end for start, end in touched):
                assert raw[token.start : token.end] == token.text
        for sentence in document.sentences:
            assert sentence.start == sentence.tokens[0].start and sentence.end == sentence.tokens[-1].end


def test_a_record_says_how_it_was_made():
    record = orjson.loads(run("wic segment corpus/th/th-05-football-cup.txt -f jsonl").out)
    assert record["wic"]["file"] == "corpus/th/th-05-football-cup.txt"
    assert record["wic"]["encoding"] == "utf-8"
    assert record["wic"]["guess"]["Thai"] > 0.9
    assert {"clean", "words", "sentences"} <= set(record["wic"])
