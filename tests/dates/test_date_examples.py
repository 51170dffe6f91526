"""Every rule of every dates.toml does what its examples show, in a document of its own and inside other words."""

from __future__ import annotations

from typing import Any

import pytest

from wic.dates import find
from wic.dates.compile import FILE, grammar
from wic.dates.grammar import compiled
from wic.document import Document
from wic.language import built_in, language

CODES = ["und", *(code for code in built_in() if language(code).data(FILE))]


def _examples() -> list[Any]:
    return [
        pytest.param(code, example, id=f"{code}:{rule['name']}:{number}")
        for code in CODES
        for rule in language(code).data(FILE).get("rule", ())
        for number, example in enumerate(rule["examples"])
    ]


@pytest.mark.parametrize(("code", "example"), _examples())
def test_example(code: str, example: dict[str, Any]) -> None:
    found = find(Document(id="example", text=example["text"], lang=code), example.get("ref"))
    if example.get("none"):
        assert [expression.text for expression in found] == []
        return
    values = example.get("values", [example.get("value")])
    assert [expression.value or "" for expression in found] == values
    assert all(expression.value or expression.reason for expression in found)
    if "mod" in example:
        assert found[0].mod == example["mod"]


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_reason_and_a_name_of_its_own(code: str) -> None:
    rules = language(code).data(FILE).get("rule", [])
    assert all(rule["why"] for rule in rules)
    assert len({rule["name"] for rule in rules}) == len(rules)


@pytest.mark.parametrize("code", CODES)
def test_grammar_compiles(code: str) -> None:
    rules = [rule for stage in grammar(code).stages for rule in stage.rules]
    assert rules
    for rule in rules:
        for pattern in (rule.regex, rule.before, rule.after, rule.after_original):
            compiled(pattern)
