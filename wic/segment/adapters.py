"""Word engines of other packages, for those who have them installed; their words are laid over the text.

Each is asked as its own documentation does it. They may leave white space out, but no word may differ from the text.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from wic.errors import WicError


def attacut(text: str) -> list[str]:
    """AttaCut (MIT): a convolutional network for Thai; Chormai et al. 2019, https://github.com/PyThaiNLP/attacut."""
    from attacut import tokenize

    return list(_laid("attacut", text, tokenize(text)))


def deepcut(text: str) -> list[str]:
    """DeepCut (MIT): a convolutional network for Thai, https://github.com/rkcosmos/deepcut."""
    from deepcut import tokenize

    return list(_laid("deepcut", text, tokenize(text)))


def thulac(text: str) -> list[str]:
    """THULAC (MIT): a structured perceptron for Chinese; Li and Sun 2009, https://github.com/thunlp/THULAC-Python."""
    return list(_laid("thulac", text, (word for word, _ in _thulac()(text))))


@cache
def _thulac() -> Callable[[str], Iterable[tuple[str, str]]]:
    with contextlib.redirect_stdout(io.StringIO()):  # it says there that it has loaded its model
        from thulac import thulac as made

        cut: Callable[[str], Iterable[tuple[str, str]]] = made(seg_only=True).cut
    return cut


def icu(text: str) -> list[str]:
    """ICU's word boundaries (Unicode licence), with dictionaries for Thai, Chinese, Lao, Khmer and Burmese."""
    words = _icu()
    words.setText(text)
    ends = [0, *words]
    if any(character > "\uffff" for character in text):  # ICU counts in 16-bit units
        units = {0: 0}
        sizes = (1 + (character > "\uffff") for character in text)
        units.update((unit, place) for place, unit in enumerate(accumulate(sizes), 1))
        ends = [units[end] for end in ends if end in units]
    return [text[begin:end] for begin, end in pairwise(ends)]


@cache
def _icu() -> Any:
    from icu import BreakIterator, Locale

    return BreakIterator.createWordInstance(Locale.getRoot())


def _laid(engine: str, text: str, words: Iterable[str]) -> Iterator[str]:
    """The words as pieces of the text, and what stands between them."""
    position = 0
    for word in map(str.strip, words):
        start = text.find(word, position)
        if start < 0:
            raise WicError(f"engine {engine!r} gave {word!r}, which is not in the text", "choose another engine")
        if start > position:
            yield text[position:start]
        if word:
            yield word
            position = start + len(word)
    if position < len(text):
        yield text[position:]
