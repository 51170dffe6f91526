"""Every encoding that the languages name is told from the others, on a line as on a page; the rest is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wic.clean import clean
from wic.errors import Refusal, WicError
from wic.read import Source, documents
from wic.read.encodings import MARKED, decode, encode

SAMPLES = {
    "th": "ชาวนาในจังหวัดทางภาคเหนือเริ่มเก็บเกี่ยวข้าวเมื่อวันที่ 5 ธันวาคม หลังฝนหยุดตก ราคาข้าวเปลือกสูงกว่าปีก่อน",
    "hans": "昨天下午，市图书馆的新馆正式对外开放，许多读者带着孩子来看书。馆长说，这里有三十万本书，还有一个小电影院。",
    "hant": "昨天下午，市圖書館的新館正式對外開放，許多讀者帶著孩子來看書。館長說，這裡有三十萬本書，還有一個小電影院。",
    "ar": "افتتحت المدينة مكتبتها الجديدة يوم السبت، وحضر الافتتاح عدد كبير من السكان الذين جاؤوا مع أطفالهم لقراءة الكتب.",
    "en": "The library’s new café opened on Saturday – “at last”, as one reader said – and coffee is £2 a cup.",
}
ENCODINGS = {
    "th": ["cp874", "utf-16-le", "utf-16-be"],
    "hans": ["gb18030", "utf-16-le", "utf-16-be"],
    "hant": ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"],
    "ar": ["cp1256", "iso8859_6", "utf-16-le", "utf-16-be"],
    "en": ["cp1252"],
}
CASES = [(name, encoding) for name, encodings in ENCODINGS.items() for encoding in encodings]


@pytest.mark.parametrize(("name", "encoding"), CASES)
@pytest.mark.parametrize("times", [1, 300])
def test_legacy_encodings_are_found(name, encoding, times):
    text = (SAMPLES[name] + "\n") * times
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8", *MARKED])
def test_unicode_is_found_and_written_again(name, encoding):
    data = encode(SAMPLES[name], encoding)
    assert data == MARKED.get(encoding, b"") + SAMPLES[name].encode(encoding.removesuffix("-sig"))
    assert decode(data) == decode(data, encoding) == (SAMPLES[name], encoding)


@pytest.mark.parametrize("order", ["le", "be"])
def test_the_mark_tells_the_order_of_bytes(order):
    data = encode(SAMPLES["th"], f"utf-16-{order}-sig")
    assert decode(data, "UTF-16") == (SAMPLES["th"], f"utf-16-{order}-sig")


def test_plain_english_in_utf_16_without_mark():
    text = "The library opened on Saturday.\n" * 3
    assert decode(text.encode("utf-16-le")) == (text, "utf-16-le")


@pytest.mark.parametrize("name", ["th", "hans", "hant", "ar"])
def test_damaged_utf_8_is_refused_with_its_place(name):
    data = SAMPLES[name].encode()
    with pytest.raises(WicError, match=r"not valid UTF-8: byte 0xff at byte offset 60"):
        decode(data[:60] + b"\xff" + data[60:])
    with pytest.raises(WicError, match="not valid UTF-8"):
        decode(data[:-2])


@pytest.mark.parametrize("data", [bytes(range(256)), b"abc\xff", b"\x80\x81\xfe" * 40])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(WicError, match=r"neither UTF-8 .* nor, clearly, any of") as error:
        decode(data)
    assert "--encoding" in error.value.hint


def test_a_named_encoding_is_obeyed():
    assert decode("naïve".encode("latin-1"), "latin-1") == ("naïve", "latin-1")
    with pytest.raises(WicError, match="not valid cp874: byte offset 1"):
        decode(b"a\xff", "cp874")
    with pytest.raises(WicError, match="unknown encoding 'klingon'"):
        decode(b"a", "klingon")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_never_mistaken(text):
    assert decode(("\n" + text).encode()) == ("\n" + text, "utf-8")


@given(st.binary(max_size=300))
def test_nothing_crashes(data):
    try:
        decode(data)
    except WicError as error:
        assert error.hint


def test_all_that_can_be_read_of_damaged_utf_8_is_kept(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes("ฉันชอบ".encode() + b"\xff" + " อ่านหนังสือ".encode() + b"\xe0\xb8")
    refusals: list[Refusal] = []
    (document,) = documents(Source(str(path)), refusals.append)
    assert document.text == "ฉันชอบ\ufffd อ่านหนังสือ\ufffd\ufffd"
    assert document.provenance["damaged"] == [6, 19, 20]
    assert [refusal.reason for refusal in refusals] == [
        "not valid UTF-8: byte 0xff at byte offset 18; what cannot be read stands as U+FFFD"
    ]
    assert {flag.rule for flag in clean(document).flags} == {"lost-characters"}


@pytest.mark.parametrize("encoding", ["gb18030", "cp874", "cp1256"])
def test_lines_in_utf_8_between_others_are_read(encoding, tmp_path):
    line = {"gb18030": "昨天下午图书馆对外开放", "cp874": "การประชุมเริ่มวันนี้", "cp1256": "افتتحت المدينة مكتبتها"}[
        encoding
    ]
    path = tmp_path / "crawl.txt"
    path.write_bytes((line.encode(encoding) + b"\n" + f"{line}\n".encode()) * 5)
    refusals: list[Refusal] = []
    (document,) = documents(Source(str(path)), refusals.append)
    assert document.text.split("\n")[1::2] == [line] * 5
    assert "byte offset 0" in refusals[0].reason
    path.write_bytes((line.encode(encoding) + b"\n") * 9)
    refusals.clear()
    (document,) = documents(Source(str(path)), refusals.append)
    assert not refusals


@pytest.mark.parametrize("sequence", [b"\xc0\xaf\xe0\x80\xaf", b"\xed\xa0\xbd\xed\xb8\x80", b"\xf4\x90\x80\x80"])
def test_forbidden_sequences_become_one_sign_a_byte(sequence, tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(b"smile " + sequence + b" end")
    refusals: list[Refusal] = []
    (document,) = documents(Source(str(path)), refusals.append)
    assert document.text == "smile " + "\ufffd" * len(sequence) + " end"
    assert "byte offset 6" in refusals[0].reason
