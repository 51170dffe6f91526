"""repack: the same documents in the same order in parts of like size, as records or as tables."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow.parquet
import pytest
import zstandard
from shell import run

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def records(output):
    """Records without the file that they came from, which is another one."""
    found = [json.loads(line) for line in output.splitlines()]
    for record in found:
        record["wic"].pop("file")
    return found


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
@pytest.mark.parametrize("command", ["clean", "segment", "clean --raw"])
def test_documents_come_back_whole_and_in_order(form, command):
    made = run(
        f"wic {command} {CORPUS} -f jsonl > all.jsonl; wic repack all.jsonl -f {form} -o parts/ --part-bytes 20k"
    )
    assert made == ("", "", 0)
    assert len(list(Path("parts").iterdir())) > 3
    assert records(run("wic clean --raw parts -f jsonl").out) == records(run("wic clean --raw all.jsonl -f jsonl").out)


def test_text_is_left_as_it_is():
    Path("a.txt").write_text("互聯(lián)網(wǎng)&amp;\u200b\n")
    run("wic repack a.txt -o parts/")
    assert json.loads(run("wic clean --raw parts -f jsonl").out)["text"] == "互聯(lián)網(wǎng)&amp;\u200b\n"
    assert json.loads(run("wic clean parts -f jsonl").out)["edits"]


@pytest.mark.parametrize(("most", "parts"), [("10", 5), ("20", 4), ("1k", 1), ("25", 3)])
def test_sizes(most, parts):
    texts = ["a" * 10, "b" * 10, "c" * 30, "d", "e" * 9, "f" * 15]
    Path("a.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    run(f"wic repack a.jsonl -o parts/ --part-bytes {most}")
    found = [run(f"wic clean --raw {path} -f jsonl").out.splitlines() for path in sorted(Path("parts").iterdir())]
    assert len(found) == parts
    own = [[json.loads(line)["text"] for line in lines] for lines in found]
    assert [text for part in own for text in part] == texts
    limit = 1024 if most == "1k" else int(most)
    assert all(len(part) == 1 or sum(map(len, part)) <= limit for part in own)


def test_what_cannot_be_split_is_split():
    lines = "".join(json.dumps({"id": str(number), "text": f"Text {number}. " * 30}) + "\n" for number in range(9000))
    Path("one.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    assert run("wic repack one.jsonl.gz -o parts/ --part-bytes 2M").code == 0
    parts = sorted(Path("parts").iterdir())
    assert len(parts) == 2
    data = parts[0].read_bytes()
    first = data.index(zstandard.FRAME_HEADER, 1)  # the next frame can be read without the one before
    rest = zstandard.ZstdDecompressor().stream_reader(data[first:], read_across_frames=True).read()
    assert json.loads(rest.splitlines()[0])["text"].startswith("Text")


def test_tables_can_be_looked_at():
    run(f"wic clean {CORPUS}/en -f jsonl | wic repack - -f parquet -o parts/")
    table = pyarrow.parquet.read_table("parts/part-00000.parquet")
    assert table.column_names == ["id", "text", "lang", "script", "metadata", "record"]
    assert set(table["lang"].to_pylist()) == {"en"}
    assert json.loads(table["record"][0].as_py())["edits"]


def test_a_table_that_wic_did_not_write_so_is_refused_row_by_row():
    run(f"wic clean {CORPUS}/en -f jsonl | wic repack - -f parquet -o parts/")
    path = Path("parts/part-00000.parquet")
    table = pyarrow.parquet.read_table(path)
    broken = ["{", None, *table["record"].to_pylist()[2:]]
    table = table.set_column(5, "record", [broken])
    pyarrow.parquet.write_table(table, path)
    done = run("wic clean --raw parts -f jsonl --verbose")
    assert done.code == 2
    assert len(done.out.splitlines()) == table.num_rows - 2
    assert "part-00000.parquet:[1]" in done.err and "part-00000.parquet:[2]" in done.err


def test_bad_requests():
    Path("a.txt").write_text("a")
    assert "-o DIR/" in run("wic repack a.txt").err
    run("wic repack a.txt -o parts/")
    assert "not empty" in run("wic repack a.txt -o parts/").err
    assert run("wic repack a.txt -o others/ --part-bytes 5T").code == 2
    assert run("wic repack none.txt -o none/").code == 2
    assert list(Path("none").iterdir()) == []


def test_attributes_are_spans_of_the_text_as_read():
    raw = json.loads(run(f"wic clean --raw {CORPUS}/zh/hant-05-flood-warning.txt -f jsonl").out)["text"]
    edits = json.loads(run(f"wic clean {CORPUS}/zh/hant-05-flood-warning.txt -f dolma").out)["attributes"]
    assert all(raw[start:end].endswith(")") for start, end, _ in edits["wic__clean__zh-readings"])
    found = json.loads(run(f"wic segment {CORPUS}/zh/hant-05-flood-warning.txt -f dolma").out)
    assert found["id"].endswith("hant-05-flood-warning.txt")
    assert "聯(lián)網(wǎng)" in "|".join(raw[start:end] for start, end, _ in found["attributes"]["wic__segment__word"])
    assert all(value == 1 for _, _, value in found["attributes"]["wic__segment__sentence"])
