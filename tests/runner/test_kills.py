"""Processes of a run are killed at random, the leader too: the end is the same bytes, and nothing goes on in the dark."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import zstandard

from wic.runner.parts import LEDGER, UNFINISHED, ledger

if not Path("/proc/self/stat").exists():
    pytest.skip("tells processes by /proc", allow_module_level=True)


def processes(session):
    """The processes of a session that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, _, own = path.read_text().rpartition(")")[2].split()[:4]
            if int(own) == session and state != "Z":
                found.append(int(path.parent.name))
    return sorted(found)


def named(folder):
    """The parts that have their names, but for those from which a document was left out since two workers died on it."""
    read = zstandard.ZstdDecompressor()
    receipts = ledger(Path(folder)) if Path(folder, LEDGER).exists() else ()
    short = {Path(receipt.part).name for receipt in receipts if receipt.refused}
    return {
        path.name: read.stream_reader(path.read_bytes(), read_across_frames=True).read()
        for path in Path(folder).rglob("*")
        if path.is_file() and path.name != LEDGER and not path.name.startswith(UNFINISHED) and path.name not in short
    }


def storm(kills):
    """Kills until ``kills`` have hit; after each the run goes on or is taken up, and what has a name is whole."""
    dice = random.Random(kills)
    command = [sys.executable, "-m", "wic", "segment", "crawl", "-q", "-j", "2", "-o"]
    subprocess.run([*command, "whole/"], check=True)
    expected = named("whole")
    assert len(expected) == 40
    done = 0
    while done < kills:
        leader = subprocess.Popen([*command, "out/"], start_new_session=True, stderr=subprocess.PIPE)
        while leader.poll() is None and done < kills:
            time.sleep(dice.uniform(0.05, 0.6))
            if victims := processes(leader.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(dice.choice(victims), signal.SIGKILL)
                    done += 1
        leader.communicate(timeout=60)
        deadline = time.monotonic() + 10
        while (left := processes(leader.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not left
        assert named("out").items() <= expected.items()
        if leader.returncode == 0:
            assert named("out") == expected
            for part in sorted(Path("out").rglob("*.zst"))[:: dice.randint(1, 3)]:
                part.unlink()
    assert subprocess.run([*command, "out/"], check=False).returncode == 0
    assert named("out") == expected


@pytest.fixture(autouse=True)
def crawl(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("crawl").mkdir()
    for number in range(40):
        Path(f"crawl/{number}.txt").write_text(f"第{number}頁，沿江城鎮簽署協議，把水位站接入預警網絡。\n" * 300)


def test_some_kills():
    storm(10)


@pytest.mark.long
def test_many_kills():
    storm(200)
