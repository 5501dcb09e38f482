"""The templates and what they may call; one environment for a whole site."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import cache, lru_cache, partial
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kpi_cli.locale import catalogue, language
from kpi_cli.render.html import filters, generator
from kpi_cli.render.html.compiled import Compiled
from kpi_cli.render.html.route import Route
from kpi_cli.render.html.values import value_rows
from kpi_cli.render.svg.balance import balance
from kpi_cli.render.svg.bullet import bullet
from kpi_cli.render.svg.cascade import cascade
from kpi_cli.render.svg.effect import effect
from kpi_cli.render.svg.lines import lines
from kpi_cli.render.svg.plot import plot
from kpi_cli.render.svg.spark import spark
from kpi_cli.render.svg.strip import strip
from kpi_cli.render.svg.variance import variance
from kpi_cli.views.cascade_map import CascadeMap
from kpi_cli.views.words import day, how_many

APART = 8
"""From so many rows on, phones show the table of all KPIs on a page of its own."""
CHARTS: dict[str, Callable[[Any], str]] = {
    "plot": plot,
    "spark": spark,
    "lines": lines,
    "bullet": bullet,
    "strip": strip,
    "effect": effect,
    "balance": balance,
    "variance": variance,
}

REPEATED = 2**15
"""Small pictures remembered: those of a KPI stand on several pages."""


class _Templates(Environment):
    """Compiles as we do; all its templates know the same names, so they share one mapping of them
    and what they import is made once."""

    code_generator_class = generator.Generator

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names of the environment; templates of ours are given none of their own."""
        return self.globals


def environment() -> Environment:
    """The environment of the spoken language."""
    return _environment(language())


@cache
def _environment(spoken: str) -> Environment:
    """Escaping is on, a misspelt name is an error, blocks leave no blank lines. The messages of a
    language are part of the compiled templates."""
    env = _Templates(
        loader=PackageLoader("kpi_cli.render.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=filters.finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=Compiled(
            __file__, filters.__file__, generator.__file__, catalogue(spoken), form=spoken
        ),
    )
    env.filters.update(filters.WRITTEN, day=day, many=how_many, list_page=list_page)
    env.globals["apart_from"] = APART
    env.globals["_"], env.globals["ngettext"] = filters.message, filters.counted
    env.globals["value_rows"] = value_rows
    charts: dict[str, Callable[[Any], Markup]] = {
        name: partial(_drawn, chart) for name, chart in CHARTS.items()
    }
    charts |= {name: lru_cache(REPEATED)(charts[name]) for name in ("plot", "spark")}
    env.globals["svg"] = SimpleNamespace(**charts, cascade=_cascade)
    return env


def _drawn(chart: Callable[[Any], str], value: Any) -> Markup:
    """A chart escapes its own texts."""
    return Markup(chart(value))


def _cascade(data: CascadeMap, route: Route) -> Markup:
    """The one chart with links in it; a record without a page of its own leads nowhere."""
    return Markup(cascade(data, lambda ref: route.to(ref) if route.has(ref) else None))


def list_page(key: str) -> str:
    """The name of the page of one table of KPIs."""
    return f"kpis/{key}"
