"""Text of a plan file -> plain data and the place of every value; alone knows the YAML reader.

Its modules are loaded with the first name that is asked of them: who only names a place needs no
reader.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpi_cli.source.blocks import record_lines
    from kpi_cli.source.comment import Comment, comments
    from kpi_cli.source.document import Document
    from kpi_cli.source.locate import Locator
    from kpi_cli.source.model import Mark, Route, SourceFault
    from kpi_cli.source.read import load, read_quickly
    from kpi_cli.source.scalars import is_text
    from kpi_cli.source.text import Text, may_speak, words_in

__all__ = [
    "Comment",
    "Document",
    "Locator",
    "Mark",
    "Route",
    "SourceFault",
    "Text",
    "comments",
    "is_text",
    "load",
    "may_speak",
    "read_quickly",
    "record_lines",
    "words_in",
]

_HOMES = {
    "record_lines": "blocks",
    **dict.fromkeys(["Comment", "comments"], "comment"),
    "Document": "document",
    "Locator": "locate",
    **dict.fromkeys(["Mark", "Route", "SourceFault"], "model"),
    **dict.fromkeys(["load", "read_quickly"], "read"),
    "is_text": "scalars",
    **dict.fromkeys(["Text", "may_speak", "words_in"], "text"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
