"""Completion in the shell: ids of the right kind, quickly, and silent where there is no plan."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kpi_cli.cli.completion import answer
from kpi_cli.cli.declare import parameters
from kpi_cli.cli.found import command_names, function_of
from tests.house.tree import ROOT

PROBE = """
import sys
from kpi_cli.__main__ import start
sys.argv = ["kpi"]
try:
    sys.exit(start())
finally:
    heavy = {"typer", "yaml", "rich", "jinja2", "pydantic", "pydantic_core", "ruamel"}
    heavy &= set(sys.modules)
    heavy |= {name for name in sys.modules if name.startswith("kpi_cli.models")}
    sys.stderr.write("LOADED " + " ".join(sorted(heavy)))
"""


def completed(words: str, folder: Path) -> tuple[list[str], str]:
    """What bash is offered for the last word, and which heavy modules that took."""
    parts = words.split(" ")
    env = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(parts) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=folder,
        env={**os.environ, **env, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.split(), done.stderr.rpartition("LOADED ")[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one fault in it, and a folder below."""
    (tmp_path / "kpi.yaml").write_text("version: 1\nunits: {pallet: {}}\n", encoding="utf-8")
    plan = (
        "teams:\n  sales: {name: Sales}\n  supply: {name: [}\npeople:\n  lan: {name: Lan}\n"
        "objectives:\n  orders-flow: {title: T}\nkpis:\n  orders:\n    name: Orders\n"
        "    tags: [board, 'a$(b)']\n  sold: {}\n"
    )
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "below").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kpi status --team s", ["sales", "supply"]),
        ("kpi status --owner ", ["lan"]),
        ("kpi status --objective o", ["orders-flow"]),
        ("kpi status o", ["orders", "orders-flow"]),
        ("kpi show so", ["sold"]),
        ("kpi explain orders-", ["orders-flow"]),
        ("kpi record o", ["orders"]),
        ("kpi check-in o", ["orders", "orders-flow"]),
        ("kpi rename l", ["lan"]),
        ("kpi move s", ["sales", "sold", "supply"]),
        ("kpi retire o", ["orders"]),
        ("kpi retire sold --replaced-by o", ["orders"]),
        ("kpi impact o", ["orders", "orders-flow"]),
        ("kpi evidence o", ["orders", "orders-flow"]),
        ("kpi log la", ["lan"]),
        ("kpi who l", ["lan"]),
        ("kpi tree --focus orders-", ["orders-flow"]),
        ("kpi check-in orders --by ", ["lan"]),
        ("kpi check-in orders --status o", ["off_track", "on_track"]),
        ("kpi explain K01", ["K010", "K011", "K012", "K013", "K014", "K015", "K016"]),
        ("kpi status --tag b", ["board"]),
        ("kpi record orders FY", None),
        ("kpi status --period 20", None),
        ("kpi new k", ["kpi"]),
        ("kpi new kpi x --un", ["--unit"]),
        ("kpi new kpi x --unit pa", ["pallet", "patients"]),
        ("kpi new kpi x --unit % --owner l", ["lan"]),
        ("kpi new kpi x --frequency mo", ["monthly"]),
        ("kpi new kpi x --name N --n", ["--no-cache"]),
        ("kpi init --ci git", ["github", "gitlab"]),
        ("kpi --color n", ["never"]),
        ("kpi validate --str", ["--strict"]),
        ("kpi status --owner=l", ["--owner=lan"]),
        ("kpi status -- --", []),
        ("kpi nothing x", []),
        ("kpi show 'so", ["sold"]),
        ("kpi valid", ["validate"]),
    ],
)
def test_ids_of_the_right_kind_without_loading_the_plan(
    words: str, offered: list[str] | None, root: Path
) -> None:
    found, heavy = completed(words, root / "below")
    assert found == offered if offered is not None else len(found) > 5
    assert heavy == ""


def test_the_root_may_be_named(root: Path) -> None:
    assert completed(f"kpi --root {root} show so", ROOT)[0] == ["sold"]
    assert completed(f"kpi show --root {root} so", ROOT)[0] == ["sold"]


def test_without_a_workspace_nothing_is_offered_or_said(tmp_path: Path) -> None:
    assert completed("kpi show s", tmp_path) == ([], "")


NAMES = ["show", "status"]


def asked(env: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a shell gets to read, and the exit code."""
    monkeypatch.chdir(folder)
    return answer(env, NAMES)


def test_zsh_and_fish_get_what_they_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zsh = {"_KPI_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "kpi show o"}
    assert asked(zsh, root, monkeypatch) == (
        '_arguments \'*: :(("orders"\n"orders-flow"))\'\n',
        0,
    )
    told, _ = asked({**zsh, "_TYPER_COMPLETE_ARGS": "kpi sh"}, root, monkeypatch)
    assert told.startswith('_arguments \'*: :(("show":"Show one KPI')
    assert asked({**zsh, "_TYPER_COMPLETE_ARGS": "kpi show zz"}, root, monkeypatch)[0] == "_files\n"
    fish = {**zsh, "_KPI_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert asked(fish, root, monkeypatch) == ("orders\norders-flow\n", 0)
    assert (
        asked({**fish, "_TYPER_COMPLETE_ARGS": "kpi show "}, root, monkeypatch)[0].count("\n") == 3
    )
    is_args = {**fish, "_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    assert asked(is_args, root, monkeypatch) == ("", 0)
    assert asked({**is_args, "_TYPER_COMPLETE_ARGS": "kpi show zz"}, root, monkeypatch) == ("", 1)


def test_other_shells_and_the_scripts_are_left_to_typer() -> None:
    assert answer({"_KPI_COMPLETE": "complete_powershell"}, NAMES) is None
    assert answer({"_KPI_COMPLETE": "source_bash"}, NAMES) is None


def test_powershell_is_answered_by_typer_from_the_same_places(root: Path) -> None:
    env = {
        **os.environ, "_KPI_COMPLETE": "complete_powershell", "PYTHONPATH": str(ROOT / "src"),
        "_TYPER_COMPLETE_ARGS": "kpi new kpi ", "_TYPER_COMPLETE_WORD_TO_COMPLETE": "",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "kpi_cli"],
        cwd=root, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stderr, "--unit" in done.stdout) == ("", True)


def test_nothing_is_offered_that_a_shell_would_act_on(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zsh = {"_KPI_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "kpi status --tag "}
    assert asked(zsh, root, monkeypatch)[0] == "_arguments '*: :((\"board\"))'\n"


def test_bash_splits_at_equals_signs(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bash = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": "kpi\nstatus\n--owner\n=\nl"}
    assert asked({**bash, "COMP_CWORD": "4"}, root, monkeypatch) == ("lan\n", 0)
    assert asked({**bash, "COMP_CWORD": "3"}, root, monkeypatch) == ("lan\n", 0)


ID_METAVARS = ("ID", "IDS", "OLD", "PERIOD", "CODE|ID", "ID|PERSON")


def test_every_id_a_command_takes_is_completed() -> None:
    """A parameter that is an id by its metavar, or a period, has a completer."""
    bare = [
        f"kpi {name} {parameter.declared.flags or parameter.declared.metavar}"
        for name in command_names()
        for parameter in parameters(function_of(name))
        if parameter.declared.metavar in ID_METAVARS and not parameter.declared.find
    ]
    assert bare == []
