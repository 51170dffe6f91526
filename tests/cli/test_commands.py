"""The commands as a user types them: every ``*.test`` file beside this one is a list of cases.

A case is a ``# title``, an optional standard input after ``<`` (up to the command), a ``$ command``, the expected
output, ``>2`` and the expected standard error, and ``>= CODE`` where the exit code is not 0. A line that ends in
``[...]`` is only compared up to there. Commands run in a folder with the files that ``files/`` holds.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from shell import run

HERE = Path(__file__).parent


class Case(NamedTuple):
    title: str
    stdin: str
    command: str
    out: list[str]
    err: list[str]
    code: int


def cases():
    for path in sorted(HERE.glob("*.test")):
        title, stdin, command, out, err, code, part = "", [], "", [], [], 0, None
        for line in [*path.read_text(encoding="utf-8").split("\n"), "# end"]:
            if line.startswith("# "):
                if command:
                    while out and not out[-1]:
                        out.pop()
                    while err and not err[-1]:
                        err.pop()
                    text = "".join(f"{piece}\n" for piece in stdin)
                    yield pytest.param(Case(title, text, command, out, err, code), id=f"{path.stem}: {title}")
                title, stdin, command, out, err, code, part = line[2:], [], "", [], [], 0, None
            elif line.startswith("$ "):
                command, part = line[2:], out
            elif line == "<":
                part = stdin
            elif line == ">2":
                part = err
            elif line.startswith(">= "):
                code = int(line[3:])
            elif part is not None:
                part.append(line)


def compare(got: str, want: list[str]) -> None:
    lines = got.split("\n")[:-1] if got.endswith("\n") else got.split("\n") if got else []
    shown = [
        line[: len(wanted) - 5] + "[...]" if wanted.endswith("[...]") and len(line) >= len(wanted) - 5 else line
        for line, wanted in zip(lines, want, strict=False)
    ]
    assert [*shown, *lines[len(want) :]] == want


@pytest.mark.parametrize("case", list(cases()))
def test_command(case, tmp_path, monkeypatch):
    shutil.copytree(HERE / "files", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    done = run(case.command, case.stdin)
    compare(done.out, case.out)
    compare(done.err, case.err)
    assert done.code == case.code
