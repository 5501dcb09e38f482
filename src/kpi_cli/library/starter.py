"""The workspaces of `kpi init`, with their dates moved so that the figures are fresh."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable

from kpi_cli.period import add_months

LAST_MONTH = date(2026, 10, 1)
"""The month of the latest figures in the templates."""
_DATE = re.compile(r"(?<![\d.])(20\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?!\d)", re.ASCII)
_TEMPLATES = "templates"
_CI = "ci"

CI_FILES: Mapping[str, str] = {
    "github": ".github/workflows/kpi.yml",
    "gitlab": ".gitlab-ci.yml",
    "pre-commit": ".pre-commit-config.yaml",
}
"""The CI systems there is a file for, and where each wants it."""


def names() -> list[str]:
    """The templates there are."""
    return sorted(folder.name for folder in _folder(_TEMPLATES).iterdir() if folder.is_dir())


def template(name: str, as_of: date) -> dict[str, str]:
    """File name -> text, dates moved by whole months so that the last month ended by `as_of`.

    Raises OverflowError where a date would leave the calendar's years.
    """
    months = months_to(as_of)
    found = sorted(_folder(_TEMPLATES).joinpath(name).iterdir(), key=lambda file: file.name)
    return {file.name: shifted(file.read_text("utf-8"), months) for file in found}


def ci_file(name: str) -> tuple[str, str]:
    """Where the CI file goes and its text."""
    return CI_FILES[name], _folder(_CI).joinpath(f"{name}.yml").read_text("utf-8")


def _folder(name: str) -> Traversable:
    return files(__package__).joinpath(name)


def months_to(as_of: date) -> int:
    """Months from the templates' last one to the last that had ended by `as_of`."""
    last = (as_of + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    return (last.year - LAST_MONTH.year) * 12 + last.month - LAST_MONTH.month


def shifted(text: str, months: int) -> str:
    """Every `2026-10` and `2026-10-31` so many months later; the last of a month stays the last."""
    return _DATE.sub(lambda found: _moved(found, months), text) if months else text


def _moved(found: re.Match[str], months: int) -> str:
    year, month, day = found.groups()
    first = add_months(date(int(year), int(month), 1), months)
    if day is None:
        return f"{first.year:04d}-{first.month:02d}"
    was = date(int(year), int(month), int(day))
    if (was + timedelta(days=1)).month != was.month:
        return (add_months(first, 1) - timedelta(days=1)).isoformat()
    return add_months(was, months).isoformat()
