"""Where the tokens that a morphological scheme writes stand in the word that they were made of.

A scheme respells: it writes the article that ``للبيت`` (to the house) swallows, and the ``ة`` that becomes ``ت`` before
a pronoun. The cheapest alignment of the letters of both, found by edit distance, says where the word is to be cut.
"""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 60  # letters; the table grows with the square of a word's length, and no word of the language is longer

#: Letters that one scheme or another writes for each other: seats of hamza, yeh, teh marbuta.
_FAMILIES = ("اأإآٱء", "يىئ", "وؤ", "ةته")
_FAMILY = {letter: number for number, letters in enumerate(_FAMILIES) for letter in letters}
_MARKS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640")  # vowel marks and tatweel
_GAP, _SWAP, _KIN = 4, 7, 1


def pieces(word: str, tokens: Sequence[str]) -> list[str]:
    """The word cut where the tokens begin; a token that has no letter of its own in the word is left out.

    A vowel mark stays with the letter before it. ``tokens`` may be marked with ``+`` where they were joined.
    """
    places = [place for place, letter in enumerate(word) if letter not in _MARKS]
    if len(tokens) < 2 or not 1 < len(places) <= LONGEST:
        return [word]
    letters = [_letters(token) for token in tokens]
    ends = _ends([word[place] for place in places], letters)
    cuts = sorted({places[end] for end in ends if 0 < end < len(places)})
    return [word[start:end] for start, end in zip([0, *cuts], [*cuts, len(word)], strict=True)]


def _letters(token: str) -> list[str]:
    return [letter for letter in token if letter not in _MARKS and letter != "+"]


def _ends(word: Sequence[str], tokens: Sequence[Sequence[str]]) -> list[int]:
    """How many letters of the word are used up when each token, in order, is."""
    made = [letter for token in tokens for letter in token]
    rows = [[_GAP * column for column in range(len(word) + 1)]]
    for letter in made:
        above = rows[-1]
        row = [above[0] + _GAP]
        for column, own in enumerate(word):
            row.append(min(above[column] + _cost(own, letter), above[column + 1] + _GAP, row[column] + _GAP))
        rows.append(row)
    used = [0] * (len(made) + 1)
    row_number, column = len(made), len(word)
    used[row_number] = column
    while row_number:
        here = rows[row_number][column]
        if column and here == rows[row_number - 1][column - 1] + _cost(word[column - 1], made[row_number - 1]):
            column -= 1
            row_number -= 1
        elif here == rows[row_number - 1][column] + _GAP:
            row_number -= 1
        else:
            column -= 1
            continue
        used[row_number] = column
    ends, count = [], 0
    for token in tokens:
        count += len(token)
        ends.append(used[count])
    return ends


def _cost(one: str, other: str) -> int:
    if one == other:
        return 0
    family = _FAMILY.get(one)
    return _KIN if family is not None and family == _FAMILY.get(other) else _SWAP
