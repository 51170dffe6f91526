"""The sections that are read off a tally: overview, words, sequences, ranks, spread, keywords, collocations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from wic.report import charts
from wic.report.markup import escaped, folded_up, isolated, table, tag
from wic.report.page import Section
from wic.stats.group import Group, groups
from wic.stats.overview import overview
from wic.stats.table import Choice, Table
from wic.stats.tables import collocations, keyness, texts, words
from wic.stats.tally import Tally

WORDS, SEQUENCES, KEYWORDS, BONDS, SPREAD = 60, 20, 20, 24, 10  # how many are shown of each
POINTS = 60  # dots of a curve
NUMBERS = {
    "group": "", "documents": "documents", "sentences": "sentences", "words": "words", "types": "types",
    "hapaxes": "hapaxes", "ttr": "type/token", "mattr_100": "MATTR-100", "words_per_sentence": "words/sentence",
    "changed": "edits",
}  # fmt: skip


def sections(tally: Tally, by: str = "lang") -> Iterator[Section]:
    """The sections, those left out that the corpus has nothing for."""
    found = {name: group for name, group in groups(tally, by).items() if group.n}
    if not found:
        yield Section("overview", "Overview", tag("p", "No words were found."))
        return
    rows = overview(found, 10)
    yield Section("overview", "Overview", _overview(rows, by))
    content = Choice(WORDS, 1, stopwords=False)
    yield Section("words", "Words", _each(found, lambda group: _listed(words.words(group, content), group, "word")))
    yield Section("sequences", "Sequences of words", _each(found, _sequences))
    yield Section("ranks", "Rank and frequency", _each(found, _ranks, wide=True))
    yield Section("spread", "Where words occur", _each(found, _spread, wide=True))
    if parts := [(name, *two) for name, two in _compared(found, by)]:
        note = "Words that the first has more of than the second, by log-likelihood."
        yield Section("keyness", "Keywords", tag("p", note) + _columns((_keywords(*one) for one in parts), wide=True))
    if bonds := [(name, drawn) for name, group in found.items() if (drawn := _bonds(group))]:
        note = "Neighbours within three words of a sentence, function words left out, by logDice."
        yield Section(
            "collocations", "Collocations", tag("p", note) + _columns((_titled(*one) for one in bonds), wide=True)
        )


def of_tables(found: Iterable[Table]) -> Iterator[Section]:
    """A section for each table of ``wic stats``, as it is."""
    for number, made in enumerate(found, 1):
        columns = {field: field for field in made.fields if field not in ("signature", "reason")}
        title = ", ".join(dict.fromkeys(str(row["group"]) for row in made.rows)) or "nothing"
        notes = "".join(tag("p", escaped(note)) for note in made.notes)
        yield Section(f"table-{number}", title, notes + table(columns, made.rows) + _signatures(made.rows))


def _signatures(rows: Sequence[Mapping[str, Any]]) -> str:
    told = (tag("p", escaped(one)) for one in dict.fromkeys(row["signature"] for row in rows))
    return folded_up("signature", *told, class_="signature") if rows else ""


def _columns(parts: Iterable[str], *, wide: bool = False) -> str:
    return tag("div", *(tag("div", part) for part in parts), class_="columns wide" if wide else "columns")


def _titled(name: str, body: str) -> str:
    return tag("h3", isolated(name)) + body


def _each(found: Mapping[str, Group], made: Callable[[Group], str], *, wide: bool = False) -> str:
    return _columns((_titled(name, made(group)) for name, group in found.items()), wide=wide)


def _lang(group: Group) -> str:
    own = group.languages
    return own[0] if len(own) == 1 else ""


def _overview(rows: Sequence[dict[str, Any]], by: str) -> str:
    shown = [{**row, "changed": sum(row["edits"].values())} for row in rows]
    body = table({**NUMBERS, "group": by}, shown)
    total = rows[-1]
    for title, name in (("Scripts", "scripts"), ("Encodings", "encodings"), ("Flagged and left alone", "flags")):
        if total[name]:
            told = ", ".join(f"{item or 'unknown'} {count:,}" for item, count in total[name].items())
            body += tag("p", f"{title}: {escaped(told)}")
    if total["near_duplicates"]:
        body += tag("p", escaped(f"Documents that repeat an earlier one: {total['near_duplicates']}"))
    if total["first_date"]:
        body += tag("p", escaped(f"Dates of the documents: {total['first_date']} to {total['last_date']}"))
    return body + _signatures([total])


def _listed(made: Table, group: Group, item: str) -> str:
    columns = {item: item, "count": "count", "per_million": "per million"}
    if "texts" in made.fields:
        columns["texts"] = "texts"
    return table(columns, made.rows, lang=_lang(group)) + _signatures(made.rows)


def _sequences(group: Group) -> str:
    choice = Choice(SEQUENCES, 2, stopwords=False)
    parts = [(n, words.ngrams(group, n, choice)) for n in (2, 3)]
    shown = [_listed(made, group, "ngram") for _, made in parts if made.rows]
    return "".join(shown) or tag("p", "No sequence occurs twice.")


def _ranks(group: Group) -> str:
    frequencies = np.sort(group.counts[group.counts > 0])[::-1]
    chosen = np.unique(np.geomspace(1, len(frequencies), POINTS).astype(np.int64))
    points = [(rank, int(frequencies[rank - 1])) for rank in chosen.tolist()]
    row = texts.zipf([group]).rows[0]
    fit: list[tuple[float, float]] = []
    told = "Too few words for a fit."
    if row["zipf_mandelbrot_s"] is not None:
        s, q = row["zipf_mandelbrot_s"], row["zipf_mandelbrot_q"]
        ranks = np.arange(1, len(frequencies) + 1)
        share = (ranks + q) ** -s
        curve = frequencies.sum() * share / share.sum()
        fit = [(rank, float(curve[rank - 1])) for rank in chosen.tolist()]
        told = f"The line is Mandelbrot's law with s = {s:.2f} and q = {q:.2f}."
    if row["heaps_beta"] is not None:
        told += f" The vocabulary grows with the power {row['heaps_beta']:.2f} of the length (Heaps)."
    return charts.ranks(f"Frequency by rank, {group.name}", points, fit) + tag("p", escaped(told))


def _spread(group: Group) -> str:
    chosen = words.words(group, Choice(SPREAD, 2, stopwords=False)).rows
    if not chosen:
        return tag("p", "No word occurs twice.")
    plain, size = group.plain, max(group.n, 1)
    rows = []
    for row in chosen:
        places = np.flatnonzero(plain == group.lexicon.place(row["word"]))
        rows.append((row["word"], (places / size).tolist()[:2000]))
    return charts.stripes(f"Places of frequent words, {group.name}, from the first text to the last", rows)


def _compared(found: Mapping[str, Group], by: str) -> Iterator[tuple[str, tuple[Group, Group]]]:
    """Pairs of groups worth comparing: each with the others, or, where they are languages, halves of each."""
    if by not in ("lang", "script", "none"):
        from wic.stats.group import total

        for name, group in found.items():
            rest = {other: one for other, one in found.items() if other != name}
            if rest:
                yield f"{name} and the rest", (group, total(rest))
        return
    for name, group in found.items():
        middle = len(group.spans) // 2
        if middle:
            first, last = group.part(group.spans[:middle]), group.part(group.spans[middle:])
            yield f"{name}: the last {len(group.spans) - middle} texts and the first {middle}", (last, first)


def _keywords(name: str, group: Group, reference: Group) -> str:
    made = keyness.keyness(
        group, reference, Choice(KEYWORDS, 2, stopwords=False), ["ll_4cell", "log_ratio_half", "p_holm"]
    )
    columns = {
        "word": "word", "f1": "first", "f2": "second", "ll_4cell": "LL", "log_ratio_half": "log ratio", "p_holm": "p (Holm)",
    }  # fmt: skip
    if not made.rows:
        return _titled(name, tag("p", "No word is used more often than could be expected."))
    return _titled(name, table(columns, made.rows, lang=_lang(group)) + _signatures(made.rows))


def _bonds(group: Group) -> str:
    made = collocations.collocations(group, Choice(BONDS, 2, stopwords=False), ["log_dice"], 3)
    if not made.rows:
        return ""
    pairs = [(row["first"], row["second"], float(row["log_dice"] or 0)) for row in made.rows]
    return charts.network(f"Collocations, {group.name}", pairs) + _signatures(made.rows)
