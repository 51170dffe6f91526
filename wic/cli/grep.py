"""``wic grep``: a concordance, or lines as grep and ripgrep show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from wic.cli.run import Run, looked_at
from wic.cli.run import command as wic_command

if TYPE_CHECKING:
    from wic.document import Document
    from wic.pipeline import Steps
    from wic.query.lines import Line
    from wic.query.match import Span
    from wic.query.syntax import Query
    from wic.read import Refuse, Source

HELP = """Searches texts for PATTERN, a regular expression: a concordance on a terminal, lines in a pipe.

The clean text is searched, so 互聯網 is found where the page has 互聯(lián)網(wǎng); records give the place and the
characters of the text as read. With -w a match must be whole words of the segmented text, in any script.
In a concordance, and with --fold, spellings of the same word are one: case, Simplified and Traditional characters,
Arabic vowel marks and forms of alef, full and half width.

\b
Examples:
  wic grep 互联网 corpus/                 finds 互聯網 too
  wic grep -w ประเทศ corpus/ -f text      the word, not the letters in other words
  wic grep -c -e قمة -e مؤتمر corpus/
  wic grep '\\d+ (แห่ง|ประเทศ)' corpus/ -o
"""


FIELDS = ["id", "lang", "start", "end", "before", "text", "after"]
LINE_FLAGS = ["invert", "only_matching", "before", "after", "around", "numbers"]  # these speak of lines


@dataclass(frozen=True, slots=True)
class View:
    """How hits are shown: grep's flags."""

    query: Query
    format: str
    engine: str
    invert: bool
    only_matching: bool
    most: int | None
    numbers: bool
    names: bool | None
    before: int
    after: int
    context: int
    width: int
    coloured: bool
    isolated: bool


@wic_command(
    "grep",
    "Search texts in any script: concordance or lines.",
    formats=["kwic", "text", "jsonl", "tsv"],
    piped="text",
    letters=False,
    help=HELP,
    pattern=True,
    plain=LINE_FLAGS,
)
@click.option("-e", "--regexp", "patterns", multiple=True, metavar="PATTERN", help="A pattern; may be repeated. PATTERN is then a path.")  # fmt: skip
@click.option("-F", "--fixed-strings", "fixed", is_flag=True, help="Patterns are plain strings.")
@click.option("-i", "--ignore-case", is_flag=True, help="Case does not matter.")
@click.option("-w", "--word-regexp", "word", is_flag=True, help="Matches must be whole words of the segmented text.")
@click.option("--fold/--no-fold", default=None, help="Spellings of the same word are one (default: in a concordance).")  # fmt: skip
@click.option("-v", "--invert-match", "invert", is_flag=True, help="Select the lines without a match.")
@click.option("-c", "--count", is_flag=True, help="Count the selected lines of each text.")
@click.option("--count-matches", is_flag=True, help="Count the matches of each text.")
@click.option("-l", "--files-with-matches", "with_matches", is_flag=True, help="Name the texts with a selected line.")
@click.option("-L", "--files-without-match", "without_match", is_flag=True, help="Name the texts without one.")
@click.option("-o", "--only-matching", is_flag=True, help="Show the matches alone, one a line.")
@click.option("-m", "--max-count", "most", type=click.IntRange(0), metavar="N", help="Stop after N selected lines (hits in a concordance) of a text.")  # fmt: skip
@click.option("-n", "--line-number", "numbers", is_flag=True, help="Show line numbers.")
@click.option("-H", "--with-filename", "with_name", is_flag=True, help="Show the text's name before each line.")
@click.option("-I", "--no-filename", "without_name", is_flag=True, help="Never show names.")
@click.option("-A", "--after-context", "after", type=click.IntRange(0), default=0, metavar="N", help="Show N lines after each.")  # fmt: skip
@click.option("-B", "--before-context", "before", type=click.IntRange(0), default=0, metavar="N", help="Show N lines before each.")  # fmt: skip
@click.option("-C", "--line-context", "around", type=click.IntRange(0), default=0, metavar="N", help="Show N lines before and after each.")  # fmt: skip
@click.option("--context", type=click.IntRange(0), default=40, metavar="N", help="Characters of context in records (default: 40).")  # fmt: skip
@click.option("--width", type=click.IntRange(20), metavar="CELLS", help="Width of a concordance line (default: that of the terminal).")  # fmt: skip
@click.option("--engine", default="", metavar="NAME", help="Word engine for -w, where it is not the language's own.")
@click.option("-s", "--no-messages", is_flag=True, help="Do not report what cannot be read; the exit code still tells.")
@click.option("-0", "--null", is_flag=True, help="End names with a NUL byte in -l and -L.")
def command(run: Run, patterns: tuple[str, ...], **flags: Any) -> int:
    from wic.errors import WicError
    from wic.query.syntax import compile

    if run.format != "text" and flags["invert"]:
        raise WicError(f"-v selects lines, and {run.format} shows matches", "use -f text with -v")
    run.silent = flags["no_messages"]
    folded = run.format == "kwic" if flags["fold"] is None else flags["fold"]
    query = compile(patterns, fixed=flags["fixed"], ignore_case=flags["ignore_case"], folded=folded, word=flags["word"])
    steps = run.steps()
    view = View(
        query=query,
        format=run.format,
        engine=flags["engine"],
        invert=flags["invert"],
        only_matching=flags["only_matching"],
        most=flags["most"],
        numbers=flags["numbers"],
        names=False if flags["without_name"] else (flags["with_name"] or run.several or None),
        before=flags["before"] or flags["around"],
        after=flags["after"] or flags["around"],
        context=flags["context"],
        width=flags["width"] or _width(),
        coloured=run.coloured,
        isolated=run.to_person,
    )
    if run.quiet:
        return 0 if any(run.results(partial(found, steps, view))) else 1
    if flags["with_matches"] or flags["without_match"]:
        end = b"\0" if flags["null"] else b"\n"
        shown = run.lines(partial(names, steps, run.verbose, view, flags["with_matches"], end))
    elif flags["count"] or flags["count_matches"]:
        shown = run.lines(partial(counts, steps, run.verbose, view, flags["count_matches"]))
    else:
        shown = run.lines(partial(SHOWN[run.format], steps, run.verbose, view))
    header = ("\t".join(FIELDS) + "\n").encode() if run.format == "tsv" else b""
    return 0 if run.write(shown, header) else 1


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((120, 24)).columns


def _spans(document: Document, view: View) -> Iterator[Span]:
    from wic.query.match import spans

    return spans(document, view.query, view.engine)


def _lines(document: Document, view: View) -> Iterator[Line]:
    from wic.query.lines import lines

    return lines(
        document.text, _spans(document, view), invert=view.invert, before=view.before, after=view.after, most=view.most
    )


def found(steps: Steps, view: View, source: Source, refuse: Refuse) -> bool:
    """Whether any line of the source is selected; stops at the first."""
    documents = looked_at(steps, False, source, refuse)
    if view.invert:
        return any(line.selected for document in documents for line in _lines(document, view))
    return any(True for document in documents for _ in _spans(document, view))


def names(
    steps: Steps, verbose: bool, view: View, matching: bool, end: bytes, source: Source, refuse: Refuse
) -> Iterator[bytes]:
    """The names of the texts with a selected line, or of those without."""
    for document in looked_at(steps, verbose, source, refuse):
        if any(line.selected for line in _lines(document, view)) == matching:
            yield document.id.encode() + end


def counts(steps: Steps, verbose: bool, view: View, matches: bool, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The number of selected lines, or of matches, of each text that has any (as ripgrep counts)."""
    for document in looked_at(steps, verbose, source, refuse):
        if matches:
            number = sum(1 for _ in _spans(document, view))
        else:
            number = sum(line.selected for line in _lines(document, view))
        if number:
            yield f"{_name(document, source, view, ':')}{number}\n".encode()


def _name(document: Document, source: Source, view: View, sign: str) -> str:
    """The text's name and ``sign``, where names are shown: for several inputs, and for the records of a file."""
    from wic.write.visible import visible

    if not (document.id != source.path if view.names is None else view.names):
        return ""
    name = visible(document.id)
    return (click.style(name, fg="magenta") if view.coloured else name) + sign


def texts(steps: Steps, verbose: bool, view: View, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """Selected lines as grep shows them."""
    for document in looked_at(steps, verbose, source, refuse):
        for line in _lines(document, view):
            if view.only_matching:
                for span in line.matches if not view.invert else ():
                    part = _painted(document.text[span.start : span.end], [], view, whole=True)
                    if span.start >= line.start:  # a match over several lines is shown once
                        yield (_name(document, source, view, ":") + _number(line, view, ":") + part + "\n").encode()
                continue
            sign = ":" if line.selected else "-"
            if line.apart and (view.before or view.after):
                yield b"--\n"
            spans = [(s.start - line.start, s.end - line.start) for s in line.matches] if line.selected else []
            shown = _painted(line.text, spans, view)
            yield (_name(document, source, view, sign) + _number(line, view, sign) + shown + "\n").encode()


def _number(line: Line, view: View, sign: str) -> str:
    if not view.numbers:
        return ""
    return (click.style(str(line.number), fg="green") if view.coloured else str(line.number)) + sign


def _painted(text: str, spans: list[tuple[int, int]], view: View, *, whole: bool = False) -> str:
    """The text with its matches in colour where colours are wanted, and safe for a terminal where it goes to one."""
    from wic.write.visible import visible

    if not view.isolated and not view.coloured:
        return text
    if not view.coloured:
        return visible(text)
    pieces, position = [], 0
    for start, end in [(0, len(text))] if whole else spans:
        start, end = max(start, 0), min(end, len(text))
        pieces += (visible(text[position:start]), click.style(visible(text[start:end]), fg="red", bold=True))
        position = end
    return "".join([*pieces, visible(text[position:])])


def concordance(steps: Steps, verbose: bool, view: View, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """Hits with their context, aligned."""
    from itertools import islice

    from wic.query.concordance import aligned, cells
    from wic.write.visible import one_line

    # On a terminal each column is isolated, so that its text keeps its own direction and its place.
    begin, end = ("\u2068", "\u2069") if view.isolated else ("", "")
    for document in looked_at(steps, verbose, source, refuse):
        name = one_line(document.id)[-24:]
        name += " " * (24 - cells(name))
        for span in islice(_spans(document, view), view.most):
            hit = aligned(document.text, *span, width=view.width - 26)
            match = click.style(hit.match, fg="red", bold=True) if view.coloured else hit.match
            line = f"{name}  {begin}{hit.before}{end}  {begin}{match}{end}  {begin}{hit.after}{end}".rstrip()
            yield (line + "\n").encode()


def records(steps: Steps, verbose: bool, view: View, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """Hits as records."""
    from wic.write import jsonl

    for record in _records(steps, verbose, view, source, refuse):
        yield jsonl.line(record)


def table(steps: Steps, verbose: bool, view: View, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """Hits as rows."""
    from wic.write import rows

    return rows.tsv(_records(steps, verbose, view, source, refuse), FIELDS, header=False)


def _records(steps: Steps, verbose: bool, view: View, source: Source, refuse: Refuse) -> Iterator[dict[str, Any]]:
    from itertools import islice

    from wic.query.match import hits

    for document in looked_at(steps, verbose, source, refuse):
        yield from hits(document, islice(_spans(document, view), view.most), view.context)


SHOWN = {"kwic": concordance, "text": texts, "jsonl": records, "tsv": table}
