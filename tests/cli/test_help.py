"""The help pages are, letter by letter, those typer would print."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import typer.main

from kpi_cli.cli.app import NOTHING_ASKED, run
from kpi_cli.cli.found import command_names
from kpi_cli.cli.helping import help_for
from kpi_cli.cli.typed import build
from tests.house.test_startup import loaded, tops

NAMES = command_names()


@pytest.fixture(scope="module")
def typers() -> Any:
    """The whole command line in typer."""
    return typer.main.get_command(build(NAMES))


@pytest.mark.parametrize("columns", ["30", "57", "80", "200"])
def test_every_page_is_as_typer_would_print_it(
    columns: str, typers: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for arguments in (["--help"], *([name, "-h"] for name in NAMES)):
        with pytest.raises(SystemExit):
            typers.main(args=arguments, prog_name="kpi")
        assert f"{help_for(arguments, NAMES)}\n" == capsys.readouterr().out


def test_kpi_alone_shows_its_page_as_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("Usage: kpi ")
    assert run([]) == NOTHING_ASKED
    assert capsys.readouterr() == ("", page)


@pytest.mark.parametrize(
    "arguments", [["--plain", "--help"], ["status", "x", "-h"], ["nothing", "--help"], ["status"]]
)
def test_what_asks_for_more_is_left_to_others(arguments: list[str]) -> None:
    assert help_for(arguments, NAMES) is None


@pytest.mark.parametrize("arguments", [("--help",), ("status", "--help")])
def test_help_needs_none_of_the_heavy_packages(arguments: tuple[str, ...]) -> None:
    _, names = loaded(*arguments)
    assert tops(names) - set(sys.stdlib_module_names) == {"kpi_cli"}
    assert [name for name in names if name.startswith(("kpi_cli.models", "kpi_cli.plan"))] == []
