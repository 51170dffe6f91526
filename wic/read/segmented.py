"""Puts a document together from tokens that come one by one, its text from their forms and the space between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wic.document import Document, Sentence, Token
from wic.segment.kinds import kind

if TYPE_CHECKING:
    from wic.read import Source

MADE = {"clean": "none", "words": "input", "sentences": "input"}


class Builder:
    """A document that grows. White space at the end of a sentence belongs to it."""

    def __init__(self, id: str, source: Source, lang: str = "", metadata: dict[str, str] | None = None) -> None:
        self._id, self._source, self._lang, self._metadata = id, source, lang, metadata or {}
        self._length = 0
        self._sentences: list[Sentence] = []
        self._tokens: list[Token] = []
        self._annotations: list[dict[str, str]] = []
        self._glued = True

    @property
    def empty(self) -> bool:
        """Whether there is no token yet."""
        return not self._tokens and not self._sentences

    def token(self, form: str, **annotations: str) -> None:
        """The next token."""
        if form:
            end = self._length + len(form)
            self._tokens.append(Token(form, self._length, end, kind(form)))
            self._annotations.append(annotations)
            self._length = end

    def space(self, spaces: str) -> None:
        """White space, if any."""
        self.token(spaces)

    def spaced(self, form: str, **annotations: str) -> None:
        """The next token, with a blank before it unless they are glued together."""
        if not self._glued:
            self.space(" ")
        self._glued = False
        self.token(form, **annotations)

    def glue(self) -> None:
        """No blank before the next token."""
        self._glued = True

    def end_sentence(self) -> None:
        """What comes next belongs to another sentence."""
        if self._tokens:
            self._sentences.append(Sentence(self._tokens[0].start, self._tokens[-1].end, tuple(self._tokens)))
            self._tokens = []

    def document(self) -> Document:
        """All that came."""
        self.end_sentence()
        names = dict.fromkeys(name for own in self._annotations for name in own)
        return Document(
            id=self._id,
            text="".join(sentence.text for sentence in self._sentences),
            lang=self._lang,
            metadata=self._metadata,
            edits=(),
            sentences=tuple(self._sentences),
            annotations={name: [own.get(name) for own in self._annotations] for name in names},
            provenance={**self._source.provenance, **MADE},
        )
