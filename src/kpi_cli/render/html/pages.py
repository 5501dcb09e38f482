"""The templates and what they may call; one environment for a whole site."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from kpi_cli.locale import catalogue, language
from kpi_cli.render.html import filters
from kpi_cli.render.html.compiled import Compiled
from kpi_cli.render.html.drawing import Templates
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
FILTERS: dict[str, Callable[..., Any]] = {
    **filters.WRITTEN,
    "day": day,
    "length": len,
    "list": list,
    "lower": filters.lower,
    "many": how_many,
    "map": filters.column,
    "min": min,
    "safe": Markup,
    "selectattr": filters.having,
}
_GENERATOR = str(Path(__file__).with_name("generator.py"))
"""What compiles, told by its path: it is imported where a template has to be compiled."""


def environment() -> Templates:
    """The templates of the spoken language."""
    return _environment(language())


@cache
def _environment(spoken: str) -> Templates:
    """The messages of a language are part of the compiled templates."""
    makers = [__file__, filters.__file__, _GENERATOR, catalogue(spoken)]
    return Templates(Compiled(*makers, form=spoken), FILTERS | {"list_page": list_page}, _values())


def _values() -> dict[str, Any]:
    """What every template knows."""
    charts: dict[str, Callable[[Any], Markup]] = {
        name: partial(_drawn, chart) for name, chart in CHARTS.items()
    }
    return {
        "_": filters.message,
        "ngettext": filters.counted,
        "apart_from": APART,
        "value_rows": value_rows,
        "svg": SimpleNamespace(**charts, cascade=_cascade),
    }


def _drawn(chart: Callable[[Any], str], value: Any) -> Markup:
    """A chart escapes its own texts."""
    return filters.safe(chart(value))


def _cascade(data: CascadeMap, route: Route) -> Markup:
    """The one chart with links in it; a record without a page of its own leads nowhere."""
    return Markup(cascade(data, lambda ref: route.to(ref) if route.has(ref) else None))


def list_page(key: str) -> str:
    """The name of the page of one table of KPIs."""
    return f"kpis/{key}"
