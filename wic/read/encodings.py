"""Bytes → text: UTF-8 first and strictly, byte order marks, then the encodings that the languages name.

A legacy encoding is only taken when the text that it gives looks like its language (``encodings.toml`` in the
language folders: which encodings, the most frequent characters, and the least share of them) and no other
candidate comes near. There is no silent wrong guess: what was chosen is reported, what cannot be told is an error.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from wic.errors import WicError
from wic.language import built_in, language

# Encodings with their byte order mark, named as Python names the first, so that the bytes can be written again.
MARKED = {
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-32-le-sig": codecs.BOM_UTF32_LE,  # before UTF-16, with whose mark it begins
    "utf-32-be-sig": codecs.BOM_UTF32_BE,
    "utf-16-le-sig": codecs.BOM_UTF16_LE,
    "utf-16-be-sig": codecs.BOM_UTF16_BE,
}
EITHER_ORDER = ("utf-16", "utf-32")  # names that leave the order to the mark
HINT = "name its encoding with --encoding (for example --encoding cp874), or mend the bytes first"
SAMPLE = 200_000  # bytes that a guess looks at
_FORM = re.compile(rb"[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}")
_ESCAPED = re.compile("[\udc80-\udcff]")  # bytes that the handler `surrogateescape` could not decode
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
CLEAR = 0.75  # the second best candidate must stay below this part of the best


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text, without byte order mark, and the name of the encoding that gave it."""
    marked = next((name for name, mark in MARKED.items() if data.startswith(mark)), "")
    if encoding and not (marked and _codec(encoding) in EITHER_ORDER):
        return _decode_as(data, encoding), encoding
    if marked:
        return _decode_as(data, marked), marked
    text = None
    try:
        text = data.decode("utf-8")
        # UTF-16 without a mark is valid UTF-8 where each half of a character happens to be ASCII: half of it is NUL
        # for Latin letters, U+000E for Thai, U+0006 for Arabic. No text has so many control characters.
        if len(_CONTROLS.findall(data, 0, 2000)) * 8 < min(len(data), 2000) or len(data) < 8:
            return text, "utf-8"
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02x} at byte offset {error.start}"
        if _mostly_utf8(data):
            raise WicError(f"not valid UTF-8: {place}", HINT) from None
    guessed = _guess(data)
    if not guessed and text is not None:
        return text, "utf-8"
    if not guessed:
        tried = ", ".join(sorted({name for code in built_in() for name in _facts(code).get("encodings", [])}))
        raise WicError(f"neither UTF-8 ({place}) nor, clearly, any of {tried}", HINT)
    return _decode_as(data, guessed), guessed


def nearly_utf8(data: bytes, encoding: str = "") -> bool:
    """Whether these are bytes that ``decode`` does not take, and UTF-8 but for some of them."""
    return (not encoding or _codec(encoding) == "utf-8") and _mostly_utf8(data)


def decode_lossy(data: bytes, encoding: str = "") -> tuple[str, str, list[int]]:
    """As ``decode``, but bytes that cannot be read become U+FFFD; the list says where these stand.

    In UTF-8 each bad byte becomes one character, so that offsets in bytes can still be told.
    """
    try:
        return (*decode(data, encoding), [])
    except WicError:
        used = encoding or "utf-8"
        codec = _codec(used)
    if codec != "utf-8":
        text = data.decode(used, errors="replace")
        return text, used, [match.start() for match in re.finditer("\ufffd", text)]
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="surrogateescape")
    return _ESCAPED.sub("\ufffd", text), used, [match.start() for match in _ESCAPED.finditer(text)]


def decode_parts(first: bytes, rest: Iterable[bytes], encoding: str = "") -> tuple[Iterator[str], str]:
    """As ``decode`` for bytes that come in parts, of which the first tells the encoding.

    Bytes that are no UTF-8 become U+FFFD, and a WicError behind the text names the first; in another encoding the text
    ends with them.
    """
    for cut in range(4):  # the first part may end inside a character
        try:
            used = decode(first[: len(first) - cut], encoding)[1]
            break
        except WicError:
            if cut == 3 and not nearly_utf8(first, encoding):
                raise
    else:
        used = "utf-8-sig" if first.startswith(codecs.BOM_UTF8) else "utf-8"
    mark = MARKED.get(used, b"")
    mark = mark if first.startswith(mark) else b""
    return _decoded(chain([first[len(mark) :]], rest), used, len(mark)), used


def _decoded(parts: Iterable[bytes], encoding: str, begin: int) -> Iterator[str]:
    errors = "surrogateescape" if encoding.startswith("utf-8") else "strict"
    decoder = codecs.getincrementaldecoder(_without_mark(encoding))(errors)
    bad = -1
    for part in chain(parts, [b""]):
        place = begin - len(decoder.getstate()[0])
        try:
            text = decoder.decode(part, final=not part)
        except UnicodeDecodeError as error:
            reason = f"byte offset {place + error.start}: {error.reason}; what stands behind it is left out"
            raise WicError(f"not valid {encoding}: {reason}", HINT) from None
        if bad < 0 and (found := _ESCAPED.search(text)):
            bad = place + len(text[: found.start()].encode())
        yield _ESCAPED.sub("\ufffd", text)
        begin += len(part)
    if bad >= 0:
        raise WicError(f"not valid UTF-8: byte offset {bad}; what cannot be read stands as U+FFFD", HINT)


def encode(text: str, encoding: str) -> bytes:
    """The bytes that ``decode`` read as the text and the name of this encoding; an encoding that cannot be is an error."""
    try:
        return MARKED.get(encoding, b"") + text.encode(_without_mark(encoding))
    except (UnicodeEncodeError, LookupError):
        raise WicError(
            f"the text cannot be written as {encoding}", "give the text that belongs to these edits"
        ) from None


def _without_mark(name: str) -> str:
    return name.removesuffix("-sig") if name in MARKED else name


def _codec(name: str) -> str:
    """The codec's own name; an unknown one is an error."""
    try:
        return codecs.lookup(_without_mark(name)).name
    except LookupError:
        raise WicError(f"unknown encoding {name!r}", "use a name that Python knows, such as utf-8 or gb18030") from None


def _decode_as(data: bytes, encoding: str) -> str:
    mark = MARKED.get(encoding, b"")
    mark = mark if data.startswith(mark) else b""
    try:
        return data[len(mark) :].decode(_without_mark(encoding))
    except UnicodeDecodeError as error:
        at = error.start + len(mark)
        raise WicError(f"not valid {encoding}: byte offset {at}: {error.reason}", HINT) from None
    except LookupError:
        _codec(encoding)
        raise


def _mostly_utf8(data: bytes) -> bool:
    """Whether these are damaged UTF-8 bytes and not another encoding: legacy text seldom forms valid sequences."""
    whole = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", data))
    if whole >= 2 and data.decode("utf-8", errors="replace").count("\ufffd") * 4 < whole:
        return True
    # Sequences that have the form of UTF-8 and are forbidden: too long, halves of surrogate pairs, beyond U+10FFFF.
    others = _FORM.sub(b"", data)
    if others.isascii() and len(data) - len(others) >= 4:
        return True
    # Pages of several encodings in one file: some lines are UTF-8 from end to end, which no other encoding is by chance.
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    return 4 * sum(map(_surely_utf8, lines)) >= max(4, len(lines))


def _surely_utf8(line: bytes) -> bool:
    try:
        return len(line) - len(line.decode()) >= 8
    except UnicodeDecodeError:
        return False


def _guess(data: bytes) -> str:
    """The encoding whose text looks most like its language; empty where none does or two do."""
    sample = data[:SAMPLE]
    ranked = sorted(_scored(sample), reverse=True)
    if not ranked or ranked[0][0] < 1:
        return ""
    best, name = ranked[0]
    rivals = [other for score, other in ranked[1:] if other != name and score > CLEAR * best]
    # Where two encodings give the same text (Windows and ISO Arabic differ in few bytes) there is no rival.
    return name if all(_text(sample, other) == _text(sample, name) for other in rivals) else ""


def _text(sample: bytes, encoding: str) -> str | None:
    """The sample decoded; None where that fails before its last character, which the cut may have split."""
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError as error:
        return sample[: error.start].decode(encoding) if error.start > SAMPLE - 8 else None


def _scored(sample: bytes) -> Iterator[tuple[float, str]]:
    """Each candidate with its share of frequent characters over the least share that its language asks for."""
    wide = [] if len(sample) % 2 else ["utf-16-le", "utf-16-be"]
    for name in wide:
        text = _text(sample, name)
        if text and sample.count(0) * 5 > len(sample) * 2 and text.isascii() and not _CONTROLS.search(text.encode()):
            yield 2.0, name
    for code in built_in():
        facts = _facts(code)
        for name in [*facts.get("encodings", []), *wide]:
            if (text := _text(sample, name)) is None:
                continue
            marked = Counter(character for character in text if character > "\x7f")
            total = sum(marked.values())
            frequent = sum(count for character, count in marked.items() if character in facts["frequent"])
            if total and (share := frequent / total) >= facts["share"]:
                yield share / facts["share"], name


@cache
def _facts(code: str) -> dict[str, Any]:
    return language(code).data("encodings.toml")
