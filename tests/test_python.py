"""The functions as docs/python.md shows them, and the packages that can be called."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import wic
from wic.document import Document

ROOT = Path(__file__).parent.parent


def test_the_page_about_python_shows_what_is_true(monkeypatch):
    monkeypatch.chdir(ROOT)
    found = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert found.attempted > 20
    assert found.failed == 0


def test_packages_that_can_be_called():
    import wic.clean.rules  # a package stays one
    from wic.clean import Selection, clean

    document = Document(id="1", text="網(wǎng)絡(luò) 2023年11月8日", lang="zh")
    assert wic.clean(document) == clean(document)
    assert wic.clean(document, Selection(only=frozenset({"entities"}))).edits == ()
    assert wic.Document is Document
    assert [date.value for date in wic.dates(wic.segment(document), "2023-11-08")] == ["2023-11-08"]
    assert wic.clean.rules.FEW


@pytest.mark.parametrize("first", ["import wic.clean", "from wic.clean import clean", "import wic"])
def test_in_any_order_of_imports(first):
    script = f"{first}\nimport wic\nprint(wic.clean(wic.Document(id='1', text='a\\u200bb')).text, callable(wic.read))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "ab True\n"


def test_what_is_not_there():
    with pytest.raises(AttributeError, match="no attribute 'cleen'"):
        _ = wic.cleen
