"""JSON two spaces deep, written in one pass.

The standard library indents in pure Python, after everything was made plain: here both are one
step, and its C code writes the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

from kpi_cli.frozen import field_names, is_dataclass

STEP = "  "
_text: Callable[[str], str] = encode_basestring


def indented(value: Any, pad: str = "\n") -> str:
    """The JSON of a value; `pad` is the line break with the indent the value stands at.

    Raises ValueError for a number that is not finite, TypeError for what has no form in JSON.
    """
    kind = type(value)
    if kind is str:
        return _text(value)
    if value is None:
        return "null"
    if kind is float:
        return _float(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return int.__repr__(value)
    if kind is list or kind is tuple:
        deeper = pad + STEP
        return _closed("[", [indented(entry, deeper) for entry in value], "]", pad)
    return _named(value, pad)


def _named(value: Any, pad: str) -> str:
    kind: Any = type(value)
    deeper = pad + STEP
    if is_dataclass(kind):
        names = field_names(kind)
        lines = [f"{_text(name)}: {indented(getattr(value, name), deeper)}" for name in names]
        return _closed("{", lines, "}", pad)
    if isinstance(value, Enum):
        return indented(value.value, pad)
    if isinstance(value, date):
        return _text(value.isoformat())
    if isinstance(value, Mapping):
        # Keys that read the same are one key; the later value counts.
        found = {_key(key): entry for key, entry in value.items()}
        lines = [f"{_text(key)}: {indented(entry, deeper)}" for key, entry in found.items()]
        return _closed("{", lines, "}", pad)
    if isinstance(value, (list, tuple)):
        return indented(list(value), pad)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (int, float)):
        return _float(value) if isinstance(value, float) else int.__repr__(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _key(key: Any) -> str:
    if isinstance(key, Enum):
        key = key.value
    return key.isoformat() if isinstance(key, date) else str(key)


def _closed(opening: str, lines: list[str], closing: str, pad: str) -> str:
    if not lines:
        return opening + closing
    deeper = pad + STEP
    return f"{opening}{deeper}{f',{deeper}'.join(lines)}{pad}{closing}"


def _float(value: float) -> str:
    if not isfinite(value):
        raise ValueError(f"{value} has no form in JSON")
    return float.__repr__(value)
