"""A workspace in memory and the findings in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kpi_cli.checks.engine import Selection, findings
from kpi_cli.checks.selection import for_validate
from kpi_cli.diagnostics import Finding
from kpi_cli.plan import Loaded, load_plan
from kpi_cli.workspace import LeavesWorkspace

AS_OF = date(2026, 5, 31)


class Files:
    """A `workspace.Tree` of texts by path."""

    def __init__(self, texts: Mapping[str, str | bytes]) -> None:
        self.texts = {
            path: text.encode() if isinstance(text, str) else text for path, text in texts.items()
        }
        self.texts.setdefault("kpi.yaml", b"version: 1\n")

    def paths(self) -> list[str]:
        return sorted(self.texts)

    def strays(self) -> list[str]:
        return []

    def read(self, path: str) -> bytes:
        if path.startswith(("..", "/")):
            raise LeavesWorkspace(path)
        if path not in self.texts:
            raise FileNotFoundError(path)
        return self.texts[path]


def loaded(texts: Mapping[str, str | bytes] | str) -> Loaded:
    """The plan of some files; a text alone is `plan.yaml`."""
    return load_plan(Files({"plan.yaml": texts} if isinstance(texts, str) else texts))


def found(
    texts: Mapping[str, str | bytes] | str,
    as_of: date = AS_OF,
    selection: Selection | None = None,
) -> list[Finding]:
    """All findings of `kpi validate` in some files."""
    plan = loaded(texts)
    return findings(plan, as_of, selection or for_validate(plan.plan.config))


def spots(texts: Mapping[str, str | bytes] | str, as_of: date = AS_OF) -> list[tuple[str, int, int]]:
    """Code, line and column of every finding."""
    return [(finding.code, finding.line, finding.column) for finding in found(texts, as_of)]


def codes(texts: Mapping[str, str | bytes] | str, as_of: date = AS_OF) -> list[str]:
    """The codes of all findings, in reading order."""
    return [finding.code for finding in found(texts, as_of)]
