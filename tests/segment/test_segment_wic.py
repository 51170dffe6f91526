"""wic's own word models: the rules that no vote overturns, and one answer however a text is divided."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.language import language
from wic.segment import model as models
from wic.segment.newmm import clusters
from wic.segment.wic import cut

PIECES = [
    "ส", "เปลี่ย", "น", "การ", "\u0e48", "\u0e33", "\u0e4c", "ก็", "ๆ", "中国", "互联网", "網", "龘", "𠀀", "カ", "don't",
    "U.S.", "café", "cafe\u0301", "Ж", "3.5", "12", "๑๒", "。", "…", "——", " ", "\n", "\u3000", "\x00", "\u200b", "\u200d",
    "👩", "🏽", "\ufe0f", "\U0010ffff", "ب", "ສ",
]  # fmt: skip
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=30))


def places(pieces: list[str]) -> set[int]:
    return set(np.cumsum([len(piece) for piece in pieces]).tolist())


@settings(max_examples=400, deadline=None)
@given(texts)
def test_rules_that_no_vote_overturns(text: str) -> None:
    pieces = cut(text)
    assert "".join(pieces) == text
    assert all(pieces)
    assert not any(piece.strip() and piece != piece.strip() for piece in pieces)
    cuts = places(pieces)
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
            assert place not in cuts
        if "\u0300" <= after <= "\u036f" and not before.isspace():
            assert place not in cuts or not before.isalpha() or "\u0e00" <= before <= "\u0e7f"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES[:9]), max_size=30).map("".join))
def test_no_cut_inside_a_thai_cluster(text: str) -> None:
    ends = clusters(text)
    assert all(ends[place] for place in places(cut(text)))


@pytest.mark.parametrize("lang", ["th", "zh"])
def test_votes_do_not_depend_on_how_a_text_is_divided(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = models.model(lang)

    @settings(max_examples=100, deadline=None)
    @given(texts)
    def check(text: str) -> None:
        monkeypatch.setattr(models, "BLOCK", 1 << 16)
        whole = models.votes(text, known)
        monkeypatch.setattr(models, "BLOCK", 7)
        assert (models.votes(text, known) == whole).all()

    check()


def test_both_chinese_scripts_are_cut_alike() -> None:
    text = "世界互聯網大會烏鎮峰會開幕，各國嘉賓齊聚，共商網絡空間發展。"
    table = language("zh").table("traditional.tsv")
    simplified = "".join(table.get(character, character) for character in text)
    assert [len(piece) for piece in cut(text)] == [len(piece) for piece in cut(simplified)]
    assert "互聯網" in cut(text)


@pytest.mark.parametrize("lang", ["th", "zh"])
def test_an_unknown_pattern_has_no_vote(lang: str) -> None:
    """Private characters are in no training text: what is left are the votes of their kind."""
    text = "".join(map(chr, range(0xE000, 0xE200)))
    found = models.votes(text, models.model(lang))[20:-20]
    assert np.count_nonzero(found != np.bincount(found - found.min()).argmax() + found.min()) < 8
