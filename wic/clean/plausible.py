"""Whether a text could be Thai, Arabic or Chinese: the judges of a guessed repair.

Each judge gets the characters that a repair would produce and says how plausible they are, from 0 (no) to 1. They
look at what the script itself forbids or makes rare, so that they work on three words as well as on a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from math import log2

from wic.characters import counts
from wic.language import language

MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59]")
THAI_VOWELS = re.compile(f"[\u0e30\u0e32\u0e33\u0e40-\u0e44{MARKS}]")
THAI_RARE = re.compile(
    "[\u0e03\u0e05\u0e06\u0e0c\u0e0e\u0e11\u0e12\u0e24\u0e26\u0e2c\u0e2f\u0e45\u0e4d\u0e4e\u0e4f\u0e5a\u0e5b]"
)
# What Thai spelling has nowhere: a mark on no consonant, a vowel sign of the line on none, a leading vowel before none.
THAI_BROKEN = re.compile(
    f"(?<![\u0e01-\u0e2e{MARKS}])[{MARKS}]"
    f"|(?<![\u0e01-\u0e2e\u0e32\u0e48-\u0e4b])[\u0e30\u0e32\u0e33]"
    "|[\u0e40-\u0e44](?![\u0e01-\u0e2e\u0e40]|\\Z)"
)

# Share of each letter in running text, in per mille, as counted in news; other letters have what is left.
THAI_SHARES = {
    "า": 71, "น": 61, "่": 50, "ร": 47, "อ": 42, "ก": 42, "ง": 40, "เ": 40, "ม": 36, "้": 36, "ั": 33, "ย": 29, "ี": 28,
    "ว": 28, "ล": 24, "ท": 24, "ด": 23, "ต": 21, "ส": 20, "ห": 20, "ิ": 20, "ค": 19, "ะ": 18, "ป": 17, "บ": 17, "จ": 16,
    "แ": 14, "ไ": 12, "ใ": 12, "ื": 12, "พ": 12, "ข": 11, "ช": 10, "ุ": 10, "็": 9, "ู": 8, "ำ": 7, "์": 6, "ึ": 6, "โ": 5,
    "ถ": 5, "ศ": 5, "ผ": 4, "ญ": 3, "ธ": 3, "ณ": 3, "ซ": 3, "ภ": 3, "ษ": 2, "ฐ": 2, "ฏ": 1, "ฎ": 1, "ๆ": 1, "ฟ": 1, "ฉ": 1,
}  # fmt: skip
ARABIC_SHARES = {
    "ا": 128, "ل": 117, "ي": 75, "م": 66, "و": 60, "ن": 58, "ر": 51, "ت": 50, "ب": 38, "ة": 36, "ع": 36, "د": 36, "ه": 31,
    "س": 29, "أ": 26, "ف": 27, "ق": 25, "ك": 22, "ح": 19, "إ": 12, "ج": 14, "ش": 12, "ص": 11, "ط": 11, "خ": 10, "ى": 9,
    "ذ": 7, "ض": 7, "ز": 7, "ث": 7, "غ": 5, "ء": 5, "ئ": 5, "ظ": 3, "آ": 2, "ؤ": 2,
}  # fmt: skip
ARABIC_LETTERS = re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3]")
ARABIC_SIGNS = re.compile("[\u060c\u061b\u061f\u0640\u064b-\u0652]")
ARABIC_BROKEN = re.compile("[ةى](?=[\u0621-\u064a])|(?<![\u0621-\u0652])[\u064b-\u0652]|[\u064b-\u0650\u0652]{2}")
HIGH = re.compile(r"[^\x00-\x7f]")
HIGH_UNQUOTED = re.compile(r"[^\x00-\x7f«»“”‘’…–—]")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
FOREIGN_TO_HAN = (
    "[^\\s!-~\u00b7\u2014\u2018-\u201d\u2026\u2103\u2460-\u2473\u3000-\u3017\u3400-\u9fff\ufe30-\ufe6b\uff01-\uff5e]"
)


THAI_BITS = {letter: -log2(share / 1000) for letter, share in THAI_SHARES.items()}
ARABIC_BITS = {letter: -log2(share / 1000) for letter, share in ARABIC_SHARES.items()}
RARE_BITS = 11.0  # of a letter that the tables leave out
VARIETY = 3  # different characters; fewer, over and over, are an ornament


def _surprise(letters: Mapping[str, int], bits: dict[str, float]) -> float:
    """Bits a letter, on average: the lower, the more common the letters are."""
    return sum([bits.get(letter, RARE_BITS) * count for letter, count in letters.items()]) / sum(letters.values())


def _those(characters: Mapping[str, int], pattern: re.Pattern[str]) -> dict[str, int]:
    """The characters that match: each different one is looked at once, which is faster than the text."""
    found = "".join(characters)
    return {character: characters[character] for character in pattern.findall(found)}


def thai(text: str) -> float:
    """Plausibility as Thai: spelled as the script allows, with vowels, and with few rare letters."""
    characters = counts(text)
    own = _those(characters, THAI)
    letters = sum(own.values())
    if letters < 4 or len(characters) < VARIETY or letters < 0.9 * sum(_those(characters, HIGH).values()):
        return 0.0
    vowels, rare = (sum(_those(own, some).values()) for some in (THAI_VOWELS, THAI_RARE))
    if vowels < 0.2 * letters or rare > 0.15 * letters or len(THAI_BROKEN.findall(text)) > 0.03 * letters:
        return 0.0
    surprise = _surprise(own, THAI_BITS)
    return max(0.0, 1.5 - surprise / 8) if surprise < 6.8 else 0.0  # running text has about 5.2 bits a letter


def arabic(text: str) -> float:
    """Plausibility as Arabic: letters about as frequent as in news, and none where spelling forbids it."""
    characters = counts(text)
    own = _those(characters, ARABIC_LETTERS)
    letters = sum(own.values())
    signs, high = (sum(_those(characters, some).values()) for some in (ARABIC_SIGNS, HIGH_UNQUOTED))
    if letters < 4 or len(own) < VARIETY or letters + signs < 0.95 * high:
        return 0.0
    if len(ARABIC_BROKEN.findall(text)) > 0.05 * letters or signs > letters:
        return 0.0
    surprise = _surprise(own, ARABIC_BITS)
    if surprise > 6.2:  # running text has about 4.3 bits a letter
        return 0.0
    return max(0.01, 1.4 - (surprise * letters + 12 * signs) / (letters + signs) / 9)


def chinese(text: str) -> float:
    """Plausibility as Chinese: nearly only Han, and nearly all of it characters that are frequent in running text.

    Never more than 0.6: Thai and Arabic that pass their own judges are more certain, since spelling forbids more.
    """
    han = HAN.findall(text)
    foreign = len(_compiled(FOREIGN_TO_HAN).findall(text))
    if len(han) < 2 or len(set(han)) < min(VARIETY, len(han)) or foreign > 0.05 * len(han):
        return 0.0
    usual = sum(map(frequent(2500).__contains__, han)) / len(han)
    return 0.6 * usual if usual >= (0.75 if len(han) < 8 else 0.6) else 0.0


def written(text: str) -> float:
    """Plausibility as text in any script: letters and signs that people write, not code points that nobody uses."""
    high, han = len(HIGH.findall(text)), HAN.findall(text)
    if not high or (len(han) > 2 and sum(map(frequent(2500).__contains__, han)) < 0.5 * len(han)):
        return 0.0
    return len(_compiled(WRITTEN).findall(text)) / high


WRITTEN = (
    "[\u00a0-\u024f\u0300-\u0345\u0370-\u052f\u0531-\u05f4\u0600-\u06ff\u0900-\u0e7f\u0e80-\u109f\u10a0-\u11ff\u1780-\u17ff"
    "\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf\u2100-\u2bff\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe00-\uffee\U0001f000-\U0001faff]"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A long class, compiled when it is first needed: most texts are judged by none."""
    return re.compile(pattern)


JUDGES: dict[str, Callable[[str], float]] = {"thai": thai, "arabic": arabic, "chinese": chinese, "written": written}


@cache
def frequent(count: int) -> frozenset[str]:
    """The ``count`` Simplified characters that are most frequent in running text, and their Traditional forms."""
    spoken = language("zh")
    assert spoken.folder is not None
    lines = (spoken.folder / "frequent.txt").read_text(encoding="utf-8").splitlines()
    ranked = "".join(line for line in lines if not line.startswith("#"))
    usual = set(ranked[:count])
    usual.update(old for old, new in spoken.table("traditional.tsv").items() if new in usual)
    return frozenset(usual)
