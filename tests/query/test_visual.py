"""Lines in the order in which they are seen; capitals stand for right-to-left letters as in UAX #9."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from wic.query.visual import visual

HEBREW = {chr(ord("A") + number): chr(0x5D0 + number) for number in range(26)}
BACK = {value: key for key, value in HEBREW.items()}


@pytest.mark.parametrize(
    ("logical", "right_to_left", "seen"),
    [
        ("car means CAR.", False, "car means RAC."),
        ("CAR MEANS car.", True, ".car SNAEM RAC"),
        ("he said “CAR MEANS car.”", False, "he said “SNAEM RAC car.”"),
        ("ABC 123 DEF", True, "FED 123 CBA"),
        ("ABC 1,234.5 DEF", True, "FED 1,234.5 CBA"),
        ("ABC (abc) DEF", True, "FED (abc) CBA"),
        ("ABC (DEF)", True, "(FED) CBA"),
        ("ABC 50% DEF", True, "FED 50% CBA"),
        ("abc DEF 123 GHI", False, "abc IHG 123 FED"),
        ("2023-11-08", False, "2023-11-08"),
        ("ABC  ", True, "  CBA"),
        ("", True, ""),
    ],
)
def test_examples(logical, right_to_left, seen):
    text = "".join(HEBREW.get(character, character) for character in logical)
    shown = visual(text, right_to_left=right_to_left)
    assert "".join(BACK.get(character, character) for character in shown) == seen


def test_arabic_numbers_and_marks():
    assert visual("في 26 سبتمبر", right_to_left=True) == "ربمتبس 26 يف"
    assert visual("قَلَم", right_to_left=True) == "ملَقَ"


@given(st.text(st.sampled_from("אבجد\u064eab12 ,.()%-"), max_size=30), st.booleans())
def test_nothing_is_lost(text, right_to_left):
    """The clusters are those of the text, some of them mirrored."""
    plain = str.maketrans("()", "((")
    shown = visual(text, right_to_left=right_to_left).translate(plain)
    assert sorted(shown) == sorted(text.translate(plain))
    if not right_to_left and not regex.search(r"[\u0590-\u08ff]", text):
        assert shown == text.translate(plain)
