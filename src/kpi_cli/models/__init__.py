"""The records of a plan and of `kpi.yaml` as Pydantic models: frozen, no unknown keys."""

from kpi_cli.models.config import Config
from kpi_cli.models.kpi import Kpi
from kpi_cli.models.objective import Objective
from kpi_cli.models.record import Record
from kpi_cli.models.work import Action, GlossaryTerm, Initiative, Person, Recognition, Review, Team

__all__ = [
    "Action",
    "Config",
    "GlossaryTerm",
    "Initiative",
    "Kpi",
    "Objective",
    "Person",
    "Recognition",
    "Record",
    "Review",
    "Team",
]
