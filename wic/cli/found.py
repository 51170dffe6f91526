"""How ``wic grep`` shows what it finds: the jobs that turn a source into names, counts, lines, hits or counts of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, AnyStr

import click

from wic.books import books
from wic.query.hits import Hit, Wanted, collocates
from wic.query.match import Span
from wic.query.page import Asked, DocumentPage, FilePage, direct

if TYPE_CHECKING:
    from wic.pipeline import Steps
    from wic.query.lines import Line
    from wic.read import Refuse, Source

SEPARATOR = b"--\n"
NAME = 24  # cells for the name of a text in a concordance
FIELDS = ["id", "lang", "start", "end", "before", "text", "after"]
BINARY = "a binary file matches; its lines are not shown (--text shows them)"
DAMAGED = "not valid UTF-8; the bytes that cannot be read stand as U+FFFD"


@dataclass(frozen=True, slots=True)
class View:
    """How hits are shown: grep's flags."""

    asked: Asked
    wanted: Wanted
    format: str
    only_matching: bool
    numbers: bool
    octets: bool
    null: bool
    names: bool | None
    binary: bool
    silent: bool
    verbose: bool
    width: int
    coloured: bool
    safe: bool
    bidi: str
    direct: bool  # whether what is shown can be told without making a document of a file


def _pages(
    steps: Steps, view: View, source: Source, refuse: Refuse, *, every: bool = False
) -> Iterator[DocumentPage | FilePage]:
    """The texts of a source under search; what is wrong with one is said when it has been looked at.

    Those without a match may be left out unless ``every`` one is wanted.
    """
    from wic.cli.run import looked_at

    with direct(source, steps, view.asked) if view.direct else nullcontext() as page:
        if page is not None:
            yield from books.enter([page])
            _tell(page.damaged, page.id, DAMAGED, view)
            return
    if source.indexed and not view.verbose:
        from wic.query.indexed import pages

        plain = view.direct and not view.octets
        every = every or view.asked.invert
        ready = pages(source, steps, view.asked, direct=plain, binary=view.binary, every=every)
        if ready is not None:
            yield from books.enter(ready)
            return
    for document in looked_at(steps, view.verbose, source, refuse):
        found = DocumentPage(document, view.asked)
        _tell(found.damaged, found.id, DAMAGED, view)
        yield found


def _tell(true: bool, place: str, what: str, view: View) -> None:
    if true and not view.silent:
        from wic.cli import complain

        complain(f"{place}: {what}")


def _readable(steps: Steps, view: View, source: Source, refuse: Refuse) -> Iterator[DocumentPage | FilePage]:
    """The texts whose lines can be shown; of a binary one only that it matches is said."""
    for page in _pages(steps, view, source, refuse):
        if isinstance(page, DocumentPage) and not view.binary and page.binary:
            _tell(page.any(), page.id, BINARY, view)
        else:
            yield page


def found(steps: Steps, view: View, source: Source, refuse: Refuse) -> bool:
    """Whether any line of the source is selected; stops at the first."""
    return any(page.any() for page in _pages(steps, view, source, refuse))


def names(steps: Steps, view: View, matching: bool, end: bytes, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The names of the texts with a selected line, or of those without."""
    for page in _pages(steps, view, source, refuse, every=not matching):
        if page.any() == matching:
            yield _name(page, source, view) + end


def counts(steps: Steps, view: View, matches: bool, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The number of selected lines, or of matches, of each text that has any (as ripgrep counts)."""
    for page in _pages(steps, view, source, refuse):
        if number := page.matches() if matches else page.selected():
            yield _prefix(page, source, view, ":") + b"%d\n" % number


def texts(steps: Steps, view: View, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """Selected lines as grep shows them. With context, ``SEPARATOR`` stands before each group, the first too."""
    for page in _readable(steps, view, source, refuse):
        name = {sign: _prefix(page, source, view, sign) for sign in ":-"}
        if view.only_matching:
            for line in page.lines():
                yield from _parts(page, line, name[":"], view)
        elif isinstance(page, FilePage) and not view.coloured and not view.safe:
            yield from _rows(page, page.octet_lines(), partial(_as_it_is, page), name, view)
        else:
            yield from _rows(page, page.lines(), partial(_as_shown, view), name, view)


def _rows(
    page: DocumentPage | FilePage,
    lines: Iterable[Line[AnyStr]],
    shown: Callable[[Line[AnyStr]], bytes],
    name: Mapping[str, bytes],
    view: View,
) -> Iterator[bytes]:
    """The lines of a text behind their names and numbers, as ``shown`` gives them."""
    context, first = view.asked.before or view.asked.after, True
    for line in lines:
        if context and (first or line.apart):
            yield SEPARATOR
        first = False
        sign = ":" if line.selected else "-"
        yield name[sign] + _place(page, line, 0, view, sign).encode() + shown(line) + b"\n"


def _as_it_is(page: FilePage, line: Line[bytes]) -> bytes:
    text = page.read(line.text)
    return text.encode() if page.damaged else line.text


def _as_shown(view: View, line: Line[str]) -> bytes:
    spans = [(span.start, span.end) for span in line.matches if line.selected]
    return _painted(line.text, spans, view).encode()


def _parts(page: DocumentPage | FilePage, line: Line[str], name: bytes, view: View) -> Iterator[bytes]:
    """The matches of a line, or the whole of one that has none; what goes over line ends is shown once."""
    if all(span.start == span.end for span in line.matches) and line.matches:
        yield b""  # selected, and there is nothing to show of it
    for span in line.matches or [Span(0, len(line.text))]:
        if span.start >= 0 and (span.end > span.start or not line.matches):
            whole = isinstance(page, DocumentPage) and span.end > len(line.text)
            text = page.document.text[line.start :] if whole and isinstance(page, DocumentPage) else line.text
            part = text[span.start : span.end]
            spans = [(0, len(part))] if line.matches else []
            shown = _place(page, line, span.start, view, ":") + _painted(part, spans, view)
            yield name + shown.encode() + b"\n"


def _place(page: DocumentPage | FilePage, line: Line[AnyStr], within: int, view: View, sign: str) -> str:
    """The number of the line and the offset in bytes of a place in it, where they are wanted."""
    number = [_coloured(str(line.number), "green", view) + sign] if view.numbers else []
    octet = [_coloured(str(page.octet(line, within)), "green", view) + sign] if view.octets else []
    return "".join(number + octet)


def _prefix(page: DocumentPage | FilePage, source: Source, view: View, sign: str) -> bytes:
    """The text's name and ``sign``, where names are shown: for several inputs, and for the records of a file."""
    if not (page.id != source.name if view.names is None else view.names):
        return b""
    return _name(page, source, view) + (b"\0" if view.null else sign.encode())


def _name(page: DocumentPage | FilePage, source: Source, view: View) -> bytes:
    """The text's name; that of a file in the very bytes that the system knows it by."""
    name = source.path if page.id == source.name else page.id
    return _coloured(_safe(name, view), "magenta", view).encode("utf-8", "surrogateescape")


def _safe(text: str, view: View) -> str:
    """The text as it may go to where it goes: a terminal gets no control characters."""
    if not view.safe:
        return text
    from wic.write.visible import visible

    return visible(text)


def _coloured(text: str, colour: str, view: View) -> str:
    return click.style(text, fg=colour) if view.coloured else text


def _painted(text: str, spans: list[tuple[int, int]], view: View) -> str:
    """The text with its matches in colour where colours are wanted, and safe for a terminal where it goes to one."""
    if not view.coloured:
        return _safe(text, view)
    parts, position = [], 0
    for start, end in spans:
        start, end = max(start, 0), min(end, len(text))
        if start < end:
            parts += [_safe(text[position:start], view), _marked(_safe(text[start:end], view), view)]
            position = end
    return "".join([*parts, _safe(text[position:], view)])


def _marked(text: str, view: View) -> str:
    return click.style(text, fg="red", bold=True) if view.coloured else text


def gathered(steps: Steps, view: View, source: Source, refuse: Refuse) -> list[Hit]:
    """The hits of a source, to be sorted or sampled with those of the others."""
    return [hit for page in _readable(steps, view, source, refuse) for hit in page.hits(view.wanted)]


def hit_lines(steps: Steps, view: View, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The hits of a source, each in the format of the output."""
    plain = view.format == "kwic" and view.bidi == "off" and not view.coloured
    for page in _readable(steps, view, source, refuse):
        if plain and isinstance(page, FilePage):
            yield from _plain_concordance(page, view)
        else:
            yield from shown(page.hits(view.wanted), view)


def shown(hits: Iterable[Hit], view: View) -> Iterator[bytes]:
    """Hits in the format of the output."""
    from wic.write import jsonl, rows

    if view.format == "kwic":
        return _concordance(hits, view)
    if view.format == "jsonl":
        return (jsonl.line(hit.record()) for hit in hits)
    return rows.tsv((hit.record() for hit in hits), FIELDS, header=False)


def _concordance(hits: Iterable[Hit], view: View) -> Iterator[bytes]:
    """Hits with their context, aligned."""
    from wic.query.concordance import aligned, line

    for hit in hits:
        columns = aligned(hit.before, hit.match, hit.after, width=view.width - NAME - 2)
        shown = line(columns, partial(_marked, view=view), view.bidi)
        yield f"{_column(hit.id)}  {shown}\n".encode()


def _plain_concordance(page: FilePage, view: View) -> Iterator[bytes]:
    """The same of a text in bytes, for a file or a pipe: most of its lines are made without decoding anything."""
    from wic.query.concordance import plain_line

    data, most, width = page.data, view.wanted.context.size, view.width - NAME - 2
    name = b""
    for span in page.places():
        name = name or f"{_column(page.id)}  ".encode()
        line = plain_line(data, span, most, width)
        if line is None:
            yield from _concordance([page.hit(span, view.wanted)], view)
        else:
            yield name + line + b"\n"


@lru_cache(maxsize=64)
def _column(id: str) -> str:
    """The end of the name of a text, in as many cells as there are for it."""
    from wic.query.concordance import cells
    from wic.write.visible import one_line

    name = one_line(id)[-NAME:]
    return name + " " * (NAME - cells(name))


def grouped(steps: Steps, view: View, source: Source, refuse: Refuse) -> Counter[str]:
    """How many hits of a source have each value of the key."""
    counts: Counter[str] = Counter()
    for page in _readable(steps, view, source, refuse):
        counts.update(hit.keys[0] for hit in page.hits(view.wanted))
    return counts


def neighbours(steps: Steps, view: View, source: Source, refuse: Refuse) -> Counter[str]:
    """How often words stand near a hit of a source."""
    counts: Counter[str] = Counter()
    for page in _readable(steps, view, source, refuse):
        if isinstance(page, DocumentPage):
            counts += collocates(page.spans(), view.wanted.context.size, page.words)
    return counts


def tallied(counts: Counter[str], name: str, view: View) -> Iterator[bytes]:
    """Values with their counts, the most frequent first."""
    from wic.write import jsonl, rows
    from wic.write.visible import one_line

    ranked = [
        {name: value, "count": count} for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    if view.format == "jsonl":
        return (jsonl.line(row) for row in ranked)
    if view.format == "tsv":
        return rows.tsv(ranked, [name, "count"])
    return (f"{row['count']:>7} {one_line(str(row[name]))}\n".encode() for row in ranked)
