"""Writes the Chinese character tables that ship with wic from the data of other projects.

usage: python tools/make_zh_tables.py [--check]

Needs the development packages (OpenCC, Apache-2.0; pypinyin, MIT). With --check nothing is written; the exit code says whether the
files in the repository are what this script makes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRADITIONAL = ROOT / "wic/langs/zh/traditional.tsv"
READINGS = ROOT / "wic/langs/zh/readings.tsv"

# Unified ideographs, extension A, compatibility ideographs, and the supplementary planes of ideographs.
IDEOGRAPHS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


def ideographs() -> Iterator[str]:
    """Every code point that may be a Chinese character, in code point order."""
    for first, last in IDEOGRAPHS:
        yield from map(chr, range(first, last + 1))


def traditional() -> str:
    """The file that maps each Traditional character to the Simplified one that OpenCC writes for it alone."""
    from opencc import OpenCC

    simplify = OpenCC("t2s").convert
    head = (
        "# Traditional character, Simplified character: every single character that OpenCC's t2s changes.\n"
        "# Characters that need their word (乾, 著) have the form that OpenCC gives them alone.\n"
        "# Source: OpenCC, https://github.com/BYVoid/OpenCC, Apache-2.0. Made by tools/make_zh_tables.py.\n"
    )
    pairs = ((character, simplify(character)) for character in ideographs())
    return head + "".join(f"{old}\t{new}\n" for old, new in pairs if new != old and len(new) == 1)


def readings() -> str:
    """The file of the valid readings of the characters that GBK has, by reading."""
    from pypinyin.constants import PINYIN_DICT

    from wic.clean.garble.gbk import shown

    usual: dict[str, list[str]] = {}
    rarer: dict[str, list[str]] = {}
    for character in sorted(shown().values()):
        first, *others = PINYIN_DICT.get(ord(character), "").split(",")
        if first:
            usual.setdefault(first, []).append(character)
        for reading in dict.fromkeys(others):
            if reading != first:
                rarer.setdefault(reading, []).append(character)
    head = (
        "# Reading, characters whose usual reading it is, other characters that can be read so; characters of GBK only.\n"
        "# Source: pypinyin, https://github.com/mozillazg/python-pinyin, MIT (data of pinyin-data, MIT, after Unihan).\n"
        "# Made by tools/make_zh_tables.py.\n"
    )
    lines = (
        f"{reading}\t{''.join(usual.get(reading, ()))}\t{''.join(rarer.get(reading, ()))}\n"
        for reading in sorted({*usual, *rarer})
    )
    return head + "".join(lines)


TABLES = {TRADITIONAL: traditional, READINGS: readings}


def main() -> int:
    stale = [path for path, make in TABLES.items() if not path.is_file() or path.read_text("utf-8") != make()]
    for path in stale:
        print(("would change" if "--check" in sys.argv else "written"), path.relative_to(ROOT))
        if "--check" not in sys.argv:
            path.write_text(TABLES[path](), "utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
