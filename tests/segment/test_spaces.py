"""Which spaces end a sentence in Thai."""

from hypothesis import given
from hypothesis import strategies as st

from wic.document import Document
from wic.guess import identify
from wic.language import language
from wic.segment import segment, spaces
from wic.segment.sentences import ends
from wic.segment.wic import cut

THAI = language("th")
TEXTS = st.text(st.one_of(st.sampled_from('ฉันไปตลาดเขามาแล้วซึ่งที่ และ ค่ะ “”"12aB.\n\t '), st.characters()), max_size=80)
ENGINES = ["", "newmm", "uax29"]


def sentences(text: str, engine: str = "") -> list[str]:
    document = segment(identify(Document(id="x", text=text, lang="th", script="Thai")), engine)
    assert document.sentences is not None
    return [text[sentence.start : sentence.end] for sentence in document.sentences]


def test_words_beside_a_space_decide():
    assert sentences("ฉันชอบอ่านหนังสือ วันนี้อากาศดีมาก") == ["ฉันชอบอ่านหนังสือ ", "วันนี้อากาศดีมาก"]
    assert sentences("ในตู้มีดินสอ ปากกา และสมุด") == ["ในตู้มีดินสอ ปากกา และสมุด"]  # a list: pencils, pens and books
    assert sentences("ลู่ เกินฟา วัย 67 ปี ซึ่งพายเรือมานาน") == ["ลู่ เกินฟา วัย 67 ปี ซึ่งพายเรือมานาน"]  # "who"


def test_the_engine_of_the_words_does_not_matter():
    text = "ฉันชอบอ่านหนังสือ วันนี้อากาศดีมาก เธอไปตลาดซื้อผัก ผลไม้ และเนื้อหมู\nครับ แล้วพบกันใหม่"
    assert {tuple(sentences(text, engine)) for engine in ENGINES} == {tuple(sentences(text))}


@given(TEXTS)
def test_a_sentence_ends_behind_white_space_or_a_mark(text):
    text = text.encode("utf-8", "ignore").decode()
    found = list(ends(text, THAI))
    assert found == sorted(set(found)) == list(ends(text, THAI, cut(text)))
    known = spaces.model(THAI)
    assert known is not None
    for end in spaces.ends(cut(text), known):
        assert text[end - 1].isspace() and not text[end].isspace()


@given(TEXTS)
def test_weights_are_those_of_the_features(text):
    known = spaces.model(THAI)
    assert known is not None

    def is_end(left, right, shape):
        total = sum(known.weights.get(feature, 0) for feature in spaces.features(left, right, shape))
        assert known.is_end(left, right, shape) == (total > known.threshold)
        return total > known.threshold

    for line in spaces.lines(cut(text.encode("utf-8", "ignore").decode())):
        list(spaces.walk(line, is_end))


def test_languages_without_such_a_model():
    assert spaces.model(language("zh")) is None
