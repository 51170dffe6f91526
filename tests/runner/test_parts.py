"""Output as a folder of parts: the same bytes as one stream, taken up where it was cut off, nothing stale in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jobs as work
import pytest
import zstandard
from shell import run

from wic.read import Source
from wic.runner.parts import LEDGER, write


@pytest.fixture
def crawl(tmp_path, monkeypatch):
    """A folder of pages, and the folder at hand around it."""
    monkeypatch.chdir(tmp_path)
    for folder in ("crawl/a", "crawl/b"):
        Path(folder).mkdir(parents=True)
        for number in range(4):
            Path(folder, f"{number}.txt").write_text(f"Page {number} of {folder} was written on 8 November 2023.\n")
    return Path("crawl")


def parts(folder="out"):
    return sorted(path for path in Path(folder).rglob("*") if path.is_file() and path.name != LEDGER)


def content(folder="out"):
    read = zstandard.ZstdDecompressor()
    return b"".join(read.stream_reader(path.read_bytes(), read_across_frames=True).read() for path in parts(folder))


def made(folder="out"):
    """When each part was made."""
    return {str(path): path.stat().st_mtime_ns for path in parts(folder)}


def ledger(folder="out"):
    return [json.loads(line) for line in Path(folder, LEDGER).read_text().splitlines()]


@pytest.mark.parametrize(
    "command", ["clean -f jsonl", "segment -f jsonl", "segment -f vrt", "dates -f jsonl", "clean -f edits"]
)
def test_the_same_bytes_as_one_stream(crawl, command):
    whole = run(f"wic {command} crawl")
    for jobs in (1, 2):
        done = run(f"wic {command} crawl -o out{jobs}/ -j {jobs}")
        assert (done.out, done.err, done.code) == ("", "", whole.code)
        assert content(f"out{jobs}").decode() == whole.out
    assert [path.read_bytes() for path in parts("out1")] == [path.read_bytes() for path in parts("out2")]
    assert ledger("out1") == ledger("out2")


def test_each_part_of_a_table_has_the_header(crawl):
    run("wic dates crawl -f tsv -o out/")
    header = run("wic dates crawl -f tsv").out.splitlines()[0]
    assert content().decode().splitlines().count(header) == len(parts()) == 8


def test_records_are_what_goes_into_a_folder(crawl):
    run("wic segment crawl -o out/")
    assert content().decode() == run("wic segment crawl -f jsonl").out
    assert run("wic stats out -f jsonl").out == run("wic segment crawl -f jsonl | wic stats - -f jsonl").out


def test_only_what_is_missing_is_made(crawl):
    run("wic segment crawl -o out/")
    first, written = made(), content()
    run("wic segment crawl -o out")
    assert made() == first
    Path("out/crawl/a/1.txt.jsonl.zst").unlink()
    Path("out/crawl/b/2.txt.jsonl.zst").write_bytes(b"damaged")
    Path("crawl/b/3.txt").write_text("Another text.\n")
    run("wic segment crawl -o out")
    changed = {name for name, when in made().items() if first.get(name) != when}
    assert changed == {f"out/crawl/{name}.txt.jsonl.zst" for name in ("a/1", "b/2", "b/3")}
    assert content().decode() == run("wic segment crawl -f jsonl").out != written.decode()


@pytest.mark.parametrize(
    "other", ["segment crawl -o out --raw", "segment crawl -o out --lang en", "clean crawl -o out"]
)
def test_another_command_makes_all_anew(crawl, other):
    run("wic segment crawl -o out/")
    first = made()
    run(f"wic {other}")
    assert all(when != first[name] for name, when in made().items())


def test_another_dictionary_makes_all_anew(crawl):
    for words in ("November\n", "8 November 2023\n"):
        Path("words").write_text(words)
        run("wic segment crawl --dict words -o out/")
        assert content().decode() == run("wic segment crawl --dict words -f jsonl").out


def test_a_source_that_is_gone_leaves_no_part(crawl):
    run("wic clean crawl -o out/")
    Path("crawl/a/0.txt").unlink()
    run("wic clean crawl -o out/")
    assert len(parts()) == len(ledger()) == 7
    assert content().decode() == run("wic clean crawl -f jsonl").out


def test_what_was_refused_is_told_again(crawl):
    Path("crawl/b/bad.jsonl").write_text(
        '{"id": "1", "text": "One."}\n{"id": 2, "text": \n{"id": "3", "text": "Three."}\n'
    )
    first = run("wic clean crawl -o out/")
    again = run("wic clean crawl -o out/")
    assert first == again
    assert first.code == 2
    assert "crawl/b/bad.jsonl:2" in first.err
    assert content().decode() == run("wic clean crawl -f jsonl").out


def test_a_run_that_was_killed_is_taken_up(crawl):
    for number in range(4, 60):
        Path(f"crawl/a/{number}.txt").write_text(f"Page {number}, 8 November 2023. " * 400)
    process = subprocess.Popen([sys.executable, "-m", "wic", "dates", "crawl", "-o", "out/"])
    deadline = time.monotonic() + 60
    while not (Path("out", LEDGER).exists() and len(ledger()) > 3) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = {path: made()[path] for path in (f"out/{one['part']}" for one in ledger())}
    assert 3 < len(kept) < 60
    with Path("out", LEDGER).open("a") as notes:
        notes.write('{"source": "crawl/a/59.txt", "part"')  # a line that was cut off
    run("wic dates crawl -o out/")
    assert kept.items() <= made().items()
    assert content().decode() == "".join(run(f"wic dates {one['source']} -f jsonl").out for one in ledger())
    assert [one["source"] for one in ledger()] == sorted(one["source"] for one in ledger())


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_nothing_half_made_is_left_where_the_disk_fails(crawl, monkeypatch, call):
    calls = []

    def failing(*names):
        calls.append(names)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real(*names)

    real = getattr(os, call)
    sources = [Source(str(path)) for path in sorted(crawl.rglob("*.txt"))]
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(os, call, failing)
        write(work.raw, sources, Path("out"), pytest.fail, made_with="", suffix=".zst")
    assert all(zstandard.ZstdDecompressor().decompress(path.read_bytes()) == b"x\n" for path in parts())
    write(work.raw, sources, Path("out"), pytest.fail, made_with="", suffix=".zst")
    assert content() == b"x\n" * 8
    assert len(parts()) == 8


def test_a_full_disk_is_told_and_costs_nothing_that_was_written(crawl):
    done = run("(ulimit -f 0; wic clean crawl -o out/); echo $?; wic clean crawl -o out/; echo $?")
    assert done.out.splitlines()[-1] == "0"
    assert "File too large" in done.err
    assert content().decode() == run("wic clean crawl -f jsonl").out


def test_a_folder_with_other_files_is_left_alone(crawl):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("x")
    done = run("wic clean crawl -o mine")
    assert done.code == 2
    assert "mine: a folder with other files in it" in done.err
    assert [path.name for path in Path("mine").iterdir()] == ["thesis.txt"]


def test_inputs_that_would_be_one_part_are_refused(crawl):
    Path("sub").mkdir()
    os.chdir("sub")
    Path("crawl").mkdir()
    Path("crawl/x.txt").write_text("x")
    Path("../crawl/x.txt").write_text("y")
    done = run("wic clean crawl/x.txt ../crawl/x.txt -o out/")
    assert done.code == 2
    assert "would be the same part" in done.err


def test_standard_input_and_what_leads_out_of_the_folder(crawl):
    done = run("cat crawl/a/0.txt | wic clean - -o out/")
    assert (done.code, [str(path) for path in parts()]) == (0, ["out/stdin.jsonl.zst"])
    os.chdir("crawl")
    run("wic clean ../crawl/a/0.txt -o ../other/")
    assert [str(path) for path in parts("../other")] == ["../other/crawl/a/0.txt.jsonl.zst"]


@pytest.mark.parametrize("command", ["stats", "grep x", "clean --dedup"])
def test_what_is_one_output_cannot_be_a_folder(crawl, command):
    Path("out").mkdir()
    done = run(f"wic {command} crawl {'--output' if 'grep' in command else '-o'} out")
    assert done.code == 2
    assert "name a file with --output" in done.err
