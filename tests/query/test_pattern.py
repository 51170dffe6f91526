"""What an expression cannot do without is really there in all that it matches."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from wic.query.pattern import is_plain, needed, pieces

SOURCES = [
    ("abc", ("abc",)),
    ("ab+c", ("ab",)),
    ("ab?c", ("a",)),
    ("(x|y)abc?d", ("ab",)),
    ("a|bc", ("a", "bc")),
    ("a|b*", ()),
    (r"\d+ (แห่ง|ประเทศ)", (" ",)),
    (r"a\.b\|c", ("a.b|c",)),
    (r"(?P<n>a)bb(?P=n)c", ("bb",)),
    ("[^a]bc[[:alpha:]]d]e", ("d]e",)),
    ("(?i)abc", ()),
    ("(?:foo){e<=1}", ()),
    ("a{2,3}b{0,1}c", ("a",)),
    (r"\x41bc", ("bc",)),
    ("(?=abc)d", ("d",)),
]


@pytest.mark.parametrize(("source", "strings"), SOURCES)
def test_needed(source, strings):
    assert needed(source) == strings
    assert "".join(piece.text for piece in pieces(source)) == source


def test_case():
    assert needed("abc", ignore_case=True) == ()
    assert needed("a中b文字c", ignore_case=True) == ("文字",)


@given(
    st.recursive(
        st.sampled_from(["a", "b", "ab", "[ab]", ".", r"\w", "^", "$", "(?=a)"]),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map("".join),
            st.tuples(inner, inner).map("(?:{0[0]}|{0[1]})".format),
            st.tuples(inner, inner).map("{0[0]}|{0[1]}".format),
            inner.map("({0})*".format),
            inner.map("(?:{0})+".format),
            inner.map("({0}){{0,2}}".format),
        ),
        max_leaves=8,
    ),
    st.text("ab\n", max_size=10),
)
def test_every_match_has_it(source, text):
    strings = needed(source)
    for match in regex.finditer(source, text, regex.V1 | regex.MULTILINE):
        assert not strings or any(string in match[0] for string in strings)


def test_plain():
    assert is_plain("互联网 - 大会") and not is_plain("a.") and not is_plain("a\\b")
