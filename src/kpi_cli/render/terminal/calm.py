"""What `kpi validate` says where nothing was found; apart, so that one line loads no drawing."""

from __future__ import annotations

from kpi_cli.views.findings import FindingsView
from kpi_cli.views.words import plural


def nothing_found(view: FindingsView) -> tuple[str, str]:
    """The good news and the rest of the line."""
    files = plural(view.files, "file")
    if view.suppressed or view.elsewhere:
        return "Found nothing that counts", f" in {files}"
    if view.records == 1:
        return "The one record is sound", f", in {files}"
    return f"All {plural(view.records, 'record')} in {files} are sound", ""
