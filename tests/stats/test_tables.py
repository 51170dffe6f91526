"""The tables against counting by hand: n-grams, windows, sentences, dispersion, and tallies that add."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.document import Document, Sentence, Token
from wic.errors import WicError
from wic.segment import segment
from wic.stats import overview, saved, sequences
from wic.stats.group import groups, total
from wic.stats.measures import association, diversity
from wic.stats.sequences import BLOCK
from wic.stats.table import Choice
from wic.stats.tables import collocations, dispersion, keyness, texts, words
from wic.stats.tally import merge, tally

FACTS = json.loads((Path(__file__).parent / "sequences.json").read_text(encoding="utf-8"))
ALL = Choice(None)


def document(name, sentences, lang="en", **metadata):
    """A segmented document of sentences of words; a token that is no word is punctuation."""

    def sentence(tokens):
        pairs = [(token, "word" if token.isalpha() else "punct") for token in tokens]
        return Sentence(0, 0, tuple(Token(text, 0, 0, kind) for text, kind in pairs))

    made = {"clean": "safe", "words": "test-1", "file": f"{name}.txt"}
    return Document(
        id=name, text="", lang=lang, script="Latn", metadata=metadata, sentences=tuple(map(sentence, sentences)),
        provenance=made,
    )  # fmt: skip


word = st.sampled_from(["a", "b", "B", "c", "d", "\u00e9", ".", "7"])
corpora = st.lists(st.lists(st.lists(word, max_size=7), max_size=4), min_size=1, max_size=5)


def made(corpus, by="none"):
    counted = tally(document(f"d{number}", sentences) for number, sentences in enumerate(corpus))
    return groups(counted, by)


def sentences_of(corpus):
    return [[token.casefold() for token in tokens if token.isalpha()] for text in corpus for tokens in text]


def table(rows, key, value="count"):
    return {row[key]: row[value] for row in rows}


@given(corpora, st.integers(1, 4))
def test_words_and_ngrams(corpus, n):
    group = made(corpus)["total"]
    wanted = Counter(
        " ".join(line[start : start + n]) for line in sentences_of(corpus) for start in range(len(line) - n + 1)
    )
    rows = words.ngrams(group, n, ALL).rows
    assert table(rows, "ngram") == wanted
    assert [row["ngram"] for row in rows] == sorted(wanted, key=lambda key: (-wanted[key], key.split()))
    if n == 1:
        shown = words.words(group, ALL).rows
        assert table(shown, "word") == wanted
        has = [{token for line in sentences_of([text]) for token in line} for text in corpus]
        assert table(shown, "word", "texts") == {key: sum(key in text for text in has) for key in wanted}


@given(corpora, st.integers(2, 3), st.integers(0, 2), st.booleans())
def test_skipgrams(corpus, n, skips, each):
    wanted = Counter()
    for line in sentences_of(corpus):
        for places in combinations(range(len(line)), n):
            gaps = [b - a - 1 for a, b in pairwise(places)]
            if (max(gaps) if each else sum(gaps)) <= skips:
                wanted[" ".join(line[place] for place in places)] += 1
    rows = words.skipgrams(made(corpus)["total"], n, skips, ALL, each=each).rows
    assert table(rows, "ngram") == wanted


@given(corpora, st.integers(0, 3), st.integers(0, 3))
def test_collocates_in_a_window(corpus, left, right):
    wanted: Counter[str] = Counter()
    for line in sentences_of(corpus):
        for place, token in enumerate(line):
            if token == "b":
                wanted.update(line[max(place - left, 0) : place] + line[place + 1 : place + 1 + right])
    found = collocations.collocates(made(corpus)["total"], "B", ALL, span=(left, right))
    assert table(found.rows, "collocate") == wanted
    assert all(row["places"] == wanted.total() for row in found.rows)


@given(corpora)
def test_collocates_in_a_sentence(corpus):
    lines = [set(line) for line in sentences_of(corpus) if line]
    found = collocations.collocates(made(corpus)["total"], "b", ALL, span=None).rows
    together = Counter(token for line in lines if "b" in line for token in line - {"b"})
    assert table(found, "collocate") == together
    for row in found:
        assert row["f1"] == sum("b" in line for line in lines)
        assert row["f2"] == sum(row["collocate"] in line for line in lines)
        assert row["n"] == len(lines)


@given(corpora, st.integers(1, 3))
def test_pairs_have_a_true_table_of_four_cells(corpus, reach):
    pairs = [
        (line[a], line[b])
        for line in sentences_of(corpus)
        for a in range(len(line))
        for b in range(a + 1, min(a + reach + 1, len(line)))
    ]
    for row in collocations.collocations(made(corpus)["total"], ALL, reach=reach):
        assert row["count"] == pairs.count((row["first"], row["second"]))
        assert row["f1"] == sum(first == row["first"] for first, _ in pairs)
        assert row["f2"] == sum(second == row["second"] for _, second in pairs)
        assert row["n"] == len(pairs)


@given(corpora, st.sampled_from(["text", "file", "2", "3"]))
def test_dispersion_sums_up(corpus, parts):
    group = made(corpus)["total"]
    part, lengths = group.parts(parts)
    assert len(part) == len(lengths)
    assert lengths.sum() == group.n
    assert sorted(set(part.tolist())) == list(range(max(part, default=-1) + 1))
    for row in dispersion.dispersion(group, ALL, parts=parts):
        assert 1 <= row["range"] <= row["parts"]
        assert row["dp"] == pytest.approx(max(row["dp"], 0))
        assert row["arf"] <= row["count"] + 1e-9


@given(corpora, st.data())
def test_tallies_add_up_whatever_the_cut(corpus, data):
    documents = [document(f"d{n}", text, "en" if n % 2 else "th") for n, text in enumerate(corpus)]
    whole = tally(documents)
    cut = data.draw(st.integers(0, len(documents)))
    parts = merge([tally(documents[:cut]), tally(documents[cut:])])
    assert list(parts.spans()) == list(whole.spans())
    assert [parts.types[number - 1] if number else "" for number in parts.words] == [
        whole.types[number - 1] if number else "" for number in whole.words
    ]
    assert overview.overview(groups(parts), 5) == overview.overview(groups(whole), 5)


@given(corpora)
def test_large_corpora_are_counted_as_small_ones(corpus):
    for group in made(corpus, "file").values():
        plain, fast = overview._plainly(group), overview._with_numpy(group)
        assert (plain.n, plain.spectrum.classes, plain.characters) == (fast.n, fast.spectrum.classes, fast.characters)
        for without in (frozenset(), frozenset("ab")):
            assert plain.words(3, without) == fast.words(3, without)
            assert plain.bigrams(9, without) == fast.bigrams(9, without)


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(1, 6))
def test_moving_averages_by_definition(sequence, window):
    starts = range(len(sequence) - window + 1)
    types = [len(set(sequence[start : start + window])) for start in starts]
    wanted = sum(types) / (window * len(types)) if types else None
    assert diversity.mattr(sequence, window) == wanted
    assert diversity.mattr(np.array(sequence), window) == wanted


@settings(max_examples=30)
@given(st.lists(st.integers(0, 5), max_size=60), st.integers(2, 5))
def test_sequences_too_long_for_one_number(ids, n):
    numbers = np.array(ids, dtype=np.int32)
    short = sequences.ngrams(numbers, n, 5)
    long = sequences._long(numbers, [tuple(range(n))], 1 << 20, n)
    assert (short.words() == long.words()).all()
    assert (short.counts == long.counts).all()


def test_blocks_join_without_a_seam(monkeypatch):
    numbers = np.random.default_rng(1).integers(0, 50, 1000).astype(np.int32)
    whole = sequences.skipgrams(numbers, 3, 2, 49)
    assert len(numbers) < BLOCK
    monkeypatch.setattr(sequences, "BLOCK", 37)
    pieces = sequences.skipgrams(numbers, 3, 2, 49)
    assert (whole.keys == pieces.keys).all()
    assert (whole.counts == pieces.counts).all()


LEXICON = sorted(set(FACTS["tokens"]))
NUMBERS = {token: number for number, token in enumerate(LEXICON, 1)}
TEXT = np.array([*(NUMBERS[token] for token in FACTS["tokens"]), 0], dtype=np.int32)
LINES = np.array([n for line in FACTS["sentences"] for n in [*(NUMBERS[t] for t in line), 0]], dtype=np.int32)


def named(counted):
    rows = counted.words().tolist()
    return {
        " ".join(LEXICON[n - 1] for n in row): count for row, count in zip(rows, counted.counts.tolist(), strict=True)
    }


@pytest.mark.parametrize("window", FACTS["nltk"])
def test_windows_of_nltk(window):
    found = named(sequences.together(TEXT, int(window) - 1, len(LEXICON)))
    for first, second, count in FACTS["nltk"][window]:
        assert found[f"{first} {second}"] == count


@pytest.mark.parametrize("span", FACTS["spans"])
def test_windows_around_a_node(span):
    node, left, right = span.split("_")
    nodes = np.arange(len(LEXICON) + 1) == NUMBERS[node]
    counts, _ = sequences.pairs(TEXT, int(left[1:]), int(right[1:]), nodes)
    assert {LEXICON[n - 1]: int(counts[n]) for n in np.flatnonzero(counts)} == dict(FACTS["spans"][span])


@pytest.mark.parametrize("kind", FACTS["skipgrams"])
def test_skipgrams_of_quanteda(kind):
    n, skips = map(int, kind.split(","))
    assert named(sequences.skipgrams(TEXT, n, skips, len(LEXICON), each=True)) == dict(FACTS["skipgrams"][kind])


def test_collocations_of_quanteda():
    counted = sequences.ngrams(LINES, 2, len(LEXICON))
    rows = counted.words()
    first, second = (np.bincount(rows[:, side], counted.counts) for side in (0, 1))
    cells = association.Cells(counted.counts, first[rows[:, 0]], second[rows[:, 1]], counted.total)
    found = dict(
        zip(
            named(counted),
            zip(association.measure("log_odds_disc", cells), association.measure("log_odds_z", cells), strict=True),
            strict=True,
        )
    )
    for pair, value, z in FACTS["lambda"]:
        assert found[pair] == pytest.approx((value, z), rel=1e-9)


TEXTS = [
    document("one", [["The", "old", "port", "."], ["the", "port", "sleeps"]], year=2023),
    document("two", [["a", "new", "port", "opens"]], year=2024),
    document("empty", [], "th", year=2024),
]


def test_saved_tallies_come_back(tmp_path):
    whole = tally(TEXTS, "year")
    saved.save(whole, tmp_path / "a.tally")
    saved.save(saved.load(tmp_path / "a.tally"), tmp_path / "b.tally")
    assert (tmp_path / "a.tally").read_bytes() == (tmp_path / "b.tally").read_bytes()
    assert saved.is_tally(tmp_path / "a.tally")
    for by in ("lang", "file", "year", "none"):
        again = groups(saved.load(tmp_path / "a.tally"), by)
        assert overview.overview(again, 3) == overview.overview(groups(whole, by), 3)
    with pytest.raises(WicError, match="cannot be grouped by 'month'"):
        groups(whole, "month")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text"])
def test_what_is_no_tally_is_refused(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    assert not saved.is_tally(tmp_path / "x")
    with pytest.raises(WicError, match="not a tally"):
        saved.load(tmp_path / "x")


def test_keywords_against_the_rest_and_against_nothing():
    found = groups(tally(TEXTS, "year"), "year")
    rest = total({name: group for name, group in found.items() if name != "2023"})
    rows = keyness.keyness(found["2023"], rest, ALL).rows
    assert [row["word"] for row in rows] == ["the", "old", "sleeps", "port"]
    assert rows[0]["f1"] == 2
    assert rows[0]["pct_diff"] is None
    assert rows[0]["reason"] == "pct_diff: the word does not occur in the reference"
    under = keyness.keyness(found["2023"], rest, ALL, underused=True).rows
    assert {row["word"] for row in under} == {"a", "new", "opens"}
    nothing = keyness.keyness(found["2023"], groups(tally([]), "none")["total"], ALL)
    assert nothing.notes
    assert all(row["ll_4cell"] == 0 and row["log_ratio_half"] is None and row["reason"] for row in nothing)


def test_nothing_is_no_trouble():
    for corpus in ([], [document("x", [])], [document("x", [["."]])], [document("x", [["word"]])]):
        found = groups(tally(corpus), "none")
        group = found["total"]
        tables = [
            words.words(group, ALL), words.ngrams(group, 2, ALL), words.skipgrams(group, 2, 2, ALL),
            collocations.collocations(group, ALL), collocations.collocates(group, "word", ALL),
            collocations.collocates(group, "other", ALL, span=None), keyness.keyness(group, group, ALL),
            dispersion.dispersion(group, ALL), texts.diversity([group]), texts.zipf([group]),
            texts.readability([group]),
        ]  # fmt: skip
        for table in tables:
            for row in table.rows:
                assert list(row) == table.fields
                missing = [name for name, value in row.items() if value is None and name != "reason"]
                assert not missing or row["reason"]
                assert all(value == value for value in row.values())
        assert overview.overview(found, 5)[0]["words"] == len([1 for text in corpus if text.sentences and group.n])


def test_lengths_that_differ_are_told():
    found = groups(tally(TEXTS, "year"), "year")
    assert "6 words" not in texts.diversity(found.values(), ["mattr_2"]).notes
    (note,) = texts.diversity(found.values()).notes
    assert "4 to 6 words" in note
    assert "ttr" in note


def test_function_words_can_be_left_out():
    group = groups(tally(TEXTS), "none")["total"]
    few = Choice(None, stopwords=False)
    assert "the" not in {row["word"] for row in words.words(group, few)}
    assert {row["ngram"] for row in words.ngrams(group, 3, few)} == {"new port opens"}
    assert all("stopwords=dropped" in row["signature"] for row in words.words(group, few))


@pytest.mark.parametrize("sort", ["mi", "count", "t_score"])
def test_rows_are_ranked(sort):
    group = groups(tally(TEXTS), "none")["total"]
    rows = collocations.collocations(group, ALL, ["mi", "t_score"], sort=sort).rows
    assert [row[sort] for row in rows] == sorted((row[sort] for row in rows), reverse=True)
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("days", [["2024-03-05", "2023-01-02T08:00:00Z", "soon", None, "2023-12-31"]])
def test_the_span_of_the_documents_dates(tmp_path, days):
    texts = [
        segment(Document(id=str(number), text="a b", lang="en", metadata={"date": day} if day else {}))
        for number, day in enumerate(days)
    ]
    whole = tally(texts[:2])
    whole += tally(texts[2:])
    saved.save(whole, tmp_path / "a.tally")
    for counted in (whole, saved.load(tmp_path / "a.tally"), tally(texts)):
        (row,) = overview.overview(groups(counted, "lang"), 0)[:1]
        assert (row["first_date"], row["last_date"]) == ("2023-01-02", "2024-03-05")
    (row,) = overview.overview(groups(tally(texts[2:4]), "lang"), 0)[:1]
    assert (row["first_date"], row["last_date"]) == (None, None)
