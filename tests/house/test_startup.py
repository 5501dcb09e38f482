"""What a command may load: measured on `sys.modules` of a fresh process."""

import subprocess
import sys

import pytest

from kpi_cli import __version__
from kpi_cli.checks.contents import CONTENTS
from kpi_cli.checks.selection import for_validate
from kpi_cli.models import Config
from tests.house.tree import ROOT

_PROBE = """
import atexit, sys
before = set(sys.modules)
def tell():
    loaded = {name for name in set(sys.modules) - before}
    sys.stderr.write("LOADED " + " ".join(sorted(loaded)))
atexit.register(tell)
from kpi_cli.__main__ import main
sys.argv = ["kpi", *sys.argv[1:]]
main()
"""


def loaded(*arguments: str) -> tuple[str, set[str]]:
    """(stdout, modules loaded) of a `kpi` run in its own process."""
    command = [sys.executable, "-c", _PROBE, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    talk, _, names = done.stderr.rpartition("LOADED ")
    assert done.returncode == 0, talk or done.stdout
    return done.stdout, set(names.split())


def tops(names: set[str]) -> set[str]:
    """First parts of module names."""
    return {name.split(".")[0] for name in names}


def test_version_loads_nothing_but_the_package() -> None:
    out, names = loaded("--version")
    assert __version__ in out
    assert tops(names) - set(sys.stdlib_module_names) == {"kpi_cli"}


def test_help_loads_no_model_and_no_reader() -> None:
    _, names = loaded("--help")
    assert tops(names) & {"yaml", "ruamel", "jinja2", "openpyxl"} == set()
    assert {name for name in names if name.startswith("kpi_cli.models")} == set()


@pytest.mark.parametrize("command", ["validate", "status"])
def test_json_output_loads_neither_templates_nor_drawing(command: str) -> None:
    _, names = loaded(
        command, "--root", "examples/harbour-foods", "--as-of", "2026-05-31", "--format", "json"
    )
    assert tops(names) & {"jinja2", "ruamel", "openpyxl"} == set()
    assert names & {"rich.console", "rich.table", "rich.markdown"} == set()


@pytest.mark.parametrize(
    ("arguments", "drawing"),
    [
        (("validate", "-C", "tests/cli/workspaces/sound"), False),
        (("status", "-C", "tests/cli/workspaces/sound", "--format", "json"), False),
        (("status", "-C", "tests/cli/workspaces/sound"), True),
    ],
)
def test_only_pages_for_people_load_rich(arguments: tuple[str, ...], drawing: bool) -> None:
    _, names = loaded(*arguments, "--as-of", "2026-06-30")
    assert ("rich" in tops(names)) == drawing
    assert names & {"rich.console", "rich.table", "rich.progress"} == set()


OUTLOOK = {"behaviour", "chance", "forecast", "outlook", "signals", "smoothing", "xmr"}
"""Parts of the analysis that only what is shown of a KPI needs."""


def test_validate_loads_only_what_its_rules_need() -> None:
    arguments = ("-C", "tests/cli/workspaces/sound", "--as-of", "2026-06-30", "--format", "json")
    _, names = loaded("validate", "--no-cache", *arguments)
    ours = {name.removeprefix("kpi_cli.") for name in names if name.startswith("kpi_cli.")}
    idle = ("wording", "edit", "lsp", "feeds", "library", "history")
    assert {name for name in ours if name.startswith(idle)} == set()
    assert {name for name in ours if name.startswith("views.")} == {"views.findings"}
    assert {name for name in ours if name.startswith("render.")} == {
        "render.findings", "render.findings.json", "render.json"
    }  # fmt: skip
    assert ours & {f"analysis.{name}" for name in OUTLOOK | {"rollup"}} == set()
    run = for_validate(Config()).codes
    others = {f"checks.{name}" for name, codes in CONTENTS.items() if not run & {*codes.split()}}
    assert "checks.naming" in others
    assert ours & others == set()
    assert names & {"typer", "importlib.metadata", "email", "subprocess"} == set()
