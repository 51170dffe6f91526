"""Rests of HTML in a text: tags whose other half was cut off, line breaks, comments, whole scripts.

A text can also be about HTML. So a tag is taken for a rest only if it shows that it did something: it closes, it
stands for itself, it has attributes, or its partner is there too. Tags between backticks and tags that the text
calls a tag stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache
from typing import NamedTuple

from wic.clean.entities import code
from wic.clean.rules import Rule
from wic.document import Edit, Flag

ALONE = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr"))
TAGS = re.compile(r"(?:<[^<>\n]{0,300}>){0,20}")
WITH_CONTENT = ("script", "style", "noscript", "iframe")


class _Tag(NamedTuple):
    start: int
    end: int
    name: str
    closes: bool
    attributes: bool


def repair(text: str, rules: Sequence[Rule], alphabet: Set[str]) -> tuple[list[Edit], list[Flag]]:
    """Edits that take rests of HTML out; where a tag ended a paragraph, a line end takes its place if none is there."""
    rule = rules[0]
    blocks, mentioned = frozenset(rule.options["blocks"]), _mentioned(tuple(rule.options["mentions"]))
    tags = list(_tags(text, tuple(rule.options["inline"]) + tuple(rule.options["blocks"])))
    halves = Counter((tag.name, tag.closes) for tag in tags)
    edits: list[Edit] = []
    quoted = code(text)
    last = 0
    for tag in tags:
        if tag.start < last:
            continue
        paired = bool(halves[tag.name, True] and halves[tag.name, False])
        leading = tag.name in blocks and text[tag.start - 1 : tag.start] in ("", "\n", ">")
        if not (tag.closes or tag.attributes or paired or leading or tag.name in ALONE | {"!"}):
            continue
        if quoted(tag.start) or mentioned.match(text, tag.end):
            continue
        after = "\n" if tag.name in blocks and _inside_line(text, tag, edits) else ""
        edits.append(Edit(rule.name, tag.start, tag.end, text[tag.start : tag.end], after))
        last = tag.end
    return edits, []


def _inside_line(text: str, tag: _Tag, edits: list[Edit]) -> bool:
    """Whether text stands before the tag on its line, and after it and the tags behind it."""
    match = TAGS.match(text, tag.end)
    end = match.end() if match else tag.end
    if text[end : end + 1] in ("", "\n", "\r", " ", "\t", "\u3000"):
        return False
    start = tag.start
    if edits and edits[-1].end == start:
        return not edits[-1].after and edits[-1].start > 0 and text[edits[-1].start - 1] not in "\n\r \t\u3000"
    return start > 0 and text[start - 1] not in "\n\r \t\u3000"


def _tags(text: str, names: tuple[str, ...]) -> Iterator[_Tag]:
    at = 0
    pattern = _pattern(names)
    closing_found = dict.fromkeys((*WITH_CONTENT, "!"), True)
    while match := pattern.search(text, at):
        at = match.end()
        if match[0] == "<!--":
            end = text.find("-->", at) if closing_found["!"] else -1
            closing_found["!"] = end >= 0
            if end >= 0:
                at = end + 3
                yield _Tag(match.start(), at, "!", True, False)
            continue
        name = match["name"].lower()
        closes = match["slash"] == "/"
        if name in WITH_CONTENT and not closes and closing_found[name]:
            end_tag = _end_tag(name).search(text, at)
            closing_found[name] = closes = end_tag is not None
            at = end_tag.end() if end_tag else at
        yield _Tag(match.start(), at, name, closes, bool(match["attributes"]))


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    choice = "|".join(sorted({*names, *ALONE, *WITH_CONTENT}, key=len, reverse=True))
    attributes = r"""(?P<attributes>\s[^<>]{0,1000}?=[^<>]{0,1000})?"""
    return re.compile(rf"<!--|<(?P<slash>/?)(?P<name>{choice}){attributes}\s{{0,5}}/?>", re.IGNORECASE)


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\s{{0,5}}>", re.IGNORECASE)


@cache
def _mentioned(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{'|'.join(words)})", re.IGNORECASE)
