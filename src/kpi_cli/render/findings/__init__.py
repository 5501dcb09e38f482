"""Findings in the formats of other tools: one module each, found by its name.

A module offers `findings(view, files) -> str`; a name that begins with `_` is no format.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping

from kpi_cli.views.findings import FindingsView

Render = Callable[[FindingsView, Mapping[str, bytes]], str]


def names() -> list[str]:
    """The formats there are, sorted."""
    found = {name.partition(".")[0] for folder in __path__ for name in os.listdir(folder)}
    return sorted(name for name in found if name[:1] not in ("", "_"))


def renderer(name: str) -> Render:
    """The renderer of a format; its module is loaded only now."""
    module = importlib.import_module(f"{__name__}.{name}")
    render: Render = module.findings
    return render
