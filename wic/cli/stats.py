"""``wic stats``: what is in a corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from wic.choice import WordChoice
from wic.cli.run import Run, looked_at, word_options
from wic.cli.run import command as wic_command
from wic.cli.size import size
from wic.errors import WicError

if TYPE_CHECKING:
    from wic.pipeline import Steps
    from wic.read import Refuse, Source
    from wic.stats.group import Group
    from wic.stats.room import Room
    from wic.stats.table import Choice, Table
    from wic.stats.tally import Tally

HELP = """Counts what is in a corpus: an overview for each language and in all, or one of the tables below.

The texts are cleaned and segmented first; records that are segmented already are counted as they are. Words are
compared without regard to case. The signature that stands with every table and record says what made the numbers:
numbers with the same signature can be compared. --explain tells the formula and the source of every measure.

\b
Examples:
  wic stats corpus/
  wic stats corpus/ --words --top all -f tsv > words.tsv
  wic stats corpus/en --collocates museum --span 5,5
  wic stats politics/ --keyness sport/ --measures ll_4cell,log_ratio_half,p_holm
  wic stats corpus/ --keyness rest --by year
  wic stats corpus/ --save corpus.tally
  wic stats --merge a.tally b.tally --ngrams 3
  wic stats corpus/ -f html -o report.html
  wic segment -f jsonl corpus/ | wic stats -
"""

TABLES = ("words", "ngrams", "skipgrams", "collocates", "collocations", "keyness", "dispersion", "diversity", "zipf", "readability")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """The table that was asked for, and how."""

    table: str
    value: Any = True
    choice: Choice | None = None
    measures: tuple[str, ...] = ()
    sort: str = ""
    span: str = ""
    parts: str = "file"
    marginals: str = "pairs"
    underused: bool = False


def _table_flags(function: Callable[..., Any]) -> Callable[..., Any]:
    flags = [
        click.option("--words", is_flag=True, help="Words by frequency."),
        click.option("--ngrams", type=int, metavar="N", help="Sequences of N words, within sentences."),
        click.option("--skipgrams", metavar="N,K", help="The same with up to K words left out; 'N,K,each' up to K at each place."),
        click.option("--collocates", metavar="WORD", help="Words around WORD (see --span)."),
        click.option("--collocations", is_flag=True, help="Pairs of words that attract each other, in the whole corpus."),
        click.option("--keyness", metavar="REF", help="Words that are overused in comparison to REF: a path, a saved tally, or 'rest' for the other groups."),
        click.option("--dispersion", is_flag=True, help="How evenly words are spread (see --parts)."),
        click.option("--diversity", is_flag=True, help="Lexical diversity of each group."),
        click.option("--zipf", is_flag=True, help="Fits of Zipf's, Mandelbrot's and Heaps' laws."),
        click.option("--readability", is_flag=True, help="Lengths, and the formulas that are accepted for the language."),
    ]  # fmt: skip
    details = [
        click.option("--by", default="lang", metavar="lang|script|file|none|FIELD", help="What to group by: language, script, file, nothing, or a field of the metadata."),
        click.option("--top", metavar="N|all", help="How many rows for each group (default: 50; words in the overview: 10)."),
        click.option("--min-count", type=click.IntRange(1), metavar="N", help="Leave out what occurs less often (default: 1; collocations and collocates: 2)."),
        click.option("--stopwords", type=click.Choice(["drop", "keep"]), help="Leave function words out, or keep them (default: keep; the overview drops them)."),
        click.option("--measures", metavar="A,B", help="Measures to give, by name; the rows are ranked by the first. See --explain all."),
        click.option("--sort", metavar="MEASURE", help="Rank by this measure, or by 'count'."),
        click.option("--span", default="", metavar="L,R|sentence", help="Words before and behind (default: 5,5; for --collocations 0,1)."),
        click.option("--parts", default="file", metavar="file|text|N", help="The parts that --dispersion looks at: files, texts, or N of equal size."),
        click.option("--marginals", type=click.Choice(["pairs", "words"]), default="pairs", help="What --collocations sets pairs against: how often a word begins or ends a pair, or its frequency (as NLTK)."),
        click.option("--underused", is_flag=True, help="With --keyness, the words that are underused."),
        click.option("--tokens", type=click.Choice(["space"]), help="The input is segmented: one sentence a line, blanks between the tokens."),
        click.option("--save", metavar="TALLY", help="Save the counts to a file, from which every table can be made and to which others can be added."),
        click.option("--merge", is_flag=True, help="All PATHS are saved tallies: add them up, in their order."),
        click.option("--max-memory", callback=size, metavar="SIZE", help="Keep the counts in temporary files where they need more memory: a number of bytes, or 500M, 2G."),
        click.option("--explain", metavar="MEASURE", help="Tell formula, source and variant of a measure, or of 'all'."),
    ]  # fmt: skip
    for flag in reversed([*flags, *details]):
        function = flag(function)
    return function


@wic_command(
    "stats",
    "Count what is in a corpus.",
    formats=["table", "jsonl", "tsv", "csv", "html"],
    help=HELP,
    without_input=["explain"],
)
@word_options
@_table_flags
def command(
    run: Run,
    by: str,
    top: str | None,
    min_count: int | None,
    stopwords: str | None,
    measures: str | None,
    sort: str | None,
    span: str,
    parts: str,
    marginals: str,
    underused: bool,
    word_choice: WordChoice,
    tokens: str | None,
    save: str | None,
    merge: bool,
    max_memory: int | None,
    explain: str | None,
    **tables: Any,
) -> int | None:
    if explain:
        _explain(run, explain)
        return None
    asked = {name: value for name, value in tables.items() if value not in (None, False)}
    if len(asked) > 1:
        raise WicError(f"--{' and --'.join(asked)} are two tables", "ask for one; --save keeps the counts for the next")
    from wic.stats.table import Choice

    table, value = next(iter(asked.items()), ("", None))
    pairs = table in ("collocations", "collocates")
    wanted = Wanted(
        table=table,
        value=value,
        choice=Choice(
            _top(top, 50 if table else 10), min_count or (2 if pairs else 1), (stopwords or "keep") == "keep"
        ),
        measures=_measures(measures, sort, table),
        sort=sort or "",
        span=span,
        parts=parts,
        marginals=marginals,
        underused=underused,
    )
    from wic.stats.group import groups
    from wic.stats.room import UNLIMITED, Room

    room = Room(max_memory) if max_memory else UNLIMITED
    counted = _tally(run, word_choice, by, tokens or "", merge, room)
    if save:
        from wic.stats import saved

        saved.save(counted, save)
        if not table:
            return None
    if not table and run.format == "html":
        _page(run, counted, by)
        return None
    if not table:
        _overview(run, groups(counted, by), by, wanted.choice.top if wanted.choice else None, stopwords or "drop")
        return None
    found = groups(counted, by)
    others = {}
    if table == "keyness" and value != "rest":
        reference = _tally(replace(run, paths=(str(value),)), word_choice, by, tokens or "", False, room, of=run)
        others = groups(reference, by if by in ("lang", "script") else "none")
    _write(run, _made(wanted, found, others), by)
    return None


def _page(run: Run, counted: Tally, by: str) -> None:
    """All that can be told of a tally on one page."""
    from wic.report import counted as of_tally
    from wic.report.page import page

    run.write(page(run.named, list(of_tally.sections(counted, by))))


def _top(top: str | None, default: int) -> int | None:
    if top is None:
        return default
    if top == "all":
        return None
    if not top.isdigit():
        raise WicError(f"--top {top}: not a number", "write a number of rows, or 'all'")
    return int(top)


def _measures(listed: str | None, sort: str | None, table: str) -> tuple[str, ...]:
    """The measures to give, checked against what the table offers; that to rank by comes first."""
    names = [name.strip() for name in (listed or "").split(",") if name.strip()]
    ranked = [sort] if sort and sort != "count" else []
    if not names and not ranked:
        return ()
    from wic.stats.explain import explain, offered

    kind = "association" if table in ("collocations", "collocates") else table
    for name in [*names, *ranked]:
        if kind not in explain(name).tables or kind == "zipf":
            choice = ", ".join(offered(kind)) if kind and kind != "zipf" else ""
            raise WicError(
                f"{name} is no measure of {f'--{table}' if table else 'the overview'}",
                f"it offers {choice}" if choice else "this table has no measures to choose from",
            )
    return tuple(dict.fromkeys(names or ()) if names else ranked)


def _tally(
    run: Run, word_choice: WordChoice, by: str, tokens: str, merge: bool, room: Room, of: Run | None = None
) -> Tally:
    """The tally of all inputs; what is refused is counted with the run ``of`` too."""
    from wic.stats.tally import merge as added

    if of is not None:
        run.refused = of.refused
        run.__dict__.pop("sources", None)
    job = partial(count, run.steps(segment=True, words=word_choice), run.verbose, by, tokens, merge, room)
    return added(run.results(job, add=True), by, room)


def count(
    steps: Steps, verbose: bool, by: str, tokens: str, merge: bool, room: Room, source: Source, refuse: Refuse
) -> Tally | None:
    """The tally of one source, which may itself be a saved one."""
    from wic.stats import saved
    from wic.stats.tally import tally

    if merge or saved.is_tally(source.path):
        try:
            return saved.load(source.path, room)
        except WicError as error:
            from wic.errors import Refusal

            refuse(Refusal.of(source.path, error))
            return None
    if tokens:
        from wic.stats.lines import tally_lines

        return tally_lines(steps, source, refuse, by, room)
    return tally(looked_at(steps, verbose, source, refuse), by, room)


def _overview(run: Run, found: dict[str, Group], by: str, top: int | None, stopwords: str) -> None:
    from wic.stats.overview import FIELDS, overview
    from wic.write import jsonl, rows

    table = overview(found, 1 << 30 if top is None else top)
    if run.format == "jsonl":
        run.write(map(jsonl.line, table))
    elif run.format == "table":
        from wic.cli import show

        run.write(show.overview(table, by=by, words="top_words" if stopwords == "keep" else "top_content_words", run=run))  # fmt: skip
    else:
        write = rows.tsv if run.format == "tsv" else rows.comma
        run.write(write(map(_flat, table), FIELDS))


def _made(wanted: Wanted, found: dict[str, Group], others: dict[str, Group]) -> Iterator[Table]:
    """The table that is wanted, for each group or, where groups are rows, for all."""
    from wic.stats.tables import texts

    if wanted.table == "diversity":
        yield texts.diversity(found.values(), wanted.measures or texts.DIVERSITY)
    elif wanted.table == "zipf":
        yield texts.zipf(found.values())
    elif wanted.table == "readability":
        yield texts.readability(found.values(), wanted.measures or None)
    else:
        for group in found.values():
            yield _of_group(wanted, group, found, others)


def _of_group(wanted: Wanted, group: Group, found: dict[str, Group], others: dict[str, Group]) -> Table:
    assert wanted.choice is not None
    choice = wanted.choice
    if wanted.table == "words":
        from wic.stats.tables import words

        return words.words(group, choice)
    if wanted.table == "ngrams":
        from wic.stats.tables import words

        return words.ngrams(group, wanted.value, choice)
    if wanted.table == "skipgrams":
        from wic.stats.tables import words

        n, skips, each = _skips(wanted.value)
        return words.skipgrams(group, n, skips, choice, each=each)
    if wanted.table in ("collocations", "collocates"):
        from wic.stats.tables import collocations as pairs

        measures = wanted.measures or pairs.MEASURES
        if wanted.table == "collocates":
            return pairs.collocates(group, wanted.value, choice, measures, _span(wanted.span or "5,5"), wanted.sort)
        span = _span(wanted.span or "0,1")
        if span is None or span[0] != 0:
            raise WicError(f"--span {wanted.span}: --collocations look ahead only", "write --span 0,N")
        return pairs.collocations(group, choice, measures, span[1], wanted.marginals, wanted.sort)
    if wanted.table == "keyness":
        from wic.stats.tables import keyness

        reference = _reference(wanted.value, group, found, others)
        return keyness.keyness(
            group, reference, choice, wanted.measures or keyness.MEASURES, sort=wanted.sort,
            underused=wanted.underused, against=wanted.value,
        )  # fmt: skip
    from wic.stats.tables import dispersion

    sort = wanted.sort or (wanted.measures[0] if wanted.measures else "")
    return dispersion.dispersion(group, choice, wanted.measures or dispersion.MEASURES, wanted.parts, sort)


def _reference(name: str, group: Group, found: dict[str, Group], others: dict[str, Group]) -> Group:
    """What a group is compared with: the other groups, its like in the reference corpus, or all of that."""
    from wic.stats.group import TOTAL, empty, total

    if name == "rest":
        rest = {other: members for other, members in found.items() if other != group.name}
        return total(rest) if rest else empty("rest")
    return others.get(group.name) or others.get(TOTAL) or empty(name)


def _span(text: str) -> tuple[int, int] | None:
    if text == "sentence":
        return None
    before, _, behind = text.partition(",")
    if before.strip().isdigit() and behind.strip().isdigit() and int(before) + int(behind) > 0:
        return int(before), int(behind)
    raise WicError(f"--span {text}: not a span", "write --span L,R, words before and behind, or --span sentence")


def _skips(text: str) -> tuple[int, int, bool]:
    parts = [part.strip() for part in str(text).split(",")]
    if len(parts) in (2, 3) and parts[0].isdigit() and parts[1].isdigit() and parts[2:] in ([], ["each"], ["total"]):
        return int(parts[0]), int(parts[1]), parts[2:] == ["each"]
    raise WicError(f"--skipgrams {text}: not N,K", "write --skipgrams 2,1 for pairs with up to one word between them")


def _write(run: Run, tables: Iterable[Table], by: str) -> None:
    from wic.cli import complain
    from wic.write import jsonl, rows

    def told() -> Iterator[Table]:
        for table in tables:
            for note in table.notes:
                complain(note)
            yield table

    if run.format == "jsonl":
        run.write(jsonl.line(row) for table in told() for row in table.rows)
    elif run.format == "html":
        from wic.report import counted
        from wic.report.page import page

        run.write(page(run.named, list(counted.of_tables(told()))))
    elif run.format == "table":
        from wic.cli import show

        run.write(show.tables(list(told()), by=by, run=run))
    else:
        write = rows.tsv if run.format == "tsv" else rows.comma
        run.write(
            line for number, table in enumerate(told()) for line in write(table.rows, table.fields, header=number == 0)
        )


def _explain(run: Run, name: str) -> None:
    from dataclasses import asdict

    from wic.stats.explain import explain, measures
    from wic.write import jsonl, rows

    found = list(measures().values()) if name == "all" else [explain(name)]
    if run.format == "table":
        from wic.cli import show

        run.write(show.measures(found, run))
        return
    records = [{**asdict(measure), "tables": list(measure.tables)} for measure in found]
    if run.format == "jsonl":
        run.write(map(jsonl.line, records))
    else:
        write = rows.tsv if run.format == "tsv" else rows.comma
        run.write(write(({**r, "tables": ", ".join(r["tables"])} for r in records), list(records[0])))


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Lists and counts as ``word:count`` pairs with blanks between them."""

    def pairs(value: Any) -> Iterator[str]:
        for name, number in value.items() if isinstance(value, dict) else value:
            yield f"{name}:{number}"

    return {name: " ".join(pairs(value)) if isinstance(value, dict | list) else value for name, value in row.items()}
