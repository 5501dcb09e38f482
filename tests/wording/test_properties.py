"""Whatever people type is read and judged, at once, and spans stay inside the text."""

import time
import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.wording import KINDS, judge, read
from kpi_cli.wording.lexicon import Phrases, lexicon, split
from kpi_cli.wording.text import LONGEST, composed, lowered, tokens

PIECES = """Raise improve launch from to by 10 20% $5k 1,5 triệu tỷ quý III Q3 2026 30/8 and và , .
; ( ) "không" nâng cao không đạt CSAT NPS rate tỷ lệ within 6 months next year it 4/5 24/7 → - the
follower so that ＡＢＣ İstanbul ß e\u0301 \u0430 # = @x"""
WORDS = st.sampled_from(PIECES.split())
SENTENCES = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=18).map(" ".join))
DAYS = st.dates(date(1, 1, 1), date.max)


@given(SENTENCES, st.sampled_from(KINDS), DAYS)
def test_every_text_can_be_read_and_judged(text: str, kind: str, day: date) -> None:
    statement = read(text, as_of=day, kind=kind)  # type: ignore[arg-type]
    size = len(statement.text)
    spans = [(hit.start, hit.end) for hit in judge(statement, text)]
    spans += [(n.start, n.end) for n in statement.numbers]
    spans += [(d.start, d.end) for d in statement.dates]
    spans += [statement.metric] if statement.metric else []
    assert all(0 <= start <= end <= size for start, end in spans)


@given(SENTENCES)
def test_reading_the_composed_text_changes_nothing(text: str) -> None:
    once = read(text, as_of=date(2026, 5, 31))
    again = read(once.text, as_of=date(2026, 5, 31))
    assert once.text == unicodedata.normalize("NFC", text)[:LONGEST]
    assert (again.text, again.numbers, again.dates) == (once.text, once.numbers, once.dates)


@given(st.text(max_size=60))
def test_lower_case_keeps_every_position(text: str) -> None:
    assert len(lowered(composed(text))) == len(composed(text))


@given(st.integers(min_value=0, max_value=10**9))
def test_numbers_come_back(number: int) -> None:
    english = read(f"Reach {number:,} paying members", as_of=date(2026, 5, 31)).change.to
    assert english is not None
    assert english.value == number
    dotted = f"{number:,}".replace(",", ".")
    vietnamese = read(f"Đạt {dotted} hội viên trả phí", as_of=date(2026, 5, 31)).change.to
    assert vietnamese is not None
    assert vietnamese.value == number


@given(st.decimals(min_value=0, max_value=1000, places=1))
def test_decimals_come_back(number: object) -> None:
    found = read(f"Raise the score to {number} points", as_of=date(2026, 5, 31)).change.to
    comma = str(number).replace(".", ",")
    vietnamese = read(f"Nâng điểm hài lòng lên {comma} điểm", as_of=date(2026, 5, 31)).change.to
    assert found is not None
    assert vietnamese is not None
    assert found.value == vietnamese.value == float(str(number))


@given(DAYS)
def test_a_written_day_is_that_day(day: date) -> None:
    if day.year < 1900 or day.year > 2099:
        return
    for text in (f"by {day.isoformat()}", f"trước ngày {day.day}/{day.month}/{day.year}"):
        due = read(f"Đạt 5 đơn {text}", as_of=date(2026, 5, 31)).due
        assert due is not None
        assert due.day == day


def test_hostile_texts_take_no_time() -> None:
    begun = time.process_time()
    for text in (
        "from 1 " * 900, "the " * 900, "a-" * 2000, "1," * 2000, "mục tiêu " * 500, "(" * 5000,
        "từ 1 lên " * 500, "10 " * 2000, "and " * 900, "không " * 900, "a" * 100_000,
    ):  # fmt: skip
        judge(read(text, as_of=date(2026, 5, 31), kind="key_result"))
    assert time.process_time() - begun < 8


def test_the_longest_phrase_wins_and_words_are_whole() -> None:
    phrases = Phrases({"short": "chất lượng; effective", "long": "chất lượng cao; cost effective"})
    found = phrases.every(tokens("cost effective, chất lượng cao, ineffective, cost-effective"))
    assert [(one.phrase, sorted(one.kinds)) for one in found] == [
        ("cost effective", ["long"]),
        ("chất lượng cao", ["long"]),
        ("cost effective", ["long"]),
    ]
    assert not Phrases({"x": "quality"}).every(tokens("low-quality"))
    assert Phrases({"x": "optimi*"}).every(tokens("optimising"))


def test_the_lists_are_composed_and_in_lower_case() -> None:
    from kpi_cli.wording import english, vietnamese

    for module in (english, vietnamese):
        for text in (*module.VERBS.values(), *module.WORDS.values()):
            assert text == unicodedata.normalize("NFC", text) == text.lower()
            assert len(split(text)) == len(set(split(text))), "a phrase stands twice in one list"
    assert lexicon("en").words.every(tokens("quality"))
