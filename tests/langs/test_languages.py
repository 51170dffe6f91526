"""Every language folder is whole, and a new one works without touching code."""

from __future__ import annotations

from importlib.resources import files

import pytest

from wic.document import Document
from wic.errors import WicError
from wic.guess import guess
from wic.language import ROOT, built_in, known, language, nearest
from wic.pipeline import Steps, prepare
from wic.segment import engines

LAO = 'name = "Lao"\nscript = "Laoo"\nwords = "graphemes"\n'
TEXT = "ສະບາຍດີ 5"


@pytest.mark.parametrize("code", [ROOT, *built_in()])
def test_a_folder_is_whole(code):
    found = language(code)
    assert found.code == code and found.name
    assert found.words in engines()
    assert all(word == word.casefold() for word in found.stopwords)


def test_unknown_languages_are_named():
    with pytest.raises(WicError, match="unknown language 'xx'") as error:
        language("xx")
    assert "th" in error.value.hint
    with pytest.raises(WicError):
        language("../langs/th")


def test_the_nearest_language():
    assert [nearest(code).code for code in ["zh-Hant", "ZH", "fr", ""]] == ["zh", "zh", ROOT, ROOT]


@pytest.mark.parametrize("place", ["folder", "package"])
def test_a_stub_of_three_lines_is_a_language(place, tmp_path, monkeypatch, forgetful):
    if place == "folder":
        langs = tmp_path / "langs"
        for folder in files("wic").joinpath("langs").iterdir():
            if folder.is_dir():
                (langs / folder.name).parent.mkdir(exist_ok=True)
                (langs / folder.name).symlink_to(str(folder))
        (langs / "lo").mkdir()
        (langs / "lo" / "lang.toml").write_text(LAO)
        monkeypatch.setattr("importlib.resources.files", lambda name: tmp_path if name == "wic" else files(name))
    else:
        (tmp_path / "wic_lao").mkdir()
        (tmp_path / "wic_lao" / "__init__.py").write_text("")
        (tmp_path / "wic_lao" / "lang.toml").write_text(LAO)
        info = tmp_path / "wic_lao-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wic-lao\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[wic.languages]\nlo = wic_lao\n")
        monkeypatch.syspath_prepend(str(tmp_path))
    assert "lo" in known()
    assert guess(TEXT)[:2] == ("lo", "Laoo")
    document = prepare(Document(id="1", text=TEXT), Steps(segment=True))
    assert document.lang == "lo"
    assert "".join(token.text for token in document.tokens) == TEXT
    assert [token.kind for token in document.tokens][-2:] == ["space", "number"]
