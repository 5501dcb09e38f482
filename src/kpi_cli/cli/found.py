"""The commands there are, by the modules there are; one is imported when it is asked for."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from typing import Any

from kpi_cli.cli import commands

_KEYWORDS = ("import_",)


def command_names() -> list[str]:
    """Every command, sorted."""
    modules = {name.partition(".")[0] for path in commands.__path__ for name in os.listdir(path)}
    return sorted(
        module.removesuffix("_").replace("_", "-") for module in modules if module[:1] != "_"
    )


def function_of(name: str) -> Callable[..., int | None]:
    """The function `def name(run, ...) -> exit code` of a command."""
    found: Callable[..., int | None] = getattr(_module(name), _identifier(name))
    return found


def settings_of(name: str) -> Mapping[str, Any]:
    """What a command asks of the reading of its line, such as `ignore_unknown_options`."""
    found: Mapping[str, Any] = getattr(_module(name), "CONTEXT", {})
    return found


def _module(name: str) -> Any:
    return importlib.import_module(f"kpi_cli.cli.commands.{_identifier(name)}")


def _identifier(name: str) -> str:
    module = name.replace("-", "_")
    return f"{module}_" if f"{module}_" in _KEYWORDS else module
