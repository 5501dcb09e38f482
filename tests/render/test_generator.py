"""Templates compiled our way put on pages what Jinja2's own way of compiling them does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from jinja2 import Environment, UndefinedError
from jinja2.compiler import CodeGenerator

from kpi_cli.locale import LANGUAGES, speaking
from kpi_cli.render.html import site, trouble
from kpi_cli.render.html.filters import message
from kpi_cli.render.html.pages import environment
from kpi_cli.views.reader import Reader
from kpi_cli.views.report import Extent, Report, build_report
from tests.render.rich import planted
from tests.views.test_overview import finding

ODD = ("<b>&amp;", "\"' %", "5 % ‮", "{{ x }} {n}", "\ud800\x00\u2028", "ệ 12 kg", "")
READERS = (None, Reader("team", "dep"), Reader("person", "minh"))


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


def plainly() -> Environment:
    """The same environment without our generator and without kept code."""
    env = environment().overlay(bytecode_cache=None)
    env.code_generator_class = CodeGenerator
    return env


def report(reader: Reader | None) -> Report:
    texts = iter(ODD * 1000)
    assessment = planted(lambda name: f"{next(texts)} q{name}q")
    meeting = None if reader else assessment.plan.reviews["r2"]
    return build_report(
        assessment, version="1", digest="d", findings=[replace(finding(), message=ODD[0])],
        places={"main": (ODD[1], 3)}, extent=Extent(reader, review=meeting),
    )  # fmt: skip


def drawn(reports: list[Report]) -> list[dict[str, bytes]]:
    found = [site.write_site(one) | {"single": site.write_single(one)} for one in reports]
    faults = trouble.banner([finding()] * 3, ODD[0], pages_are_old=True)
    return [*found, {"trouble": faults}]


def test_both_ways_draw_the_same(spoken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "APART", 1)
    reports = [report(reader) for reader in READERS]
    ours, plain = drawn(reports), plainly()
    for module in (site, trouble):
        monkeypatch.setattr(module, "environment", lambda: plain)
    assert drawn(reports) == ours
    assert set(plain.list_templates(["html"])) == {name for _, name in plain.cache or ()}


SNIPPETS = (
    "{% macro m(a, b=2, from='x') %}{{ a }}{{ b }}{{ from }}{% endmacro %}"
    "{{ m('<') }}{{ m(a=1, b=3) }}{{ m(1, from=5) }}{{ m('1 %', 2, none) }}",
    "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, *[2, 3], **{'x': 4}) }}",
    "{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}{{ '<' }}{% endcall %}",
    "{{ _('due {day}', day='<1') }}{{ _('due {day}', day=value) }}{{ _('now') ~ '&' }}",
    "{% for one in [1, none, 2.5, true] %}{{ one }}{{ _('now') if loop.last }}{% endfor %}",
    "{{ ngettext('one more', '{n} more', 1234, n='<') }}{{ value|upper }}{{ value.real }}",
)


@pytest.mark.parametrize("text", SNIPPETS)
def test_whatever_a_template_asks_for(spoken: str, text: str) -> None:
    first, other = (env.from_string(text).render(value=7) for env in (environment(), plainly()))
    assert first == other


@pytest.mark.parametrize("text", ["{{ value.misspelt }}", "{{ misspelt }}", "{{ value.imag.x }}"])
def test_a_misspelt_name_is_an_error(text: str) -> None:
    with pytest.raises((AttributeError, UndefinedError), match=r"'(misspelt|x)'"):
        environment().from_string(text).render(value=7)


def test_braces_of_a_message_hold_a_name_and_nothing_else() -> None:
    with pytest.raises(ValueError, match="more than a name"):
        message("{share:.1f} of it", share=1.0)
