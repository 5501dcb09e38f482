"""Text of a plan file -> plain data and the place of every value; alone knows the YAML reader."""

from kpi_cli.source.blocks import record_lines
from kpi_cli.source.locate import Locator
from kpi_cli.source.model import Document, Mark, Route, SourceFault
from kpi_cli.source.read import load

__all__ = ["Document", "Locator", "Mark", "Route", "SourceFault", "load", "record_lines"]
