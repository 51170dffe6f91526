"""The same results for any number of workers; workers that die cost little, and none outlives the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import jobs as work
import pytest

from wic.read import Source
from wic.read.watched import DIED
from wic.runner import lines, results, schedule

SOURCES = [Source(str(number)) for number in range(12)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs):
    refused = []
    assert list(results(work.number, SOURCES, refused.append, jobs=jobs)) == list(range(12))
    assert [refusal.reason for refusal in refused] == ["five is refused"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_lines_are_the_same_bytes(jobs):
    refused = []
    expected = b"".join(f"{n}.{count}\n".encode() for n in range(12) for count in range(n))
    assert b"".join(lines(work.lines, SOURCES, refused.append, jobs=jobs)) == expected
    assert len(refused) == 1


def test_a_killed_worker_costs_nothing(tmp_path):
    job = partial(work.killed_once, str(tmp_path))
    assert list(results(job, SOURCES, pytest.fail, jobs=2)) == list(range(12))


def test_what_kills_its_worker_twice_is_refused():
    refused = []
    assert list(results(work.poison, SOURCES, refused.append, jobs=2)) == [n for n in range(12) if n != 3]
    assert [refusal.place for refusal in refused] == ["3"] and "died" in refused[0].reason


@pytest.fixture
def crawl(tmp_path):
    """Two files of documents, and one in which two of five kill the process that works on them."""
    for name, bad in (("a", ()), ("b", (2, 5)), ("c", ())):
        texts = ["poison" if number in bad else f"text {number}" for number in range(1, 6)]
        (tmp_path / f"{name}.jsonl").write_text("".join(f'{{"text": "{text}"}}\n' for text in texts))
    return [Source(str(tmp_path / f"{name}.jsonl"), "jsonl") for name in "abc"]


def test_documents_that_kill_their_workers_are_refused_by_name(crawl):
    refused = []
    assert list(results(work.poison_documents, crawl, refused.append, jobs=2)) == [5, 3, 5]
    assert [(Path(refusal.place).name, refusal.reason) for refusal in refused] == [
        ("b.jsonl:2", DIED),
        ("b.jsonl:5", DIED),
    ]


def test_what_dies_without_a_document_at_hand_is_refused_whole(crawl):
    refused = []
    assert list(results(work.poison_without_document, [crawl[0], crawl[2]], refused.append, jobs=2)) == []
    assert [Path(refusal.place).name for refusal in refused] == ["a.jsonl", "c.jsonl"]


def test_a_source_of_poison_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(schedule, "POISON", 2)
    path = tmp_path / "d.jsonl"
    path.write_text('{"text": "poison"}\n' * 30)
    refused = []
    fine = Source(str(tmp_path / "e.jsonl"), "jsonl")
    Path(fine.path).write_text('{"text": "x"}\n')
    assert list(results(work.poison_documents, [Source(str(path), "jsonl"), fine], refused.append, jobs=2)) == [1]
    assert [Path(refusal.place).name for refusal in refused] == ["d.jsonl"]


def test_interrupt_ends_everything_at_once():
    code = (
        "import jobs\nfrom wic.read import Source\nfrom wic.runner import results\n"
        "if __name__ == '__main__':\n"
        "    print('ready', flush=True)\n"
        "    list(results(jobs.endless, [Source(str(n)) for n in range(9)], print, jobs=2))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=environment,
    )
    assert process.stdout.readline() == b"ready\n"
    time.sleep(2)
    group = os.getpgid(process.pid)
    begun = time.monotonic()
    os.killpg(group, signal.SIGINT)
    process.wait(10)
    assert time.monotonic() - begun < 3
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _alive(group):
        time.sleep(0.05)
    assert not _alive(group)
    process.stdout.close()
    process.stderr.close()


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
