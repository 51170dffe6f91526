"""Lines of a page that are not part of the article: share buttons, navigation, copyright, lists of other articles.

Each rule brings, as data of its language, patterns of whole ``lines``; ``words``, of which a line may consist
entirely, with separators between them (a single one needs company in the document); and ``tails``, lines after which only links to other articles follow. Nothing
is dropped from a text that would have no line left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache, cached_property

from wic.clean.rules import Rule
from wic.document import Edit, Flag

LONGEST = 400  # characters; longer lines are prose
SENTENCE_END = re.compile(r"[。！？!?.…”」』’\"؟]$")
HEADLINE = 80  # characters; a longer line is no link to another article
LINKS = 40


def repair(text: str, rules: Sequence[Rule], alphabet: Set[str]) -> tuple[list[Edit], list[Flag]]:
    """Edits that drop boilerplate lines, each with its line end."""
    lines = text.split("\n")
    dropped = _dropped(lines, [_matcher(rule) for rule in rules])
    if not dropped or not any(line.strip() for number, line in enumerate(lines) if number not in dropped):
        return [], []
    return list(_edits(lines, dropped | dict(_blank_lines_after(lines, dropped)))), []


def _dropped(lines: list[str], matchers: Sequence[_Matcher]) -> dict[int, str]:
    """Numbers of the lines to drop, with the rule that says so."""
    any_rule = _compiled(_either(tuple([matcher.pattern for matcher in matchers])))
    found: dict[int, str] = {}
    certain = written = False  # whether a line was surely boilerplate, whether one of the article has been seen
    for number, line in enumerate(lines):
        bare = line.strip()
        if not bare or len(line) > LONGEST:
            written = written or bool(bare)
            continue
        if not any_rule.fullmatch(bare):  # one look at a line instead of four for each rule
            written = True
            continue
        for matcher in matchers:
            if matcher.tails.fullmatch(bare):
                if written and _only_links(lines[number + 1 :]):
                    return found | dict.fromkeys(range(number, len(lines)), matcher.rule)
                found[number], certain = matcher.rule, True
            elif matcher.lines.fullmatch(bare) or matcher.several_words.fullmatch(bare):
                found[number], certain = matcher.rule, True
            elif matcher.words.fullmatch(bare):
                found[number] = matcher.rule
            else:
                continue
            break
        else:
            written = True
    return found if certain or len(found) > 1 else {}  # "Home" alone on a line can be a heading or a verse


def _only_links(lines: list[str]) -> bool:
    """Whether nothing follows but headlines: short lines that end no sentence."""
    filled = [line.strip() for line in lines if line.strip()]
    return len(filled) <= LINKS and not any(len(line) > HEADLINE or SENTENCE_END.search(line) for line in filled)


def _blank_lines_after(lines: list[str], dropped: dict[int, str]) -> Iterator[tuple[int, str]]:
    """The blank lines that a dropped line leaves beside another blank line, or at the beginning of the text.

    Each number comes with the rule that dropped the line. What ends the text ends it as before.
    """
    last_kept = max(number for number, line in enumerate(lines) if number not in dropped and line.strip())
    apart = True  # whether a blank line, or the beginning, stands before what is dropped
    for number, line in enumerate(lines[:last_kept]):
        if number in dropped:
            rule = dropped[number]
            if apart and number + 1 not in dropped and not lines[number + 1].strip():
                yield number + 1, rule
        elif number - 1 not in dropped or line.strip():
            apart = not line.strip()


def _edits(lines: list[str], dropped: dict[int, str]) -> Iterator[Edit]:
    # A dropped line goes with its own line end; at the end of the text, where there is none, with the one before.
    last_kept = max(number for number in range(len(lines)) if number not in dropped)
    position = 0
    for number, line in enumerate(lines):
        end = position + len(line)
        if number in dropped and number < last_kept:
            yield Edit(dropped[number], position, end + 1, line + "\n", "")
        elif number in dropped:
            yield Edit(dropped[number], position - 1, end, "\n" + line, "")
        position = end + 1


class _Matcher:
    """The patterns of one rule, compiled when a line needs them: most texts have no line that does."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule.name
        self._lines, self._tails, self._words = (
            tuple(rule.options.get(name, ())) for name in ("lines", "tails", "words")
        )
        self.pattern = "|".join((_either(self._lines), _either(self._tails), _of_words(self._words, "+")))

    @cached_property
    def lines(self) -> re.Pattern[str]:
        return _compiled(_either(self._lines))

    @cached_property
    def tails(self) -> re.Pattern[str]:
        return _compiled(_either(self._tails))

    @cached_property
    def words(self) -> re.Pattern[str]:
        return _compiled(_of_words(self._words, "+"))

    @cached_property
    def several_words(self) -> re.Pattern[str]:
        return _compiled(_of_words(self._words, "{2,}"))


@cache
def _matcher(rule: Rule) -> _Matcher:
    return _Matcher(rule)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _either(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)"


def _of_words(words: tuple[str, ...], count: str) -> str:
    """Lines that consist of the words alone."""
    if not words:
        return "(?!)"
    choice = "|".join(sorted(words, key=len, reverse=True))
    return rf"[\W\d_]*+(?:(?>{choice})[\W\d_]*+){count}"
