"""Reports are one file that needs nothing, and what stands in a corpus stays text in them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shell import run

from wic.report.markup import escaped, isolated, table, tag
from wic.report.page import embedded

CORPUS = Path(__file__).parents[2] / "corpus"
HOSTILE = """</script><script>document.title = "owned"</script> and <img src=x onerror="alert(1)"> on 8 November 2023.
"><svg onload=alert(1)> & &lt;b&gt; ' \x1b[31mred\x1b[0m \u202eturned\u2069 on 9 November 2023, <!-- <script> ]]> .
"""
VOID = {"meta", "input", "wbr", "br"}


class Page(HTMLParser):
    """What stands in a page: elements with their attributes, identifiers, links, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str]] = []
        self.code: dict[str, list[str]] = {"script": [], "style": []}
        self.policy = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, name, attributes):
        self.elements[name] += 1
        self.attributes += attributes
        if dict(attributes).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attributes)["content"]
        if name not in VOID:
            self.open.append(name)
        if name in self.code:
            self.code[name].append("")

    def handle_endtag(self, name):
        assert self.open.pop() == name

    def handle_data(self, data):
        if self.open and self.open[-1] in self.code:
            self.code[self.open[-1]][-1] += data

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "hostile.txt").write_text(HOSTILE * 3)
    hostile = str(folder / "hostile.txt")
    commands = {
        "report": f"wic report {CORPUS}",
        "stats": f"wic stats {CORPUS} -f html",
        "dates": f"wic dates {CORPUS} -f html",
        "words": f"wic stats {CORPUS} --words --top 20 -f html",
        "hostile report": f"wic report {hostile} --raw --title '<i>x</i>'",
        "hostile stats": f"wic stats {hostile} --raw -f html",
        "hostile dates": f"wic dates {hostile} --raw -f html",
        "nothing": "wic report -",
    }
    made = {name: run(command) for name, command in commands.items()}
    assert {name: (done.code, done.err) for name, done in made.items()} == dict.fromkeys(made, (0, ""))
    return {name: done.out for name, done in made.items()}


NAMES = ("report", "stats", "dates", "words", "hostile report", "hostile stats", "hostile dates", "nothing")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_runs_its_own_script_only(pages, name):
    page = Page(pages[name])
    assert page.open == []
    data, script = page.code["script"]
    json.loads(data)
    (style,) = page.code["style"]
    for text in (script, style):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.policy
    assert page.policy.startswith("default-src 'none';")
    assert not [key for key, _ in page.attributes if key.startswith("on") or key in ("src", "style")]
    assert page.elements["img"] == page.elements["i"] == 0
    assert all(link.startswith("#") for link in page.values("href"))


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere_and_nothing_is_named_twice(pages, name):
    page = Page(pages[name])
    names = page.values("id")
    assert len(names) == len(set(names))
    assert {link[1:] for link in page.values("href")} <= set(names)


@pytest.mark.parametrize("name", NAMES)
def test_no_control_or_turning_character_comes_through(pages, name):
    assert not re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", pages[name])


def test_the_page_of_the_sample_corpus_is_small(monkeypatch):
    monkeypatch.chdir(CORPUS.parent)  # every path stands in the page as it was given
    assert len(run(f"wic report {CORPUS.name}").out.encode()) <= 300_000


def test_what_the_page_of_the_sample_corpus_shows(pages):
    page = Page(pages["report"])
    assert set(page.values("id")) >= {
        "overview", "words", "sequences", "ranks", "spread", "keyness", "collocations", "timeline", "concordance",
        "repairs", "repeated", "query", "hits",
    }  # fmt: skip
    data = json.loads(page.code["script"][0])
    assert {lang for _, lang, _ in data["documents"]} >= {"ar", "en", "th", "zh-Hans", "zh-Hant"}


def test_the_same_bytes_from_two_workers(pages):
    assert run(f"wic report {CORPUS} -j 2").out == pages["report"]


def test_by_a_field_the_groups_are_compared(tmp_path):
    lines = [
        {"id": f"{year}-{number}", "text": f"The {word} of the {word} was seen.", "metadata": {"year": year}}
        for year, word in (("2022", "flood"), ("2023", "harvest"))
        for number in range(4)
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = run(f"wic report {tmp_path / 'a.jsonl'} --by year")
    assert "2022 and the rest" in done.out
    assert "2023 and the rest" in done.out


def test_dates_without_any_date(tmp_path):
    (tmp_path / "a.txt").write_text("Nothing happened.\n")
    done = run(f"wic dates {tmp_path / 'a.txt'} -f html")
    assert done.code == 1
    assert "No date was found." in done.out


@given(st.text())
def test_any_text_stays_text(text):
    class Text(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=True)
            self.found: list[str] = []
            self.tags: list[str] = []

        def handle_starttag(self, name, attributes):
            self.tags.append(name)

        def handle_data(self, data):
            self.found.append(data)

    parser = Text()
    parser.feed(tag("p", isolated(text, "th"), title=text) + table({"a": text}, [{"a": text}, {"a": None}]))
    parser.close()
    assert set(parser.tags) <= {"p", "bdi", "div", "table", "thead", "tbody", "tr", "th", "td", "button"}
    assert "\n" not in escaped(text)


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_data_can_be_embedded(value):
    text = embedded({"value": value})
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode()
    if "\\ud" not in text:  # a lone surrogate is written as an escape of its own
        assert json.loads(text) == {"value": value}
