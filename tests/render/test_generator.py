"""Templates compiled our way put on pages what Jinja2's own way of compiling them does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
from jinja2 import Environment, PackageLoader, TemplateAssertionError, UndefinedError
from jinja2.compiler import CodeGenerator
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_TESTS

from kpi_cli.locale import LANGUAGES, speaking
from kpi_cli.render.html import generator, site, trouble
from kpi_cli.render.html.filters import message
from kpi_cli.render.html.pages import environment
from kpi_cli.views.reader import Reader
from kpi_cli.views.report import Extent, Report, build_report
from tests.render.rich import planted
from tests.render.snippets import template
from tests.views.test_overview import finding

ODD = ("<b>&amp;", "\"' %", "5 % ‮", "{{ x }} {n}", "\ud800\x00\u2028", "ệ 12 kg", "")
READERS = (None, Reader("team", "dep"), Reader("person", "minh"))


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


def plainly() -> Environment:
    """The same templates with Jinja2 alone: its generator, its runtime and its own filters."""
    ours = environment()
    env = generator.environment({**ours.filters, **DEFAULT_FILTERS}, DEFAULT_TESTS)
    env.loader = PackageLoader("kpi_cli.render.html")
    env.code_generator_class = CodeGenerator
    env.globals.update(ours.values)
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
    "{{ m('<') }}{{ m(a=1, b=3) }}{{ m('1 %', 2, none) }}{{ m(1, 2, 'y' if value is none) }}",
    "{{ _('due {day}', day='<1') }}{{ _('due {day}', day=value) }}{{ _('now') ~ '&' ~ value }}",
    "{% for one in [1, none, 2.5, true] %}{{ one }}{{ _('now') if loop.last }}{% endfor %}",
    "{% for one in [] %}{{ loop.last }}{% else %}{{ 'A' ~ value }}{% endfor %}",
    "{{ ngettext('one more', '{n} more', 1234, n='<') }}{{ '<B>'|lower }}{{ value.real }}",
    "{% set a %}<i>{{ '<' }}</i>{% endset %}{{ a }}{{ a|lower|length }}{{ '<b>'|safe }}",
    "{{ [value, 3]|min }}{{ (1, '<')[1] }}{{ 'abc'[1:] }}{% if '' is not none %}!{% endif %}",
    "{{ [value]|map(attribute='real')|list }}{{ [value, 0]|selectattr('real')|list|length }}",
    "{% import 'macros.html' as m %}{{ m.late(view) }}{{ m.names(['<', 'b']) }}",
)


@pytest.mark.parametrize("text", SNIPPETS)
def test_whatever_a_template_asks_for(spoken: str, text: str) -> None:
    values = {"value": 7, "view": SimpleNamespace(late="<", due="5 %", owner="")}
    plain = plainly().from_string(text).render(values)
    assert template(text).render(**values) == plain


@pytest.mark.parametrize(
    "text", ["{{ value.misspelt }}", "{{ misspelt }}", "{{ value.imag.x }}", "{{ m('misspelt') }}"]
)
def test_a_misspelt_name_is_an_error(text: str) -> None:
    with pytest.raises((AttributeError, UndefinedError), match=r"'(misspelt|x|m)'"):
        template(text).render(value=7)


def test_an_argument_that_is_not_given_is_an_error_where_it_is_used() -> None:
    both = "{% macro m(a, b) %}{{ a }}{% if a %}{{ b }}{% endif %}{% endmacro %}"
    assert template(both + "{{ m(0) }}").render() == "0"
    with pytest.raises(UndefinedError, match="'b' was not provided"):
        template(both + "{{ m(1) }}").render()


@pytest.mark.parametrize(
    "text",
    [
        "{% macro m() %}{{ varargs }}{% endmacro %}",
        "{% macro m() %}{{ kwargs }}{% endmacro %}",
        "{% macro m() %}{{ caller() }}{% endmacro %}",
        "{% call m() %}{% endcall %}",
        "{{ m(*[1]) }}",
        "{{ m(from=5) }}",
        "{{ m.from }}",
        "{% extends 'page.html' %}",
        "{% block a %}{% endblock %}",
        "{% include 'page.html' %}",
        "{% from 'macros.html' import link %}",
        "{% import 'macros.html' as m with context %}",
        "{% filter lower %}{% endfilter %}",
        "{{ value|upper }}",
        "{{ value is even }}",
    ],
)
def test_what_we_could_not_draw_is_not_compiled(text: str) -> None:
    with pytest.raises(TemplateAssertionError):
        template(text)


def test_braces_of_a_message_hold_a_name_and_nothing_else() -> None:
    with pytest.raises(ValueError, match="more than a name"):
        message("{share:.1f} of it", share=1.0)
