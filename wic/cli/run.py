"""What every command has in common: the shared flags, the inputs, the output, and the report of what was refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cached_property, wraps
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from wic.books import books
from wic.choice import DEFAULT, GRANULARITIES, WordChoice
from wic.cli.terminal import coloured, is_terminal
from wic.errors import Refusal, WicError, unknown

if TYPE_CHECKING:
    from pathlib import Path

    from wic.clean import Selection
    from wic.document import Document
    from wic.pipeline import Steps
    from wic.read import Refuse, Source

T = TypeVar("T")

# The keys of wic.read.formats.FORMATS, written out because help must not load the readers.
INPUT_FORMATS = ["text", "jsonl", "json", "csv", "tsv", "conllu", "vrt", "html", "warc", "parquet", "docx"]


@dataclass
class Run:
    """One call of a command: the shared flags as they were given, and what has been refused so far."""

    paths: tuple[str, ...] = ()
    lang: str = "auto"
    format: str = ""
    output: str | None = None
    jobs: int = 1
    runner: str = "local"
    raw: bool = False
    quiet: bool = False
    verbose: bool = False
    color: str = "auto"
    encoding: str = ""
    input_format: str = "auto"
    text_column: str = ""
    delimiter: str = ""
    max_doc_bytes: int = 0
    no_index: bool = False
    silent: bool = False
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, refusal: Refusal) -> None:
        """Reports what could not be processed; the run goes on and ends with exit code 2."""
        from wic.cli import complain

        self.refused.append(refusal)
        if not self.silent:
            complain(f"{refusal.place}: {refusal.reason}", refusal.hint)

    @property
    def several(self) -> bool:
        """Whether there may be more than one text: several inputs, or a folder."""
        return len(self.sources) > 1 or any(os.path.isdir(path) for path in self.paths)

    @property
    def named(self) -> str:
        """What is read, as a title."""
        return ", ".join(path for path in self.paths if path != "-") or "Standard input"

    @property
    def to_person(self) -> bool:
        """Whether the results go to a terminal."""
        return self.output is None and is_terminal()

    @property
    def coloured(self) -> bool:
        return coloured(self.color, sys.stdout) and (self.output is None or self.color == "always")

    @cached_property
    def sources(self) -> list[Source]:
        """The inputs that the paths name, in order; standard input where none is named."""
        from wic.index import above, is_index
        from wic.read import STDIN, sources

        found: list[Source] = []
        for path in self.paths or (STDIN,):
            if path != STDIN and is_index(path):
                from wic.index.lookup import named

                found += named(path)
            else:
                found += sources(
                    [path],
                    self.refuse,
                    format=self.input_format,
                    encoding=self.encoding,
                    limit=self.max_doc_bytes,
                    column=self.text_column,
                    delimiter=self.delimiter,
                )
        if self.raw or self.no_index or self.max_doc_bytes:
            return [source._replace(indexed="") for source in found]
        folders = {os.path.dirname(source.path) for source in found if source.path != STDIN}
        if not any(source.indexed for source in found) and not any(above(os.path.abspath(one)) for one in folders):
            return found
        from wic.cli import complain
        from wic.index.lookup import attach

        found, trouble = attach(found)
        for error in trouble if not self.silent else ():
            complain(error.message, error.hint)
        return found

    def steps(self, selection: Selection | None = None, *, segment: bool = False, words: WordChoice = DEFAULT) -> Steps:
        """The steps before the command's own work, as the shared flags ask for them."""
        from wic.pipeline import Steps

        lang = "" if self.lang == "auto" else self.lang
        return Steps(lang, self.raw, selection, segment, words)

    def lines(self, produce: Callable[[Source, Refuse], Iterator[bytes]]) -> Iterator[bytes]:
        """What the job ``produce`` yields for all inputs, in order."""
        from wic import runner

        with self._progress(shows_lines=True) as done:
            yield from runner.lines(produce, self.sources, self.refuse, runner=self.runner, jobs=self.jobs, done=done)

    def items(self, produce: Callable[[Source, Refuse], Iterator[T]]) -> Iterator[T]:
        """What the job ``produce`` yields for all inputs, in order, as objects."""
        from wic import runner

        with self._progress(shows_lines=True) as done:
            yield from runner.items(produce, self.sources, self.refuse, runner=self.runner, jobs=self.jobs, done=done)

    def results(self, job: Callable[[Source, Refuse], T], *, add: bool = False, whole: bool = False) -> Iterator[T]:
        """The job's result for each input, in order; with ``add`` those of neighbours may come as their sum.

        Without ``whole`` a large input may come in parts.
        """
        from wic import runner

        with self._progress() as done:
            yield from runner.results(
                job,
                self.sources,
                self.refuse,
                runner=self.runner,
                jobs=self.jobs,
                done=done,
                add=add,
                whole=whole,
            )

    @contextmanager
    def _progress(self, *, shows_lines: bool = False) -> Iterator[Callable[[], object]]:
        """A bar on stderr where a person waits at a terminal for several inputs and sees no lines meanwhile."""
        seen = shows_lines and self.to_person
        if self.quiet or seen or len(self.sources) < 2 or not sys.stderr.isatty():
            yield int
            return
        from wic.cli.show import progress

        with progress(len(self.sources)) as done:
            yield done

    @property
    def folder(self) -> Path | None:
        """The folder that the output goes to part by part, if it goes to one."""
        if self.output is None or not (self.output.endswith("/") or os.path.isdir(self.output)):
            return None
        from pathlib import Path

        return Path(self.output)

    def carry_out(self, produce: Callable[[Source, Refuse], Iterator[bytes]], header: bytes = b"") -> int:
        """Writes what the job yields for all inputs, below ``header``; returns how many lines there were.

        In a folder each input has a part of its own; what is there already is not made again.
        """
        if self.folder is None:
            return self.write(self.lines(produce), header)
        from wic.runner import parts

        with self._progress() as done:
            receipts = parts.write(
                produce,
                self.sources,
                self.folder,
                self.refuse,
                made_with=_made_with(),
                suffix=f".{self.format}.zst",
                header=header,
                runner=self.runner,
                jobs=self.jobs,
                done=done,
            )
        return sum(receipt.lines for receipt in receipts)

    def write(self, lines: Iterable[bytes], header: bytes = b"") -> int:
        """Writes the lines to the output, below ``header``; returns how many lines there were."""
        count = 0
        with self._output() as stream:
            stream.write(header)
            for line in lines:
                stream.write(line)
                count += 1
            stream.flush()
        return count

    @contextmanager
    def _output(self) -> Iterator[IO[bytes]]:
        if self.output is None or self.output == "-":
            yield sys.stdout.buffer
            return
        from contextlib import ExitStack
        from pathlib import Path

        from wic.write.whole import whole

        target = Path(self.output)
        if self.folder is not None:
            raise WicError(f"{target}: a folder, and this output is one file", "name a file with --output")
        with ExitStack() as opened:
            try:
                stream = opened.enter_context(whole(target))
            except OSError as error:
                raise WicError(
                    f"{target}: {error.strerror}", "name a file in a folder that exists and is writable"
                ) from None
            yield stream


# Flags that change no line of the output.
NO_MATTER = {
    "paths",
    "output",
    "jobs",
    "runner",
    "quiet",
    "verbose",
    "color",
}


def _made_with() -> str:
    """What shapes the output of the command at hand: its flags, the files that they name, and the version of wic."""
    import json
    from hashlib import blake2b
    from pathlib import Path

    from wic.index.lookup import fingerprint

    ctx = click.get_current_context()
    flags = {name: value for name, value in sorted(ctx.params.items()) if name not in NO_MATTER}
    if dictionary := flags.get("dictionary"):
        flags["dictionary"] = blake2b(Path(dictionary).read_bytes()).hexdigest()
    return json.dumps([ctx.command.name, flags, fingerprint()], default=str)


def looked_at(steps: Steps, verbose: bool, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The prepared documents of a source; with ``verbose`` the guess of each is told on stderr, with its evidence."""
    from wic.pipeline import prepared

    for document in prepared(steps, source, refuse):
        if verbose:
            facts = document.provenance
            evidence = ", ".join(f"{name} {value}" for name, value in facts.get("guess", {}).items()) or "given"
            read = f"; {facts['encoding']}" if "encoding" in facts else ""
            click.echo(f"wic: {document.id}: {document.lang} {document.script} ({evidence}){read}", err=True)
        yield document


def _language(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if value == "auto":
        return value
    from wic.language import ROOT, known, language

    told_apart = {entry["lang"] for entry in language(ROOT).facts["guess"]}
    codes = sorted({*known(), *told_apart, ROOT})
    if value in codes:
        return value
    raise unknown(f"unknown language {value!r}", value.lower(), ["auto", *codes])


def _jobs(asked: int | None, runner: str) -> int:
    """The number of workers; a runner other than this machine knows best how many it has, which is 0."""
    if runner != "local":
        return asked or 0
    return (1 if asked is None else asked) or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else [0])


def _delimiter(ctx: click.Context, param: click.Parameter, value: str) -> str:
    value = value.replace("\\t", "\t")
    if len(value) > 1:
        raise click.BadParameter("one character, or \\t for a tab", ctx, param)
    return value


def command(
    name: str,
    short: str,
    *,
    formats: Sequence[str],
    piped: str = "",
    letters: bool = True,
    help: str = "",
    without_input: Sequence[str] = (),
    pattern: Sequence[str] = (),
    plain: Sequence[str] = (),
    takes_paths: bool = True,
) -> Callable[[Callable[..., int | None]], click.Command]:
    """A command with the shared flags; its function takes a ``Run`` and its own flags and returns an exit code.

    ``short`` is its line in ``wic --help``. A command that does not take paths has only the flags of the output.
    The first of ``formats`` is the default, ``piped`` that of output that is no terminal. Without ``letters``,
    ``--output`` and ``--lang`` are long only (grep has other uses for them). With one of the flags
    ``without_input`` the command needs no input. With ``pattern`` the first argument is a pattern and goes into the
    command's flag ``patterns``, unless one of these flags gives some. One of the flags ``plain`` makes ``piped`` the default everywhere.
    """

    def letter(short: str, *names: str) -> tuple[str, ...]:
        return (short, *names) if letters else names

    inputs = [
        click.argument("paths", nargs=-1, type=click.Path(), metavar="PATTERN [PATHS]..." if pattern else None),
        click.option(*letter("-l", "--lang"), default="auto", metavar="CODE", callback=_language, help="Language of the input; 'auto' guesses it for each document."),
        click.option("-j", "--jobs", type=click.IntRange(0), metavar="N", help="Worker processes; 0 is one for each core (default: 1; with --runner ray: 0). The output is the same for any N."),
        click.option("--runner", type=click.Choice(["local", "ray"]), default="local", help="What runs the workers: this machine, or a Ray cluster."),
        click.option("--raw", is_flag=True, help="Take the text as it is: do not clean it first."),
        click.option("--no-index", is_flag=True, help="Read the files also where an index has them ready."),
        click.option("--encoding", default="", metavar="NAME", help="Encoding of the input, where it is not UTF-8 and cannot be told."),
        click.option("--input-format", type=click.Choice(["auto", *INPUT_FORMATS]), default="auto", help="Format of the input, where neither name nor content tell."),
        click.option("--text-column", default="", metavar="NAME", help="Column of a table, or field of a record, that has the text (default: text)."),
        click.option("--delimiter", default="", metavar="CHARACTER", callback=_delimiter, help="What stands between the columns of a table, where it is not ',' (.csv) or a tab (.tsv)."),
        click.option("--max-doc-bytes", type=click.IntRange(0), default=0, metavar="N", help="Refuse documents with more bytes of text, and go on with the others."),
        click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code tells." if pattern else "No progress bar."),
    ]  # fmt: skip
    outputs = [
        click.option("-f", "--format", type=click.Choice(formats), help=_formats(formats, piped)),
        click.option(*letter("-o", "--output"), metavar="FILE|DIR", help="Write to FILE instead of standard output; to DIR (with a '/' behind it, or there already) a compressed part for each input, in a run that can be taken up again."),
        click.option("--verbose", is_flag=True, help="Tell more; on stderr what was found out about each document."),
        click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours."),
    ]  # fmt: skip
    shared = [*inputs, *outputs] if takes_paths else outputs

    def decorate(function: Callable[..., int | None]) -> click.Command:
        @wraps(function)
        def call(**flags: Any) -> int:
            ctx = click.get_current_context()
            given = any(flags[name] for name in pattern)
            if pattern and not given and flags["paths"]:
                first, *rest = flags["paths"]
                flags |= {"patterns": (first,), "paths": tuple(rest)}
            elif pattern and not given:
                raise click.UsageError("a PATTERN is needed", ctx)
            if (
                takes_paths
                and not flags["paths"]
                and sys.stdin.isatty()
                and not any(flags[name] for name in without_input)
            ):
                click.echo(ctx.get_usage(), err=True)
                click.echo("Name files or folders, or '-' for standard input. See 'wic --help'.", err=True)
                return 2
            flags["format"] = flags["format"] or ""
            flags["jobs"] = _jobs(flags.get("jobs"), flags.get("runner", "local"))
            run = Run(**{f.name: flags.pop(f.name) for f in fields(Run) if f.name in flags})
            run.input_format = "" if run.input_format == "auto" else run.input_format
            if not run.format:
                person = run.to_person and not any(flags[name] for name in plain)
                run.format = formats[0] if person or not piped else piped
                if run.folder is not None and "jsonl" in formats:
                    run.format = "jsonl"
            books.begin()
            code = function(run, **flags) or 0
            found = books.close()
            if run.verbose and takes_paths:
                told = f"{len(run.sources)} inputs, {found.documents} documents: {found.done} done"
                click.echo(f"wic: {told}; refused: {len(run.refused)}", err=True)
            return 2 if run.refused else code

        decorated: Callable[..., Any] = call
        for option in reversed(shared):
            decorated = option(decorated)
        return click.command(name, help=help, short_help=short)(decorated)

    return decorate


def word_options(function: Callable[..., T]) -> Callable[..., T]:
    """The flags that say how words are cut; the function gets them as ``word_choice``."""

    @wraps(function)
    def call(*args: Any, **flags: Any) -> T:
        choice = WordChoice(**{one.name: flags.pop(one.name) for one in fields(WordChoice)})
        if choice != DEFAULT:  # what is wrong with it is said once, not for each document
            from wic.segment import check

            check(choice)
        return function(*args, word_choice=choice, **flags)

    options = [
        click.option("--engine", default="", metavar="NAME", help="Word engine, where it is not the language's own ('wic langs' lists them)."),
        click.option("--scheme", default="", metavar="NAME", help="Scheme of the engine camel-morph: atbtok, d3tok, d3seg, bwtok and others."),
        click.option("--clitics", is_flag=True, help="Cut off what is written together with a word: Arabic conjunctions, prepositions, pronouns."),
        click.option("--granularity", type=click.Choice(GRANULARITIES), default="default", help="Chinese and Thai words: parts of compounds (fine), or the compounds of word lists whole (coarse)."),
        click.option("--dict", "dictionary", default="", metavar="FILE", help="Words that are kept whole wherever they stand, one a line."),
    ]  # fmt: skip
    for option in reversed(options):
        call = option(call)
    return call


def _formats(formats: Sequence[str], piped: str) -> str:
    default = f"{formats[0]} on a terminal, else {piped}" if piped else formats[0]
    return f"Output format (default: {default})."
