"""What `kpi validate` says where nothing was found; apart, so that one line loads no drawing."""

from __future__ import annotations

from kpi_cli.locale import _, ngettext
from kpi_cli.views.findings import FindingsView


def nothing_found(view: FindingsView) -> tuple[str, str]:
    """The good news and the rest of the line."""
    files = ngettext("{n} file", "{n} files", view.files)
    if view.suppressed or view.elsewhere:
        return _("Found nothing that counts"), " " + _("in {files}", files=files)
    if not view.records:
        return _("There is no record yet"), " " + _("in {files}", files=files)
    if view.records == 1:
        return _("The one record is sound"), ", " + _("in {files}", files=files)
    return ngettext(
        "All {n} record in {files} are sound",
        "All {n} records in {files} are sound",
        view.records,
        files=files,
    ), ""
