"""Fuzzes what takes text from strangers: readers, cleaner, finder of dates, parser of queries.

uv run --with atheris python tools/fuzz.py TARGET [-max_total_time=60] [CORPUS]

Guided by coverage (libFuzzer through atheris). A target may refuse its input by name; any other exception, a text that does
not come back, and a result that does not hold what it promises are crashes. What was found is in docs/design.md.
"""

from __future__ import annotations

import io
import sys

import atheris

with atheris.instrument_imports(include=["wic"]):
    from wic.clean import clean
    from wic.dates import find
    from wic.document import Document, apply, undo
    from wic.errors import WicError
    from wic.query.cql.parse import parse
    from wic.query.match import spans
    from wic.query.syntax import compile
    from wic.read import Source, compression, within
    from wic.read.formats import FORMATS

LANGS = ("", "th", "zh", "ar", "en")


def readers(data: bytes) -> None:
    """A file of any format, compressed or not: documents and refusals, whatever the bytes."""
    provider = atheris.FuzzedDataProvider(data)
    form = provider.PickValueInList(["", *sorted(set(FORMATS) - {"parquet", "docx"})])
    encoding = provider.PickValueInList(["", "", "", "utf-8", "cp874", "gb18030", "utf-16"])
    source = Source("fuzz", format=form, encoding=encoding, lossy=provider.ConsumeBool(), limit=1 << 20)
    stream = io.BufferedReader(io.BytesIO(provider.ConsumeBytes(1 << 16)))
    try:
        with compression.decompressed(stream) as content:
            for document in within(content, source, lambda refusal: None):
                document.text.encode()
    except WicError:
        pass


def cleaner(data: bytes) -> None:
    """A text of any language: its edits undo, and it is left alone the second time."""
    provider = atheris.FuzzedDataProvider(data)
    lang = provider.PickValueInList(list(LANGS))
    text = provider.ConsumeUnicodeNoSurrogates(4000)
    done = clean(Document(id="fuzz", text=text, lang=lang))
    assert apply(done.edits or (), text) == done.text
    assert undo(done.edits or (), done.text) == text
    again = clean(Document(id="fuzz", text=done.text, lang=lang))
    assert again.text == done.text


def dates(data: bytes) -> None:
    """A text of any language: expressions that stand where they say."""
    provider = atheris.FuzzedDataProvider(data)
    lang = provider.PickValueInList(list(LANGS))
    reference = provider.PickValueInList([None, "2024-02-29", "0001-01-01", "9999-12-31"])
    text = provider.ConsumeUnicodeNoSurrogates(2000)
    for one in find(Document(id="fuzz", text=text, lang=lang), reference):
        assert text[one.start : one.end] == one.text


def queries(data: bytes) -> None:
    """A token query, or a pattern that is searched: an answer, or an error that says what is wrong."""
    provider = atheris.FuzzedDataProvider(data)
    cql, word, fold, plain = (provider.ConsumeBool() for _ in range(4))
    text = provider.ConsumeUnicodeNoSurrogates(60)
    source = provider.ConsumeUnicodeNoSurrogates(60)
    try:
        if cql:
            parse(source)
            return
        query = compile([source], fixed=plain, word=word, folded=fold)
        for one in spans(Document(id="fuzz", text=text), query):
            assert 0 <= one.start <= one.end <= len(text)
    except WicError:
        pass


TARGETS = {"readers": readers, "cleaner": cleaner, "dates": dates, "queries": queries}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: fuzz.py {'|'.join(TARGETS)} [libFuzzer's flags]")
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()
