"""Edits lead from the text as read to the clean text and back, and offsets follow them."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wic.characters import Classes, counts
from wic.compiled import compiled, is_compiled
from wic.document import (
    Document,
    Edit,
    OffsetMap,
    _applied,
    _composed,
    _replacements,
    apply,
    compose,
    replacements,
    tile,
    undo,
)

both = pytest.mark.skipif(not is_compiled(), reason="built without a compiler")
TEXT = st.text(alphabet="ab網ก\u200b😀 \n,(", max_size=30)


@st.composite
def edits_on(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if edits and (edits[-1].end > start or (edits[-1].end == start and start == end)):
            continue
        after = draw(st.text(alphabet="xy字", max_size=3))
        if text[start:end] != after:
            edits.append(Edit(draw(st.sampled_from("pq")), start, end, text[start:end], after))
    return edits


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXT)
    return text, draw(edits_on(text))


@st.composite
def edited_twice(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    text, first = draw(edited())
    return text, first, draw(edits_on(apply(first, text)))


@given(edited())
def test_undoing_gives_the_input(case):
    text, edits = case
    assert undo(edits, apply(edits, text)) == text
    assert Document(id="1", text=apply(edits, text), edits=tuple(edits)).raw == text


@given(edited_twice())
def test_composed_edits_do_what_both_rounds_do(case):
    text, first, second = case
    both = compose(text, first, second)
    clean = apply(second, apply(first, text))
    assert apply(both, text) == clean
    assert undo(both, clean) == text
    assert all(text[e.start : e.end] == e.before != e.after for e in both)
    assert all(a.end <= b.start for a, b in pairwise(both))


@given(edited(), st.integers(0, 40), st.integers(0, 40))
def test_spans_stay_in_bounds_and_in_order(case, a, b):
    text, edits = case
    clean, offsets = apply(edits, text), OffsetMap(edits)
    start, end = sorted((min(a, len(clean)), min(b, len(clean))))
    raw_start, raw_end = offsets.to_raw(start, end)
    assert 0 <= raw_start <= raw_end <= len(text)
    if start < end and all(edit.before for edit in edits):  # an inserted character has no place to come back from
        back = offsets.to_clean(raw_start, raw_end)
        assert back[0] <= start and end <= back[1]
    later = offsets.to_raw(end, len(clean))
    assert later[0] >= offsets.to_raw(start, start)[0]


@given(edited())
def test_characters_no_edit_touched_keep_their_character(case):
    text, edits = case
    clean, offsets = apply(edits, text), OffsetMap(edits)
    for position, character in enumerate(clean):
        start, end = offsets.to_raw(position, position + 1)
        inside = [e for e in edits if e.start <= start and end <= e.end and e.after]
        assert text[start:end] == character or inside


@given(edited(), st.lists(st.integers(1, 4)))
def test_tokens_tile_the_clean_text(case, lengths):
    text, edits = case
    clean = apply(edits, text)
    pieces, position = [], 0
    for length in [*lengths, len(clean)]:
        if piece := clean[position : position + length]:
            pieces.append(piece)
            position += length
    tokens = tile(pieces, ["word"] * len(pieces), OffsetMap(edits))
    assert "".join(token.text for token in tokens) == clean
    ends = list(accumulate(map(len, pieces)))
    for token, end in zip(tokens, ends, strict=True):
        assert (token.start, token.end) == OffsetMap(edits).to_raw(end - len(token.text), end)
    assert all(0 <= t.start <= t.end <= len(text) for t in tokens)


def test_a_hit_points_to_the_whole_unit_that_was_repaired():
    text = "互聯(lián)網(wǎng)在"
    edits = [Edit("r", 1, 8, "聯(lián)", "聯"), Edit("r", 8, 15, "網(wǎng)", "網")]
    edits = [e._replace(end=e.start + len(e.before)) for e in edits]
    edits[1] = edits[1]._replace(start=edits[0].end, end=edits[0].end + len(edits[1].before))
    assert apply(edits, text) == "互聯網在"
    start, end = OffsetMap(edits).to_raw(0, 3)
    assert text[start:end] == "互聯(lián)網(wǎng)"


@both
@given(edited_twice())
def test_the_compiled_part_applies_and_composes_alike(case):
    text, first, second = case
    assert compiled.apply(first, text) == _applied(first, text)
    composed = compiled.compose(text, first, second, Edit)
    assert tuple(composed) == _composed(text, first, second)
    assert all(type(edit) is Edit for edit in composed)


@both
@given(edited_twice(), st.data())
def test_the_compiled_part_names_rules_and_confidences_alike(case, data):
    text, *rounds = case
    named = st.sampled_from(("p", "q", "p+q", "q+r")), st.sampled_from((0.5, 0.7, 1.0))
    first, second = (
        [edit._replace(rule=data.draw(named[0]), confidence=data.draw(named[1])) for edit in edits] for edits in rounds
    )
    assert tuple(compiled.compose(text, first, second, Edit)) == _composed(text, first, second)


@given(st.lists(st.tuples(st.text(alphabet="aกข網😀\ud800", min_size=1, max_size=4), st.sampled_from("aก網😀\uffff"))))
def test_replacements_put_characters_for_units(units):
    text, meant = "".join(old for old, _ in units), "".join(new for _, new in units)
    lengths = bytes(len(old) for old, _ in units)
    found = replacements("rule", text, lengths, meant, "\uffff", 3)
    assert found == _replacements("rule", text, lengths, meant, "\uffff", 3)
    assert apply(found, "   " + text) == "   " + "".join(old if new == "\uffff" else new for old, new in units)


@both
@pytest.mark.parametrize(
    "call",
    [
        lambda: compiled.apply([("rule", 0, 1)], "a"),
        lambda: compiled.apply([("rule", "0", 1, "a", "b", 1.0)], "a"),
        lambda: compiled.compose("a", [1], [2], Edit),
        lambda: compiled.compose("a", [], [], "Edit"),
        lambda: compiled.replacements("rule", "ab", b"\x01", "a", "x", 0, Edit),
        lambda: compiled.replacements("rule", "ab", b"\x02", "ab", "x", 0, Edit),
        lambda: compiled.replacements("rule", "a", b"\x01", "b", "", 0, Edit),
    ],
)
def test_the_compiled_part_refuses_what_are_no_edits(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


@given(st.text())
def test_characters_are_counted_as_a_counter_counts(text):
    found = counts(text)
    assert list(found.items()) == list(Counter(text).items())
    assert found["\x00never"] == 0


def test_more_characters_than_the_smallest_table_of_counts_holds():
    text = "".join(map(chr, [*range(0xD800), *range(0xD800), *range(0x10000, 0x30000)]))
    assert list(counts(text).items()) == list(Counter(text).items())


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_classes_are_counted_as_their_characters_are(texts):
    asked: list[str] = []

    def size(character):
        asked.append(character)
        return len(character.encode())

    classes = Classes(size)
    for text in texts:
        expected = Counter(len(character.encode()) for character in text)
        assert list(classes.count(text).items()) == list(expected.items())
        names = list(classes._numbers)
        assert [(names[number - 1], count) for number, count in classes._classed(text).items()] == list(
            expected.items()
        )
    assert sorted(asked) == sorted(set("".join(texts)))  # each character once


def test_what_goes_wrong_with_classes_comes_out():
    with pytest.raises(ZeroDivisionError):
        Classes(lambda character: 1 // 0).count("a")
    with pytest.raises(ValueError):
        Classes(lambda character: character).count("".join(map(chr, range(300))))
