"""What a sentence says: read it, and judge how it is written. English and Vietnamese."""

from kpi_cli.wording.hit import Hit
from kpi_cli.wording.judging import judge
from kpi_cli.wording.statement import KINDS, Kind, Statement, read

__all__ = ["KINDS", "Hit", "Kind", "Statement", "judge", "read"]
