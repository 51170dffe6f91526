"""The language pack in examples/wic-lao works as docs/add-a-language.md shows it, and is what is shown there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wic.clean import Selection, clean
from wic.clean.rules import rules
from wic.dates import find
from wic.document import Document
from wic.guess import guess
from wic.language import language
from wic.segment import segment

ROOT = Path(__file__).parents[2]
PACK = ROOT / "examples" / "wic-lao"
PAGE = ROOT / "docs" / "add-a-language.md"
FILES = ["pyproject.toml", *(f"wic_lao/{name}" for name in ("lang.toml", "stopwords.txt", "clean.toml", "dates.toml"))]


@pytest.fixture
def lao(tmp_path, monkeypatch, forgetful):
    """The pack as pip leaves it: on the path, with its entry point."""
    info = tmp_path / "wic_lao-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wic-lao\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text("[wic.languages]\nlo = wic_lao\n")
    monkeypatch.syspath_prepend(str(PACK))
    monkeypatch.syspath_prepend(str(tmp_path))
    return language("lo")


def test_what_it_says_of_itself(lao):
    assert (lao.name, lao.script) == ("Lao", "Laoo")
    assert "ແລະ" in lao.stopwords
    assert guess("ສະບາຍດີ ເພື່ອນ")[:2] == ("lo", "Laoo")


def test_its_rules_do_what_their_examples_show(lao):
    own = [rule for rule in rules("lo") if rule.code == "lo"]
    assert [rule.name for rule in own] == ["lao-am", "lao-doubled-tone"]
    for rule in own:
        for example in rule.examples:
            raw = example.get("raw", example.get("keep"))
            document = clean(Document(id="", text=raw, lang="lo"), Selection(only=frozenset({rule.name})))
            assert document.text == example.get("clean", raw)
    made = [clean(Document(id="", text="a", lang=lang)).provenance["clean"] for lang in ("lo", "th", "en")]
    assert made[0] != made[1] == made[2]


def test_its_dates_are_those_of_their_examples(lao):
    for rule in lao.data("dates.toml")["rule"]:
        for example in rule["examples"]:
            found = find(Document(id="", text=example["text"], lang="lo"), example.get("ref"))
            assert [one.value for one in found] == [example["value"]]


def test_what_every_language_has_works_with_its_words(lao):
    text = "ຕັ້ງແຕ່ປີ 1975 ຫາ ປີ 1980. ມື້ອື່ນ ຈະນໍາມາ."
    document = segment(clean(Document(id="", text=text)))
    assert document.text == text.replace("ໍາ", "ຳ")
    assert "".join(token.text for token in document.tokens) == document.text
    assert [(one.text, one.value) for one in find(document, "2024-05-15")][-1] == ("ມື້ອື່ນ", "2024-05-16")


def test_the_page_shows_the_files():
    shown = dict(re.findall(r"^```(?:toml|text)\n# (\S+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S))
    for name in FILES:
        assert shown[name] == (PACK / name).read_text(encoding="utf-8"), name
