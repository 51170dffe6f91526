"""Documents that repeat an earlier one are found in few documents and in many alike, and no others are."""

from __future__ import annotations

import random
from array import array

import pytest

from wic.document import Document
from wic.segment import segment
from wic.stats import overview, repeats
from wic.stats.group import groups
from wic.stats.tally import END, Tally, tally


def corpus(documents):
    words, spans = array("i"), []
    for document in documents:
        start = len(words)
        for at in range(0, len(document), 20):
            words.extend([*document[at : at + 20], END])
        spans.append((start, len(words)))
    return words, spans


def drawn(dice, length):
    return [dice.randrange(1, 20_000) for _ in range(length)]


def changed(dice, document, share):
    copy = list(document)
    for place in dice.sample(range(len(copy)), int(share * len(copy))):
        copy[place] = 20_000 + place
    return copy


@pytest.fixture(scope="module")
def copies():
    """Documents of many lengths, two in five a copy of an earlier one, with the share that was changed or None."""
    dice = random.Random(1)
    documents, shares = [], []
    for _ in range(400):
        share = dice.choice([None, None, None, 0.0, 0.05, 0.6])
        old = [document for document, made in zip(documents, shares, strict=True) if made is None]
        if share is None or not old:
            documents.append(drawn(dice, dice.choice([10, 40, 150, 600, 3000])))
            shares.append(None)
        else:
            documents.append(changed(dice, dice.choice(old), share))
            shares.append(share)
    return documents, shares


@pytest.mark.parametrize("find", [repeats.of_few, repeats.of_many])
def test_copies_are_found(copies, find):
    documents, shares = copies
    expected = [
        share is not None and share <= 0.05 and len(document) >= 40
        for document, share in zip(documents, shares, strict=True)
    ]
    assert find(*corpus(documents)) == expected


@pytest.mark.parametrize("find", [repeats.of_few, repeats.of_many])
@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([[], []], [False, False]),
        ([[1], [1]], [False, False]),
        ([[1, 2] * 50, [1, 2] * 50], [False, False]),  # two runs
        ([list(range(1, 23)), list(range(1, 23))], [False, True]),  # twenty
        ([list(range(1, 22)), list(range(1, 22))], [False, False]),
        ([list(range(1, 100)), list(range(1, 100)), list(range(1, 100))], [False, True, True]),
        ([list(range(1, 100)), [*range(1, 100), *range(200, 500)]], [False, False]),  # holds it, and is another
        ([list(range(1, 100)), list(range(99, 0, -1))], [False, False]),
    ],
)
def test_borders(find, documents, expected):
    assert find(*corpus(documents)) == expected


def test_the_overview_counts_them():
    text = "".join(f"The {word} of a {word}ness is an {word}ing. " for word in ("red", "blue", "green", "sad", "old"))
    documents = [
        segment(Document(id=str(number), text=text + str(number), lang=lang))
        for number, lang in enumerate(["en", "en", "fr", "en"])
    ]
    documents.append(segment(Document(id="other", text="Nothing of this has been said before.", lang="en")))
    rows = overview.overview(groups(tally(documents), "lang"), 0)
    assert {row["group"]: row["near_duplicates"] for row in rows} == {"en": 2, "fr": 1, "total": 3}
    parts = [tally(documents[:2]), tally(documents[2:])]
    parts[0] += parts[1]
    assert overview.overview(groups(parts[0], "lang"), 0) == rows
    assert overview.overview(groups(Tally(), "lang"), 0)[0]["near_duplicates"] == 0
