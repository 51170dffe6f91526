"""What is asked of the postings is what reading all documents would tell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wic.index.postings import Collector, Postings

WORDS = st.sampled_from(["a", "b", "น้ำ", "中国", "互联网", "ab", "two\nlines", "\U0001f600"])


@given(st.lists(st.tuples(st.integers(1, 40_000), st.frozensets(WORDS)), max_size=20), st.sets(WORDS))
def test_documents(steps, asked):
    collector, number, documents = Collector(), -1, {}
    for distance, words in steps:
        number += distance
        documents[number] = words
        collector.add(number, words)
    postings = Postings(*map(b"".join, collector.files()))
    unlisted = {number for number, words in documents.items() if "two\nlines" in words}
    expected = {number for number, words in documents.items() if words & (asked - {"two\nlines"})}
    assert postings.documents(asked.__contains__) == expected | unlisted
