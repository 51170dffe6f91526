"""Text written in one encoding and read as another comes back, whole and short; text that only looks so stays."""

import pytest

from wic.clean import Selection, clean
from wic.document import Document

SENTENCES = {
    "th": "เมื่อวานนี้ฝนตกหนักในภาคใต้ ชาวบ้านจึงช่วยกันย้ายของขึ้นชั้นสอง",
    "hans": "昨天下午，志愿者在新馆门口迎接了来自各国的客人，大家都很高兴。",
    "hant": "昨天下午，志工在新館門口迎接了來自各國的客人，大家都很高興。",
    "ar": "استقبل المتطوعون أمس ضيوفا من دول كثيرة عند باب المتحف الجديد",
    "ru": "Вчера добровольцы встречали гостей у дверей нового музея.",
    "fr": "Hier, les élèves ont été reçus à l’entrée du musée, près de la forêt.",
}
SINGLE_BYTE = ("cp1252", "latin-1", "cp1250", "cp1254", "cp1256", "mac_roman", "cp437", "cp874", "cp1251")
MISREADINGS = [
    *(("th", "utf-8", read_as) for read_as in SINGLE_BYTE if read_as not in ("cp1251",)),
    *(("ar", "utf-8", read_as) for read_as in SINGLE_BYTE),
    *(("hans", "utf-8", read_as) for read_as in ("cp1252", "latin-1", "cp1250", "cp1254", "mac_roman", "cp437")),
    *(("hant", "utf-8", read_as) for read_as in ("cp1252", "latin-1")),
    ("ru", "utf-8", "cp1252"),
    ("ru", "utf-8", "cp1251"),
    ("fr", "utf-8", "cp1252"),
    ("fr", "utf-8", "latin-1"),
    ("th", "cp874", "cp1252"),
    ("th", "cp874", "latin-1"),
    ("th", "cp874", "mac_roman"),
    ("ar", "cp1256", "cp1252"),
    ("ar", "cp1256", "cp1254"),
    ("ar", "iso8859-6", "cp1252"),
    ("hans", "gb18030", "cp1252"),
    ("hans", "gb18030", "latin-1"),
    ("hant", "big5", "cp1252"),
]
DOUBLE_BYTE = [("hant", "big5", "gb18030"), ("th", "cp874", "gb18030"), ("ar", "utf-8", "gb18030")]


def misread(text: str, written: str, read_as: str) -> str:
    """The text as a lenient decoder reads it: bytes that ``read_as`` leaves out as Windows-1252 or controls."""
    pieces = []
    for octet in text.encode(written):
        for encoding in (read_as, "cp1252", "latin-1"):
            try:
                pieces.append(bytes([octet]).decode(encoding))
                break
            except UnicodeError:
                continue
    return "".join(pieces)


def repaired(text: str) -> str:
    return clean(Document(id="x", text=text), Selection(only=frozenset({"mojibake"}))).text


@pytest.mark.parametrize(("lang", "written", "read_as"), MISREADINGS)
def test_comes_back(lang: str, written: str, read_as: str) -> None:
    text = SENTENCES[lang]
    assert repaired(misread(text, written, read_as)) == text
    start = text[:18].rstrip()
    assert repaired(misread(start, written, read_as)) == start


@pytest.mark.parametrize(("lang", "written", "read_as"), DOUBLE_BYTE)
def test_comes_back_from_chinese(lang: str, written: str, read_as: str) -> None:
    text = SENTENCES[lang].replace(" ", "")
    data = text.encode(written)
    text = text if len(data) % 2 == 0 else text[:-1]
    assert repaired(text.encode(written).decode(read_as)) == text


@pytest.mark.parametrize("lang", ["th", "hans", "ar"])
def test_misread_twice(lang: str) -> None:
    twice = misread(misread(SENTENCES[lang], "utf-8", "cp1252"), "utf-8", "cp1252")
    assert repaired(twice) == SENTENCES[lang]


def test_line_by_line_with_fine_edits() -> None:
    healthy, damaged = "L’été à Évian", misread(SENTENCES["th"], "cp874", "cp1252")
    document = clean(Document(id="x", text=f"{healthy}\n{damaged}\n{healthy}"))
    assert document.text == f"{healthy}\n{SENTENCES['th']}\n{healthy}"
    assert document.edits is not None
    assert {edit.rule for edit in document.edits} == {"mojibake-thai"}
    assert max(edit.end - edit.start for edit in document.edits) == 1


@pytest.mark.parametrize("text", [*SENTENCES.values(), "Ã", "é" * 50, "ÃÃÃÃ", "naïve café", "鑫淼焱垚", "เธอเห็นเธอ"])
def test_healthy(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "这一天，大家一起等到了一个好消息。",
        "第一次来的人，都说这里的一切很新鲜。",
        "比赛在2019年6月15日下午举行，大家一起等到了一个好消息。",
        "這一天，大家一起等到了一個好消息。",
    ],
)
def test_lost_bytes_are_found_again_where_one_character_is_likely(text: str) -> None:
    """Byte 80 begins no character of GBK, so decoders put U+FFFD for it; before digits they lose other bytes too."""
    raw = text.encode().decode("gb18030", "replace")
    assert "\ufffd" in raw
    document = clean(Document(id="x", text=raw))
    assert document.text == text
    assert all(edit.confidence > 0.9 for edit in document.edits or ())


def test_lost_bytes_that_can_be_several_characters_stay_lost() -> None:
    text = "比赛打了很久才有结果，40分钟以后大家一起等到了好消息。"
    document = clean(Document(id="x", text=text.encode().decode("gb18030", "replace")))
    assert document.text == text.replace("，", "\ufffd")
    assert [flag.rule for flag in document.flags] == ["lost-characters"]
