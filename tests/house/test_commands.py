"""Every command explains itself, and the README lists it."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from tests.house.tree import modules, read, relative


def commands() -> dict[str, Any]:
    """Full name -> command object of every command and sub-command of `kpi`."""
    from kpi_cli.cli.app import app

    found: dict[str, Any] = {}
    pending = [("kpi", typer.main.get_command(app))]
    while pending:
        name, command = pending.pop()
        found[name] = command
        children: dict[str, Any] = getattr(command, "commands", {})
        pending += [(f"{name} {child}", below) for child, below in children.items()]
    return found


def test_every_command_has_help() -> None:
    assert [name for name, command in commands().items() if not (command.help or "").strip()] == []


def test_every_option_has_help() -> None:
    silent = [
        f"{name} {parameter.opts[0]}"
        for name, command in commands().items()
        for parameter in command.params
        if parameter.opts[0].startswith("-")
        and not parameter.hidden
        and not (parameter.help or "").strip()
    ]
    assert silent == []


def test_every_command_stands_in_the_readme() -> None:
    text = read("README.md")
    missing = [name for name in commands() if not re.search(rf"\b{re.escape(name)}(?![\w-])", text)]
    assert missing == []


@pytest.mark.parametrize("path", modules("cli"), ids=relative)
def test_every_module_of_the_command_line_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree)
