"""The core is pure: no clock, no files, no printing, and no package that would bring them in."""

import ast
import sys
from pathlib import Path

import pytest

from tests.house.purity import PRINTING_AND_FILES, calls, clock_reads, imported, top_level_imports
from tests.house.tree import modules, relative

CORE = ("models", "plan", "kinds", "analysis", "wording", "checks", "period", "quantity", "shape")

# Third-party packages, and the only parts of the house that may import them.
OWNERS = {
    "typer": {"cli"},
    "rich": {"cli", "render"},
    "jinja2": {"render", "feeds"},
    "markupsafe": {"render"},
    "ruamel": {"edit"},
    "yaml": {"source"},
    "pydantic": {"models"},
    "pydantic_core": {"models"},
    "openpyxl": {"feeds"},
    "lsprotocol": {"lsp"},
    "pygls": {"lsp"},
    "xlsxwriter": {"render"},
    "statsforecast": {"analysis"},
    "numpy": {"analysis"},
}


def part(path: Path) -> str:
    """The child of the package a module belongs to: `cli`, `plan`."""
    parts = path.parts[path.parts.index("kpi_cli") + 1 :]
    return parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_third_party_packages_stay_with_their_owner(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    foreign = [
        (line, name)
        for line, name in imported(source)
        if (top := name.split(".")[0]) not in sys.stdlib_module_names
        and top != "kpi_cli"
        and part(path) not in OWNERS.get(top, set())
    ]
    assert foreign == []


@pytest.mark.parametrize("path", modules(*CORE), ids=relative)
def test_the_core_neither_prints_nor_opens_files(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert [(line, name) for line, name in calls(source) if name in PRINTING_AND_FILES] == []


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_only_the_command_line_reads_the_clock(path: Path) -> None:
    """The cache asks it too, as git's index does: a file written just now may change unseen."""
    if part(path) not in {"cli", "cache"}:
        assert clock_reads(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_heavy_packages_are_imported_where_they_are_used(path: Path) -> None:
    """typer only in the one module of cli that builds its app; rich, jinja2, ruamel and openpyxl
    inside functions, or in a module of their owner that is itself imported lazily: never in the
    shared ones."""
    if path.name != "typed.py":
        assert "typer" not in {name for _, name in imported(path.read_text(encoding="utf-8"))}
    if part(path) in {"cli", "render", "feeds", "edit", "lsp"}:
        return
    heavy = {"typer", "rich", "jinja2", "ruamel", "openpyxl", "pygls", "lsprotocol"}
    assert top_level_imports(path.read_text(encoding="utf-8")) & heavy == set()


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), "give the module a docstring"


def test_the_guards_see_what_they_guard_against() -> None:
    guilty = "import datetime as dt\nfrom time import time as now\ndt.date.today()\nnow()\n"
    assert clock_reads(guilty) == [3, 4]
    assert clock_reads("from datetime import date\nwhen = date(2026, 5, 31)\n") == []
    assert clock_reads("import time\nbegun = time.perf_counter()\n") == []
    lazy = "def f():\n    import rich.table\n    print(open('x'))\n"
    assert list(imported(lazy)) == [(2, "rich.table")]
    assert top_level_imports(lazy) == set()
    assert [name for _, name in calls(lazy)] == ["print", "open"]
    checked = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import rich\n"
    assert top_level_imports(checked) == {"typing"}
