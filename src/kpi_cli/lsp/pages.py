"""The page of a rule as a file, so that an editor can open it from the code of a finding."""

from __future__ import annotations

from pathlib import Path

from kpi_cli.checks.registry import catalogue


def page(code: str) -> str:
    """A rule's manual page in Markdown; empty for an unknown code."""
    rule = catalogue().get(code)
    if rule is None:
        return ""
    parts = [f"# {rule.code} {rule.name}", f"{rule.title}.", rule.why]
    for heading in ("Bad", "Good"):
        parts += [f"{heading}:", f"```yaml\n{rule.section(heading)}\n```"]
    parts += [rule.section("Fix"), rule.section("Setting")]
    return "\n\n".join(part for part in parts if part) + "\n"


def page_file(folder: Path | None, code: str) -> str | None:
    """The address of a rule's page below a folder, written where it is not there yet.

    None where there is no folder, or nothing may be written to it.
    """
    if folder is None or not (told := page(code)):
        return None
    path = folder / f"{code}.md"
    raw = told.encode("utf-8")
    try:
        if not path.is_file() or path.read_bytes() != raw:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
    except OSError:
        return None
    return path.absolute().as_uri()
