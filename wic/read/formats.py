"""Which format a file has, told by its name or else by its first bytes."""

from __future__ import annotations

import io

from wic.errors import WicError
from wic.read import jsonl

# Modules with a function `documents(stream, source, refuse)`.
FORMATS = {
    "text": "wic.read.text",
    "jsonl": "wic.read.jsonl",
    "json": "wic.read.json",
    "csv": "wic.read.csv",
    "tsv": "wic.read.csv",
    "conllu": "wic.read.conllu",
    "vrt": "wic.read.vrt",
    "html": "wic.read.html",
    "warc": "wic.read.warc",
    "parquet": "wic.read.parquet",
    "docx": "wic.read.docx",
    "zip": "wic.read.archive",
    "tar": "wic.read.archive",
}
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".conllu": "conllu",
    ".vrt": "vrt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".warc": "warc",
    ".wet": "warc",
    ".parquet": "parquet",
    ".docx": "docx",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
}
# What a folder or an archive gives: files that are sure to hold documents. What may hold anything has to be named.
WALKED = tuple(suffix for suffix, name in SUFFIXES.items() if name not in {"csv", "tsv", "json", "zip", "tar"})
MAGIC = {
    b"WARC/1.": "warc",
    b"PAR1": "parquet",
    b"PK\x03\x04": "zip",
    b"<!doctype html": "html",
    b"<html": "html",
}
USTAR = slice(257, 262)  # where a tar file says that it is one
# What has text inside that wic does not get out, with the way round.
FOREIGN = {
    b"%PDF-": ("a PDF", "take its text out first, for example with pdftotext"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("an old Word or Excel file", "save it as .docx or as text"),
}


def guess(stream: io.BufferedReader) -> str:
    """The format of a stream by its first bytes, ``text`` where nothing speaks for another. The stream is not moved.

    Raises WicError for what is no text at all.
    """
    peeked = stream.peek(512)
    head = peeked[:1024]
    for magic, (what, hint) in FOREIGN.items():
        if head.startswith(magic):
            raise WicError(f"{what}, which wic does not read", hint)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, name in MAGIC.items():
        if start[: len(magic)].lower() == magic.lower():
            return name
    if peeked[USTAR] == b"ustar":
        return "tar"
    if start.startswith(b"<?xml"):
        if b"<html" in start.lower():
            return "html"
        raise WicError(
            "an XML file, which wic does not read", "take its text out first, or name it --input-format text"
        )
    return "jsonl" if jsonl.starts(stream) else "text"
