"""What a command may load: measured on `sys.modules` of a fresh process."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import __version__
from kpi_cli.checks.contents import CONTENTS
from kpi_cli.checks.selection import for_validate
from kpi_cli.cli.found import command_names
from kpi_cli.models import Config
from tests.history.repo import Repo
from tests.house.tree import ROOT

_PROBE = """
import atexit, sys
before = set(sys.modules)
def tell():
    loaded = {name for name in set(sys.modules) - before}
    sys.stderr.write("LOADED " + " ".join(sorted(loaded)))
atexit.register(tell)
from kpi_cli.__main__ import start
sys.argv = ["kpi", *sys.argv[1:]]
sys.exit(start())
"""


def loaded(*arguments: str, cwd: Path = ROOT) -> tuple[str, set[str]]:
    """(stdout, modules loaded) of a `kpi` run in its own process."""
    command = [sys.executable, "-c", _PROBE, *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
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


READ: set[str] = set()
"""A plan without a fault, its YAML written the everyday way, is read without any package."""
DRAWN = READ | {"rich"}
BOXED = DRAWN | {"rich.console"}
EXACT = READ | {"yaml"}
"""Places and faults are told by the reader of events."""
EDITED = EXACT | {"ruamel"}
PAGES = EXACT | {"jinja2", "markupsafe"}
SCHEMA = READ | {"pydantic"}
HEAVY = BOXED | EDITED | PAGES | SCHEMA | {
    "typer", "openpyxl", "xlsxwriter", "pygls", "lsprotocol", "numpy", "statsforecast", "sqlite3",
}  # fmt: skip

NEEDED = [
    ("align", DRAWN), ("align --format json", READ), ("baseline create", EXACT),
    ("check-in up --status on_track --note Fine --by ana --dry-run", EDITED),
    ("check-smart", BOXED | EXACT), ("check-smart --format json", EXACT), ("diff", DRAWN | EXACT),
    ("evidence up", DRAWN), ("explain up", BOXED), ("explain K102", BOXED), ("fmt", EDITED),
    ("forecast", BOXED), ("impact up --value 30", DRAWN),
    ("import --map map --dry-run", PAGES | EDITED), ("init ../new", SCHEMA),
    ("log up", DRAWN | EXACT),
    ("move up --to other.yaml --dry-run", EDITED),
    ("new person bo --name Bo --team house --dry-run", EDITED),
    ("record up 2026-06 31 --restate --note late --dry-run", EDITED),
    ("rename up rise --dry-run", EDITED), ("report", PAGES), ("report --format json", EXACT),
    ("report --format markdown", EXACT), ("retire up --reason gone --dry-run", EDITED),
    ("review", DRAWN), ("review --format markdown", EXACT), ("review-metrics", BOXED | EXACT),
    ("rules", BOXED), ("schema", SCHEMA), ("show up", BOXED), ("status", DRAWN),
    ("status --format json", READ), ("tree", DRAWN), ("validate", READ),
    ("validate --format json", READ), ("who ana", DRAWN),
]  # fmt: skip
"""What each command may load, its plan read for the first time."""
FIRST = ("validate", "status", "report", "record")
"""Commands measured in each run of the tests; the others where there is time."""


def cases() -> list[Any]:
    """The lines above; most of them slow, as each starts a process of its own."""
    return [
        pytest.param(
            line, needed, id=line, marks=() if line.split()[0] in FIRST else pytest.mark.slow
        )
        for line, needed in NEEDED
    ]


MAP = """
version: 1
inputs: {sold: sold.csv}
records:
  kpis:
    from: sold
    id: "{{ a }}"
    fields: {name: = a}
output: {file: sold.yaml}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Repo:
    """One sound KPI, in a repository of git."""
    repo = Repo(tmp_path / "plan")
    shutil.copytree(ROOT / "tests/cli/workspaces/sound", repo.root, dirs_exist_ok=True)
    repo.write({"map": MAP, "sold.csv": "a\ntea\n"})
    repo.git("add", ".")
    repo.git("commit", "-qm", "as it is")
    return repo


@pytest.mark.parametrize(("line", "needed"), cases())
def test_a_command_loads_what_it_needs_and_nothing_else(
    line: str, needed: set[str], workspace: Repo
) -> None:
    _, names = loaded(*line.split(), "--as-of", "2026-06-30", "--no-cache", cwd=workspace.root)
    assert (tops(names) | names) & HEAVY - needed == set()


def test_every_command_that_ends_by_itself_is_measured() -> None:
    measured = {line.split()[0] for line, _ in NEEDED}
    assert set(command_names()) - measured == {"lsp", "serve"}


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_was_read_before_is_validated_without_a_model_or_a_reader(
    form: str, workspace: Repo
) -> None:
    line = ("validate", "--as-of", "2026-06-30", "--format", form)
    loaded(*line, cwd=workspace.root)
    _, names = loaded(*line, cwd=workspace.root)
    assert (tops(names) | names) & HEAVY == {"sqlite3"}
    assert names & {"dataclasses", "inspect", "pkgutil"} == set()  # a sixth of such a run


def test_a_small_plan_is_not_looked_up_in_the_cache(workspace: Repo) -> None:
    _, names = loaded("status", "--as-of", "2026-06-30", cwd=workspace.root)
    assert "sqlite3" not in names


def test_a_report_whose_templates_are_compiled_loads_no_jinja(
    workspace: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "compiled"))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    line = ("report", "--as-of", "2026-06-30", "--no-cache", "-o")
    _, first = loaded(*line, "first", cwd=workspace.root)
    _, second = loaded(*line, "second", cwd=workspace.root)
    assert "jinja2" in first
    assert tops(second) & HEAVY == {"markupsafe"}
    slow = {
        "_hashlib",
        "dataclasses",
        "inspect",
        "pkgutil",
        "threading",
        "base64",
        "kpi_cli.source.tree",
    }
    assert second & slow == set()
    drawn = [
        {path.name: path.read_bytes() for path in _files(workspace.root / name)}
        for name in ("first", "second")
    ]
    assert drawn[0] == drawn[1]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


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
        "render.findings", "render.findings.json", "render.indented", "render.json"
    }  # fmt: skip
    assert ours & {f"analysis.{name}" for name in OUTLOOK | {"rollup"}} == set()
    run = for_validate(Config()).codes
    others = {f"checks.{name}" for name, codes in CONTENTS.items() if not run & {*codes.split()}}
    assert "checks.naming" in others
    assert ours & others == set()
    assert names & {"typer", "importlib.metadata", "email", "subprocess"} == set()
