"""Regular expressions that are compiled when they are first asked."""

import re
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi_cli.wording
from kpi_cli.wording import english
from kpi_cli.wording.date_forms import FORMS
from kpi_cli.wording.expression import Hinted, Later, expression, hinted

Made = TypeVar("Made")


def all_of(kind: type[Made]) -> list[Made]:
    """Every object of a kind that a module of the part holds by name."""
    names = [module.name for module in iter_modules(kpi_cli.wording.__path__)]
    modules = [import_module(f"kpi_cli.wording.{name}") for name in names]
    return [one for module in modules for one in vars(module).values() if isinstance(one, kind)]


def test_it_is_compiled_once_and_asked_like_a_pattern() -> None:
    digits = expression(r"\d+")
    with patch("re.compile", wraps=re.compile) as compile_:
        assert digits.search("a1b22", 2)[0] == "22"  # type: ignore[index]
        assert digits.match("a1") is None
        assert digits.fullmatch("12") is not None
        assert [found[0] for found in digits.finditer("1 2")] == digits.findall("1 2") == ["1", "2"]
        assert digits.sub("#", "a1") == "a#"
    compile_.assert_called_once_with(r"\d+")


def test_one_with_hints_is_neither_compiled_nor_searched_without_one() -> None:
    gone = hinted("up; down", r"(?:up|down) by \d")
    with patch("re.compile", wraps=re.compile) as compile_:
        assert gone.search("left by 3") is None
        compile_.assert_not_called()
        assert gone.search("down by 3 and up by 4", 8)[0] == "up by 4"  # type: ignore[index]


def test_every_expression_of_the_lists_compiles() -> None:
    found = all_of(Later) + [one.pattern for one in all_of(Hinted)]
    assert len(found) > 40
    for one in found:
        one.search("")


HINTS = {one.pattern._text: one.hints for one in all_of(Hinted)}
HINTS |= {pattern: hints for pattern, _make, _digits, hints in FORMS}


@pytest.mark.parametrize("pattern", sorted(HINTS), ids=range(len(HINTS)))
@given(st.data())
@settings(max_examples=15)
def test_what_a_pattern_finds_holds_one_of_its_hints(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern))
    assert any(hint in text for hint in HINTS[pattern])


@pytest.mark.parametrize("prefix", english.PREFIXES, ids=range(len(english.PREFIXES)))
@given(st.data())
@settings(max_examples=15)
def test_a_prefix_begins_or_holds_what_is_looked_for(prefix: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(rf"\A(?:{prefix})"))
    hints = english.PREFIX_HINTS
    assert text.startswith(english.PREFIX_STARTS) or any(hint in text for hint in hints)


def test_a_faulty_one_speaks_up_when_it_is_used() -> None:
    with pytest.raises(re.error):
        expression("(").search("")
