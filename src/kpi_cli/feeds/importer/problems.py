"""What goes wrong while a map is applied: a bad row, or a bad map."""

from __future__ import annotations


class RowProblem(Exception):
    """This row cannot be used; `reason` goes into the account."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MapProblem(Exception):
    """The map itself is wrong at the expression being computed; the message says how."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
