"""Damaged documents to measure with: what mirrors, encodings and editors do, done to the cleaned sample corpus."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from functools import partial

from benchmarks.texts import cleaned
from wic.clean.garble.forward import garble, table
from wic.document import Document

SIZE = 30_000  # bytes of UTF-8 of a document, as a long page has


def damaged() -> dict[str, tuple[str, list[Document]]]:
    """For each kind of damage the language of the texts and documents that have it."""
    texts = {code: _pages(code) for code in ("zh", "th", "ar", "en")}
    traditional = [page for page in texts["zh"] if "會" in page]
    readings = table(7)
    kinds: dict[str, tuple[str, list[str], Callable[[str], str]]] = {
        "zh: readings injected": ("zh", traditional, partial(annotated, dict(readings))),
        "zh: readings injected, characters cut": ("zh", traditional, partial(garble, entries=readings)),
        "zh: entities injected, characters cut": (
            "zh",
            texts["zh"],
            partial(garble, entries=table(7, 0.1, "entities")),
        ),
        "zh: commas injected, width folded": ("zh", traditional, comma_ridden),
        "th: marks and blanks": ("th", texts["th"], mistyped_thai),
        "ar: glyphs of a PDF": ("ar", texts["ar"], glyphs),
        "ar: tatweel, marks of direction, detached waw": ("ar", texts["ar"], stretched),
        "zh: big5hkscs read as cp1252": ("zh", traditional, partial(misread, written="big5hkscs", read="cp1252")),
        "en: entities and tags": ("en", texts["en"], marked_up),
    }
    for code, written, read in (
        ("zh", "utf-8", "cp1252"),
        ("zh", "gb18030", "cp1252"),
        ("zh", "utf-8", "gb18030"),
        ("th", "utf-8", "cp1252"),
        ("th", "cp874", "cp1252"),
        ("th", "utf-8", "cp874"),
        ("ar", "utf-8", "cp1252"),
        ("ar", "cp1256", "cp1252"),
        ("ar", "utf-8", "cp1256"),
        ("en", "utf-8", "cp1252"),
    ):
        kinds[f"{code}: {written} read as {read}"] = code, texts[code], partial(misread, written=written, read=read)
    return {
        name: (code, [Document(id=str(n), text=damage(page)) for n, page in enumerate(pages)])
        for name, (code, pages, damage) in kinds.items()
    }


def _pages(code: str) -> list[str]:
    """The cleaned texts of a language joined to pages of about ``SIZE``, each in another order."""
    texts = [document.text.strip() for document in cleaned(code)]
    chance = random.Random(1)
    pages = []
    for kind in sorted({"會" in text for text in texts}):
        same = [text for text in texts if ("會" in text) == kind]
        page: list[str] = []
        while sum(len(text.encode()) for text in page) < SIZE:
            page += chance.sample(same, len(same))
        pages.append("\n\n".join(page))
    return pages


def annotated(entries: dict[str, str], text: str) -> str:
    """The text with readings after characters, none of them cut."""
    return "".join(entries.get(character, character) for character in text)


def comma_ridden(text: str) -> str:
    """Punctuation in half width, and a comma before two marks in three."""
    chance = random.Random(2)
    folded = text.translate(str.maketrans("，：；？！（）", ",:;?!()"))
    return re.sub("[,、。]", lambda match: "," * (chance.random() < 0.66) + match[0], folded)


def mistyped_thai(text: str) -> str:
    """U+00A0 beside one blank in ten, vowels in halves, doubled marks, แ as two letters."""
    chance = random.Random(3)
    text = re.sub(" ", lambda match: "\u00a0 " if chance.random() < 0.1 else " ", text)
    text = re.sub("\u0e33", lambda match: "\u0e4d\u0e32" if chance.random() < 0.3 else match[0], text)
    text = re.sub("แ", lambda match: "เเ" if chance.random() < 0.1 else match[0], text)
    return re.sub("[\u0e48\u0e49]", lambda match: match[0] * (1 + (chance.random() < 0.03)), text)


def glyphs(text: str) -> str:
    """Arabic letters as the presentation forms that a PDF holds."""
    forms = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFE80, 0xFEFD)}
    return "".join(forms.get(character, character) for character in text)


def stretched(text: str) -> str:
    """Words stretched, marks of direction around numbers, a blank after some a leading waw."""
    chance = random.Random(4)
    text = re.sub("(?<=[بتسي])(?=[ابتدرسي])", lambda match: "\u0640" * chance.choice((0, 0, 0, 2)), text)
    text = re.sub(r"\d+", "\u200f\\g<0>\u200e", text)
    return re.sub(" و(?=...)", lambda match: " و " if chance.random() < 0.3 else " و", text)


def marked_up(text: str) -> str:
    """Paragraphs in tags, punctuation as references."""
    text = text.replace("’", "&rsquo;").replace("“", "&ldquo;").replace("”", "&rdquo;").replace(", ", ",&nbsp;")
    return "\n".join(f"<p>{line}</p>" if line else "" for line in text.split("\n"))


def misread(text: str, written: str, read: str) -> str:
    """The bytes of the text in one encoding, read as another as web browsers read it."""
    octets = text.encode(written, "ignore")
    if read == "gb18030":
        return octets.decode(read, "replace")
    return "".join(_character(octet, read) for octet in octets)


def _character(octet: int, read: str) -> str:
    try:
        return bytes([octet]).decode(read)
    except UnicodeDecodeError:
        return chr(octet)
