"""Counts that have no room in memory go to files, and the answers are the same."""

from __future__ import annotations

import json
import os
import resource
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shell import run

from wic.stats import sequences
from wic.stats.room import UNLIMITED, Room, Row

CORPUS = Path(__file__).parents[2] / "corpus"
TABLES = [
    [], ["--words"], ["--ngrams", "3"], ["--skipgrams", "2,1"], ["--collocates", "first"], ["--collocations"],
    ["--keyness", "rest"], ["--dispersion"], ["--diversity"], ["--zipf"],
]  # fmt: skip


@given(st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=30)), st.sampled_from([None, 1, 64, 10_000]))
def test_a_row_has_what_was_added(pieces, limit):
    row, expected = Row(Room(limit)), []
    for number, piece in enumerate(pieces):
        row.add(piece)
        expected += piece
        assert len(row) == len(expected)
        if number % 3 == 0:
            assert row.all().tolist() == expected
    assert row.all().tolist() == expected


@given(st.lists(st.lists(st.integers(0, 40), max_size=60), max_size=8), st.sampled_from([None, 16]), st.integers(1, 9))
def test_runs_merge_to_the_counts_of_all(blocks, limit, stretch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "BLOCK", stretch)
        keys, counts = sequences.count((np.array(block, np.int64) for block in blocks), Room(limit))
    expected = np.unique(np.concatenate([np.zeros(0, np.int64), *map(np.array, blocks)]), return_counts=True)
    assert keys.tolist() == expected[0].tolist()
    assert counts.tolist() == expected[1].tolist()


def test_arrays_have_room_again_when_others_are_gone():
    room = Room(1000)
    first = room.array(100, np.int64)
    assert not isinstance(first, np.memmap)
    assert isinstance(room.array(100, np.int64), np.memmap)
    del first
    assert not isinstance(room.array(100, np.int64), np.memmap)
    assert not isinstance(UNLIMITED.array(10**6, np.int64), np.memmap)
    assert len(Room(1).array(0, np.int64)) == 0


@pytest.mark.parametrize("table", TABLES, ids=lambda table: " ".join(table) or "overview")
def test_the_same_bytes_with_hardly_any_memory(table):
    command = shlex.join(["wic", "stats", str(CORPUS), "-f", "jsonl", "--top", "30", *table])
    expected = run(command)
    assert expected.code == 0
    assert run(f"{command} --max-memory 1k") == expected


@pytest.mark.parametrize("size", ["0", "1.5G", "M", "-1", "5T", ""])
def test_what_is_no_size_is_refused(size):
    found = run(f"wic stats {CORPUS} --max-memory={size}")
    assert found.code == 2
    assert "500M" in found.err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the limit does not hold for what is mapped")
def test_it_works_where_there_is_no_more_memory(tmp_path):
    words = [f"w{number * 7919 % 60_000}" for number in range(3_000_000)]
    path = tmp_path / "a.txt"
    path.write_text("\n".join(" ".join(words[at : at + 20]) for at in range(0, len(words), 20)))

    def limited(*more):
        command = ["stats", "--tokens", "space", "--ngrams", "2", "--top", "5", "-f", "jsonl", str(path), *more]
        code = f"from wic.cli import main; import sys; sys.argv[1:] = {command!r}; main()"
        limit = 135 << 20  # of memory that is not a file's
        alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # numpy has buffers for each
        return subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=False,
            env=alone,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)),
        )

    assert limited().returncode != 0
    kept = limited("--max-memory", "10M")
    assert kept.returncode == 0, kept.stderr
    assert [json.loads(line)["count"] for line in kept.stdout.splitlines()]
