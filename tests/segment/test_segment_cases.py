"""Sentences and mixed texts, from the tables beside this file."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from wic.document import Document
from wic.guess import identify
from wic.segment import segment

HERE = Path(__file__).parent


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["case"]
    return found


@pytest.mark.parametrize("case", cases("sentences.toml"), ids=lambda case: f"{case['lang']}-{case['why'][:30]}")
def test_sentences(case: dict[str, Any]) -> None:
    document = Document(id="x", text="".join(case["sentences"]), lang=case["lang"])
    assert [sentence.text for sentence in segment(document).sentences or ()] == case["sentences"]


@pytest.mark.parametrize("case", cases("routes.toml"), ids=lambda case: case["text"][:20])
def test_each_script_goes_to_its_engine(case: dict[str, Any]) -> None:
    document = segment(identify(Document(id="x", text=case["text"], lang=case["lang"])), case["engine"])
    assert [token.text for token in document.tokens if token.kind != "space"] == case["tokens"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("don't", "word"),
        ("x2012", "word"),
        ("\u0301", "word"),
        ("3.5", "number"),
        ("\u0e53", "number"),
        ("。", "punct"),
        ("€", "symbol"),
        ("\x00", "symbol"),
        ("\u3000", "space"),
        ("https://x.org", "url"),
        ("a@b.org", "email"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    (token,) = segment(Document(id="x", text=text, lang="en")).tokens
    assert token.kind == kind
