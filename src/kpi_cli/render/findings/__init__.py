"""Findings in the formats of other tools: one module each, found by its name.

A module offers `findings(view, files) -> str`; a name that begins with `_` is no format.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping

from kpi_cli.views.findings import FindingsView

Render = Callable[[FindingsView, Mapping[str, bytes]], str]


def names() -> list[str]:
    """The formats there are, sorted."""
    found = (info.name for info in pkgutil.iter_modules(__path__))
    return sorted(name for name in found if not name.startswith("_"))


def renderer(name: str) -> Render:
    """The renderer of a format; its module is loaded only now."""
    module = importlib.import_module(f"{__name__}.{name}")
    render: Render = module.findings
    return render
