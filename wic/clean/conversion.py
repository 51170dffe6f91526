"""Between the scripts of Chinese, by OpenCC: repair of converted text, and conversion for those who ask for it.

OpenCC looks at words, so 后 becomes 後 in 之后 and stays in 皇后. The edits are single characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import groupby

from wic.clean.rules import Rule
from wic.document import Edit, Flag
from wic.errors import WicError
from wic.guess import guess

SURROGATE = re.compile("[\ud800-\udfff]")


def repair(text: str, rules: Sequence[Rule], alphabet: Set[str]) -> tuple[list[Edit], list[Flag]]:
    """The edits of the rule that was asked for: ``variants``, ``to-hans`` or ``to-hant``."""
    if len(rules) > 1:
        names = ", ".join(rule.name for rule in rules)
        raise WicError(f"{names} contradict each other", "enable one of them")
    rule = rules[0]
    if rule.options.get("only_in", "") not in ("", guess(text).script):
        return [], []
    after = SURROGATE.sub("\ufffd", text)  # OpenCC takes UTF-8, which has no surrogates
    for step in rule.options["steps"]:
        after = _converter(step)(after)
    if len(after) != len(text):  # OpenCC keeps the length in these conversions; a new version might not
        return [Edit(rule.name, 0, len(text), text, after)], []
    return list(_edits(text, after, rule)), []


def _edits(text: str, after: str, rule: Rule) -> Iterator[Edit]:
    """An edit for each character that the conversion changed and the options let change."""
    plain = _converter("t2s") if rule.options.get("from_simplified") else None
    keep, words = frozenset(rule.options.get("keep", ())), rule.options.get("words", {})
    changed = {
        at: new
        for at, (old, new) in enumerate(zip(text, after, strict=True))
        if new not in (old, "\ufffd") and old + new not in keep
    }
    if (
        plain
    ):  # an error of conversion leaves the Simplified character standing; other differences are a matter of style
        also = frozenset(rule.options.get("also", ()))
        changed = {at: new for at, new in changed.items() if plain(new) == text[at] or text[at] + new in also}
    characters: Mapping[str, str] = rule.options.get("characters", {})
    changed |= {at: characters[old] for at, old in enumerate(text) if old in characters}
    for pattern, new in rule.options.get("patterns", {}).items():
        changed |= {match.start(): new for match in re.finditer(pattern, text)}
    for wrong, right in words.items():
        at = text.find(wrong)
        while at >= 0:
            changed |= {at + offset: new for offset, new in enumerate(right) if new != wrong[offset]}
            at = text.find(wrong, at + 1)
    for at, _ in groupby(sorted(changed)):
        yield Edit(rule.name, at, at + 1, text[at], changed[at])


@cache
def _converter(name: str) -> Callable[[str], str]:
    try:
        import opencc
    except ImportError:
        raise WicError("conversion between the scripts of Chinese needs OpenCC", "pip install opencc") from None
    convert: Callable[[str], str] = opencc.OpenCC(name).convert
    return convert
