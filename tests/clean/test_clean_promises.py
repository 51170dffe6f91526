"""What cleaning promises of any text: it can be undone, leaves its own results alone, and takes linear time."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wic.clean import Selection, clean
from wic.document import Document, Edit, apply
from wic.errors import WicError

# Pieces of damaged and healthy text in several scripts, so that random texts run into the rules and their borders.
PIECES = [
    "การประชุม", "เเละ", "เเพื่อ", "ท\u0e48\u0e35", "ท\u0e4d\u0e32", "น\u0e4d\u0e49\u0e32", "ที่\u0e48", " :ร่วม", "8 ถึง10", "\u00a0", "  ",
    "网", "互聯(lián)網(wǎng)", "大會(huì)", ",、", ",。", ",,", "，", "。", "“", "”", "(第5页)", "１２", "\u2f08", "\uf98e", "?", "？", "《 ", " 》", "`",
    "العـــنوان", "هـ", " و ", "ﻣﻮﻗﻊ", "ﻲﻤﻟﺎﻌﻟﺍ", "ی", "ک", ", ", "ة", "ا\u0653", "\u064e",
    "&amp;", "&amp;amp;", "&nbsp;", "&#3585;", "<p>", "</p>", "<br/>", "<b>", "<!--", "-->", "<script>", "</script>",
    "ä¸\u00ad", "å›½", "à¸\u0081", "¡ÒÃ", "ÇáÍãÏ", "ÐÂÖÐ", "Ã©", "â€œ", "鑻辨枃", "ุงู", "ط§ظ„", "é", "e\u0301", "Þ",
    "\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\u202b", "\x00", "\x07", "\x1b[1m", "\ue5e5", "\ufffd", "\ud800", "😀", "🏳\ufe0f\u200d🌈", "𠀀",
    "a", "The ", "summit", "\n", "\n\n", "\r\n", " ", "\t", "\u3000", "5", "9:30", "Share", "分享", "แชร์", "شارك", "Read more", "相关新闻",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def cleaned(text: str, lang: str = "") -> Document:
    return clean(Document(id="x", text=text, lang=lang))


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=60)), st.sampled_from(["", "", "th", "zh", "ar", "en", "und"]))
@example("\x1b[1m互聯(lián)網(wǎng)", "")  # the sequence hides that this is Chinese
def test_can_be_undone_and_leaves_its_own_results_alone(text: str, lang: str) -> None:
    done = cleaned(text, lang)
    assert done.edits is not None
    assert done.raw == text
    assert apply(done.edits, text) == done.text
    assert all(text[edit.start : edit.end] == edit.before != edit.after for edit in done.edits)
    assert all(one.end <= other.start for one, other in zip(done.edits, done.edits[1:], strict=False))
    assert all(0 <= flag.start <= flag.end <= len(text) for flag in done.flags)
    again = cleaned(done.text, lang)
    assert again.text == done.text
    assert again.edits == ()


def test_healthy_text_comes_back_as_it_is() -> None:
    text = "The summit ends on 28 September.\n\nIt rained."
    done = cleaned(text)
    assert done.text is text
    assert done.edits == ()
    assert done.lang == "en"


def test_a_cleaned_document_is_not_cleaned_again() -> None:
    document = Document(id="x", text="The\u00a0summit", edits=())
    assert clean(document) is document


def test_language_is_guessed_after_decoding() -> None:
    assert cleaned("¤ÇÒÁàÃçÇã¹¡ÒÃàÍÕÂ§").lang == "th"
    assert cleaned("&#3585;&#3634;&#3619;&#3649;&#3626;&#3604;&#3591;").lang == "th"


def test_edits_cover_the_unit_in_offsets_of_the_text_as_read() -> None:
    text = "\ufeffการ ประ\u200bชุม 8 ถึง10\u00a0 เดือน"
    assert cleaned(text).edits == (
        Edit("byte-order-mark", 0, 1, "\ufeff", ""),
        Edit("zero-width-space", 8, 9, "\u200b", ""),
        Edit("range-blank", 15, 18, "ถึง", "ถึง "),
        Edit("no-break-space", 20, 22, "\u00a0 ", " "),
    )


def test_selection() -> None:
    document = Document(id="x", text="The\u00a0sum\u200bmit \n", lang="en")
    assert clean(document, Selection(only=frozenset({"no-break-space"}))).text == "The sum\u200bmit \n"
    assert clean(document, Selection(skip=frozenset({"blanks"}))).text == "The\u00a0summit \n"
    assert clean(document, Selection(only=frozenset({"invisible"}))).text == "The\u00a0summit \n"
    signatures = {
        clean(document, selection).provenance["clean"]
        for selection in (
            Selection(),
            Selection(skip=frozenset({"blanks"})),
            Selection(enable=frozenset({"typography"})),
        )
    }
    assert len(signatures) == 3


def test_unknown_rule() -> None:
    with pytest.raises(WicError) as error:
        Selection(skip=frozenset({"no-break-spce"}))
    assert "no-break-space" in error.value.hint


HOSTILE = {
    "blanks": " ",
    "no-break spaces": "\u00a0",
    "blanks and no-break spaces": " \u00a0",
    "han": "一",
    "rare han": "鑻",
    "thai": "ก",
    "thai vowels": "เ",
    "thai marks": "\u0e48",
    "thai marks and vowels": "\u0e48\u0e35",
    "sara am": "\u0e4d",
    "tatweel": "ـ",
    "arabic": "ط",
    "presentation forms": "\ufee0",
    "latin-1": "Ã",
    "utf-8 as latin-1": "ä¸\u00ad",
    "ampersands": "&amp;",
    "open tags": "<b ",
    "scripts": "<script>",
    "comments": "<!--",
    "brackets": "(",
    "wide brackets": "（",
    "han in brackets": "(一",
    "commas": ",",
    "commas and han": "一,",
    "wide digits": "１",
    "wide digits and marks": "１．",
    "zero-width": "\u200b",
    "accents": "\u0301",
    "letters and accents": "e\u0301",
    "private": "\ue5e5",
    "nul": "\x00",
    "quotes": "“",
    "question marks": "?",
    "lines": "\n",
    "short lines": "a  b\n",
    "share lines": "share\n",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_linear_time(unit: str) -> None:
    """Sixteen times the text takes about sixteen times as long; what is quadratic would take 256 times."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        clean(Document(id="x", text=text))
        return time.process_time() - start

    short = min(seconds(5_000) for _ in range(3))
    assert seconds(80_000) < max(1, 80 * short)


HEALTHY = json.loads(Path(__file__).with_name("healthy.json").read_text(encoding="utf-8"))["texts"]


@pytest.mark.parametrize("text", HEALTHY, ids=range(len(HEALTHY)))
def test_healthy_text_is_left_alone(text: str) -> None:
    assert cleaned(text).edits == ()
