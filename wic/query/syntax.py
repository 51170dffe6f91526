"""What the user typed → a query: patterns compiled once, before any file is opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wic.errors import WicError
from wic.query.carets import no_expression
from wic.query.pattern import is_plain, needed

if TYPE_CHECKING:
    import regex

    from wic.query.spread import Finder

TIMEOUT = 10.0  # seconds that a pattern may take on one document


def too_slow() -> WicError:
    """The error for a pattern that was stopped."""
    return WicError(
        f"the pattern took more than {TIMEOUT:g} seconds", "make it simpler: nested repeats such as (a+)+ never end"
    )


@dataclass(frozen=True, slots=True)
class Query:
    """Compiled patterns and how to apply them.

    ``pattern`` is applied to the text, folded before if ``fold``. ``in_bytes`` finds the same in the bytes of UTF-8 text
    where there is such an expression. A line without one of ``needed`` has no match (empty: nothing is known). ``word``
    asks for matches that begin and end at word boundaries; ``across`` lets them go over line ends.
    """

    pattern: re.Pattern[str] | regex.Pattern[str]
    in_bytes: Finder | None = None
    needed: tuple[str, ...] = ()
    fold: bool = False
    word: bool = False
    across: bool = False

    @property
    def timed(self) -> dict[str, Any]:
        """What the methods of ``pattern`` must be given to be stopped in time; plain strings need no watching."""
        return {} if isinstance(self.pattern, re.Pattern) else {"timeout": TIMEOUT}


def compile(
    patterns: Sequence[str],
    *,
    fixed: bool = False,
    ignore_case: bool = False,
    folded: bool = False,
    word: bool = False,
    line: bool = False,
    across: bool = False,
) -> Query:
    """A query that finds any of ``patterns``: regular expressions in the syntax of the ``regex`` package.

    With ``fixed`` they are plain strings; with ``folded`` characters that differ only as spellings do match; with
    ``line`` a match must be a whole line. Raises WicError with the column of what is wrong with a pattern.
    """
    strings = [pattern for pattern in patterns if fixed or is_plain(pattern)]
    # Python's own engine knows no time limit, but it reads plain strings faster, and regex takes long to import.
    if len(strings) == len(patterns) and not line and not any("\n" in string for string in strings):
        return _of_strings(strings, ignore_case=ignore_case, folded=folded, word=word, across=across)
    return _of_expressions(
        patterns, fixed=fixed, ignore_case=ignore_case, folded=folded, word=word, line=line, across=across
    )


def _of_strings(strings: Sequence[str], *, ignore_case: bool, folded: bool, word: bool, across: bool) -> Query:
    from wic.query.spread import finder, text_pattern

    texts = [text_pattern(string, folded=folded, ignore_case=ignore_case) for string in strings]
    in_bytes = finder(strings, folded=folded, ignore_case=ignore_case)
    exact = tuple(strings) if not ignore_case and not folded and all(strings) else ()
    return Query(re.compile("|".join(texts)), in_bytes, exact, False, word, across)


def _of_expressions(
    patterns: Sequence[str], *, fixed: bool, ignore_case: bool, folded: bool, word: bool, line: bool, across: bool
) -> Query:
    import regex

    parts, known = [], []
    for pattern in patterns:
        text = regex.escape(pattern, literal_spaces=True) if fixed else pattern
        try:
            regex.compile(text, regex.V1)
        except regex.error as error:
            raise no_expression(error, pattern, 0, "or search for the characters themselves with -F") from None
        known.append(() if folded else needed(text, ignore_case=ignore_case))
        if folded:
            from wic.query.fold import fold_pattern

            text = fold_pattern(text)
        parts.append(f"^(?:{text})$" if line else text)
    flags = regex.V1 | regex.MULTILINE | (regex.IGNORECASE if ignore_case or folded else 0)
    whole = parts[0] if len(parts) == 1 else "|".join(f"(?:{part})" for part in parts)
    strings = tuple(dict.fromkeys(s for some in known for s in some)) if all(known) and not across else ()
    return Query(regex.compile(whole, flags), None, strings, folded, word, across)
