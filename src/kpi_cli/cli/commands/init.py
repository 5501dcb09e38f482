"""`kpi init`: a small complete workspace."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun
from kpi_cli.locale import _
from kpi_cli.workspace import CONFIG

CiName = Literal["github", "gitlab", "pre-commit"]
PLAN_SCHEMA = ".kpi/schema.json"
CONFIG_SCHEMA = ".kpi/config.schema.json"
EDITOR = ".vscode/settings.json"


def init(
    run: Run,
    folder: Annotated[
        Path, argument(metavar="DIR", help="Where to write it; made if it is not there.")
    ] = Path(),
    template: Annotated[
        str,
        option(
            "--template", metavar="NAME", help="starter, starter-vi (in Vietnamese) or minimal."
        ),
    ] = "starter",
    ci: Annotated[
        CiName | None, option("--ci", help="Write a file for this CI system too.")
    ] = None,
) -> int:
    """Write a small complete workspace that validates, with editor and CI files.

    No file is ever overwritten. The figures of the example end in the last full month.

    Examples:
      kpi init my-plan
      kpi init --template minimal --ci github
    """
    from kpi_cli.library.starter import names

    if template not in names():
        raise CannotRun(
            f"there is no template '{template}'", help=f"choose one of {', '.join(names())}"
        )
    root = run.options.root / folder if run.options.root else folder
    files = _files(run, template, ci)
    _refuse(root, files)
    for path, text in files.items():
        _write(root / path, text)
    _tell(run, root, files)
    return 0


def _files(run: Run, template: str, ci: str | None) -> dict[str, str]:
    """Path -> text of everything that will be written."""
    from kpi_cli.library import starter

    try:
        own = starter.template(template, run.as_of)
    except OverflowError:
        raise CannotRun(f"--as-of: the example cannot be moved to {run.as_of.year}") from None
    found = {path: _with_schema(path, text) for path, text in own.items()}
    found |= _editor_files()
    if ci:
        path, text = starter.ci_file(ci)
        found[path] = text
    return found


def _with_schema(path: str, text: str) -> str:
    """A plan file whose first line tells editors its schema."""
    if not path.endswith(".yaml"):
        return text
    schema = CONFIG_SCHEMA if path == CONFIG else PLAN_SCHEMA
    return f"# yaml-language-server: $schema={schema}\n{text}"


def _editor_files() -> dict[str, str]:
    import json

    from kpi_cli.models.published import config_schema, plan_schema

    plans = ["**/*.yaml", f"!{CONFIG}", "!**/.*", "!**/.*/**"]
    settings = {"yaml.schemas": {CONFIG_SCHEMA: CONFIG, PLAN_SCHEMA: plans}}
    return {
        path: json.dumps(data, indent=2, ensure_ascii=False) + "\n"
        for path, data in (
            (PLAN_SCHEMA, plan_schema()),
            (CONFIG_SCHEMA, config_schema()),
            (EDITOR, settings),
        )
    }


def _refuse(root: Path, files: dict[str, str]) -> None:
    """Raises CannotRun rather than touch a workspace or a file that is there."""
    if root.exists() and not root.is_dir():
        raise CannotRun(f"'{root}' is a file", help="name a folder: kpi init my-plan")
    if (root / CONFIG).exists():
        raise CannotRun(
            f"there is a {CONFIG} in '{root}' already", help="name another folder: kpi init my-plan"
        )
    above = next((f for f in Path(os.path.abspath(root)).parents if (f / CONFIG).is_file()), None)
    if above:
        raise CannotRun(
            f"'{root}' lies in the workspace {above} and would become part of its plan",
            help="go to a folder outside it",
        )
    there = sorted(path for path in files if (root / path).exists())
    if there:
        raise CannotRun(
            f"'{root}' holds {', '.join(there)} already, and nothing is overwritten",
            help="name another folder: kpi init my-plan",
        )


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except OSError as error:
        raise CannotRun(f"cannot write {path}: {error.strerror}") from None


def _tell(run: Run, root: Path, files: dict[str, str]) -> None:
    if run.options.quiet:
        return
    print(_("Wrote {n} files to {folder}:", n=len(files), folder=root))
    for path in files:
        print(f"  {path}")
    print("\n" + _("Next:"))
    if root != Path():
        print(f"  cd {root}")
    print(f"  kpi validate               # {_('is the plan sound?')}")
    print(f"  kpi status                 # {_('where do we stand?')}")
    print(f"  kpi report --output site   # {_('pages for the next meeting')}")
