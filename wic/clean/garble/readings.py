"""Readings that a mirror injected after characters, told from readings that the author wrote.

A mirror annotates by a table: the character is a Traditional one with another Simplified form, it is annotated
everywhere in the document or nowhere, and always with the same reading, the usual one, whatever the word. Teaching
texts and glosses break one of these. The other sort of mirror annotates common characters of a Simplified text at
random; a gloss is on a rare character or on one with several readings.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import KeysView, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import exp, log
from typing import NamedTuple

from wic.clean.garble.bigrams import bigrams
from wic.language import language

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
# One syllable with one tone mark; ɑ and ɡ are other code points for a and g.
SYLLABLE = f"[a-zɑɡü]{{0,4}}[{TONED}][a-zɑɡü]{{0,4}}"
HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
READING = re.compile(rf"[(（]{SYLLABLE}[)）]")
# The bytes of a vowel with a tone mark and of the letter after it can be a character of the table as well: 優(yōu(zī)).
NESTED = rf"[a-zɑɡü]{{0,4}}[{TONED}][a-zɑɡü]{{0,3}}(?:[(（]{SYLLABLE}[)）][a-zɑɡü]{{0,3}})?"
# Without the character, which is looked back at: brackets are rarer than Han characters, so the search is faster.
ANNOTATION = re.compile(rf"[(（](?<=[{HAN}][(（]){NESTED}[)）]")
TONELESS = re.compile(rf"[(（](?<=([{HAN}])[(（])([a-zɑɡü]{{1,6}})[)）]")
FOLD = str.maketrans("ɑɡ", "ag")

# Words of texts that speak about readings or about characters.
LESSON = re.compile(  # the first characters once more in front, since a search for one set of them is many times faster
    r"[读讀念拼注多简簡繁異异生写寫部偏笔筆声聲](?:(?<=[读讀])(?:[音作]|第?[一二三四轻輕][声聲])|(?<=念)作|(?<=[拼注])音|(?<=多)音字"
    r"|(?<=[简簡繁異异])[体體]字|(?<=生)字|(?<=[写寫])法|(?<=部)首|(?<=偏)旁|(?<=笔)画|(?<=筆)畫|(?<=声)调|(?<=聲)調)"
)
NEUTRAL = frozenset("的了着著吗嗎吧呢们們么麼子地得过過个個")  # read without tone in ordinary speech


Annotated = tuple[int, str]  # where an annotated character stands, and the character with its reading


def annotated(text: str) -> list[Annotated]:
    """The annotated characters of a text."""
    return [(at - 1, text[at - 1 : to]) for at, to in map(re.Match.span, ANNOTATION.finditer(text))]


@lru_cache(4096)
def syllable(reading: str) -> str:
    """The reading as the tables of readings have it: in plain letters, without what was inserted into it."""
    if reading[-1] in ")）" or "(" in reading or "（" in reading:
        reading = re.sub(rf"[(（]{SYLLABLE}[)）]", "", reading)
    return reading.translate(FOLD)


# A mark for a lost byte and the characters that it is likely to have changed.
DAMAGED = re.compile(r"[?\ufffd][^\n]{0,12}")

ENOUGH = 2.0  # evidence from which on a document counts as annotated by a table
COMMON, FAMILIAR = 1500, 2500  # ranks among Simplified characters by frequency
COMMON_MEAN = 800.0  # geometric mean of the ranks of characters that are annotated at random
# Traditional characters with two everyday readings, which an author may have a reason to give.
POLYPHONIC = frozenset("長樂調覺還處傳藏種難興鮮")
# A character alone in quotation marks with its reading: a text about that character.
QUOTED = re.compile(rf"[“「‘][{HAN}]{{0,2}}[{HAN}][(（]{SYLLABLE}[)）][{HAN}]{{0,2}}[”」’]")
ALONE = re.compile(rf"[“「‘\"'《][{HAN}][(（]{SYLLABLE}[)）][”」’\"'》]")


@dataclass(frozen=True)
class Facts:
    """What is known of characters: their readings, their Simplified forms, what mirrors annotate."""

    usual: dict[str, str]
    valid: dict[str, set[str]]
    by_reading: dict[str, str]
    annotated: dict[str, str]
    simplified: dict[str, str]
    traditional: dict[str, str]  # all Traditional forms of a Simplified character

    @cached_property
    def new_forms(self) -> KeysView[str]:
        """Simplified characters that are no Traditional ones."""
        return dict.fromkeys(self.traditional.keys() - self.simplified.keys()).keys()

    @cached_property
    def annotatable(self) -> set[str]:
        """Characters that a table can hold."""
        return {c for c in (*self.simplified, *self.annotated) if c in self.usual}


@cache
def facts() -> Facts:
    """The facts that ship with wic, read at the first call."""
    zh = language("zh")
    usual: dict[str, str] = {}
    valid: dict[str, set[str]] = {}
    by_reading: dict[str, str] = {}
    folder = zh.folder
    assert folder is not None  # Chinese ships with wic
    for line in (folder / "readings.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        reading, first, others = line.split("\t")
        by_reading[reading] = first + others
        for character in first:
            usual[character] = reading
        for character in first + others:
            valid.setdefault(character, set()).add(reading)
    simplified = zh.table("traditional.tsv")
    traditional: dict[str, str] = {}
    for old, new in simplified.items():
        traditional[new] = traditional.get(new, "") + old
    return Facts(usual, valid, by_reading, zh.table("annotated.tsv"), simplified, traditional)


class Verdict(NamedTuple):
    """What the readings in a document are.

    ``evidence`` is above ENOUGH if a table annotated it; ``removable`` maps the annotated characters to their reading
    in this document, ``units`` holds them as they stand, with it; ``at_random`` says that the readings were put after
    any characters, ``misplaced`` that some stand after what they are no reading of.
    """

    evidence: float
    removable: dict[str, str]
    units: frozenset[str]
    at_random: bool
    traditional: bool
    misplaced: bool

    @property
    def evident(self) -> bool:
        return self.evidence >= ENOUGH


def judge(text: str, counts: Counter[str], found: Sequence[Annotated], lost: int = 0) -> Verdict:
    """Whether the readings in ``text`` were injected.

    ``counts`` says how often it has each character, ``found`` which are annotated and where, ``lost`` how many readings
    no author can have put where they are.
    """
    known = facts()
    groups = Counter([unit for _, unit in found])
    readings: dict[str, dict[str, int]] = {}
    units: dict[str, str] = {}
    for unit, count in groups.items():
        character, reading = unit[0], syllable(unit[2:-1])
        if reading in known.valid.get(character, ()):
            own = readings.setdefault(character, {})
            own[reading] = own.get(reading, 0) + count
            units[unit] = character
    misplaced = len(units) < len(groups) or len(READING.findall(text)) > len(found)
    sound = Counter(DAMAGED.sub("", text)) if lost else counts
    old, new = (
        sum(map(sound.__getitem__, sound.keys() & forms)) for forms in (known.simplified.keys(), known.new_forms)
    )
    # Such tables are for Traditional text; what damage makes of it is mostly Simplified characters.
    traditional = old > new or (lost > 0 and 2 * old >= new)

    def verdict(evidence: float, removable: dict[str, str], at_random: bool = False) -> Verdict:
        taken = frozenset(unit for unit, character in units.items() if character in removable)
        return Verdict(evidence, removable, taken, at_random, traditional, misplaced)

    if not readings:
        return verdict(2.5 * lost if traditional else 0.0, {})
    toneless = Counter(
        character
        for character, reading in TONELESS.findall(text)
        if reading in known.valid.get(character, ())
        or any(bare(valid) == reading for valid in known.valid.get(character, ()))
    )
    against = 0.0
    if LESSON.search(text):
        against += 4.5
    if ALONE.search(text):
        against += 3.0
    against += 2.0 * sum(1 for c in toneless if c not in NEUTRAL) + 0.5 * sum(1 for c in toneless if c in NEUTRAL)
    against += 4.0 * sum(1 for own in readings.values() if len(own) > 1)
    common = ranks()
    quoted = QUOTED.search(text) is not None
    explained = sum(sum(own.values()) for own in readings.values())
    han = sum([count for c, count in counts.items() if "\u3400" <= c <= "\u9fff"])
    single = {c: next(iter(own)) for c, own in readings.items() if len(own) == 1}
    by_table = {c: r for c, r in single.items() if c in known.simplified or c in known.annotated}
    others = readings.keys() - by_table.keys()

    evidence = 2.5 * lost - against
    removable: dict[str, str] = {}
    for c, reading in by_table.items():
        uses = readings[c][reading]
        unannotated = counts[c] - uses
        if unannotated * 5 > uses:
            evidence -= 2.0
            continue
        if known.annotated.get(c) == reading:
            evidence += (1.5 if quoted else 2.0) if c in POLYPHONIC else 3.0
        elif known.usual[c] != reading:
            evidence -= 2.0
            continue
        else:
            rank = common.get(known.simplified.get(c, c), 9999)
            evidence += 2.0 if rank <= COMMON else 0.8 if rank <= FAMILIAR else 0.2
        removable[c] = reading
    evidence -= sum(5.0 if common.get(c, 9999) <= FAMILIAR else 0.5 for c in others if c in single)
    if explained >= 4 and explained > 0.6 * han:
        evidence -= 6.0
    if evidence >= ENOUGH and removable:
        return verdict(evidence, removable)
    if not traditional and against <= 0.5 * sum(1 for c in toneless if c in NEUTRAL):
        usual = {c: r for c, r in single.items() if known.usual.get(c) == r}
        if len(usual) >= 2 and len(usual) == len(readings) and explained <= 0.4 * han:
            mean = exp(sum(log(1 + common.get(c, 9999)) for c in usual) / len(usual))
            if mean <= COMMON_MEAN:
                return verdict(ENOUGH, usual, at_random=True)
    return verdict(min(evidence, ENOUGH - 1), {})


def bare(reading: str) -> str:
    """The syllable without its tone mark."""
    return "".join(c for c in unicodedata.normalize("NFD", reading) if c.isalpha()).translate(FOLD)


@cache
def ranks() -> dict[str, int]:
    """How common each Simplified character is, the commonest first."""
    model = bigrams()
    ordered = sorted(model.first, key=lambda c: model.begins[model.first[c]])
    return {c: rank for rank, c in enumerate(c for c in ordered if c >= "\u3400")}
