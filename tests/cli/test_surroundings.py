"""The same bytes whatever surrounds a run: the seed of hashes, locale, time zone, number of workers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
SURROUNDINGS = [
    ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}, "2"),
    ({"PYTHONHASHSEED": "4242", "LC_ALL": "POSIX", "TZ": "America/Caracas", "PYTHONUTF8": "0"}, "3"),
    ({"PYTHONHASHSEED": "7", "LC_ALL": "C.UTF-8", "TZ": "Asia/Bangkok", "COLUMNS": "40"}, "8"),
]


@pytest.mark.parametrize(
    "command",
    [
        "clean -f jsonl",
        "segment -f jsonl",
        "stats -f jsonl",
        "stats --collocations -f tsv",
        "grep -f tsv 20",
        "dates -f tsv",
    ],
)
def test_the_same_bytes(command):
    files = sorted(str(path) for path in CORPUS.glob("*/*") if path.suffix == ".txt")[::4]

    def found(environment, jobs):
        done = subprocess.run(
            [sys.executable, "-m", "wic", *command.split(), "-j", jobs, *files],
            capture_output=True,
            env={**os.environ, **environment},
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    expected = found({"PYTHONHASHSEED": "0"}, "1")
    assert expected[0] == 0 and len(expected[1]) > 500
    for environment, jobs in SURROUNDINGS:
        assert found(environment, jobs) == expected
