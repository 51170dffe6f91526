"""The Chinese tables that ship are what the script in tools/ makes of their sources."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from wic.language import language

SCRIPT = runpy.run_path(str(Path(__file__).resolve().parents[2] / "tools/make_zh_tables.py"))


@pytest.mark.parametrize("path", SCRIPT["TABLES"], ids=lambda path: path.name)
def test_regenerating_gives_the_file_that_ships(path: Path) -> None:
    assert path.read_text("utf-8") == SCRIPT["TABLES"][path]()


def test_traditional_characters_have_their_simplified_form() -> None:
    table = language("zh").table("traditional.tsv")
    assert {old: table[old] for old in "網聯臺裡後"} == {"網": "网", "聯": "联", "臺": "台", "裡": "里", "後": "后"}
    assert not set("人大网云后") & set(table)
