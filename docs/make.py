"""Pages and schemas made from the code: `make docs` writes them, a test compares them.

The gallery is made from real runs of `kpi validate` on the bad examples of the rules' pages.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

from docs.measured import smart_page
from kpi_cli.checks.examples import read_example
from kpi_cli.checks.registry import FAMILIES, Rule, catalogue
from kpi_cli.checks.selection import for_validate
from kpi_cli.cli.app import run
from kpi_cli.library.starter import ci_file
from kpi_cli.models import Config
from kpi_cli.models.published import config_schema, plan_schema

ROOT = Path(__file__).resolve().parents[1]
_DAY = date(2026, 5, 31)
_MADE = "<!-- Made by `make docs` from the code; a test compares it. Do not edit. -->"
_RULES = """\
# The rules

What `kpi validate` and `kpi check-smart` look for. `kpi rules` lists the same, `kpi explain CODE`
shows one page, and [the gallery](gallery.md) shows the message of each. The examples are plan
files; each runs as a test, beside a small sound plan with the team `shop`, the people `lan` and
`minh` and the objective `loyal`. The codes never change.
"""
_GALLERY = """\
# The gallery

Every message as a terminal shows it, from real runs of `kpi validate` on the bad examples of
[the rules](rules.md); what only `kpi check-smart` says is run with that one rule selected.
"""
_SEVERITIES = {"error": "Error", "warning": "Warning", "info": "Note"}


def pages() -> dict[str, str]:
    """Path from the root -> text of everything that is made."""
    return {
        "docs/rules.md": rules_page(),
        "docs/gallery.md": gallery_page(),
        "docs/smart.md": smart_page(),
        "src/kpi_cli/library/codes.txt": codes_list(),
        "schemas/plan.schema.json": _json(plan_schema()),
        "schemas/kpi.schema.json": _json(config_schema()),
        "templates/kpi.gitlab-ci.yml": ci_file("gitlab")[1],
    }


def codes_list() -> str:
    """Codes and names, for completion in the shell, which has no time to load the rules."""
    return "".join(f"{rule.code} {rule.name}\n" for rule in catalogue().values())


def _json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def rules_page() -> str:
    """Every rule's page, family by family."""
    parts = [_MADE, _RULES]
    for letter, family in FAMILIES.items():
        found = [rule for code, rule in catalogue().items() if code[0] == letter]
        if found:
            parts.append(f"## {letter}: {family}\n")
            parts += [_rule(rule) for rule in found]
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    lines = [f"### {rule.code} {rule.name}", ""]
    lines += [f"{_SEVERITIES[rule.severity.value]}. {rule.title}.", "", rule.why, ""]
    for heading in ("Bad", "Good"):
        lines += [f"{heading}:", "", "```yaml", rule.section(heading), "```", ""]
    for heading in ("Fix", "Setting"):
        if text := rule.section(heading):
            lines += [f"{heading}: {' '.join(text.split())}", ""]
    return "\n".join(lines)


def gallery_page() -> str:
    """What a run says of each rule's bad example."""
    parts = [_MADE, _GALLERY]
    for code, rule in catalogue().items():
        if code in NEVER_SEEN:
            continue
        parts.append(f"## {code} {rule.name}\n\n```text\n{message_of(code).rstrip()}\n```\n")
    return "\n".join(parts)


def message_of(code: str) -> str:
    """The output of `kpi validate`, or of `kpi check-smart`, on a workspace with that fault."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        day = _SPECIAL[code](root) if code in _SPECIAL else _from_page(root, code)
        if code in for_validate(Config()).codes:
            return kpi("validate", "--root", folder, "--as-of", day.isoformat())
        settings = (root / "kpi.yaml").read_text(encoding="utf-8")
        _write(root, {"kpi.yaml": settings + f"\nchecks: {{select: [{code}], profile: strict}}\n"})
        return kpi("check-smart", "--verbose", "--root", folder, "--as-of", day.isoformat())


def _from_page(root: Path, code: str) -> date:
    example = read_example(catalogue()[code].section("Bad"), _DAY)
    _write(root, example.files)
    return example.as_of


def _write(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")


def kpi(*arguments: str) -> str:
    """Standard output of a run, as a pipe gets it."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    kept = {name: os.environ.pop(name, None) for name in _SHAPING}
    try:
        with redirect_stdout(out):
            run(list(arguments))
            out.flush()
    finally:
        os.environ.update({name: value for name, value in kept.items() if value is not None})
    return out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


_SHAPING = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "LC_ALL", "LC_CTYPE", "LANG")


def _not_utf_8(root: Path) -> date:
    (root / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    (root / "plan.yaml").write_bytes("people:\n  andre:\n    name: André\n".encode("latin-1"))
    return _DAY


def _bomb(root: Path) -> date:
    rows = ["  x0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    rows += [f"  x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]" for n in range(1, 9)]
    _write(root, {"kpi.yaml": "version: 1\n", "plan.yaml": "\n".join(["kpis:", *rows, ""])})
    return _DAY


def _too_large(root: Path) -> date:
    _write(
        root, {"kpi.yaml": "version: 1\n", "plan.yaml": "# a long line of figures\n" * 2_200_000}
    )
    return _DAY


def _locked(root: Path) -> date:
    """January is locked in one commit and changed after it."""
    from kpi_cli.checks.examples import AROUND

    def plan(value: int) -> str:
        return (
            AROUND.replace("2026-05-01", "2026-01-01")
            + f"    actuals: {{2026-01: {value}, 2026-02: 910, 2026-03: 920, 2026-04: 930}}\n"
        )

    _write(root, {"kpi.yaml": 'version: 1\nlocked: ["2026-01"]\n', "plan.yaml": plan(900)})
    _git(root, "init", "-q", "-b", "main")
    _git(root, "add", "kpi.yaml", "plan.yaml")
    _git(root, "commit", "-q", "-m", "lock January")
    _write(root, {"plan.yaml": plan(980)})
    return date(2026, 5, 5)


def _git(root: Path, *arguments: str) -> None:
    """Run git so that the same files give the same commit everywhere."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    who = {"NAME": "Lan", "EMAIL": "lan@example.invalid", "DATE": "2026-05-01T10:00:00+00:00"}
    fixed = {f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who}
    alone = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=root, env=clean | fixed | alone, check=True)


def _mended(root: Path) -> date:
    """A baseline is taken, then its fault is mended."""
    wrong = "people:\n  quang: {name: Quang, team: stall}\n"
    _write(root, {"kpi.yaml": "version: 1\n", "plan.yaml": wrong})
    kpi("baseline", "create", "--root", str(root), "--as-of", _DAY.isoformat())
    _write(root, {"plan.yaml": wrong.replace(", team: stall", "")})
    return _DAY


_SPECIAL: Mapping[str, Callable[[Path], date]] = {
    "K003": _not_utf_8,
    "K005": _bomb,
    "K006": _too_large,
    "K302": _locked,
    "X905": _mended,
}
"""Faults that no text shows: bytes, sizes, history, the tool's own files."""


NEVER_SEEN = frozenset({"X906"})
"""A fault of ours has no example."""


def written(found: Mapping[str, str]) -> Iterator[str]:
    """Write what differs; the paths of that."""
    for path, text in found.items():
        full = ROOT / path
        if not full.is_file() or full.read_text(encoding="utf-8") != text:
            full.parent.mkdir(exist_ok=True)
            full.write_text(text, encoding="utf-8", newline="\n")
            yield path


if __name__ == "__main__":
    for changed in written(pages()):
        sys.stdout.write(f"{changed}\n")
