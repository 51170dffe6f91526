"""What the commands write is what docs/records.schema.json says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from shell import run

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "docs" / "records.schema.json").read_text(encoding="utf-8"))
TROUBLE = (
    '{"id": "a", "text": "2月30日。", "lang": "zh", "metadata": {"date": "2023-11-08"}}\n'
    '{"id": "b", "text": "上周三（11月8日），我們?cè)诳紤]，網(wǎng)絡(luò)。", "source": "x"}\n'
    '{"id": "c", "text": "In 1998, three years later – or Friday.\\u0085", "metadata": {"date": "2023-11-08"}}\n'
)


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"})


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("clean corpus -f jsonl", "document"),
        ("segment corpus -f jsonl", "document"),
        ("segment corpus -f jsonl --clitics --granularity fine", "document"),
        ("grep 网 corpus -f jsonl", "hit"),
        ("grep -w 互联网 corpus -f jsonl --byte-offset", "hit"),
        ("""grep --cql '"互联网" []' corpus -f jsonl""", "hit"),
        ("dates corpus -f jsonl", "expression"),
        ("clean - -f jsonl", "document"),
        ("segment - -f jsonl", "document"),
        ("grep 月 - -f jsonl", "hit"),
        ("dates - -f jsonl", "expression"),
    ],
)
def test_records(command, name, monkeypatch):
    monkeypatch.chdir(ROOT)
    lines = run(f"wic {command}", TROUBLE if " - " in command else "").out.split("\n")[:-1]
    assert lines
    check = validator(name)
    for line in lines:
        check.validate(json.loads(line))


@pytest.mark.parametrize("given", ["corpus", "-"])
def test_edits_and_flags(given, monkeypatch):
    monkeypatch.chdir(ROOT)
    records = [json.loads(line) for line in run(f"wic clean {given} -f edits", TROUBLE).out.split("\n")[:-1]]
    edits = [record for record in records if "before" in record]
    flags = [record for record in records if "reason" in record]
    assert edits
    assert len(edits) + len(flags) + sum("encoding" in record for record in records) == len(records)
    for record in edits:
        validator("edit").validate(record)
    for record in flags:
        validator("flag").validate(record)


def test_a_wrong_record_is_seen():
    assert not validator("hit").is_valid({"id": "a", "start": -1})
    assert not validator("expression").is_valid({"id": "a", "value": None})
