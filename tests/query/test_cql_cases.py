"""Token queries as data: ``cql_cases.toml`` has texts, queries with the positions they match, and queries refused."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from wic.document import Document, Sentence, Token
from wic.errors import WicError
from wic.query.cql import Columns, Search, parse, show
from wic.segment.kinds import kind

DATA = tomllib.loads(Path(__file__).with_name("cql_cases.toml").read_text(encoding="utf-8"))


def documents():
    first = 0
    for number, entry in enumerate(DATA["text"]):
        sentences, lemmas, parts, text = [], [], [], ""
        for sentence in entry["sentences"]:
            tokens = []
            for item in sentence.split():
                word, *lemma, pos = item.split("/")
                tokens += [Token(word, len(text), len(text) + len(word), kind(word))]
                text += word + " "
                tokens += [Token(" ", len(text) - 1, len(text), "space")]
                lemmas += [lemma[0] if lemma else word, None]
                parts += [pos, None]
            sentences.append(Sentence(tokens[0].start, tokens[-1].end, tuple(tokens)))
        words = [token for sentence in sentences for token in sentence.tokens if token.kind != "space"]
        regions = [
            {"name": r["name"], "start": words[r["first"]].start, "end": words[r["last"]].end, "type": r["type"]}
            for r in entry.get("regions", [])
        ]
        document = Document(
            id=str(number),
            text=text,
            edits=(),
            sentences=tuple(sentences),
            annotations={"lemma": lemmas, "pos": parts},
            metadata={"date": entry["date"]} if "date" in entry else {},
            extra={"regions": regions},
        )
        yield first, Columns(document)
        first += len(words)


TEXTS = list(documents())
PLAIN = Columns(replace(TEXTS[0][1].document, extra={}))  # without regions of its own


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: f"{case['query']} {case.get('strategy', '')}")
def test_matches(case):
    search = Search(case["query"], case.get("strategy", "leftmost"))
    hits = [[first + hit.first, first + hit.last] for first, columns in TEXTS for hit in search.hits(columns)]
    assert hits == case["hits"]
    for _, columns in TEXTS:  # the short cut over the text must not lose a match
        assert search.may_match(columns.document.text) or not search.hits(columns)


@pytest.mark.parametrize("case", DATA["refused"], ids=lambda case: case["query"])
def test_refused(case):
    with pytest.raises(WicError) as refused:
        Search(case["query"]).hits(PLAIN)
    assert refused.value.message == case["error"]
    assert "^" in refused.value.hint


def test_the_caret_stands_under_the_place():
    with pytest.raises(WicError) as refused:
        parse('"图书馆" [pos=]')
    assert refused.value.hint.split("\n") == ['"图书馆" [pos=]', "                ^"]


def test_target():
    search = Search('[pos="A"] @[pos="N"]')
    assert [hit.target for hit in search.hits(TEXTS[0][1])] == [3]


def test_the_tree_is_shown():
    query = 'a:"the"%c ([pos="A"]{1,2} | <ne> [!ne & lemma != "x"])+ :: a.pos = "D" within 2 s expand left to s'
    assert show(parse(query)).splitlines() == [
        "sequence",
        "  token, called a",
        '    word = "the"%c',
        "  1 or more times",
        "    one of",
        "      1 to 2 times",
        "        token",
        '          pos = "A"',
        "      sequence",
        "        beginning of ne",
        "        token",
        "          and",
        "            not",
        "              ne",
        '            lemma != "x"',
        "where",
        '  a.pos = "D"',
        "within 2 s",
        "expand left to s",
    ]


def test_brackets_may_not_be_nested_without_end():
    with pytest.raises(WicError, match="brackets inside each other"):
        parse("(" * 500 + '"a"' + ")" * 500)


def test_a_query_that_would_take_forever_is_stopped(monkeypatch):
    monkeypatch.setattr("wic.query.cql.automaton.TIMEOUT", -1.0)
    with pytest.raises(WicError, match="seconds"):
        Search("a:[] []* b:[] []* c:[]").hits(TEXTS[0][1])
