"""The books of a run balance, whatever runs it, and say so with --verbose; where they do not, that is an error."""

from __future__ import annotations

import json

import jobs as work
import pytest
from shell import run

from wic.books import Books
from wic.errors import WicError
from wic.read import Source
from wic.runner import results


@pytest.fixture
def crawl(tmp_path):
    """Five inputs: three of text, one of records with a bad line, one that cannot be decoded."""
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"The text number {number} is short.\n")
    records = [json.dumps({"id": str(number), "text": "One more text."}) for number in range(4)]
    (tmp_path / "more.jsonl").write_text("\n".join([*records[:2], "{broken", *records[2:]]))
    (tmp_path / "odd.txt").write_bytes(b"\x80\x81\xfe" * 40)
    return tmp_path


COMMANDS = ["clean -f jsonl", "segment", "stats -f jsonl", "grep -c text", "dates -f jsonl", "grep --cql '[]' -c"]


@pytest.mark.parametrize("jobs", ["", "-j 2"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_document_is_done_or_refused(command, jobs, crawl):
    done = run(f"wic {command} {crawl} {jobs} --max-doc-bytes 30 --verbose")
    assert done.err.splitlines()[-1] == "wic: 5 inputs, 7 documents: 7 done; refused: 2"


def test_an_index_and_a_search_that_stops_early_are_in_the_books(crawl):
    (crawl / "odd.txt").unlink()
    run(f"wic index {crawl}")
    for flags in ("", "--no-index", "--raw"):
        for command in (f"grep -q text {flags}", f"grep -m 1 -c text {flags}", f"clean {flags}" if flags else "clean"):
            last = run(f"wic {command} {crawl} --verbose").err.splitlines()[-1]
            counts = [int(word) for word in last.replace(";", "").split() if word.isdigit()]
            assert counts[1] == counts[2] > 0


def test_what_does_not_balance_is_an_error():
    books = Books()
    list(books.enter("abc"))
    assert books.close() == Books(3, 3)
    books.refuse()
    assert books.close() == Books(4, 3, 1)
    books.add(Books(documents=1))
    with pytest.raises(WicError, match="do not balance"):
        books.close()
    books.begin()
    assert books.close() == Books()


def test_inputs_that_do_not_come_back_are_an_error(monkeypatch):
    monkeypatch.setattr("wic.runner.over", lambda workers, work, sources, large: iter(()))
    with pytest.raises(WicError, match="2 inputs were given out and 0 came back"):
        list(results(work.number, [Source("a"), Source("b")], print, jobs=2))
