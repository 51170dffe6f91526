"""TIMEX3 validates, keeps the text, and says what wic says."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wic.clean import clean
from wic.dates import find
from wic.dates.timex import timex3
from wic.document import Document
from wic.read import documents, sources

etree = pytest.importorskip("lxml.etree")

CORPUS = Path(__file__).parents[2] / "corpus"
# What TimeML 1.2.1 says of the elements that wic writes.
DTD = """
<!ELEMENT TimeML (DOCID, DCT?, TEXT)>
<!ELEMENT DOCID (#PCDATA)>
<!ELEMENT DCT (TIMEX3)>
<!ELEMENT TEXT (#PCDATA | TIMEX3)*>
<!ELEMENT TIMEX3 (#PCDATA)>
<!ATTLIST TIMEX3
  tid ID #REQUIRED
  type (DATE | TIME | DURATION | SET) #REQUIRED
  value NMTOKEN #REQUIRED
  functionInDocument (CREATION_TIME | EXPIRATION_TIME | MODIFICATION_TIME | PUBLICATION_TIME | RELEASE_TIME
                      | RECEPTION_TIME | NONE) "NONE"
  beginPoint IDREF #IMPLIED
  endPoint IDREF #IMPLIED
  quant CDATA #IMPLIED
  freq CDATA #IMPLIED
  temporalFunction (true | false) "false"
  mod (BEFORE | AFTER | ON_OR_BEFORE | ON_OR_AFTER | LESS_THAN | MORE_THAN | EQUAL_OR_LESS | EQUAL_OR_MORE | START | MID
       | END | APPROX) #IMPLIED
  anchorTimeID IDREF #IMPLIED
  comment CDATA #IMPLIED>
"""
TIME = r"T(\d\d(:\d\d(:\d\d)?)?|MO|MI|AF|EV|NI|DT)([+-]\d\d(:\d\d)?|Z)?"
YEAR = r"(BC\d{2,4}|FY[\dX]{4}|[\dX]{2,4})"
VALUE = re.compile(
    rf"(PAST|PRESENT|FUTURE)_REF|{TIME}"
    rf"|{YEAR}(-[\dX]{{2}}(-[\dX]{{2}})?|-W[\dX]{{2}}(-(\d|WE))?|-(SP|SU|FA|WI|Q[\dX]|H[\dX]))?({TIME})?"
    r"|P([\dX.]+[YMWDE]|[\dX.]+(DE|CE))*(T([\dX.]+[HMS])+)?"
)


def read(xml):
    """The document, valid."""
    root = etree.fromstring(xml.encode())
    dtd = etree.DTD(StringIO(DTD))
    assert dtd.validate(root), dtd.error_log
    values = [mark.get("value") for mark in root.iter("TIMEX3")]
    assert [value for value in values if not VALUE.fullmatch(value)] == []
    return root


def test_all_of_the_sample_corpus():
    seen = 0
    for source in sources([str(CORPUS)], pytest.fail):
        for document in map(clean, documents(source, pytest.fail)):
            found = find(document)
            root = read(timex3(document, found))
            assert "".join(root.find("TEXT").itertext()) == document.raw
            marked = [mark for mark in root.find("TEXT") if mark.text]
            assert [mark.text for mark in marked] == [expression.text for expression in found]
            seen += len(found)
    assert seen > 500


def test_what_the_elements_say():
    text = "<b>5 & 6</b>\x00 去年\r\n11月8日至10日 2月30日 2023年以來 每逢星期二和星期五"
    document = Document(id='a"<&\x01', text=text, lang="zh")
    root = read(timex3(document, find(document, "2023-11-08")))
    assert root.findtext("DOCID") == 'a"<&\ufffd'
    assert root.find("DCT/TIMEX3").get("value") == "2023-11-08"
    assert "".join(root.find("TEXT").itertext()) == text.replace("\x00", "\ufffd")
    marks = [{**mark.attrib, "text": mark.text} for mark in root.find("TEXT")]
    assert [(mark["tid"], mark["type"], mark["value"], mark["text"]) for mark in marks] == [
        ("t1", "DATE", "2022", "去年"),
        ("t2", "DURATION", "P3D", "11月8日至10日"),
        ("t3", "DATE", "2023-11-08", None),
        ("t4", "DATE", "2023-11-10", None),
        ("t5", "DATE", "XXXX-XX-XX", "2月30日"),
        ("t6", "DURATION", "P312D", "2023年以來"),
        ("t7", "DATE", "2023", None),
        ("t8", "DATE", "2023-11-08", None),
        ("t9", "SET", "XXXX-WXX-2", "每逢星期二和星期五"),
        ("t10", "SET", "XXXX-WXX-5", None),
    ]
    assert (marks[1]["beginPoint"], marks[1]["endPoint"]) == ("t3", "t4")
    assert (marks[0]["temporalFunction"], marks[0]["anchorTimeID"]) == ("true", "t0")
    assert "30" in marks[4]["comment"]


SURFACES = json.loads((Path(__file__).parent / "date_surfaces.json").read_text(encoding="utf-8"))
BETWEEN = st.sampled_from([" ", "", "\n", " <a> & ]]> ", "\x00", "\ud800", "\r"])


@given(st.data(), st.sampled_from(sorted(SURFACES)), st.sampled_from([None, "2023-11-08"]))
def test_any_text_is_valid(data, lang, reference):
    texts = data.draw(st.lists(st.sampled_from([case[0] for case in SURFACES[lang]]), max_size=4))
    text = "".join(piece for text in texts for piece in (text, data.draw(BETWEEN)))
    document = Document(id=text, text=text, lang=lang)
    read(timex3(document, find(document, reference)))
