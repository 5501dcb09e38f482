"""What several formats need: paths from the repository's root, plain text, worst first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from kpi_cli.diagnostics import Finding
from kpi_cli.views.findings import FindingsView

TOOL = "kpi"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def repository_path(view: FindingsView, path: str) -> str:
    """A workspace's path as the repository's root sees it, with `/`."""
    return f"{view.folder}{path}"


def uri(path: str) -> str:
    """A relative reference as RFC 3986 wants it: other letters, spaces, `%`, `#` are escaped."""
    # That escapes `:` too, so that a first step such as `a:b` is not read as a scheme.
    return quote(path.encode("utf-8", "backslashreplace"), safe="/._-~")


def message(finding: Finding) -> str:
    """What is wrong and, on a line of its own, what to type instead."""
    return f"{finding.message}\n{finding.help}" if finding.help else finding.message


def worst_first(found: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then notes, each in reading order."""
    return sorted(found, key=lambda finding: finding.severity.rank)


def xml_text(text: str) -> str:
    """Text that XML 1.0 can hold: what it forbids is shown escaped, such as `\\x1b`."""
    return _NOT_XML.sub(lambda found: _shown(ord(found[0])), text)


def _shown(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
