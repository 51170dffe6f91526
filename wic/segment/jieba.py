"""Chinese words by dictionary and hidden Markov model, with the output of ``jieba.cut``.

The dictionary and the model are those of the installed jieba (MIT, copyright Sun Junyi). Its own tokenizer is not
called because its Viterbi search copies a path at every character, which takes time and memory that grow with the
square of the length on long unknown runs, because importing it sets up a log on stderr, and because it keeps a cache
in the shared temporary folder that saves no time. A test holds the output against the installed ``jieba.cut``.

jieba knows Simplified words. Where a text has more Traditional characters than Simplified ones, each is looked up as
its Simplified counterpart, one for one, and the original text is cut: on Simplified text the output is jieba's, on
Traditional text it is jieba's for the converted text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import rjieba

from wic.errors import WicError
from wic.language import language

_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&\._%\-]+)")
# What jieba-rs cuts otherwise than jieba: blocks with signs between letters and digits, or with Han characters that
# jieba does not know as such.
_OTHER = r"+#&\._%\-\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHERS = re.compile(f"[{_OTHER}]")
_RUN = re.compile(rf"[\u4e00-\u9fd5a-zA-Z0-9{_OTHER}]+")
_SPACE = re.compile(r"(\r\n|\s)")
_HAN = re.compile(r"([\u4e00-\u9fd5]+)")
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_IMPOSSIBLE = -3.14e100
_BEFORE = {"B": "ES", "M": "MB", "S": "SE", "E": "BM"}  # begin, middle, single, end of a word: what can come before


def cut(text: str) -> list[str]:
    """The words of a text; white space and punctuation come one character a piece. Joined they are the text."""
    looked_up = simplified(text)
    if looked_up is text:
        return list(_cut(text))
    pieces, position = [], 0
    for piece in _cut(looked_up):
        pieces.append(text[position : position + len(piece)])
        position += len(piece)
    return pieces


def simplified(text: str) -> str:
    """The text with Traditional characters changed to Simplified ones, if it has more of them; same length."""
    to_simplified, only_simplified = _tables()
    converted = text.translate(to_simplified)
    if converted == text:
        return text
    traditional = sum(map(str.__ne__, text, converted))
    return converted if traditional > sum(map(only_simplified.__contains__, text)) else text


@cache
def _tables() -> tuple[dict[int, str], frozenset[str]]:
    """Traditional → Simplified for ``str.translate``, and the characters that only Simplified text has."""
    table = language("zh").table("traditional.tsv")
    return {ord(old): new for old, new in table.items()}, frozenset(table.values()) - set(table)


class _Model(NamedTuple):
    """``frequency`` has every beginning of a word too, with 0. The rest are the logarithms of the Markov model."""

    frequency: Mapping[str, int]
    total: float
    start: Mapping[str, float]
    step: Mapping[str, Mapping[str, float]]
    emit: Mapping[str, Mapping[str, float]]


@cache
def _model() -> _Model:
    """jieba's data, read from its files: importing it would set up a log on stderr and compile with warnings."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise WicError("engine 'jieba' needs jieba, which is not installed", "pip install jieba")
    folder = Path(spec.origin).parent
    frequency: dict[str, int] = {}
    total = 0
    for line in folder.joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        frequency[word] = int(count)
        total += int(count)
        for end in range(len(word) - 1, 0, -1):
            if word[:end] in frequency:  # and with it all that are shorter
                break
            frequency[word[:end]] = 0
    start, step, emit = (_table(folder / "finalseg" / f"prob_{name}.py") for name in ("start", "trans", "emit"))
    return _Model(frequency, log(total), start, step, emit)


def _table(path: Path) -> Any:
    """The table ``P`` of one of jieba's files, without the package around it."""
    spec = spec_from_file_location(f"wic.segment.jieba.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise WicError(f"{path}: not found", "pip install --force-reinstall jieba")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.P


def _cut(text: str) -> Iterator[str]:
    """The pieces; elsewhere than in such blocks jieba-rs finds the same many times as fast (a test compares them)."""
    position = 0
    if _OTHERS.search(text):
        for run in _RUN.finditer(text):
            if _OTHERS.search(text, *run.span()):
                yield from rjieba.cut(text[position : run.start()])
                yield from _cut_slowly(run[0])
                position = run.end()
    yield from rjieba.cut(text[position:])


def _cut_slowly(text: str) -> Iterator[str]:
    for number, block in enumerate(_BLOCK.split(text)):
        if number % 2:
            yield from _words(block)
        elif block:
            for part in _SPACE.split(block):
                if _SPACE.match(part):
                    yield part
                else:
                    yield from part


def _words(block: str) -> Iterator[str]:
    """The likeliest chain of dictionary words; what is left as single characters goes through the Markov model."""
    frequency = _model().frequency
    ends = _likeliest(block)
    singles = begin = 0  # block[singles:begin] are single characters not given out yet
    while begin < len(block):
        end = ends[begin]
        if end - begin > 1:
            yield from _unknown(block[singles:begin], frequency)
            yield block[begin:end]
            singles = end
        begin = end
    yield from _unknown(block[singles:], frequency)


def _likeliest(block: str) -> list[int]:
    """For each place, where the word that begins there ends in the likeliest chain of words."""
    model = _model()
    frequency, total, length = model.frequency, model.total, len(block)
    best = [0.0] * (length + 1)
    ends = [0] * length
    for begin in range(length - 1, -1, -1):
        top, reach = -1e308, begin + 1
        end = begin + 1
        count = frequency.get(block[begin:end])
        if count is None:  # unknown even as a beginning
            top = -total + best[end]
        found = False
        while count is not None:
            if count:
                found = True
                weight = log(count) - total + best[end]
                if weight >= top:  # of equal chains jieba takes the one with the longer first word
                    top, reach = weight, end
            end += 1
            if end > length:
                break
            count = frequency.get(block[begin:end])
        if not found:
            top, reach = -total + best[begin + 1], begin + 1
        best[begin], ends[begin] = top, reach
    return ends


def _unknown(singles: str, frequency: Mapping[str, int]) -> Iterator[str]:
    if len(singles) < 2 or frequency.get(singles):
        yield from singles
        return
    for number, part in enumerate(_HAN.split(singles)):
        if number % 2:
            yield from _guessed(part)
        else:
            yield from filter(None, _LATIN.split(part))


def _guessed(singles: str) -> Iterator[str]:
    """The words that the Markov model makes of a run of characters."""
    _, _, start, step, emit = _model()
    weights = {state: start[state] + emit[state].get(singles[0], _IMPOSSIBLE) for state in "BMES"}
    pointers = []
    for character in singles[1:]:
        following, pointer = {}, {}
        for state in "BMES":
            emitted = emit[state].get(character, _IMPOSSIBLE)
            following[state], pointer[state] = max(
                (weights[before] + step[before].get(state, _IMPOSSIBLE) + emitted, before) for before in _BEFORE[state]
            )
        weights = following
        pointers.append(pointer)
    state = max((weights[state], state) for state in "ES")[1]
    states = [state]
    for pointer in reversed(pointers):
        state = pointer[state]
        states.append(state)
    states.reverse()
    begin = 0
    for end, state in enumerate(states, 1):
        if state in "ES":
            yield singles[begin:end]
            begin = end
    if begin < len(singles):
        yield singles[begin:]
