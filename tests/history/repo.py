"""A git repository for a test, made by git itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

WHO = ("-c", "user.name=Lan", "-c", "user.email=lan@example.invalid", "-c", "commit.gpgsign=false")


class Repo:
    """A repository whose commits are made one day after another."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.day = 0
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        """Run git here, alone with the given arguments."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        stamp = f"2026-05-01T10:{self.day:02d}:00+00:00"
        dated = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *WHO, *arguments],
            cwd=self.root,
            env=clean | dated,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str]) -> None:
        """Put texts into files."""
        for path, text in files.items():
            full = self.root / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_text(text, encoding="utf-8")

    def commit(self, files: Mapping[str, str] | None = None) -> str:
        """Write files and commit everything; the new commit."""
        self.write(files or {})
        self.day += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", f"commit {self.day}")
        return self.git("rev-parse", "HEAD")
