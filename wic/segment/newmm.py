"""Thai words by dictionary and maximal matching, with the output of pythainlp's ``newmm`` engine.

The algorithm and the cluster rules are those of pythainlp 5.4 (``pythainlp/tokenize/newmm.py``, ``tcc_p.py``,
``_utils.py``; Apache-2.0, copyright PyThaiNLP Project, by Korakot Chaovavanich). They are written anew here because
importing pythainlp and building its trie takes 0.7 s, and because its clusters and its search take time that grows
with the square of the length on long runs. The dictionary is pythainlp's own file, so the words are those of the
installed version. A test holds the output against the installed ``word_tokenize``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from heapq import heappop, heappush
from importlib.util import find_spec
from pathlib import Path

from wic.errors import WicError

# Thai character clusters, in pythainlp's order, which decides. c: a consonant; t: a tone mark; k: a silenced
# consonant that closes the cluster; d: a vowel below the line.
_RULES = """
    เc็ck เcctาะk เccีtยะk เccีtย(?=[เ-ไก-ฮ]|$)k เcc็ck เcิc์ck เcิtck เcีtยะ?k เcืtอะ?k
    เc[ิีุู]tย(?=[เ-ไก-ฮ]|$)k เctา?ะ?k cัtวะk c[ัื]tc[ุิะ]?k c[ิุู]์ c[ะ-ู]tk cรรc์ c็ ct[ะาำ]?k ck แc็c แcc์
    แctะ แcc็c แccc์ โctะ [เ-ไ]ct ก็ อึ หึ
"""
CLUSTER = re.compile(
    "|".join(
        rule.replace("k", "(?:cc?[d\u0e34]?\u0e4c)?")
        .replace("c", "[\u0e01-\u0e2e]")
        .replace("t", "[\u0e48-\u0e4b]?")
        .replace("d", "\u0e39\u0e38")
        for rule in _RULES.split()
    )
)
_NOT_THAI = re.compile(r"[-a-zA-Z]+|\d+(?:[,\.]\d+)*|[ \t]+|\r?\n|[^\u0e00-\u0e7f \t\r\n]+")
_TOO_SHORT = re.compile("[\u0e01-\u0e2e]{,2}$")  # words too short to end an unknown stretch
_BROKEN_NUMBER = re.compile(r"(?:\d+[.,:])+\d+")
_MOST_EDGES = 50  # in one ambiguous stretch; beyond it only the shortest word at each place is followed


def cut(text: str) -> list[str]:
    """What ``word_tokenize(text, engine="newmm", keep_whitespace=True)`` returns, in time linear in the length."""
    return list(_rejoin(text, _words(text))) if text else []


def clusters(text: str) -> bytearray:
    """For each offset from 0 to the length, whether a character cluster ends there."""
    ends = bytearray(len(text) + 1)
    position = 0
    while position < len(text):
        found = CLUSTER.match(text, position)
        position = found.end() if found else position + 1
        ends[position] = 1
    return ends


@cache
def compounds() -> frozenset[str]:
    """The words of pythainlp's list that have at least three characters and no blank."""
    return frozenset(word for word, whole in _dictionary().items() if whole and len(word) > 2 and " " not in word)


@cache
def _dictionary() -> dict[str, bool]:
    """Every beginning of a word of pythainlp's list, and whether it is a word."""
    spec = find_spec("pythainlp")
    if spec is None or spec.origin is None:
        raise WicError("engine 'newmm' needs the package pythainlp, which is not installed", "pip install pythainlp")
    lines = Path(spec.origin).with_name("corpus").joinpath("words_th.txt").read_text(encoding="utf-8-sig").splitlines()
    words = {line.strip() for line in lines} - {""}
    found = dict.fromkeys((word[:end] for word in words for end in range(1, len(word))), False)
    found.update(dict.fromkeys(words, True))
    return found


def _words(text: str) -> Iterator[str]:
    """The cuts of newmm before numbers are put together."""
    known, ends, length = _dictionary(), clusters(text), len(text)
    graph: dict[int, list[int]] = {}  # where the words that begin at each place end, since `done`
    edges = 0
    queue, queued = [0], {0}  # places that a chain of words has reached and that are still to be extended
    done = 0
    while queue[0] < length:
        begin = heappop(queue)
        queued.discard(begin)
        for end in _ends(text, begin, known, ends):
            graph.setdefault(begin, []).append(end)
            edges += 1
            if end not in queued:
                heappush(queue, end)
                queued.add(end)
            if edges > _MOST_EDGES:
                break
        if len(queue) == 1:  # all chains meet here
            for end in _shortest(graph, done, queue[0]):
                yield text[done:end]
                done = end
        elif not queue:  # no chain goes on: an unknown stretch
            done = _skip(text, begin, known, ends)
            yield text[begin:done]
            queue, queued = [done], {done}
        else:
            continue
        graph.clear()
        edges = 0


def _ends(text: str, begin: int, known: dict[str, bool], ends: bytearray) -> Iterator[int]:
    """Where the dictionary words that begin at a place end, shortest first, if a cluster ends there too."""
    for end in range(begin + 1, len(text) + 1):
        word = known.get(text[begin:end])
        if word is None:
            return
        if word and ends[end]:
            yield end


def _shortest(graph: dict[int, list[int]], start: int, goal: int) -> list[int]:
    """The ends of the fewest words that lead from start to goal; of several such chains the one met first."""
    before = {start: start}
    queue = [start]
    for place in queue:
        for end in graph.get(place, ()):
            if end == goal:
                chain = [goal]
                while place != start:
                    chain.append(place)
                    place = before[place]
                return chain[::-1]
            if end not in before:
                before[end] = place
                queue.append(end)
    raise AssertionError("unreachable: the goal was reached by a chain of words")


def _skip(text: str, begin: int, known: dict[str, bool], ends: bytearray) -> int:
    """Where an unknown stretch that begins at a place ends."""
    if found := _NOT_THAI.match(text, begin):
        return found.end()
    for place in range(begin + 1, len(text)):
        if ends[place]:
            words = (text[place:end] for end in _ends(text, place, known, ends))
            if any(not _TOO_SHORT.match(word) for word in words) or _NOT_THAI.match(text, place):
                return place
    return len(text)


def _rejoin(text: str, pieces: Iterator[str]) -> Iterator[str]:
    """The pieces, with those put together that a number with separators runs through (``12:00`` with its น)."""
    numbers = _BROKEN_NUMBER.finditer(text)
    number = next(numbers, None)
    position = 0
    for piece in pieces:
        if number is not None and position >= number.start():
            parts = []
            while True:
                parts.append(piece)
                position += len(piece)
                if position >= number.end() or not (piece := next(pieces, "")):
                    break
            yield "".join(parts)
            number = next(numbers, None)
        else:
            yield piece
            position += len(piece)
