"""Lines are selected as a line-by-line search would select them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from wic.query.lines import lines
from wic.query.match import Span

TEXT = st.text(alphabet="ab\n", max_size=40)


def spans(text, pattern):
    return [Span(*match.span()) for match in re.finditer(pattern, text)]


@given(TEXT, st.sampled_from(["a", "ab", "bb"]), st.booleans())
def test_selection(text, pattern, invert):
    expected = [n for n, line in enumerate(text.splitlines(), 1) if (pattern in line) != invert]
    found = lines(text, spans(text, pattern), invert=invert, before=0, after=0, most=None)
    assert [line.number for line in found] == expected


@given(TEXT, st.integers(0, 2), st.integers(0, 2), st.none() | st.integers(0, 3))
def test_context(text, before, after, most):
    plain = text.splitlines()
    found = list(lines(text, spans(text, "ab"), invert=False, before=before, after=after, most=most))
    chosen = [n for n, line in enumerate(plain, 1) if "ab" in line][:most]
    near = {m for n in chosen for m in range(n - before, n + after + 1) if 1 <= m <= len(plain)}
    assert [line.number for line in found] == sorted(near)
    assert [line.number for line in found if line.selected] == chosen
    assert [line.text for line in found] == [plain[line.number - 1] for line in found]
    assert all(text[line.start :].startswith(line.text) for line in found)
    assert [line.apart for line in found] == [n - 1 not in near and n != min(near) for n in sorted(near)]


def test_a_match_over_lines_selects_them_all():
    found = list(lines("one\ntwo\nthree\n", [Span(2, 6)], invert=False, before=0, after=0, most=None))
    assert [(line.number, line.text) for line in found] == [(1, "one"), (2, "two")]
