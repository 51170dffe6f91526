"""Finer and coarser words of Chinese and Thai, laid over any engine.

What a word is in a script without blanks is a matter of convention: นายกรัฐมนตรี (prime minister) is one or two,
中华人民共和国 (People's Republic of China) one to four. The default of wic's own engine is that of the UD treebanks.
``fine`` cuts also where wic's model is not sure that there is no cut; ``coarse`` joins words that are together an
entry, of at least three characters, of jieba's or pythainlp's word list. So each cut of a coarser granularity is one
of the finer ones too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from wic.segment.catalogue import engine

# Votes against a cut that ``fine`` overrules: enough to cut most compounds in two. It is meant to be finer than any gold
# of ours: token F1 is 84.7 on wisesight (83.9 with none, 84.9 with half as many), and falls elsewhere (TUD 89.9 to 88.3).
LEAN = 160
MOST = 8  # words that are tried as one entry of a list
THAI, HAN = re.compile("[\u0e01-\u0e4e]"), re.compile("[\u3400-\u9fff]")


def regrained(pieces: list[str], granularity: str) -> tuple[list[str], str]:
    """The pieces in another granularity, and the signature of what made them so; empty where no script has any."""
    text = "".join(pieces)
    thai, han = THAI.search(text) is not None, HAN.search(text) is not None
    if not (thai or han):
        return pieces, ""
    if granularity == "fine":
        return _finer(pieces, text), f"fine-{engine('wic').signature()}"
    signatures = []
    if han:
        from wic.segment import jieba

        pieces = list(_joined(pieces, jieba.simplified(text), jieba.compounds()))
        signatures.append(engine("jieba").signature())
    if thai:
        from wic.segment import newmm

        pieces = list(_joined(pieces, text, newmm.compounds()))
        signatures.append(engine("newmm").signature())
    return pieces, "coarse-" + "-".join(signatures)


def _finer(pieces: Sequence[str], text: str) -> list[str]:
    """The pieces, cut also where wic's model would if it leant more to cutting."""
    from wic.segment import wic

    places = {0, *accumulate(map(len, pieces)), *accumulate(map(len, wic.cut(text, LEAN)))}
    return [text[begin:end] for begin, end in pairwise(sorted(places))]


def _joined(pieces: Sequence[str], text: str, known: frozenset[str]) -> Iterator[str]:
    """The pieces, those joined that are together in ``known``; the longest from the left. ``text`` is looked up."""
    ends = list(accumulate(map(len, pieces)))
    begin = number = 0
    while number < len(pieces):
        last = number
        if not pieces[number].isspace():
            for further in range(number + 1, min(number + MOST, len(pieces))):
                if pieces[further].isspace():
                    break
                if text[begin : ends[further]] in known:
                    last = further
        yield "".join(pieces[number : last + 1])
        begin, number = ends[last], last + 1
