"""Paragraphs that repeat an earlier one but for a few characters, side by side with it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from wic.report.gather import Gathered
from wic.report.markup import escaped, isolated, tag
from wic.report.page import Section

MOST = 40  # pairs
LONGEST = 600  # characters of a paragraph


def sections(found: Gathered) -> Iterator[Section]:
    """The section, where there are any."""
    from wic.clean.duplicates import Index

    index = Index()
    first: dict[str, tuple[str, str]] = {}
    pairs: list[str] = []
    count = 0
    for source, line, marks in found.paragraphs:
        for paragraph in marks.paragraphs:
            if match := index.find(paragraph.text, paragraph.signature):
                count += 1
                if len(pairs) < MOST and match.text in first:
                    earlier = first[match.text]
                    pairs.append(_pair(*earlier, source, line, match.similarity))
            else:
                first.setdefault(paragraph.text, (source, line))
    if not count:
        return
    note = f"{count:,} paragraphs repeat an earlier one (shared runs of three characters, after folding). wic clean --dedup leaves them out."
    yield Section("repeated", "Near-duplicates", tag("p", note) + "".join(pairs))


def _pair(source: str, line: str, other_source: str, other: str, similarity: float) -> str:
    one, two = line.strip()[:LONGEST], other.strip()[:LONGEST]
    left, right = [], []
    for what, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        changed = what != "equal"
        left.append(tag("del", escaped(one[a:b])) if changed and b > a else escaped(one[a:b]))
        right.append(tag("ins", escaped(two[c:d])) if changed and d > c else escaped(two[c:d]))
    return tag(
        "div",
        tag("div", tag("div", *left, dir="auto"), tag("div", isolated(source), class_="source")),
        tag("div", tag("div", *right, dir="auto"), tag("div", isolated(other_source), f" · {similarity:.0%}", class_="source")),
        class_="twins",
    )  # fmt: skip
