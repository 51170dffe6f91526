"""Repair of one garbled document: evidence first, then damaged stretches, then the readings that are left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from wic.characters import counts
from wic.clean.garble.bigrams import bigrams, symbol
from wic.clean.garble.gbk import pairs, shown
from wic.clean.garble.guesses import Evidence, Guesser
from wic.clean.garble.inverse import LOST_ENTITY, Piece, Search, Solution
from wic.clean.garble.readings import (
    FOLD,
    HAN,
    READING,
    SYLLABLE,
    Annotated,
    Verdict,
    annotated,
    facts,
    judge,
)
from wic.document import Edit, Flag, new_edit

# Where a search may begin: a mark for a lost byte before a reading, the rest of an entity, or a character.
# A reading that no author can have put where it is: its bracket went with a lost byte, or it stands after a letter.
BROKEN = re.compile(
    rf"[?\ufffd@-~](?:(?<=[?\ufffd])[(（]?{SYLLABLE}[)）]|(?<=[{HAN}\u3041-\u30ff][@-~])[(（]{SYLLABLE}[)）])"
)
WIDE = r"[^\x00-\x7f！？；，：\u3000\ufffd]"
PLACES = (  # the first characters once more in front, since a search for one set of them is many times faster
    rf"(?:(?<=[?\ufffd])(?:(?P<reading>[(（]?{SYLLABLE}[)）])|(?P<entity>&?#\d{{3,6}};)"
    rf"|(?P<mark>)(?=[{HAN}\u3041-\u30ff]|[!！?？;；,，:：](?:{WIDE}|[@-Z\[-~][{HAN}])))"
    rf"|(?<=[!！;；,，:：])(?P<sign>)(?=[@-Z\[-`a-z{{-~][{HAN}]))"
)
START = re.compile(rf"[?\ufffd!！;；,，:：]{PLACES}")
# The same, and the readings that may stand after what they are no reading of.
START_WITH_READINGS = re.compile(rf"[?\ufffd!！;；,，:：(（](?:{PLACES}|(?<=[(（])(?P<group>{SYLLABLE}[)）]))")
SWALLOWED = re.compile(rf"[?\ufffd](?:{SYLLABLE}[)）]|#\d{{3,6}};)")
SPARED = re.compile(rf"[?\ufffd](?:[(（]{SYLLABLE}[)）]|&#\d{{3,6}};)")
# A mark for a lost byte and what it may have damaged: the rest of the line up to a sign or a letter and a little more.
DAMAGE = re.compile(r"[?\ufffd][^\n]{0,30}")
HIRAGANA, CHINESE = re.compile(r"[\u3041-\u3096]"), re.compile(rf"[{HAN}]")
BUDGET = 30_000  # guesses that a document may cost, and thirty for each of its characters
MOST_FAILED, MOST_FAILED_UNPROVEN = 12, 4  # searches in a row that end without a text
SURE = 0.6  # the share that the likeliest text must have to be taken
BEFORE = re.compile(r"[!！?？;；,，:：\ufffd]")


def repair_once(text: str) -> tuple[list[Edit], list[Flag]]:
    """One round of `wic.clean.garble.repair`."""
    characters = counts(text)
    found = annotated(text)
    verdict = judge(text, characters, found, lost=len(BROKEN.findall(text)))
    damaged, flags = stretches(text, characters.keys(), verdict)
    edits: list[Edit] = []
    reach = 0
    for edit in damaged:
        edits += readings(found, verdict, reach, edit.start)
        edits.append(edit)
        reach = edit.end
    edits += readings(found, verdict, reach, len(text))
    return edits, flags


def readings(found: Sequence[Annotated], verdict: Verdict, start: int, end: int) -> list[Edit]:
    """The edits that take the injected readings between ``start`` and ``end`` out."""
    units = verdict.units
    if not units:
        return []
    return [
        new_edit(("zh-readings", at, to, unit, unit[0], 1.0))
        for at, unit in found
        if unit in units and at >= start and (to := at + len(unit)) <= end
    ]


def stretches(text: str, alphabet: Set[str], verdict: Verdict) -> tuple[list[Edit], list[Flag]]:
    """The edits and flags for the damaged stretches of the text; ``alphabet`` holds its characters."""
    known = facts()
    evident = verdict.evident and not verdict.at_random
    places = START_WITH_READINGS if evident and verdict.misplaced else START
    if places.search(text) is None or (not evident and is_japanese(text)):
        return [], []
    evidence = Evidence(
        traditional=verdict.traditional,
        entry=2.0 if evident else 6.0,
        unseen=4.0 if evident else 10.0,
        readings=verdict.removable if evident else {},
        bare=frozenset((alphabet & known.annotatable) - verdict.removable.keys()) if evident else frozenset(),
        swallows=swallows(text),
        entities=LOST_ENTITY.search(text) is not None,
    )
    if DAMAGE.search(text):
        evidence = replace(evidence, followers=followers(text))
    search = Search(text, Guesser(bigrams(), known, evidence))
    edits: list[Edit] = []
    flags: list[Flag] = []
    position = failed = 0
    most_failed = MOST_FAILED if evident or evidence.entities else MOST_FAILED_UNPROVEN
    while (match := places.search(text, position)) is not None:
        start, position = match.start(), match.end()
        kind = match.lastgroup
        if kind == "group":
            if fits(text, start, match[0]):
                continue
            if (edit := after_letter(text, match)) is not None:
                edits.append(edit)
                continue
            start = begin(text, start, search, edits[-1].end if edits else 0)
        if not evident and (kind == "sign" or (kind == "mark" and not search.odd(start))):
            continue
        if search.guesses > BUDGET + 30 * len(text) or failed > most_failed:
            flags.append(Flag("zh-bytes", start, len(text), "lossy: more damage than is searched"))
            break
        solution = search.solve(start)
        rule = "zh-entity-bytes" if kind == "entity" else "zh-bytes"
        if solution.pieces and solution.confidence >= SURE and not solution.lossy:
            edits += (as_edit(text, piece, rule, solution) for piece in solution.pieces)
            failed = 0
        elif solution.pieces or kind in ("reading", "entity"):
            end = max([match.end(), *(piece.end for piece in solution.pieces)])
            flags.append(Flag(rule, start, end, "lossy: bytes were lost here and the text is uncertain"))
            failed += 1
        elif not evident:
            failed += 1
        position = max(position, solution.end)
    return edits, flags


def is_japanese(text: str) -> bool:
    """Whether the text has so many hiragana that it is not Chinese; damage makes single ones."""
    hiragana = len(HIRAGANA.findall(text))
    return hiragana >= 4 and hiragana * 8 > len(CHINESE.findall(text))


def swallows(text: str) -> bool | None:
    """Whether a byte that the page could not show took the next character with it; None if nothing tells."""
    with_it = len(SWALLOWED.findall(text))
    without = len(SPARED.findall(text))
    return with_it > without if with_it or without else None


def followers(text: str) -> dict[str, Counter[str]]:
    """Which symbols of the model follow which where the text is not damaged, and how often."""
    simplified = facts().simplified
    found: dict[str, Counter[str]] = {}
    for part in DAMAGE.split(READING.sub("", text)):
        symbols = [symbol(character, simplified) for character in part]
        for before, after in pairwise(symbols):
            found.setdefault(before, Counter())[after] += 1
    return found


def as_edit(text: str, piece: Piece, rule: str, solution: Solution) -> Edit:
    """The edit for a piece; a reading that is merely taken out is shown with its character."""
    confidence = round(min(solution.confidence, 0.999), 3)
    if not piece.text and READING.fullmatch(text, piece.start, piece.end) and piece.start:
        start = piece.start - 1
        return Edit("zh-readings", start, piece.end, text[start : piece.end], text[start], confidence)
    return Edit(rule, piece.start, piece.end, text[piece.start : piece.end], piece.text, confidence)


def fits(text: str, start: int, group: str) -> bool:
    """Whether the reading at ``start`` is one of the character before it."""
    character = text[start - 1] if start else ""
    return group[1:-1].translate(FOLD) in facts().valid.get(character, ())


def after_letter(text: str, match: re.Match[str]) -> Edit | None:
    """The edit that takes out a reading whose character was the second byte of one and an ASCII letter after it."""
    start = match.start()
    before, letter = text[start - 2 : start - 1], text[start - 1 : start]
    lead = pairs().get(before, 0) & 0xFF
    inside = text.rfind("(", max(0, start - 6), start) > text.rfind(")", max(0, start - 6), start)  # of a reading
    if inside or not ("@" <= letter <= "~" and lead >= 0x81):
        return None
    character = shown().get(lead << 8 | ord(letter), "")
    if match[0][1:-1].translate(FOLD) not in facts().valid.get(character, ()) or character not in facts().annotatable:
        return None
    return Edit("zh-bytes", start - 1, match.end(), letter + match[0], letter)


def begin(text: str, start: int, search: Search, least: int) -> int:
    """Where the damage begins that shows in a reading at ``start`` that is not one of the character before it.

    That is at the reading if the byte before it was lost without a trace, or else at a sign before it on its line.
    """
    solution = search.solve(start)
    if solution.pieces and solution.pieces[0].start == start and solution.pieces[0].text:
        return start
    line = max(text.rfind("\n", max(0, start - 60), start) + 1, start - 60, least)
    signs = [match.start() for match in BEFORE.finditer(text, line, start)]
    return signs[-1] if signs else start
