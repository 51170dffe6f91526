"""Writes wic/langs/zh/frequent.txt: the Simplified characters that are most of running text, most frequent first.

Counted in jieba's dictionary (each word as often as its frequency says), MIT licence, https://github.com/fxsjy/jieba.
"""

from collections import Counter
from pathlib import Path

import jieba

COUNT = 2500
LINE = 50

counts: Counter[str] = Counter()
for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
    word, frequency, *_ = line.split(" ")
    for character in word:
        if "\u4e00" <= character <= "\u9fff":
            counts[character] += int(frequency)
ranked = "".join(character for character, _ in counts.most_common(COUNT))
head = [
    f"# The {COUNT} Simplified characters that are most frequent in running text, most frequent first.",
    "# Source: word frequencies of jieba, https://github.com/fxsjy/jieba, MIT. Made by tools/make_frequent_characters.py.",
]
lines = [ranked[start : start + LINE] for start in range(0, COUNT, LINE)]
target = Path(__file__).parent.parent / "wic/langs/zh/frequent.txt"
target.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
