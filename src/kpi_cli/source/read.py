"""Text -> data: the quick reader where it is sure, else the careful one with all it needs."""

from __future__ import annotations

from typing import Any

from kpi_cli.source import swift
from kpi_cli.source.document import Document
from kpi_cli.source.model import MOST_BYTES, MOST_DEEP


def load(raw: bytes, *, max_bytes: int = MOST_BYTES, max_depth: int = MOST_DEEP) -> Document:
    """Data of a plan file, with all faults of its text.

    Never raises for what the file contains; raises CannotRun where libyaml is missing.
    """
    quick = read_quickly(raw, max_bytes)
    if quick is not None:
        return Document(quick)
    from kpi_cli.source.careful import read_carefully

    return read_carefully(raw, max_bytes, max_depth)


def read_quickly(raw: bytes, max_bytes: int = MOST_BYTES) -> dict[str, Any] | None:
    """The data of a file without fault, as `load` gives them; None where `load` has to look."""
    return swift.read(raw) if len(raw) <= max_bytes else None
