"""JSON: a list of objects, or an object with the list somewhere inside."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from kpi_cli.errors import CannotRun
from kpi_cli.feeds.csv import decoded
from kpi_cli.feeds.table import Options, Table, of_mappings


def read(raw: bytes, options: Options) -> Table:
    """The table of a JSON file; rows are numbered from 1. Raises CannotRun."""
    data = parsed(decoded(raw, options.encoding))
    return of_mappings(enumerate(_rows(data, options.rows), start=1))


def parsed(text: str) -> Any:
    """JSON with its fractions exact (Decimal). Raises CannotRun with line and column."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise CannotRun(f"not JSON at {place}: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise CannotRun(f"not readable as JSON: {error}") from None


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _rows(data: Any, path: str | None) -> list[Any]:
    for step in path.split(".") if path else []:
        if not isinstance(data, dict) or step not in data:
            raise CannotRun(f"there is no '{step}' on the way `rows: {path}`")
        data = data[step]
    if isinstance(data, list):
        return data
    lists = [k for k, v in data.items() if isinstance(v, list)] if isinstance(data, dict) else []
    hint = f"add `rows: {lists[0]}`" if lists else "add `rows:` with the keys that lead to it"
    raise CannotRun(f"no list of rows here; {hint}")
