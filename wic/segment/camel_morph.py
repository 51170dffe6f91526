"""Arabic words cut into morphemes by camel-tools' analyzer and disambiguator, as spans of the text.

The work is done by the real ``Analyzer``, ``MLEDisambiguator`` and ``MorphologicalTokenizer`` over the user's data.
Three things are wic's own: each word type is analysed once (the disambiguator's cache stores nothing); of analyses that
score alike, one that is spelled as the word is comes first; and the tokens are led back to where they stand in the word.
Where ``fast_disambig`` is installed it takes the place of analyzer and disambiguator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import regex

from wic.errors import WicError
from wic.segment import align, camel_data
from wic.segment.arabic import cut as surface

BACKOFF = "NOAN_PROP"  # as the pretrained disambiguator: an unknown word is a proper name
_ALL = 10_000  # analyses asked for, more than any word has
_REMEMBERED = 200_000  # types

_ARABIC = regex.compile(r"\p{Script=Arabic}")


class Scored(NamedTuple):
    """An analysis (``get`` gives a feature's value) and its score."""

    score: float
    analysis: Any


class Disambiguated(NamedTuple):
    """A word with its analyses, the best first, as ``MorphologicalTokenizer`` takes it."""

    word: str
    analyses: list[Scored]


def cut(text: str, scheme: str) -> list[str]:
    """The morphemes of a text and what stands between its words."""
    memory, tokenize = _ready(scheme, tuple(camel_data.need(camel_data.offer("ar"))))
    pieces: list[str] = []
    for word in surface(text):
        found = memory.get(word)
        if found is None:
            if len(memory) >= _REMEMBERED:
                memory.clear()
            plain = len(word) > align.LONGEST or not _ARABIC.search(word)
            found = memory[word] = [word] if plain else align.pieces(word, tokenize(word))
        pieces += found
    return pieces


@cache
def _ready(scheme: str, files: tuple[Path, ...]) -> tuple[dict[str, list[str]], Callable[[str], list[str]]]:
    """What has been cut, to be added to, and the function from a word to its tokens in a scheme."""
    try:
        from camel_tools.tokenizers.morphological import MorphologicalTokenizer

        analyses = (_fast if find_spec("fast_disambig") else _slow)(*files)
    except ImportError as error:
        raise WicError(f"camel-tools cannot be imported: {error}", camel_data.PIP) from None
    except OSError as error:
        raise WicError(f"camel-tools' data cannot be read: {error}", "camel-tools needs a home folder") from None
    except Exception as error:  # the readers of the data raise what they like
        raise WicError(f"{files[0].parent}: not data of camel-tools: {error}", "wic langs --install ar") from None
    tokenizer = MorphologicalTokenizer(Chooser(analyses), scheme, split=True)
    return {}, lambda word: tokenizer.tokenize([word])


class Chooser:
    """A disambiguator for ``MorphologicalTokenizer``: ``analyses`` gives those of a word, the best first."""

    def __init__(self, analyses: Callable[[str], Sequence[Any]]) -> None:
        self.analyses = analyses

    def disambiguate(self, words: Sequence[str]) -> list[Disambiguated]:
        from camel_tools.utils.dediac import dediac_ar

        found = []
        for word in words:
            bare = dediac_ar(word).replace("\u0640", "")  # no word of the model has a tatweel
            scored = [Scored(one.score, getattr(one, "analysis", one)) for one in self.analyses(bare)]
            # Sorting keeps the order of the disambiguator among analyses that are alike in both.
            scored.sort(key=lambda one: (-one.score, dediac_ar(one.analysis.get("diac") or "") != bare))
            found.append(Disambiguated(word, scored))
        return found


def _slow(database: Path, model: Path) -> Callable[[str], Sequence[Any]]:
    from camel_tools.disambig.mle import MLEDisambiguator
    from camel_tools.morphology.analyzer import Analyzer
    from camel_tools.morphology.database import MorphologyDB

    analyzer = Analyzer(MorphologyDB(str(database), "a"), BACKOFF)
    disambiguator = MLEDisambiguator(analyzer, str(model), top=_ALL, cache_size=0)
    return lambda word: disambiguator.disambiguate([word])[0].analyses


def _fast(database: Path, model: Path) -> Callable[[str], Sequence[Any]]:
    from fast_disambig import camel

    opened, trained = camel.PyMorphologyDB(str(database)), camel.PyMLEModel(str(model))
    return lambda word: camel.disambiguate([word], opened, trained, BACKOFF, _ALL)[0].analyses
