"""The README shows what wic prints: every ``console`` block is run and compared.

``python tests/test_readme.py`` writes the output of this version into the README.
"""

from __future__ import annotations

import re
from pathlib import Path
from shutil import which

import pytest
from shell import run

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def sessions(block: str) -> list[tuple[str, str]]:
    """Commands and the output shown below each."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.M)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def shown(command: str) -> str:
    done = run(command)
    return done.out + done.err


def marks(block: str) -> list[pytest.MarkDecorator]:
    """Blocks that use jq need it."""
    return [pytest.mark.skipif(not which("jq"), reason="needs jq")] if "| jq " in block else []


BLOCKS = [
    pytest.param(block, id=f"{page.relative_to(ROOT)}: {block[2:50].splitlines()[0]}", marks=marks(block))
    for page in PAGES
    for block in BLOCK.findall(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("block", BLOCKS)
def test_what_is_shown_is_true(block, monkeypatch):
    monkeypatch.chdir(ROOT)
    for command, output in sessions(block):
        assert shown(command) == output


if __name__ == "__main__":
    import os

    os.chdir(ROOT)
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = BLOCK.sub(
            lambda block: "```console\n" + "".join(f"$ {c}\n{shown(c)}" for c, _ in sessions(block[1])) + "```", text
        )
        page.write_text(new, encoding="utf-8")
