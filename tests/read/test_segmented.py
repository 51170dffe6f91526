"""Segmented text is taken as it is: what wic writes as CoNLL-U or VRT it reads back, and what others write too."""

from __future__ import annotations

from pathlib import Path

import pytest

from wic.pipeline import Steps, prepared
from wic.read import documents, sources
from wic.write import conllu, vrt

ROOT = Path(__file__).parents[2]


def read(path: Path, **options):
    refused = []
    found = [d for s in sources([str(path)], refused.append, **options) for d in documents(s, refused.append)]
    return found, [(refusal.place.removeprefix(str(path)), refusal.reason) for refusal in refused]


def tokens(document):
    return [[token.text for token in sentence.tokens if token.kind != "space"] for sentence in document.sentences]


@pytest.mark.parametrize("writer", [conllu, vrt], ids=["conllu", "vrt"])
def test_what_wic_writes_comes_back(tmp_path, writer):
    corpus = [d for s in sources([str(ROOT / "corpus")], print) for d in prepared(Steps(segment=True), s, print)]
    path = tmp_path / f"a.{writer.__name__.rpartition('.')[2]}"
    path.write_bytes(b"".join(line for document in corpus for line in writer.lines(document)))
    found, refused = read(path)
    assert not refused
    assert [document.id for document in found] == [document.id for document in corpus]
    for document, original in zip(found, corpus, strict=True):
        assert [words for words in tokens(original) if words] == tokens(document)
        assert document.text == "".join(token.text for token in document.tokens)
        if writer is conllu:  # VRT does not say how wide the white space was
            assert document.text.strip() == original.text.strip()


CONLLU = """# newdoc id = one
# sent_id = 1
# text = Vámonos al mar.
1-2\tVámonos\t_\t_\t_\t_\t_\t_\t_\t_
1\tVamos\tir\tVERB\t_\tMood=Imp\t0\troot\t_\t_
2\tnos\tnosotros\tPRON\t_\t_\t1\tobj\t_\t_
3-4\tal\t_\t_\t_\t_\t_\t_\t_\t_
3\ta\ta\tADP\t_\t_\t5\tcase\t_\t_
4\tel\tel\tDET\t_\t_\t5\tdet\t_\t_
5\tmar\tmar\tNOUN\tNN\t_\t1\tobl\t_\tSpaceAfter=No
5.1\tgone\tgo\tVERB\t_\t_\t_\t_\t_\t_
6\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\tSpacesAfter=\\s\\n
broken row

# newdoc id = two
1\tSí\tsí\tINTJ\t_\t_\t0\troot\t_\t_
"""


def test_conllu(tmp_path):
    path = tmp_path / "a.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    (one, two), refused = read(path)
    assert (one.id, one.text) == ("one", "Vámonos al mar. \n")
    assert (two.id, two.text) == ("two", "Sí ")
    assert tokens(one) == [["Vámonos", "al", "mar", "."]]
    shown = [value for value in one.annotations["pos"] if value]
    assert shown == ["NOUN", "PUNCT"]
    assert one.annotations["xpos"].count("NN") == 1
    assert refused == [(":13", "1 columns where CoNLL-U has 10")]


VRT = """<?xml version="1.0"?>
<corpus name="x">
<text id="a &amp; b" lang="en" date="2024-01-02">
<s>
It\tPRP\tit
<g/>
's\tVBZ\tbe
R&amp;D\tNN\tR&amp;D
</s>
<s>
Yes\tUH\tyes
</text>
<doc id="b">
Hm
</doc>
</corpus>
"""


def test_vrt(tmp_path):
    path = tmp_path / "a.vrt"
    path.write_text(VRT, encoding="utf-8")
    (a, b), refused = read(path)
    assert (a.id, a.lang, a.metadata) == ("a & b", "en", {"date": "2024-01-02"})
    assert a.text == "It's R&D Yes"
    assert tokens(a) == [["It", "'s", "R&D"], ["Yes"]]
    assert [value for value in a.annotations["lemma"] if value] == ["it", "be", "R&D", "yes"]
    assert b.text == "Hm"
    assert [place for place, _ in refused] == [":10"]
