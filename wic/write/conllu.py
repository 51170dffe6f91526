"""CoNLL-U (https://universaldependencies.org/format.html): one token a line, ten columns, a blank line a sentence.

White space tokens become ``SpaceAfter=No`` or ``SpacesAfter=…`` of the token before them, ``SpacesBefore=…`` of the
first one; ``Offset=START:END`` in the last column is where the token stands in the text as read.
"""

from __future__ import annotations

from collections.abc import Iterator

from wic.document import Document, Sentence, Token

_SPACES = str.maketrans(
    {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\", "\u00a0": "\\u00A0"}
)
_UPOS = {"number": "NUM", "punct": "PUNCT", "symbol": "SYM", "url": "SYM", "email": "SYM"}


def lines(document: Document) -> Iterator[bytes]:
    """The document's lines; sentences without a visible token add their white space to the one before."""
    yield f"# newdoc id = {_comment(document.id)}\n".encode()
    number = 0
    for sentence in document.sentences or ():
        if block := _sentence(sentence):
            number += 1
            head = f"# sent_id = {_comment(document.id)}-{number}\n# text = {_comment(sentence.text)}\n"
            yield (head + block + "\n").encode()


def _sentence(sentence: Sentence) -> str:
    rows: list[str] = []
    before = ""
    visible: list[tuple[Token, str]] = []
    for token in sentence.tokens:
        if token.kind != "space":
            visible.append((token, ""))
        elif visible:
            last, spaces = visible[-1]
            visible[-1] = (last, spaces + token.text)
        else:
            before += token.text
    for number, (token, spaces) in enumerate(visible, 1):
        notes = [f"Offset={token.start}:{token.end}"]
        if number == 1 and before:
            notes.append(f"SpacesBefore={before.translate(_SPACES)}")
        if not spaces:
            notes.append("SpaceAfter=No")
        elif spaces != " ":
            notes.append(f"SpacesAfter={spaces.translate(_SPACES)}")
        form = _comment(token.text)
        rows.append(f"{number}\t{form}\t_\t{_UPOS.get(token.kind, 'X')}\t_\t_\t_\t_\t_\t{'|'.join(notes)}\n")
    return "".join(rows)


def _comment(text: str) -> str:
    """On one line, since a line end would end the comment or the row."""
    return " ".join(text.split())
