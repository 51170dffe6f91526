"""Tallies as files: a ZIP archive with the counts as JSON and the words as numbers.

The same tally is the same bytes. ``tally.json`` holds what is counted per origin, ``types.json`` the words in the
order of their numbers, ``words.bin`` those numbers in the order of the texts (32 bit, little endian, 0 ends a
sentence), ``texts.bin`` for each text where it ends and the place of its origin (64 bit). The order of the words of
the texts can be read from it: a saved tally is as confidential as the texts.
"""

from __future__ import annotations

import sys
import zipfile
from array import array
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from wic.errors import WicError
from wic.stats.room import UNLIMITED, Room
from wic.stats.tally import Facts, Numbers, Origin, Tally, Types
from wic.write.whole import whole

FORMAT = "wic-tally"
VERSION = 2
HINT = "make one with wic stats --save FILE"
_COUNTERS = ("edits", "flags", "scripts", "encodings")


def is_tally(path: str | Path) -> bool:
    """Whether the file at ``path`` looks like a saved tally."""
    try:
        with open(path, "rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                return False
        with zipfile.ZipFile(path) as archive:
            return "tally.json" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def save(tally: Tally, path: str | Path) -> None:
    """Writes the tally; under the final name there is the whole of it or what was there before."""
    target = Path(path)
    members = {
        "tally.json": orjson.dumps(_header(tally), option=orjson.OPT_INDENT_2),
        "types.json": orjson.dumps(list(tally.numbers.types)),
        "words.bin": _little(array("i", tally.words)).tobytes(),
        "texts.bin": _little(tally.texts).tobytes(),
    }
    try:
        with (
            whole(target) as part,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        ):
            for name, content in members.items():
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 1)
    except OSError as error:
        raise WicError(f"{target}: {error.strerror}", "name a file in a folder that exists and is writable") from None


def load(path: str | Path, room: Room = UNLIMITED) -> Tally:
    """The tally that ``save`` wrote; a WicError where the file holds none, or one of another version."""
    try:
        with zipfile.ZipFile(path) as archive:
            header = orjson.loads(archive.read("tally.json"))
            if header.get("format") != FORMAT or header.get("version") != VERSION:
                raise WicError(f"{path}: a tally of another version", "make it again with this version of wic")
            tally = Tally(header["by"], room)
            tally.numbers = Numbers()
            tally.numbers.types = Types(zip(orjson.loads(archive.read("types.json")), count(1)))
            words = _read(archive.read("words.bin"), "i")
            tally.texts = _read(archive.read("texts.bin"), "q")
    except OSError as error:
        raise WicError(f"{path}: {error.strerror or error}", HINT) from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise WicError(f"{path}: not a tally ({error})", HINT) from None
    tally.restore(words, {Origin(*entry["origin"]): _facts(entry) for entry in header["origins"]})
    return tally


def _header(tally: Tally) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "by": tally.by,
        "origins": [
            {
                "origin": list(origin),
                "documents": facts.documents,
                "characters": facts.characters,
                "sentences": facts.sentences,
                "tokens": facts.tokens,
                **{name: dict(sorted(getattr(facts, name).items())) for name in _COUNTERS},
                "makers": sorted(facts.makers),
                "dates": [facts.first_date, facts.last_date],
            }
            for origin, facts in tally.facts.items()
        ],
    }


def _facts(entry: dict[str, Any]) -> Facts:
    facts = Facts(entry["documents"], entry["characters"], entry["sentences"], entry["tokens"])
    for name in _COUNTERS:
        setattr(facts, name, Counter(entry[name]))
    facts.makers = set(entry["makers"])
    facts.first_date, facts.last_date = entry["dates"]
    return facts


def _little(values: array[int]) -> array[int]:
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values


def _read(content: bytes, code: str) -> array[int]:
    values = array(code)
    values.frombytes(content)
    return _little(values)
