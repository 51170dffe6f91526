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
from array import array
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import rjieba

from wic.compiled import compiled
from wic.errors import WicError
from wic.language import language

_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&\._%\-]+)")
# What jieba-rs cuts otherwise than jieba: Han characters that jieba does not know as such, and blocks with letters or
# digits joined by signs (``a-1``, ``1.1a``), but for decimals.
_OTHER_HAN = "\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHERS = re.compile(rf"[a-zA-Z0-9{_OTHER_HAN}](?:(?<![a-zA-Z0-9])|[._-][a-zA-Z]|[_-][0-9]|\.[0-9]+[a-zA-Z.])")
_RUN = re.compile(rf"[\u4e00-\u9fd5a-zA-Z0-9+#&\._%\-{_OTHER_HAN}]+")
_SPACE = re.compile(r"(\r\n|\s)")
_HAN = re.compile(r"([\u4e00-\u9fd5]+)")
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
UNKNOWN = 0xFFFE  # as in compiled/fold.c: what the table cannot say
_IMPOSSIBLE = -3.14e100
_BEFORE = {"B": "ES", "M": "MB", "S": "SE", "E": "BM"}  # begin, middle, single, end of a word: what can come before


def cut(text: str) -> list[str]:
    """The words of a text; white space and punctuation come one character a piece. Joined they are the text."""
    looked_up = simplified(text)
    found = _cut(looked_up)
    if looked_up is text:
        return found
    pieces, position = [], 0
    for piece in found:
        begin = position
        position += len(piece)
        pieces.append(text[begin:position])
    return pieces


def simplified(text: str) -> str:
    """The text with Traditional characters changed to Simplified ones, if it has more of them; same length."""
    traditional, only_simplified = _signs()
    if not traditional.search(text):
        return text
    if len(traditional.findall(text)) <= len(only_simplified.findall(text)):
        return text
    found = compiled.fold(text, _codes()) if compiled is not None else None
    return found[0] if found else text.translate(_to_simplified())


@cache
def _to_simplified() -> dict[int, str]:
    """Traditional → Simplified, as ``str.translate`` takes them."""
    return {ord(old): new for old, new in language("zh").table("traditional.tsv").items()}


@cache
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A Traditional character; one that only Simplified text has. Rare ones beyond 16 bits would make both slow."""
    table = _to_simplified()
    traditional = set(map(chr, table))
    pairs = (traditional, set(table.values()) - traditional)
    first, second = ("".join(sorted(one for one in some if one <= "\uffff")) for some in pairs)
    return re.compile(f"[{first}]"), re.compile(f"[{second}]")


@cache
def _codes() -> array[int]:
    """Traditional → Simplified by code point, as ``compiled/fold.c`` takes it."""
    table = array("H", (*range(UNKNOWN), UNKNOWN, UNKNOWN))
    for code, meant in _to_simplified().items():
        if code < len(table):
            table[code] = min(ord(meant), UNKNOWN)  # a few are beyond 16 bits
    return table


class _Model(NamedTuple):
    """``frequency`` has every beginning of a word too, with 0. The rest are the logarithms of the Markov model."""

    frequency: Mapping[str, int]
    total: float
    start: Mapping[str, float]
    step: Mapping[str, Mapping[str, float]]
    emit: Mapping[str, Mapping[str, float]]


@cache
def compounds() -> frozenset[str]:
    """The words of jieba's dictionary that have at least three characters."""
    return frozenset(word for word, count in _model().frequency.items() if count and len(word) > 2)


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


def _cut(text: str) -> list[str]:
    """The pieces; elsewhere than in such blocks jieba-rs finds the same many times as fast (a test compares them)."""
    if not _OTHERS.search(text):
        return rjieba.cut(text)
    found: list[str] = []
    position = 0
    for run in _RUN.finditer(text):
        if _OTHERS.search(text, *run.span()):
            found += rjieba.cut(text[position : run.start()])
            found += _cut_slowly(run[0])
            position = run.end()
    return found + rjieba.cut(text[position:])


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
