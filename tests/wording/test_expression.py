"""Regular expressions that are compiled when they are first asked."""

import re
from importlib import import_module
from pkgutil import iter_modules
from unittest.mock import patch

import pytest

import kpi_cli.wording
from kpi_cli.wording.expression import Later, expression


def test_it_is_compiled_once_and_asked_like_a_pattern() -> None:
    digits = expression(r"\d+")
    with patch("re.compile", wraps=re.compile) as compile_:
        assert digits.search("a1b22", 2)[0] == "22"  # type: ignore[index]
        assert digits.match("a1") is None
        assert digits.fullmatch("12") is not None
        assert [found[0] for found in digits.finditer("1 2")] == digits.findall("1 2") == ["1", "2"]
        assert digits.sub("#", "a1") == "a#"
    compile_.assert_called_once_with(r"\d+")


def test_every_expression_of_the_lists_compiles() -> None:
    names = [module.name for module in iter_modules(kpi_cli.wording.__path__)]
    modules = [import_module(f"kpi_cli.wording.{name}") for name in names]
    found = [one for module in modules for one in vars(module).values() if isinstance(one, Later)]
    assert len(found) > 40
    for one in found:
        one.search("")


def test_a_faulty_one_speaks_up_when_it_is_used() -> None:
    with pytest.raises(re.error):
        expression("(").search("")
