"""Common surfaces of news in four languages, as data: each text with the expressions in it and their values.

The reference date is 8 November 2023, a Wednesday. ``date_free.json`` holds texts full of numbers and of words that look
like dates, in which nothing may be found.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wic.dates import find
from wic.document import Document

HERE = Path(__file__).parent
REFERENCE = "2023-11-08"


def _cases(name: str) -> list[Any]:
    cases = json.loads((HERE / name).read_text(encoding="utf-8"))
    return [
        pytest.param(lang, case, id=f"{lang}-{number}") for lang in cases for number, case in enumerate(cases[lang])
    ]


@pytest.mark.parametrize(("lang", "case"), _cases("date_surfaces.json"))
def test_surface(lang: str, case: list[Any]) -> None:
    text, *expected = case
    found = find(Document(id="surface", text=text, lang=lang), REFERENCE)
    assert [[hit.text, hit.value] for hit in found] == expected
    assert all(text[hit.start : hit.end] == hit.text for hit in found)


@pytest.mark.parametrize(("lang", "text"), _cases("date_free.json"))
def test_no_date(lang: str, text: str) -> None:
    assert [hit.text for hit in find(Document(id="trap", text=text, lang=lang), REFERENCE)] == []
