"""Damaged snippets of every class come back to the character."""

import json
from pathlib import Path

import pytest

from wic.clean import clean
from wic.document import Document

SNIPPETS = json.loads(Path(__file__).with_name("snippets.json").read_text(encoding="utf-8"))["snippets"]


@pytest.mark.parametrize(("raw", "wanted"), [case[1:] for case in SNIPPETS], ids=[case[0] for case in SNIPPETS])
def test_comes_back(raw: str, wanted: str) -> None:
    assert clean(Document(id="x", text=raw)).text == wanted
    assert clean(Document(id="x", text=wanted)).edits == ()
