"""Writing a document as text, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kpi_cli.cli.run import Run

if TYPE_CHECKING:
    from kpi_cli.views.document import Document


def write_document(
    run: Run, document: Callable[[], Document], envelope: Callable[[], Mapping[str, Any]]
) -> None:
    """Render in the format asked for. Raises CannotRun for an unknown one."""

    def as_text() -> str:
        from kpi_cli.render.terminal.document import document as text

        return text(document(), run.terminal)

    def as_markdown() -> str:
        from kpi_cli.render.markdown_document import document as markdown

        return markdown(document())

    def as_json() -> str:
        from kpi_cli.render.json import dump

        return dump(envelope())

    run.write({"text": as_text, "markdown": as_markdown, "json": as_json})
