"""Every format gives the documents that are in it; what is damaged costs itself alone and is named with its place."""

from __future__ import annotations

import csv
import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import docx
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from wic.cli.run import INPUT_FORMATS
from wic.read import Source, documents, sources
from wic.read.formats import FORMATS, SUFFIXES

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Harbour lights</title>
<meta property="article:published_time" content="2024-03-05T08:00:00Z"><script>var hidden = "no word of this";</script>
</head><body><nav>Home Sport Weather</nav><article><h1>Harbour lights</h1>
<p>The lamps along the old harbour were lit again on Tuesday evening, eleven years after the storm took them.</p>
<p>Some four hundred people came to see it, and the fishing boats answered with their horns for a good minute.</p>
</article><footer>All rights reserved</footer></body></html>"""


def read(path: Path, name: str = "", **options):
    refused = []
    found = [d for s in sources([str(path)], refused.append, **options) for d in documents(s, refused.append)]
    return found, [(refusal.place.removeprefix(str(path)), refusal.reason) for refusal in refused]


@pytest.fixture
def file(tmp_path):
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_the_command_line_names_all_formats():
    assert sorted([*INPUT_FORMATS, "zip", "tar"]) == sorted(FORMATS)
    assert set(SUFFIXES.values()) == set(FORMATS)


# Tables


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.conllu", "a.vrt"])
def test_utf16_that_is_named_and_has_no_mark(name, file):  # found by fuzzing: not every codec raises UnicodeDecodeError
    found, refused = read(file(name, "text\none\n"), encoding="utf-16")
    assert not found
    assert refused == [("", "not valid utf-16: UTF-16 stream does not start with BOM")]


def test_csv(file):
    path = file("a.csv", 'id,text,lang,date\r\n1,"one\nline, two",th,2024-01-02\r\n2,"say ""ah""",,\r\n')
    (one, two), refused = read(path)
    assert (one.id, one.text, one.lang, one.metadata) == ("1", "one\nline, two", "th", {"date": "2024-01-02"})
    assert (two.id, two.text, two.lang, two.metadata) == ("2", 'say "ah"', "", {})
    assert not refused


def test_rows_without_id_are_named_by_their_line(file):
    found, _ = read(file("a.csv", '\ufefftext\n"a\nb"\nc\n'))
    assert [document.id.rpartition(":")[2] for document in found] == ["2", "4"]


def test_bad_rows_cost_themselves(file):
    found, refused = read(file("a.csv", 'id,text\n1,a\n2,b,c\n3,"d" e\n4,f\n5,"g\n6,h\n'))
    assert [document.text for document in found] == ["a", "b", "f", "h"]
    assert [place for place, _ in refused] == [":3", ":4", ":6"]


def test_rows_with_more_or_fewer_fields_are_read_and_told(file):
    found, refused = read(file("a.csv", "id,text,date,column 5\n1,a\n2,b,2023,x,y,z\n3\n\n4,c,2024,\n"))
    assert [(document.id[-1], document.text, document.metadata) for document in found] == [
        ("1", "a", {}),
        ("2", "b", {"date": "2023", "column 5": "x", "column 5'": "y", "column 6": "z"}),
        ("4", "c", {"date": "2024"}),
    ]
    assert [place for place, _ in refused] == [":2", ":3", ":4"]


def test_what_may_be_the_rest_of_a_broken_row_is_no_row(file):
    found, refused = read(file("a.csv", 'id,text,date\n1,"a" x\nb,c\nd,e,f,g\n2,h,2023\n3,i\n'))
    assert [document.text for document in found] == ["h", "i"]
    assert [place for place, _ in refused] == [":2", ":3", ":4", ":6"]


def test_a_bad_row_of_several_lines(file):
    found, refused = read(file("a.csv", 'id,text\n1,"a\nb" c\n2,d\n'))
    assert [document.text for document in found] == ["d"]
    assert [place for place, _ in refused] == [":2", ":3"]  # what follows its first line is taken for rows


def test_columns_and_delimiters_are_named(file):
    path = file("a.csv", "nr;body\n1;x,y\n")
    assert read(path)[1] == [("", "no column 'text'; the header has 'nr;body'")]
    (document,), _ = read(path, column="body", delimiter=";")
    assert (document.text, document.metadata) == ("x,y", {"nr": "1"})
    (document,), refused = read(file("b.csv", "text,text,,id,id\na,b,c,d,e\n"))
    assert (document.id, document.text) == ("d", "a")
    assert document.metadata == {"column 2": "b", "column 3": "c", "column 5": "e"}
    assert refused == [(":1", "several columns called 'id', 'text'")]


def test_tables_in_other_encodings(file):
    path = file("a.tsv", "text\tid\nสวัสดี\t7\n".encode("cp874"))
    assert "not valid utf-8" in read(path)[1][0][1]
    assert [document.text for document in read(path, encoding="cp874")[0]] == ["สวัสดี"]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(st.lists(TEXTS, max_size=6))
def test_any_table_comes_back(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as output:
        csv.writer(output).writerows([["text", "id"], *([text, "x"] for text in texts)])
    found, refused = read(path)
    assert [document.text for document in found] == texts
    assert not refused


def test_parquet(tmp_path):
    path = tmp_path / "a.parquet"
    rows = {"text": ["ก", None, "ข"], "id": [1, 2, None], "tags": [["x"], [], None]}
    parquet.write_table(pyarrow.table(rows), path)
    found, refused = read(path)
    assert [(d.id.removeprefix(str(path)), d.text, d.metadata) for d in found] == [
        ("1", "ก", {"tags": ["x"]}),
        (":[3]", "ข", {}),
    ]
    assert [place for place, _ in refused] == [":[2]"]
    assert "no column 'body'" in read(path, column="body")[1][0][1]
    path.write_bytes(path.read_bytes()[:-20])
    assert "damaged or no Parquet" in read(path)[1][0][1]


# JSON


def test_json(file):
    found, _ = read(file("a.json", '{\n "id": "x",\n "text": "a"\n}'))
    assert [(document.id, document.text) for document in found] == [("x", "a")]
    found, refused = read(file("b.json", '[{"text": "a"}, {"no": 1}, {"text": "b"}]'))
    assert [document.text for document in found] == ["a", "b"]
    assert [place for place, _ in refused] == [":[2]"]
    assert len(read(file("c.json", '{"text": "a"}\n{"text": "b"}\n'))[0]) == 2
    assert "not JSON" in read(file("d.json", "[" * 5000))[1][0][1]


def test_another_field_has_the_text(file):
    (document,), _ = read(file("a.jsonl", '{"content": "a", "n": 1}\n'), column="content")
    assert (document.text, document.extra) == ("a", {"n": 1})


# Pages and archives of pages


def test_html(file):
    (document,), _ = read(file("a.html", PAGE))
    assert "lamps along the old harbour" in document.text
    assert "fishing boats" in document.text
    assert not any(word in document.text for word in ("hidden", "Weather", "rights"))
    assert document.metadata["title"] == "Harbour lights"
    assert document.metadata["date"] == "2024-03-05"
    (empty,), refused = read(file("b.html", "<html><script>x()</script></html>"))
    assert (empty.text, [flag.rule for flag in empty.flags], refused) == ("", ["no-text"], [])


def test_pages_say_their_encoding_and_valid_utf8_wins(file):
    thai = PAGE.replace("The lamps", "โคมไฟริมท่าเรือเก่า").replace("<head>", '<head><meta charset="tis-620">')
    for data in (thai.encode(), thai.encode("tis-620")):
        assert "โคมไฟริมท่าเรือเก่า" in read(file("a.html", data))[0][0].text


def record(kind: str, content: bytes, type: str, length: int | None = None) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://example.org/{kind}\r\nWARC-Date: 2024-03-06T00:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:{kind}>\r\nContent-Type: {type}\r\n"
    return (
        f"{head}Content-Length: {len(content) if length is None else length}\r\n\r\n".encode() + content + b"\r\n\r\n"
    )


RESPONSE = record(
    "response",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode(),
    "application/http; msgtype=response",
)
REQUEST = record("request", b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", "application/http; msgtype=request")
WET = record("conversion", "ข่าววันนี้".encode(), "text/plain")


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_warc(file, compress):
    data = b"".join(map(compress, (REQUEST, RESPONSE, WET)))
    (page, plain), refused = read(file("a.warc", data))
    assert page.id == "urn:uuid:response"
    assert page.metadata["url"] == "http://example.org/response"
    assert page.metadata["crawled"] == "2024-03-06T00:00:00Z"
    assert page.metadata["date"] == "2024-03-05"
    assert "fishing boats" in page.text
    assert plain.text == "ข่าววันนี้"
    assert not refused


def test_a_page_whose_length_ends_within_its_head(file):
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()
    short = record("response", content, "application/http; msgtype=response", length=43)
    (page,), refused = read(file("a.warc", short + RESPONSE))
    assert "fishing boats" in page.text
    assert refused == [(":byte 0", "a page without content")]


@pytest.mark.parametrize("length", [10**18, 5000])
def test_a_record_that_is_cut_off(file, length):
    found, refused = read(file("a.warc", WET + record("conversion", b"cut", "text/plain", length)))
    assert len(found) == 1
    assert refused[0][0] == f":byte {len(WET)}"
    assert "ends after" in refused[0][1]


# Word documents


def test_docx(tmp_path):
    path = tmp_path / "a.docx"
    written = docx.Document()
    written.add_paragraph("ย่อหน้าแรก")
    table = written.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "one", "two"
    written.add_paragraph("last")
    written.save(str(path))
    assert [document.text for document in read(path)[0]] == ["ย่อหน้าแรก\none\ttwo\nlast"]
    path.write_bytes(path.read_bytes()[:300])
    assert "no Word document" in read(path)[1][0][1]


# Archives


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def taped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    return buffer.getvalue()


MEMBERS = {
    "../out.txt": b"one",
    "b/c.jsonl.gz": gzip.compress(b'{"text": "two"}\n{"text": "three"}\n'),
    "image.png": b"\x89PNG",
    "bad.txt": b"\xff\xfe\xfd",
}


@pytest.mark.parametrize("name", ["a.zip", "a", "a.tar", "a.tar.gz"])
def test_archives(file, name):
    made = taped if "tar" in name else zipped
    path = file(name, gzip.compress(made(MEMBERS)) if name.endswith("gz") else made(MEMBERS))
    found, refused = read(path)
    assert [document.text for document in found] == ["one", "two", "three"]
    assert found[0].id == f"{path}!../out.txt"
    assert {place for place, _ in refused} == {"!bad.txt", *(["!link.txt"] if "tar" in name else [])}
    assert not (path.parent.parent / "out.txt").exists()


def test_a_pipe_can_be_an_archive(file, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(zipped(MEMBERS))))
    assert [document.text for document in documents(Source("-"), lambda refusal: None)] == ["one", "two", "three"]


def test_what_grows_without_measure_is_refused(file):
    bomb = bytes(80 << 20)
    for name, data in {"a.txt.gz": gzip.compress(bomb), "a.zip": zipped({"a.txt": bomb})}.items():
        found, refused = read(file(name, data))
        assert not found
        assert "grow" in refused[0][1]


# Other things


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"<?xml version='1.0'?><a>&b;</a>", "XML"),
        (gzip.compress(gzip.compress(b"a")), "twice"),
    ],
)
def test_what_is_not_text_is_refused(file, content, what):
    found, refused = read(file("a", content))
    assert not found
    assert what in refused[0][1]


def test_a_missing_library_is_named(file, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    refused = []
    (source,) = sources([str(file("a.html", PAGE))], refused.append)
    assert list(documents(source, refused.append)) == []
    assert refused[0].hint == "pip install 'wic-corpus[web]'"
