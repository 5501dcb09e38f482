"""The reader that decides what a text means: libyaml's events, recovery, the place of faults.

It is loaded for the first file that the quick reader leaves to it.
"""

from __future__ import annotations

from typing import Any

from kpi_cli.source.blocks import Outline, ids_of_raw
from kpi_cli.source.build import Builder
from kpi_cli.source.document import Document
from kpi_cli.source.encoding import wrong_encoding
from kpi_cli.source.locate import Locator
from kpi_cli.source.model import Mark, Route, SourceFault
from kpi_cli.source.recover import Recovery
from kpi_cli.source.text import Text
from kpi_cli.source.trouble import with_related


def read_carefully(raw: bytes, max_bytes: int, max_depth: int) -> Document:
    """The document of any bytes, with recovery: a faulty record drops out, the rest loads."""
    if len(raw) > max_bytes:
        size = f"{len(raw) / 2**20:.0f} MB; at most {max_bytes / 2**20:.0f} MB are read"
        help = "Split it, or keep the actuals in CSV files."
        fault = SourceFault("K006", f"The file is too large: {size}.", Mark(1, 1, 1, 1), help)
        return Document(None, [fault], ids_of_raw(raw))
    misencoded = wrong_encoding(raw)
    if misencoded is not None:
        fault, as_utf8 = misencoded
        return Document(None, [fault], _all_ids(as_utf8))
    return read_events(raw, max_depth)


def read_events(raw: bytes, max_depth: int) -> Document:
    """The document by libyaml's events: the reader that decides, for any text in UTF-8."""
    recovery = Recovery(raw, max_depth)
    return _document(recovery, recovery.run())


def _document(recovery: Recovery, built: Builder) -> Document:
    lost = recovery.lost | built.lost
    if built.ended_at is not None:
        text = Text(recovery.raw)
        lost |= Outline(text).ids(built.ended_at, len(text.lines))
    for route in built.unfinished:
        lost |= _discard(built.data, route)
    faults = [*recovery.faults, *_with_first_keys(recovery.raw, built)]
    faults.sort(key=lambda fault: (fault.mark.line, fault.mark.column, fault.code))
    return Document(built.data, faults, frozenset(lost))


def _discard(data: Any, route: Route) -> set[str]:
    """Take the record of a route out of the data; returns its id."""
    if not route:
        return set()
    holder: Any = data if len(route) < 2 else data[route[0]]
    step = route[0] if len(route) < 2 else route[1]
    if isinstance(holder, dict):
        holder.pop(step, None)
    elif isinstance(holder, list) and isinstance(step, int):
        holder[step] = None
    return {str(step)}


def _with_first_keys(raw: bytes, built: Builder) -> list[SourceFault]:
    """The builder's faults, a repeated key together with the place of its first mention."""
    faults = list(built.faults)
    places = Locator(raw)
    for index, route in built.repeated:
        faults[index] = with_related(faults[index], "first written here", places.key(route))
    return faults


def _all_ids(raw: bytes) -> frozenset[str]:
    text = Text(raw)
    return frozenset(Outline(text).ids(0, len(text.lines)))
