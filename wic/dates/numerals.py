"""Numerals in any script and in words, as integers: one layer under all date grammars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

CHINESE_DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **dict(zip("貳參陸兩两○", (2, 3, 6, 2, 2, 0), strict=True)),
}
# 廿 is twenty and 卅 thirty, as in 廿四日 "the 24th".
CHINESE_TENS = {"廿": 20, "卅": 30, "卌": 40}
CHINESE_UNITS = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
}
HAN_DIGITS = "〇○零一二三四五六七八九"
CHINESE = "".join((*CHINESE_DIGITS, *CHINESE_TENS, *CHINESE_UNITS))


def chinese(text: str) -> tuple[int, int] | None:
    """The value of a Chinese numeral and the number of digits if it is positional (二〇二三 → 2023, 4), else 0 digits.

    None for what is no single numeral, such as 五六 in 五六天 "five or six days" or a run of units.
    """
    if all(character in CHINESE_DIGITS for character in text):
        if len(text) > 12:
            return None
        value = int("".join(str(CHINESE_DIGITS[character]) for character in text))
        return value, (len(text) if len(text) > 1 else 0)
    total = section = digit = 0
    last = 10**9
    seen_digit = False
    for character in text:
        if character in CHINESE_DIGITS:
            if seen_digit and digit:
                return None  # two digits side by side in an additive numeral
            digit, seen_digit = CHINESE_DIGITS[character], True
        elif character in CHINESE_TENS:
            if seen_digit and digit:
                return None
            section, last, digit, seen_digit = section + CHINESE_TENS[character], 10, 0, False
        else:
            unit = CHINESE_UNITS[character]
            if unit >= 10**4:
                total, section, digit, last = (total + section + digit or 1) * unit, 0, 0, 10**9
            else:
                if unit >= last:
                    return None
                section, digit, last = section + (digit or 1) * unit, 0, unit
            seen_digit = False
    value = total + section + digit
    return (value, 0) if value < 10**9 else None


def chinese_pair(text: str) -> tuple[int, int] | None:
    """Two neighbouring numbers written as an estimate: 五六 → (5, 6), 十一二 → (11, 12), 二三十 → (20, 30)."""
    if len(text) < 2:
        return None
    for cut in range(len(text) - 1):
        first, second = CHINESE_DIGITS.get(text[cut]), CHINESE_DIGITS.get(text[cut + 1])
        if first is not None and second == first + 1 and first:
            low, high = chinese(text[: cut + 1] + text[cut + 2 :]), chinese(text[:cut] + text[cut + 1 :])
            if low and high and low[0] < high[0] and not low[1]:
                return low[0], high[0]
    return None


class Word(NamedTuple):
    """A number word. ``times`` tells multipliers (hundred, สิบ, ألف) from words that add (twenty, ثلاثون)."""

    value: int
    times: bool = False


def longest(words: Sequence[Word]) -> tuple[int, int]:
    """The value of the longest sensible numeral at the start of ``words`` and how many words it takes.

    The order of the parts is left to the language: twenty-three and ثلاثة وعشرون "three and twenty" are both sums.
    Two words that claim the same place (three four, twenty thirty) are two numerals.
    """
    total = section = unit = 0
    places: set[int] = set()  # powers of ten that are taken in the present section
    big = 10**12
    best, used = 0, 0
    for count, (value, times) in enumerate(words, 1):
        if times and value >= 1000:
            if value >= big:
                break
            total, section, unit, big, places = total + (section + unit or 1) * value, 0, 0, value, set()
        elif times:
            if value in places or (places and value > min(places) and not unit):
                break
            places.add(value)
            places.discard(1)
            section, unit = section + (unit or 1) * value, 0
        else:
            taken = _places(value)
            if taken & places:
                break
            places |= taken
            if value < 10:
                unit = value
            else:
                section += value
        best, used = total + section + unit, count
    return best, used


def _places(value: int) -> set[int]:
    """The decimal places that an adding number word fills: 7 → {1}, 12 → {1, 10}, 20 → {10}, 300 → {100}."""
    places, power = set(), 1
    while value:
        if value % 10:
            places.add(power)
        value, power = value // 10, power * 10
    return places


def joined(parts: Iterable[int]) -> int:
    """The year that is read in two halves: nineteen ninety-eight → 1998."""
    first, second = parts
    return first * 100 + second
