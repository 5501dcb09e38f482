"""Short ways to write a map and its tables, run the import and look at what came out."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

from kpi_cli.edit.importing import ImportResult, run_import
from kpi_cli.source import load

WORKSPACE = "workspace: {name: Test}\n"


class Bench:
    """A folder with a map and tables, and a workspace beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "plan"
        self.root.mkdir()

    def table(self, name: str, content: str | bytes | list[Any]) -> Path:
        """A table's file; a list becomes JSON."""
        path = self.folder / name
        if isinstance(content, list):
            content = json.dumps(content)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
        return path

    def map(self, text: str, name: str = "map.yaml") -> Path:
        """A map; `version` and a workspace are added."""
        path = self.folder / name
        path.write_text(f"version: 1\n{WORKSPACE}{dedent(text)}", encoding="utf-8")
        return path

    def run(self, text: str, *given: str, dry_run: bool = False) -> ImportResult:
        """Import by a map's text."""
        return run_import(self.map(text), given, self.root, dry_run=dry_run)

    def records(self, section: str) -> dict[str, Any]:
        """All records of a section the workspace now holds."""
        found: dict[str, Any] = {}
        for path in sorted(self.root.rglob("*.yaml")):
            data = load(path.read_bytes()).data
            found.update(data.get(section, {}) if isinstance(data, dict) else {})
        return found

    def bytes(self) -> dict[str, bytes]:
        """Every file of the workspace but the tool's own."""
        files = (p for p in self.root.rglob("*") if p.is_file() and p.parent.name != ".kpi")
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}
