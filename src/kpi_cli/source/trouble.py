"""Where the builder is, and the faults it meets there."""

from __future__ import annotations

from typing import Any

from kpi_cli.frozen import replace
from kpi_cli.source.model import Mark, Route, SourceFault

Frame = tuple[Any, Any, Any, Any]
"""An open container: its parent, its key there, what follows it there, its start event."""


class Slot:
    """What the next node is, where it is not the value of a key."""


KEY = Slot()
ITEM = Slot()


class Dropped:
    """A mapping key whose value is read and then thrown away."""

    def __init__(self, text: str) -> None:
        self.text = text


class Halt(Exception):
    """The text cannot be read on from here; carries the fault."""

    def __init__(self, fault: SourceFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def mark_of(event: Any) -> Mark:
    """The span of an event, cut at the end of its first line."""
    start, end = event.start_mark, event.end_mark
    last = end.column if end.line == start.line else start.column + 1
    return Mark(start.line + 1, start.column + 1, start.line + 1, max(last, start.column) + 1)


class Trouble:
    """The open containers and the faults so far."""

    def __init__(self) -> None:
        self.faults: list[SourceFault] = []
        self.stack: list[Frame] = []
        self.current: Any = []
        self.key: Any = ITEM

    def route(self) -> Route:
        """Keys and indices down to the node being read."""
        steps = [_step(parent, key, -1) for parent, key, _, _ in self.stack[1:]]
        if self.stack and self.key is not KEY:
            steps.append(_step(self.current, self.key, 0))
        return tuple(steps)

    def fault(self, code: str, message: str, event: Any, help: str | None = None) -> SourceFault:
        """A fault at an event, with the route of where the builder is."""
        return SourceFault(code, message, mark_of(event), help, route=self.route())

    def soft(self, code: str, message: str, event: Any, help: str | None = None) -> None:
        """Note a fault after which the text can be read on."""
        self.faults.append(self.fault(code, message, event, help))


def _step(parent: Any, key: Any, offset: int) -> str | int:
    if key is ITEM:
        return len(parent) + offset
    return key.text if isinstance(key, Dropped) else str(key)


def with_related(fault: SourceFault, label: str, mark: Mark | None) -> SourceFault:
    """The fault with one more place that explains it."""
    return fault if mark is None else replace(fault, related=(*fault.related, (label, mark)))
