"""One thing a rule has to say of a sentence."""

from __future__ import annotations

from kpi_cli.diagnostics import Severity
from kpi_cli.frozen import dataclass

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Hit:
    """What is wrong with the words at `start` to `end` of the text, and what to write instead.

    `better` is the whole text as it would be without fault, where no other can be meant.
    `in_record` is the severity in a field of a record, where it is another one there.
    """

    code: str
    severity: Severity
    start: int
    end: int
    message: str
    help: str
    better: str | None = None
    in_record: Severity | None = None
