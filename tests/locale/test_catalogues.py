"""The catalogues hold every text of the code; numbers and days are those of the CLDR."""

import io
import re
from datetime import date

import pytest
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from docs.messages import catalogue_file, compiled, in_python, messages, updated
from kpi_cli.locale import LANGUAGES, N_, _, language, ngettext, speaking
from kpi_cli.locale.forms import day, month, number, short_day

TRANSLATED = [code for code in LANGUAGES if code != "en"]
BRACES = re.compile(r"\{([a-z_]*)[^}]*\}")
A_DAY = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_holds_exactly_the_messages_of_the_code(code: str) -> None:
    assert catalogue_file(code).read_text(encoding="utf-8") == updated(code), "run `make messages`"


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_the_text(code: str) -> None:
    assert catalogue_file(code, "mo").read_bytes() == compiled(code), "run `make messages`"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_with_the_same_braces(code: str) -> None:
    catalogue = read_po(io.BytesIO(catalogue_file(code).read_bytes()), locale=code)
    faults = []
    for message in catalogue:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        fitting = {frozenset(BRACES.findall(source)) for source in sources}
        for text in texts:
            if not text or message.fuzzy or frozenset(BRACES.findall(text)) not in fitting:
                faults.append(sources[0])
    assert faults == []


def test_messages_are_found_in_the_code() -> None:
    assert len(messages()) > 1


def test_english_is_the_text_itself() -> None:
    assert (_("{n} of {m}", n=1, m=2), N_("x"), language()) == ("1 of 2", "x", "en")
    assert [ngettext("{n} day", "{n} days", n, n=n) for n in (0, 1, 2)] == [
        "0 days",
        "1 day",
        "2 days",
    ]


def test_data_with_braces_is_not_read_as_a_message() -> None:
    assert _("called {name}", name="{0} {x!r}") == "called {0} {x!r}"


def test_a_language_is_spoken_only_inside_its_block() -> None:
    with speaking("vi"):
        assert language() == "vi"
        assert number("1,234.5") == "1.234,5"
    assert (language(), number("1,234.5")) == ("en", "1,234.5")


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="no catalogue"), speaking("tlh"):
        pass


@given(st.integers(-(10**12), 10**12), st.integers(0, 999))
def test_vietnamese_numbers_are_those_of_the_cldr(whole: int, thousandths: int) -> None:
    value = f"{whole:,}.{thousandths:03d}"
    with speaking("vi"):
        said = number(value)
    assert said == format_decimal(
        float(f"{whole}.{thousandths:03d}") if abs(whole) < 10**9 else whole,
        format="#,##0.000" if abs(whole) < 10**9 else "#,##0",
        locale="vi",
    ) + ("" if abs(whole) < 10**9 else f",{thousandths:03d}")


@given(A_DAY)
def test_vietnamese_days_are_those_of_the_cldr(value: date) -> None:
    with speaking("vi"):
        assert day(value) == format_date(value, "long", locale="vi")
        assert short_day(value) == format_date(value, "short", locale="vi")
        assert month(value) == f"tháng {value.month} năm {value.year}"


@given(A_DAY)
def test_english_days_are_those_of_the_cldr(value: date) -> None:
    assert day(value) == format_date(value, "long", locale="en_GB")
    assert month(value) == format_date(value, "MMMM y", locale="en_GB")


def test_messages_inside_f_strings_are_found_in_every_python() -> None:
    found = list(in_python("x = f\"{_('a b')}: {ngettext('{n} c', '{n} d', 1)}\"\ny = _(x)"))
    assert found == ["a b", ("{n} c", "{n} d")]


def test_a_marked_text_is_said_again_in_another_language() -> None:
    inner = N_("no target for {period}", period="2026-Q1")
    reason = N_("{name}: {reason}", name="a", reason=inner)
    assert reason == "a: no target for 2026-Q1"
    with speaking("vi"):
        assert _(reason) == "a: chưa có chỉ tiêu cho 2026-Q1"
        assert _(N_("no actual since {day}", day=date(2026, 5, 1))).endswith("1 tháng 5, 2026")
        assert ngettext("{n} KPI", "{n} KPIs", 1234) == "1.234 KPI"
    assert str(N_("no actual since {day}", day=date(2026, 5, 1))) == "no actual since 2026-05-01"
