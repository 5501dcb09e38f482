"""A map as read from its file; expressions are still texts, with the route to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kpi_cli.feeds.table import Options
from kpi_cli.source import Route


@dataclass(frozen=True, slots=True)
class Join:
    """Another input's row whose `theirs` equals this row's `ours`; `missing`: reject | blank."""

    input: str
    theirs: Any
    ours: Any
    missing: str
    route: Route


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows for which `that` does not hold are rejected, `otherwise` being the reason."""

    that: Any
    otherwise: Any
    route: Route


@dataclass(frozen=True, slots=True)
class Input:
    """One table: its file (None: must be given on the command line) and what is derived in it."""

    name: str
    file: str | None
    options: Options
    columns: Mapping[str, str]
    joins: Mapping[str, Join]
    let: Mapping[str, Any]
    where: tuple[Condition, ...]
    route: Route


@dataclass(frozen=True, slots=True)
class Collect:
    """What every row of a record adds: an entry `key: value` to the mapping at `into`."""

    into: Any
    key: Any
    value: Any
    when: Any
    route: Route


@dataclass(frozen=True, slots=True)
class Rule:
    """How the rows of an input become records of a section.

    Rows with the same `group` (default: the same id) make one record. `differing`: whether a
    row whose fields differ from its record's is rejected, or the first row's stand (`reject`,
    `first`). `same_id`: what happens to two records with one id (`reject`, `digest`).
    """

    section: str
    input: str | None
    id: Any
    when: Any = None
    each: Any = None
    let: Mapping[str, Any] = field(default_factory=dict)
    group: Any = None
    differing: str = "reject"
    same_id: str = "reject"
    fields: Mapping[str, Any] = field(default_factory=dict)
    collect: tuple[Collect, ...] = ()
    file: Any = None
    route: Route = ()


@dataclass(frozen=True, slots=True)
class Map:
    """A whole map. `file` is the template for the file a record goes to."""

    inputs: Mapping[str, Input]
    values: Mapping[str, Mapping[str, Any]]
    rules: tuple[Rule, ...]
    file: Any
    workspace: Mapping[str, Any] | None
