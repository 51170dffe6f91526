"""A file whose name is not UTF-8 is read like any other; its bytes come back where a name is printed for another program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import orjson
import pytest
from shell import run

from wic.index import above, lookup

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all names of files are text")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with open(os.path.join(os.fsencode(tmp_path), b"bad\xff.txt"), "wb") as file:
        file.write(b"The fair opened on 8 November 2023.\n")
    (tmp_path / "good.txt").write_text("The fair closed.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("indexed", [False, True])
def test_records_name_it_in_text(folder, indexed):
    if indexed:
        assert run("wic index . -q").code == 0
        above.cache_clear()
        lookup.open_index.cache_clear()
    for command in ("clean -f jsonl", "segment -f jsonl", "clean -f jsonl -j 2", "grep -f jsonl fair"):
        done = run(f"wic {command} .")
        assert [orjson.loads(line)["id"] for line in done.out.splitlines()] == ["./bad\\xff.txt", "./good.txt"]
    done = run("wic dates -f jsonl .")
    assert [orjson.loads(line)["id"] for line in done.out.splitlines()] == ["./bad\\xff.txt"]
    assert '"group":"./bad\\\\xff.txt"' in run("wic stats --words --by file -f jsonl .").out


@pytest.mark.parametrize("flags", ["", "--raw", "-c", "--raw -c", "-l", "-n", "-o", "-w", "-m 1 -H"])
def test_grep_prints_its_bytes(folder, flags):
    done = run(f"wic grep {flags} fair .")  # the runner of the test shows the byte as U+FFFD
    assert [line.split(":")[0] for line in done.out.splitlines()] == ["./bad\ufffd.txt", "./good.txt"]


@pytest.mark.parametrize("command", ["clean", "segment", "segment -f tsv", "segment -f conllu", "segment -f vrt", "stats", "grep -f kwic fair", "report", "dates"])  # fmt: skip
def test_nothing_crashes(folder, command):
    done = run(f"wic {command} .")
    assert (done.code, done.err) == (0, "")


def test_parts(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("parts") / "out"
    assert run(f"wic segment . -o {out}/").code == 0
    parts = {os.fsencode(part.name) for part in out.rglob("*.zst")}
    assert parts == {b"bad\xff.txt.jsonl.zst", b"good.txt.jsonl.zst"}
    assert run(f"wic segment . -o {out}/").code == 0
