"""Texts to measure with: the sample corpus, as scraped and as cleaned, repeated to a size."""

from __future__ import annotations

from pathlib import Path

from wic.document import Document
from wic.pipeline import Steps, prepared
from wic.read import documents, sources

CORPUS = Path(__file__).parent.parent / "corpus"


def scraped(lang: str) -> list[Document]:
    """The documents of one language as they were read."""
    return [d for s in sources([str(CORPUS / lang)], print) for d in documents(s, print)]


def cleaned(lang: str) -> list[Document]:
    """The documents of one language after cleaning, as if they had been read so."""
    found = (d for s in sources([str(CORPUS / lang)], print) for d in prepared(Steps(), s, print))
    return [Document(id=d.id, text=d.text) for d in found]


def repeated(found: list[Document], size: int) -> list[Document]:
    """The documents over and over until they have ``size`` bytes of UTF-8 together."""
    own = sum(len(d.text.encode()) for d in found)
    return found * max(1, round(size / own))


def weight(found: list[Document]) -> int:
    """Bytes of UTF-8."""
    return sum(len(d.text.encode()) for d in found)
