"""What a record is: a frozen object with declared fields, read from a mapping.

A mapping that is plainly sound is read by `quick`, from the annotations of the fields. It says
nothing about any other: Pydantic, given the same annotations by `strict`, names every fault.
"""

from __future__ import annotations

from typing import Any, Self

from kpi_cli.models.declared import Declared
from kpi_cli.models.quick import Quick, plain
from kpi_cli.period import Calendar


class Model(Declared):
    """A mapping with known keys, read once and never changed."""

    __slots__ = ()

    def __init__(self, /, **values: Any) -> None:
        """The fields by their keys. Raises InvalidRecord."""
        made = self.model_validate(values)
        object.__setattr__(self, "__dict__", vars(made))
        object.__setattr__(self, "model_fields_set", made.model_fields_set)

    @classmethod
    def model_validate(cls, raw: Any, context: Calendar | None = None) -> Self:
        """A record, its periods named as in that calendar. Raises InvalidRecord."""
        made = (Quick(context) if context else plain()).made(cls, raw)
        return cls.examined(raw, context) if made is None else made

    @classmethod
    def examined(cls, raw: Any, context: Calendar | None = None) -> Self:
        """The same by Pydantic, which has a word for everything. Raises InvalidRecord."""
        from kpi_cli.models.strict import examined

        return examined(cls, raw, context or Calendar())
