"""``wic grep``: a concordance, or lines as grep and ripgrep show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from wic.cli.run import Run, word_options
from wic.cli.run import command as wic_command

if TYPE_CHECKING:
    from wic.cli.found import View
    from wic.query.hits import Context
    from wic.query.page import TokenQuery
    from wic.query.syntax import Query

HELP = """Searches texts for PATTERN, a regular expression: a concordance on a terminal, lines in a pipe.

The clean text is searched, so 互聯網 is found where the page has 互聯(lián)網(wǎng); records give the place and the
characters of the text as read. With -w a match must be whole words of the segmented text, in any script.
In a concordance, and with --fold, spellings of the same word are one: case, Simplified and Traditional characters,
Arabic vowel marks and forms of alef, Thai spellings of borrowed words, full and half width.

With --cql the pattern is a query over words, as in CQP and Sketch Engine. Attributes are word, kind and what the
tokens of a record carry (lemma, pos); regions are s (sentence) and text.

\b
Examples:
  wic grep 互联网 corpus/                 finds 互聯網 too
  wic grep -w ประเทศ corpus/ -f text      the word, not the letters in other words
  wic grep -c -e قمة -e مؤتمر corpus/
  wic grep '\\d+ (แห่ง|ประเทศ)' corpus/ -o
  wic grep --cql '"digital"%c [kind="word"]' corpus/en --sort after1
  wic grep 互联网 corpus/zh --group-by after1
"""

#: These speak of lines.
LINE_FLAGS = ["invert", "only_matching", "before", "after", "around", "numbers"]
LINES = "-v, -o, -n, -A, -B and -C show lines"


@wic_command(
    "grep",
    "Search texts in any script: concordance or lines.",
    formats=["kwic", "text", "jsonl", "tsv"],
    piped="text",
    letters=False,
    help=HELP,
    pattern=("patterns", "pattern_file"),
    plain=LINE_FLAGS,
    without_input=["parse", "files_from"],
)
@click.option("-e", "--regexp", "patterns", multiple=True, metavar="PATTERN", help="A pattern; may be repeated. PATTERN is then a path.")  # fmt: skip
@click.option("--pattern-file", type=click.Path(), metavar="FILE", help="Patterns from FILE, one a line. PATTERN is then a path.")  # fmt: skip
@click.option("--files-from", type=click.Path(), metavar="FILE", help="Search the files that FILE names, one a line (with -0 NUL between them).")  # fmt: skip
@click.option("-F", "--fixed-strings", "fixed", is_flag=True, help="Patterns are plain strings.")
@click.option("-i", "--ignore-case", is_flag=True, help="Case does not matter.")
@click.option("-w", "--word-regexp", "word", is_flag=True, help="Matches must be whole words of the segmented text.")
@click.option("-x", "--line-regexp", "line", is_flag=True, help="Matches must be whole lines.")
@click.option("-U", "--multiline", "across", is_flag=True, help="Matches may go over line ends.")
@click.option("--fold/--no-fold", default=None, help="Spellings of the same word are one (default: in a concordance).")  # fmt: skip
@click.option("--cql", is_flag=True, help="PATTERN is a token query.")
@click.option("--strategy", type=click.Choice(["leftmost", "longest", "standard", "shortest", "traditional", "all"]), default="leftmost", help="Which matches of a token query count: the longest from the left without overlap; as in CQP; or all.")  # fmt: skip
@click.option("--parse", is_flag=True, help="Show how a token query is understood, and end.")
@click.option("-v", "--invert-match", "invert", is_flag=True, help="Select the lines without a match.")
@click.option("-c", "--count", is_flag=True, help="Count the selected lines of each text.")
@click.option("--count-matches", is_flag=True, help="Count the matches of each text.")
@click.option("-l", "--files-with-matches", "with_matches", is_flag=True, help="Name the texts with a selected line.")
@click.option("-L", "--files-without-match", "without_match", is_flag=True, help="Name the texts without one.")
@click.option("-o", "--only-matching", is_flag=True, help="Show the matches alone, one a line.")
@click.option("-m", "--max-count", "most", type=click.IntRange(0), metavar="N", help="Stop after N selected lines (hits in a concordance) of a text.")  # fmt: skip
@click.option("-n", "--line-number", "numbers", is_flag=True, help="Show line numbers.")
@click.option("-b", "--byte-offset", "octets", is_flag=True, help="Show offsets in bytes; records get byte_start and byte_end.")  # fmt: skip
@click.option("-H", "--with-filename", "with_name", is_flag=True, help="Show the text's name before each line.")
@click.option("-I", "--no-filename", "without_name", is_flag=True, help="Never show names.")
@click.option("-A", "--after-context", "after", type=click.IntRange(0), default=0, metavar="N", help="Show N lines after each.")  # fmt: skip
@click.option("-B", "--before-context", "before", type=click.IntRange(0), default=0, metavar="N", help="Show N lines before each.")  # fmt: skip
@click.option("-C", "--line-context", "around", type=click.IntRange(0), default=0, metavar="N", help="Show N lines before and after each.")  # fmt: skip
@click.option("--context", metavar="N|Nw", help="Context of hits in characters (default: 40) or, as in 5w, in words.")
@click.option("--sort", metavar="KEY,...", help="Sort hits by before1, match, after1, before2 …, id, lang or a field of the metadata.")  # fmt: skip
@click.option("--sample", type=click.IntRange(0), metavar="N", help="Show N of the hits, chosen at random.")
@click.option("--seed", type=int, default=0, help="Another number chooses another sample (default: 0).")
@click.option("--group-by", metavar="KEY", help="Count the hits by a key, as in --sort.")
@click.option(
    "--collocates", is_flag=True, help="Count the words around the hits, 5 on each side or as --context says."
)
@click.option("--width", type=click.IntRange(20), metavar="CELLS", help="Width of a concordance line (default: that of the terminal).")  # fmt: skip
@click.option("--bidi", type=click.Choice(["auto", "isolate", "visual", "off"]), default="auto", help="How right-to-left columns of a concordance are kept: by marks, for a terminal that turns such text (isolate; the default on one); turned already, for one that does not (visual); or as they are (off).")  # fmt: skip
@word_options
@click.option("-a", "--text", "binary", is_flag=True, help="Show lines of binary files too.")
@click.option("-s", "--no-messages", is_flag=True, help="Do not report what cannot be read; the exit code still tells.")
@click.option("-0", "--null", is_flag=True, help="A NUL byte after names.")
def command(run: Run, patterns: tuple[str, ...], **flags: Any) -> int:
    from wic.cli import found

    run.silent = flags["no_messages"]
    patterns += tuple(_patterns(flags["pattern_file"])) if flags["pattern_file"] else ()
    if flags["parse"]:
        return _parsed(run, patterns, flags)
    hits_only = [name for name in ("sort", "sample", "group_by", "collocates") if flags[name] not in (None, False)]
    if hits_only and run.format == "text":
        if not _chosen("format") and not any(flags[name] for name in LINE_FLAGS):
            run.format = "kwic"
        else:
            raise click.UsageError(f"--{hits_only[0].replace('_', '-')} is for hits, not for lines; {LINES}")
    if run.format != "text" and flags["invert"]:
        raise click.UsageError(f"-v selects lines, and {run.format} shows hits; use -f text with -v")
    if flags["files_from"]:
        run.paths = (*run.paths, *_files(flags["files_from"], flags["null"]))
    named = run.paths or not flags["files_from"]  # a list without names names nothing, not standard input
    run.sources = [source._replace(lossy=True) for source in run.sources] if named else []
    view = _view(run, patterns, flags)
    steps = run.steps(words=flags["word_choice"])
    if run.quiet:
        if any(run.results(partial(found.found, steps, view))):
            run.refused.clear()  # a match is a match, whatever else could not be read
            return 0
        return 1
    header = b""
    if flags["with_matches"] or flags["without_match"]:
        end = b"\0" if flags["null"] else b"\n"
        lines = run.lines(partial(found.names, steps, view, flags["with_matches"], end))
    elif flags["count"] or flags["count_matches"]:
        lines = run.lines(partial(found.counts, steps, view, flags["count_matches"]))
    elif flags["group_by"] or flags["collocates"]:
        job = found.neighbours if flags["collocates"] else found.grouped
        name = "word" if flags["collocates"] else flags["group_by"]
        lines = found.tallied(sum(run.results(partial(job, steps, view), add=True), Counter()), name, view)
    elif run.format == "text":
        lines = _without_first(run.lines(partial(found.texts, steps, view)), found.SEPARATOR)
    else:
        header = ("\t".join(found.FIELDS) + "\n").encode() if run.format == "tsv" else b""
        lines = _hits(run, steps, view, flags)
    shown = run.write(lines, header)
    if run.format == "kwic" and run.to_person and _is_folded(run, flags) and not hits_only:
        click.echo("wic: spellings of a word were taken for one; --no-fold searches for them as typed", err=True)
    return 0 if shown else 1


def _hits(run: Run, steps: Any, view: View, flags: dict[str, Any]) -> Iterator[bytes]:
    """The hits in their order: that of the corpus as they come, or chosen and sorted when all are known."""
    from wic.cli import found
    from wic.query.hits import Hit, in_order, sample

    if flags["sample"] is None and not flags["sort"]:
        return run.lines(partial(found.hit_lines, steps, view))
    hits: Iterable[Hit] = (hit for some in run.results(partial(found.gathered, steps, view)) for hit in some)
    if flags["sample"] is not None:
        hits = sample(hits, flags["sample"], flags["seed"])
    return found.shown(in_order(hits) if flags["sort"] else hits, view)


def _view(run: Run, patterns: tuple[str, ...], flags: dict[str, Any]) -> View:
    from wic.cli.found import View
    from wic.query.hits import Context, Wanted
    from wic.query.page import Asked

    keys = (
        tuple((flags["sort"] or "").split(",")) if flags["sort"] else (flags["group_by"],) if flags["group_by"] else ()
    )
    context = _context(flags["context"])
    width = flags["width"] or _width()
    if flags["collocates"]:
        context = context or Context(5, True)
    elif run.format == "kwic":  # what does not fit into the line is cut later
        context = (
            context if context and context.words else Context(min(context.size if context else 2 * width, 2 * width))
        )
    wanted = Wanted(context or Context(40), keys, flags["octets"], tokens=run.format == "jsonl")
    plain = run.format == "kwic" and not (wanted.words or keys or flags["collocates"])
    return View(
        asked=Asked(
            query=_query(run, patterns, flags),
            words=flags["word_choice"],
            invert=flags["invert"],
            before=flags["before"] or flags["around"],
            after=flags["after"] or flags["around"],
            most=flags["most"],
        ),
        wanted=wanted,
        format=run.format,
        only_matching=flags["only_matching"],
        numbers=flags["numbers"],
        octets=flags["octets"],
        null=flags["null"],
        names=False if flags["without_name"] else (flags["with_name"] or run.several or len(run.paths) > 1 or None),
        binary=flags["binary"],
        silent=run.silent,
        verbose=run.verbose,
        width=width,
        coloured=run.coloured,
        safe=run.to_person or run.coloured,
        bidi=("isolate" if run.to_person else "off") if flags["bidi"] == "auto" else flags["bidi"],
        direct=not run.verbose and (_is_about_lines(run, flags) or (plain)),
    )


def _is_about_lines(run: Run, flags: dict[str, Any]) -> bool:
    """Whether lines or texts are shown or counted, not hits."""
    names = ("with_matches", "without_match", "count", "count_matches")
    return run.quiet or run.format == "text" or any(flags[name] for name in names)


def _query(run: Run, patterns: tuple[str, ...], flags: dict[str, Any]) -> Query | TokenQuery:
    if not flags["cql"]:
        from wic.query.syntax import compile

        names = ("fixed", "ignore_case", "word", "line", "across")
        return compile(patterns, folded=_is_folded(run, flags), **{name: flags[name] for name in names})
    query = _token_query(patterns, flags)
    query.compiled()
    return query


def _is_folded(run: Run, flags: dict[str, Any]) -> bool:
    """Whether spellings of a word are one: as asked, or in a concordance of a text search."""
    return (run.format == "kwic" and not flags["cql"]) if flags["fold"] is None else flags["fold"]


def _token_query(patterns: tuple[str, ...], flags: dict[str, Any]) -> TokenQuery:
    from wic.query.page import TokenQuery

    for name, letter in (("fixed", "-F"), ("word", "-w"), ("line", "-x"), ("across", "-U")):
        if flags[name]:
            raise click.UsageError(f"{letter} is for text, not for token queries")
    if len(patterns) != 1:
        raise click.UsageError("--cql takes one query")
    return TokenQuery(patterns[0], flags["strategy"], "n" * bool(flags["fold"]) + "c" * flags["ignore_case"])


def _parsed(run: Run, patterns: tuple[str, ...], flags: dict[str, Any]) -> int:
    from wic.query.cql import show
    from wic.write.visible import visible

    tree = show(_token_query(patterns, flags).compiled().query)
    run.write([(visible(tree) + "\n").encode()])
    return 0


def _context(value: str | None) -> Context | None:
    from wic.query.hits import Context

    if value is None:
        return None
    number = value.removesuffix("w")
    if not number.isascii() or not number.isdigit():
        raise click.UsageError(f"--context {value}: a number of characters such as 40, or of words such as 5w")
    return Context(int(number), value.endswith("w"))


def _patterns(path: str) -> list[str]:
    """The lines of a file of patterns."""
    return _lines(path).decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")


def _files(path: str, null: bool) -> list[str]:
    """The paths that a file lists."""
    names = _lines(path).split(b"\0" if null else b"\n")
    return [name.decode("utf-8", "surrogateescape") for name in names if name]


def _lines(path: str) -> bytes:
    import sys

    from wic.errors import WicError

    try:
        if path == "-":
            return sys.stdin.buffer.read()
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise WicError(f"{path}: {error.strerror}", "name a file that can be read") from None


def _chosen(flag: str) -> bool:
    """Whether a flag was given, and not left at its default."""
    from click.core import ParameterSource

    return click.get_current_context().get_parameter_source(flag) not in (ParameterSource.DEFAULT, None)


def _without_first(lines: Iterable[bytes], separator: bytes) -> Iterator[bytes]:
    """The lines without a separator at their very beginning."""
    first = True
    for line in lines:
        yield line.removeprefix(separator) if first else line
        first = first and not line


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((120, 24)).columns
