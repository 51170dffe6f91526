"""Sentences and words: each script of a text goes to the engine that knows it, and nothing is lost.

The tokens joined are the clean text. ``segment`` is the whole of it; ``engines`` tells what can be asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, chain

from wic.as_function import as_function
from wic.choice import DEFAULT, GRANULARITIES, WordChoice
from wic.document import Document, Sentence, Token, tile
from wic.errors import WicError
from wic.language import nearest
from wic.passages import LONG, passages
from wic.segment.catalogue import ENGINES, Cut, Engine, engine
from wic.segment.fixed import fixed, hold
from wic.segment.kinds import kinds
from wic.segment.route import Zone, plan, zones
from wic.segment.sentences import ends
from wic.segment.tiled import Tiled

__all__ = ["Engine", "engines", "pieces", "segment", "words"]


def engines() -> Mapping[str, Engine]:
    """The engines by name, those included whose package is not installed."""
    return ENGINES


def segment(document: Document, choice: WordChoice | str = DEFAULT) -> Document:
    """The document with ``sentences`` whose tokens tile its text; one that has sentences is returned as it is.

    ``choice`` (or the name of an engine alone) says how words are cut: its engine is asked for all scripts that it
    knows; other scripts, and all when none is named, go to the engine that their language names. The names and
    versions of all that took part are recorded as ``words``.

    Words of a text of more than ``wic.passages.LONG`` characters are cut passage by passage, and its sentences are made
    each time they are asked for.
    """
    if document.sentences is not None:
        return document
    _refuse_surrogates(document)
    found, signature = words(document, WordChoice(choice) if isinstance(choice, str) else choice)
    own = nearest(document.lang)
    known = found if signature == engine("wic").signature() else None
    stops = _stops(found, chain(ends(document.text, own, known), [len(document.text)]))
    sentences: Sequence[Sentence]
    if len(document.text) > LONG:
        sentences = Tiled(found, stops, document.offsets)
    else:
        sentences = tuple(_sentences(tile(found, kinds(found), document.offsets), stops))
    return replace(document, sentences=sentences).made_by(words=signature, sentences=f"rules-{own.code}")


def pieces(document: Document, choice: WordChoice = DEFAULT) -> list[str]:
    """The texts of the tokens of a document, and no more: those it has, or those that ``segment`` would give it."""
    if document.sentences is not None:
        return [token.text for token in document.tokens]
    _refuse_surrogates(document)
    return words(document, choice)[0]


def words(document: Document, choice: WordChoice = DEFAULT) -> tuple[list[str], str]:
    """The pieces that tile a document's text, and the signature of the engines that made them."""
    check(choice)
    if len(document.text) <= LONG:
        return _words(document, choice)
    found: list[str] = []
    used: dict[str, None] = {}
    known: dict[str, str] = {}  # a word that comes a million times is kept once
    for passage in passages([document.text]):
        cut, signature = _words(replace(document, text=passage), choice)
        found += map(known.setdefault, cut, cut)
        used |= dict.fromkeys(signature.split("+"))
    return found, "+".join(used)


def _words(document: Document, choice: WordChoice) -> tuple[list[str], str]:
    found: list[str] = []
    used: dict[str, None] = {}
    parts = list(zones(document.text, plan(document, choice.engine)))
    spans = [] if all(zone.engine.exact for zone in parts) or _holds(parts) else list(fixed(document.text))
    held = []
    for zone in parts:
        cut, signature = _loaded(zone.engine.name, choice.scheme if zone.engine.schemes else "")
        used[signature] = None
        found += cut(document.text[zone.start : zone.end])
        if not zone.engine.exact:
            held += [span for span in spans if span.start < zone.end and span.end > zone.start]
    if held:
        found = hold(found, dict.fromkeys(held))
    if choice.clitics:
        from wic.segment.clitics import clitics

        if (cutter := clitics(document.lang, document.script)) is not None:
            found = cutter.cut(found)
            used[cutter.signature] = None
    if choice.granularity != "default":
        from wic.segment.granularity import regrained

        found, change = regrained(found, choice.granularity)
        if change:
            used[change] = None
    if choice.dictionary:
        from wic.segment.dictionary import dictionary

        own = dictionary(choice.dictionary)
        found = hold(found, own.spans(document.text))
        used[own.signature] = None
    return found, "+".join(used)


@cache
def check(choice: WordChoice) -> None:
    """Raises a WicError for a choice that cannot be followed."""
    if choice.engine:
        engine(choice.engine).load(choice.scheme)
    elif choice.scheme:
        raise WicError("--scheme is for an engine that has schemes", "name it too: --engine camel-morph")
    if choice.granularity not in GRANULARITIES:
        raise WicError(f"unknown granularity {choice.granularity!r}", f"known: {', '.join(GRANULARITIES)}")
    if choice.dictionary:
        from wic.segment.dictionary import dictionary

        dictionary(choice.dictionary)


@cache
def _loaded(name: str, scheme: str) -> tuple[Cut, str]:
    """The function of an engine, and its signature."""
    return engine(name).load(scheme), engine(name).signature(scheme)


def _holds(parts: list[Zone]) -> bool:
    """Whether one engine takes the whole text and keeps whole by itself what is fixed."""
    return len(parts) == 1 and parts[0].engine.holds


def _stops(pieces: Sequence[str], places: Iterable[int]) -> Iterator[int]:
    """Before which piece each sentence ends; one that would end inside a piece ends after it."""
    ends = array("q", accumulate(map(len, pieces)))
    begin = 0
    for place in places:
        if begin < len(ends) and (not begin or place > ends[begin - 1]):
            begin = bisect_left(ends, place, begin) + 1
            yield begin


def _sentences(tokens: Sequence[Token], stops: Iterable[int]) -> Iterator[Sentence]:
    begin = 0
    for end in stops:
        yield Sentence(tokens[begin].start, tokens[end - 1].end, tuple(tokens[begin:end]))
        begin = end


def _refuse_surrogates(document: Document) -> None:
    """Half a surrogate pair is no character; no engine is asked what it thinks of one."""
    try:
        document.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise WicError(
            f"{document.id}: a lone surrogate at character {error.start}, which no text can hold",
            "the text was decoded wrongly; read the file again with the right --encoding",
        ) from None


as_function(__name__, segment)
