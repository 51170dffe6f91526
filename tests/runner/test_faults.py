"""Each system call that writes fails once: what has a name is whole, and running again makes the rest.

The faults are those of strace, so they happen below Python, in the process that users run.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from wic.runner.parts import LEDGER, UNFINISHED

CALLS = ["write", "fsync", "rename", "chmod"]
ERRORS = {"write": "ENOSPC", "fsync": "EIO", "rename": "EACCES", "chmod": "EPERM"}
FIRST = 2  # faults of each call in the short run


def strace(*arguments, **more):
    return subprocess.run(["strace", "-f", "-qq", *arguments], capture_output=True, text=True, check=False, **more)


if not shutil.which("strace") or strace("-o", "/dev/null", "true").returncode:
    pytest.skip("strace is not there or may not trace", allow_module_level=True)


@pytest.fixture
def crawl(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("crawl").mkdir()
    for number in range(6):
        Path(f"crawl/{number}.txt").write_text(f"Page {number} was written on 8 November 2023.\n")
    return Path("crawl")


def wic(*words, fault=""):
    command = [sys.executable, "-B", "-m", "wic", *words]  # without bytecode, whose writing may fail unnoticed
    if not fault:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    call = fault.partition(":")[0]
    # strace itself tells on a descriptor of its own, so that what wic says stays apart.
    return strace("-o", "trace", "-e", f"trace={call}", "-e", f"inject={fault}", *command)


def faults(call, most):
    """One fault after the other, until the process has come through without one."""
    for number in range(1, most + 1):
        yield f"{call}:error={ERRORS[call]}:when={number}"


def happened():
    return "(INJECTED)" in Path("trace").read_text()


def opened(path):
    read = zstandard.ZstdDecompressor()
    return read.stream_reader(path.read_bytes(), read_across_frames=True).read()


def named(folder):
    """The files of a folder that claim to be whole."""
    return {
        path.name: opened(path)
        for path in Path(folder).rglob("*")
        if path.is_file() and path.name != LEDGER and not path.name.startswith(UNFINISHED)
    }


def parts(call, most):
    assert wic("clean", "crawl", "-o", "whole/").returncode == 0
    expected = named("whole")
    for fault in faults(call, most):
        shutil.rmtree("out", ignore_errors=True)
        done = wic("clean", "crawl", "-o", "out/", fault=fault)
        if not happened():
            return
        assert done.returncode in (1, 2), (fault, done.stderr)
        found = named("out") if Path("out").exists() else {}
        assert found.items() <= expected.items(), fault
        assert wic("clean", "crawl", "-o", "out/").returncode == 0
        assert named("out") == expected, fault
        assert len([json.loads(line) for line in Path("out", LEDGER).read_text().splitlines()]) == 6


@pytest.mark.parametrize("call", CALLS)
def test_the_first_faults_in_a_folder_of_parts(call, crawl):
    parts(call, FIRST)


@pytest.mark.long
@pytest.mark.parametrize("call", CALLS)
def test_every_fault_in_a_folder_of_parts(call, crawl):
    parts(call, 1000)


@pytest.mark.long
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("command", "target"),
    [
        (["clean", "crawl", "-f", "jsonl", "--output", "one"], "one"),
        (["stats", "crawl", "--save", "one"], "one"),
        (["report", "crawl", "-o", "one"], "one"),
    ],
    ids=["file", "tally", "page"],
)
def test_what_was_there_before_stays_until_the_new_is_whole(command, target, call, crawl):
    assert wic(*command).returncode == 0
    whole = Path(target).read_bytes()
    for fault in faults(call, 3):
        for before in (b"what was there before", None):
            Path(target).unlink()
            if before is not None:
                Path(target).write_bytes(before)
            done = wic(*command, fault=fault)
            now = Path(target).read_bytes() if Path(target).exists() else None
            assert now == (before if happened() and done.returncode else whole), (fault, done.stderr)
            Path(target).write_bytes(whole)
        left = {path.name for path in Path().iterdir()}
        assert left <= {"crawl", "one", "trace"}, fault


@pytest.mark.long
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_an_index_that_was_not_written_is_none(call, crawl):
    answer = wic("grep", "-c", "-w", "Page", "crawl").stdout
    for fault in faults(call, 20):
        shutil.rmtree("crawl/.wic", ignore_errors=True)
        wic("index", "crawl", fault=fault)
        assert wic("grep", "-c", "-w", "Page", "crawl").stdout == answer, fault
