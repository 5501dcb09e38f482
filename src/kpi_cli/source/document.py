"""What the reader makes of a file."""

from __future__ import annotations

from typing import Any

from kpi_cli.frozen import dataclass, field
from kpi_cli.source.model import SourceFault


@dataclass(slots=True)
class Document:
    """The data of a file, all faults of its text, and the ids of records that could not be read.

    `data` is the top-level value, `{}` for an empty file, None only if nothing could be read.
    Aliases share one object, so treat `data` as read-only. A fault with a route is about data
    that is present: the caller decides about the record.
    """

    data: Any
    faults: list[SourceFault] = field(default_factory=list)
    lost: frozenset[str] = frozenset()
