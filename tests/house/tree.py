"""The repo as the guard tests see it: its files, its modules, its documents."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
PACKAGE = SRC / "kpi_cli"

# Made by tools, never committed; .gitignore names the same.
_BUILT = {"build", "dist", "__pycache__", "node_modules"}


def is_ours(path: Path) -> bool:
    """Whether a path below the root belongs to the repo: not built, not in a hidden folder."""
    parts = path.relative_to(ROOT).parts
    hidden = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
    return not (hidden or _BUILT.intersection(parts) or any(p.endswith(".egg-info") for p in parts))


def files(folder: Path = ROOT, pattern: str = "*") -> list[Path]:
    """Files of the repo below `folder`, sorted."""
    return [path for path in sorted(folder.rglob(pattern)) if path.is_file() and is_ours(path)]


def modules(*names: str) -> list[Path]:
    """The Python files of the named modules or folders of the package; of all without a name."""
    if not names:
        return files(PACKAGE, "*.py")
    found: list[Path] = []
    for name in names:
        found += [PACKAGE / f"{name}.py"] if (PACKAGE / f"{name}.py").is_file() else []
        found += files(PACKAGE / name, "*.py") if (PACKAGE / name).is_dir() else []
    return found


def parts_of_the_package() -> set[str]:
    """Direct children of the package as a document would write them: `cli/`, `plan.py`."""
    return {
        f"{child.name}/" if child.is_dir() else child.name
        for child in PACKAGE.iterdir()
        if is_ours(child)
        and not child.name.startswith("__")
        and (child.suffix == ".py" or (child.is_dir() and any(files(child))))
    }


def top_folders() -> set[str]:
    """Folders at the root that hold files of the repo, with a closing slash."""
    return {
        f"{child.name}/"
        for child in ROOT.iterdir()
        if child.is_dir()
        and not child.name.startswith(".")
        and is_ours(child)
        and any(files(child))
    }


def read(name: str) -> str:
    """The text of a file at the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def relative(path: Path) -> str:
    """A path as a message shows it."""
    return path.relative_to(ROOT).as_posix()


def code_blocks(markdown: str) -> list[str]:
    """The contents of the fenced blocks of a document, in order."""
    return re.findall(r"^```[^\n]*\n(.*?)^```", markdown, flags=re.DOTALL | re.MULTILINE)
