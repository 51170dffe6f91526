"""The forward model of the damage makes what real pages show, and the repair undoes what it makes."""

from __future__ import annotations

import re
from itertools import cycle, islice
from pathlib import Path

import pytest

from wic.clean.garble import repair
from wic.clean.garble.forward import SIGNS, decode, encode, garble, table
from wic.document import apply

# Real damage: the text, the entries of the mirror's table that matter in their order, and what the page shows.
REAL = [
    ("日報", [("報", "報(bào)"), ("請", "請(qǐng)")], "日?qǐng)?bào)"),
    ("當的時", [("數", "數(shù)"), ("當", "當(dāng)"), ("時", "時(shí)")], "當(dāng)?shù)臅r(shí)"),
    ("我們在考慮", [("冊", "冊(cè)")], "我們?cè)诳紤]"),
    ("因為在世界發展", [("驗", "驗(yàn)"), ("發", "發(fā)")], "因?yàn)樵谑澜绨l(fā)展"),
    ("寻找当年亲历", [("业", "&#19994;"), ("年", "&#24180;")], "寻?#19994;?#24180;亲历"),
]


@pytest.mark.parametrize(("text", "entries", "shown"), REAL, ids=[shown for _, _, shown in REAL])
def test_the_model_makes_what_pages_show(text: str, entries: list[tuple[str, str]], shown: str) -> None:
    assert garble(text, entries) == shown


def test_a_decoder_that_swallows_nothing() -> None:
    entries = [(sign, f"&#{ord(sign)};") for sign in SIGNS]
    assert garble("新低。“新常態”", entries, swallow=False) == "新低?！靶鲁B”"
    assert garble("日報", [("報", "報(bào)"), ("請", "請(qǐng)")], mark="\ufffd", swallow=False) == (
        "日\ufffd(qǐng)\ufffd(bào)"
    )


def test_commas_are_doubled() -> None:
    assert garble("甲，乙", table(0, insertion="commas")) == "甲，，乙"


def test_undamaged_bytes_come_back() -> None:
    text = "《网》ABC，1“三”·…—\u3000"
    assert decode(encode(text)) == text


def test_a_table_is_drawn_from_a_seed() -> None:
    assert table(3, 0.1) == table(3, 0.1) != table(4, 0.1)
    assert ("網", "網(wǎng)") in table(3, 0.1)


def sentences() -> list[str]:
    """The Simplified articles of the sample corpus in Traditional characters, cut into sentences."""
    from opencc import OpenCC

    folder = Path(__file__).resolve().parents[3] / "corpus" / "zh"
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("hans-*.txt")))
    lines = re.split(r"(?<=[。！？；])|\n", OpenCC("s2t").convert(text))
    return [line for line in lines if line and len(line) >= 8 and "&" not in line]


def outcome(page: list[str], seed: int, share: float) -> list[tuple[bool, bool, bool]]:
    """For each line of a garbled page whether bytes were lost, whether it came back, and whether it is flagged."""
    entries = table(seed, share)
    shown = [garble(line, entries) for line in page]
    raw = "\n".join(shown)
    edits, flags = repair(raw)
    restored = apply(edits, raw).split("\n")
    results, start = [], 0
    for line, damaged, again in zip(page, shown, restored, strict=True):
        plain = re.sub(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)", "", damaged)
        flagged = any(start <= flag.start <= start + len(damaged) for flag in flags)
        results.append((plain != line, again == line, flagged))
        start += len(damaged) + 1
    return results


def rates(lines: int, share: float) -> tuple[float, float, float]:
    """The shares of lines that come back, of those with lost bytes that do, and that are wrong without a flag."""
    source = sentences()
    assert len(source) > 60
    supply, results = cycle(source), []
    for seed in range(lines // 25):
        results += outcome(list(islice(supply, 25)), seed, share)
    lost = [result for result in results if result[0]]
    exact = sum(again for _, again, _ in results) / len(results)
    wrong = sum(not again and not flagged for _, again, flagged in results) / len(results)
    return exact, sum(again for _, again, _ in lost) / len(lost), wrong


def test_pages_come_back() -> None:
    exact, damaged, wrong = rates(500, 0.02)
    assert exact >= 0.98
    assert damaged >= 0.75
    assert wrong <= 0.01


@pytest.mark.long
def test_ten_thousand_lines_come_back() -> None:
    exact, damaged, wrong = rates(10_000, 0.02)
    print(f"exact {exact:.2%}, where bytes were lost {damaged:.2%}, wrong and not flagged {wrong:.2%}")
    assert exact >= 0.99
    assert damaged >= 0.85
    assert wrong <= 0.005
