"""`--format checkstyle`: the XML of Checkstyle, which many CI servers and bots read."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from xml.etree import ElementTree as ET

from kpi_cli.render.findings._places import TOOL, message, repository_path, xml_text
from kpi_cli.views.findings import FindingsView


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """A `file` for each path with findings; severities are ours: error, warning, info."""
    root = ET.Element("checkstyle", version="4.3")
    for path, found in groupby(view.findings, key=lambda finding: finding.path):
        file = ET.SubElement(root, "file", name=xml_text(repository_path(view, path)))
        for finding in found:
            ET.SubElement(
                file,
                "error",
                line=str(finding.line),
                column=str(finding.column),
                severity=finding.severity.value,
                message=xml_text(message(finding)),
                source=f"{TOOL}.{finding.code}",
            )
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
