"""Our values as messages of the protocol: places in the client's units, files as addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lsprotocol import types

from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.lsp.actions import Action
from kpi_cli.lsp.changes import Change
from kpi_cli.lsp.completion import Item
from kpi_cli.lsp.ids import Occurrence
from kpi_cli.lsp.lenses import Lens
from kpi_cli.lsp.seen import Buffer
from kpi_cli.lsp.symbols import Symbol
from kpi_cli.lsp.text import points, units
from kpi_cli.source import Mark

SOURCE = "kpi"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_TAGS = {
    "X901": [types.DiagnosticTag.Unnecessary],
    "X905": [types.DiagnosticTag.Unnecessary],
    "K124": [types.DiagnosticTag.Deprecated],
}
"""What has no effect is shown faded, what points to something retired struck through."""
_KINDS = {
    "key": types.CompletionItemKind.Property,
    "id": types.CompletionItemKind.Reference,
    "word": types.CompletionItemKind.EnumMember,
    "code": types.CompletionItemKind.Constant,
}
_SYMBOLS = {
    "teams": types.SymbolKind.Package,
    "people": types.SymbolKind.Object,
    "objectives": types.SymbolKind.Class,
    "kpis": types.SymbolKind.Number,
    "initiatives": types.SymbolKind.Module,
    "actions": types.SymbolKind.Event,
}


class Convert:
    """`encoding` is the client's; `file` gives a file of the workspace, `uri` its address."""

    def __init__(
        self, encoding: str, file: Callable[[str], Buffer], uri: Callable[[str], str]
    ) -> None:
        self.encoding = encoding
        self.file = file
        self.uri = uri

    def column(self, file: Buffer, position: types.Position) -> int:
        """The column of a position in code points, from 0."""
        return points(file.line(position.line + 1), position.character, self.encoding)

    def range(self, file: Buffer, mark: Mark) -> types.Range:
        """A span of a file."""
        start = self._position(file, mark.line, mark.column)
        return types.Range(start, self._position(file, mark.end_line, mark.end_column))

    def _position(self, file: Buffer, line: int, column: int) -> types.Position:
        return types.Position(line - 1, units(file.line(line)[: column - 1], self.encoding))

    def diagnostic(self, finding: Finding, page: str | None) -> types.Diagnostic:
        """A finding, with its second places and the address of its rule's page."""
        mark = Mark(finding.line, finding.column, finding.end_line, finding.end_column)
        file = self.file(finding.path)
        message = f"{finding.message}\n{finding.help}" if finding.help else finding.message
        return types.Diagnostic(
            range=self.range(file, mark),
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            code_description=types.CodeDescription(page) if page else None,
            source=SOURCE,
            message=message,
            tags=_TAGS.get(finding.code),
            related_information=[
                types.DiagnosticRelatedInformation(
                    self._spot(other.path, other.line, other.column), other.message
                )
                for other in finding.related
            ]
            or None,
        )

    def _spot(self, path: str, line: int, column: int) -> types.Location:
        """A second place: from its column to the end of the word there."""
        file = self.file(path)
        rest = file.line(line)[column - 1 :].split(" ", 1)[0].rstrip(":,")
        mark = Mark(line, column, line, column + len(rest))
        return types.Location(self.uri(path), self.range(file, mark))

    def location(self, found: Occurrence) -> types.Location:
        """Where an id stands."""
        return types.Location(self.uri(found.path), self.range(self.file(found.path), found.mark))

    def edit(self, changes: Iterable[Change]) -> types.WorkspaceEdit:
        """Changes of texts, file by file."""
        found: dict[str, list[types.TextEdit]] = {}
        for change in changes:
            span = self.range(self.file(change.path), change.mark)
            found.setdefault(self.uri(change.path), []).append(types.TextEdit(span, change.text))
        return types.WorkspaceEdit(changes=found)

    def action(self, found: Action, page: Callable[[str], str | None]) -> types.CodeAction:
        """An action; a fix of a whole file is found under `source.fixAll` too."""
        about = found.finding
        kind = types.CodeActionKind.QuickFix if about else types.CodeActionKind.SourceFixAll
        return types.CodeAction(
            title=found.title,
            kind=kind,
            diagnostics=[self.diagnostic(about, page(about.code))] if about else None,
            is_preferred=found.preferred or None,
            edit=self.edit(found.changes),
        )

    def item(self, file: Buffer, found: Item, place: int) -> types.CompletionItem:
        """A proposal; `place` keeps our order where the client sorts by text."""
        return types.CompletionItem(
            label=found.label,
            kind=_KINDS[found.kind],
            detail=found.detail or None,
            sort_text=f"{place:05d}",
            filter_text=found.text.strip(),
            text_edit=types.TextEdit(self.range(file, found.mark), found.text),
        )

    def symbol(self, file: Buffer, found: Symbol, section: str | None = None) -> Any:
        """An entry of the outline with those below it."""
        kind = types.SymbolKind.Namespace if section is None else types.SymbolKind.Struct
        return types.DocumentSymbol(
            name=found.name,
            detail=found.detail or None,
            kind=_SYMBOLS.get(section or "", kind),
            range=self.range(file, found.whole),
            selection_range=self.range(file, found.mark),
            children=[self.symbol(file, one, found.name) for one in found.below],
        )

    def lens(self, file: Buffer, found: Lens) -> types.CodeLens:
        """A line that can be read, not pressed."""
        return types.CodeLens(
            range=self.range(file, found.mark), command=types.Command(found.title, "")
        )
