"""Where the cache lies, and which tool its entries belong to."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import kpi_cli

_PACKAGE = Path(kpi_cli.__file__).parent


def folder() -> Path:
    """`$KPI_CACHE_DIR`, else `$XDG_CACHE_HOME/kpi-cli`, else `~/.cache/kpi-cli`.

    Raises RuntimeError where there is no home folder.
    """
    own = os.environ.get("KPI_CACHE_DIR")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "kpi-cli"


@lru_cache(maxsize=1)
def maker() -> str:
    """The version of this tool; in a checkout of its source, where code changes under one version,
    also the newest time and the whole size of its modules."""
    if not (_PACKAGE.parents[1] / "pyproject.toml").is_file():
        return kpi_cli.__version__
    newest = size = 0
    waiting = [str(_PACKAGE)]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in found:
                if entry.is_dir():
                    waiting += [entry.path] if entry.name != "__pycache__" else []
                else:
                    state = entry.stat()
                    newest, size = max(newest, state.st_mtime_ns), size + state.st_size
    return f"{kpi_cli.__version__}+{newest}.{size}"
