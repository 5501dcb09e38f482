"""Text of a plan file -> plain data and the place of every value; alone knows the YAML reader."""

from kpi_cli.source.blocks import record_lines
from kpi_cli.source.comments import Comment, comments, may_speak
from kpi_cli.source.locate import Locator
from kpi_cli.source.model import Document, Mark, Route, SourceFault
from kpi_cli.source.read import load, read_quickly
from kpi_cli.source.scalars import is_text
from kpi_cli.source.text import Text, words_in

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
