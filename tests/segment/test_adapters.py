"""Engines of other packages: what is missing is named; what they leave out of a text is kept."""

from __future__ import annotations

import pytest

from wic.choice import WordChoice
from wic.document import Document
from wic.errors import WicError
from wic.guess import identify
from wic.segment import adapters, engines, segment

TEXT = "ฉันรักประเทศไทย  2012 😀 我爱北京，\n\n去年发表。 https://a.b/c"


NAMES = "attacut", "deepcut", "thulac", "icu"
INSTALLED = [name for name in NAMES if engines()[name].available]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in INSTALLED])
def test_what_is_missing_is_named(name):
    with pytest.raises(WicError, match=f"engine '{name}' needs {engines()[name].package}"):
        segment(identify(Document(id="x", text=TEXT)), WordChoice(name))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # thulac leaves its files open
@pytest.mark.parametrize("name", INSTALLED)
def test_what_is_installed_tiles_the_text(name):
    document = segment(identify(Document(id="x", text=TEXT)), WordChoice(name))
    tokens = [token.text for token in document.tokens]
    assert "".join(tokens) == TEXT
    assert "https://a.b/c" in tokens
    assert ("北京" if "zh" in engines()[name].languages else "รัก") in tokens
    assert f"{name}-" in document.provenance["words"]


def test_what_a_package_leaves_out_is_a_piece():
    assert list(adapters._laid("x", " a  b\n", ["a", " b", ""])) == [" ", "a", "  ", "b", "\n"]
    with pytest.raises(WicError, match="not in the text"):
        list(adapters._laid("x", "ab", ["a", "c"]))
