"""The server: which function answers which message, and when the workspace is looked at."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from kpi_cli import __version__
from kpi_cli.errors import CannotRun
from kpi_cli.locale import speaking
from kpi_cli.lsp.actions import actions
from kpi_cli.lsp.completion import complete
from kpi_cli.lsp.convert import Convert
from kpi_cli.lsp.hover import hover
from kpi_cli.lsp.ids import Occurrence, definition, everywhere, id_at
from kpi_cli.lsp.lenses import lenses
from kpi_cli.lsp.pages import page_file
from kpi_cli.lsp.project import Project
from kpi_cli.lsp.renaming import rename
from kpi_cli.lsp.seen import Buffer, Look, Seen
from kpi_cli.lsp.symbols import symbols
from kpi_cli.workspace import find_root

Answer = TypeVar("Answer")
_FAILED = -32803
"""RequestFailed of the protocol: the request was understood and cannot be done."""


@dataclass
class Desk:
    """What the server holds: a project for each workspace that has been met."""

    server: LanguageServer
    look: Look
    pages: Path | None
    projects: dict[Path, Project] = field(default_factory=dict)
    told: dict[str, list[types.Diagnostic]] = field(default_factory=dict)

    def meet(self, start: Path) -> Project | None:
        """The project of the workspace a folder lies in; None outside of any."""
        try:
            root = find_root(start)
        except CannotRun:
            return None
        if root not in self.projects:
            self.projects[root] = Project(root, self.look, self.publish)
        return self.projects[root]

    def find(self, uri: str) -> tuple[Project, str] | None:
        """The project and the path in it of a file; None where no plan holds it."""
        name = to_fs_path(uri) if uri.startswith("file:") else None
        file = Path(name) if name else None
        project = self.meet(file.parent) if file else None
        path = project.path_of(file) if project and file else None
        return (project, path) if project and path else None

    def convert(self, project: Project) -> Convert:
        """Marks and files of a project in the client's terms."""
        chosen = self.server.workspace.position_encoding or types.PositionEncodingKind.Utf16
        encoding = types.PositionEncodingKind(chosen).value
        return Convert(encoding, project.file, project.uri_of)

    def page(self, code: str) -> str | None:
        """The address of a rule's page."""
        return page_file(self.pages, code)

    def score(self, uri: str) -> None:
        """Have the scores of a file worked out; the client then asks for its lenses again."""
        place = self.find(uri)
        if place:
            place[0].want_scores(place[1], self._refresh)

    def _refresh(self) -> None:
        workspace = self.server.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            self.server.workspace_code_lens_refresh(None)

    def publish(self, project: Project, seen: Seen) -> None:
        """Send each file's findings, where they are others than last time."""
        convert, found = self.convert(project), dict[str, list[types.Diagnostic]]()
        for finding in seen.findings:
            told = convert.diagnostic(finding, self.page(finding.code))
            found.setdefault(project.uri_of(finding.path), []).append(told)
        own = project.root.as_uri() + "/"
        gone = [uri for uri in self.told if uri.startswith(own) and uri not in found]
        for uri, diagnostics in [*found.items(), *((uri, []) for uri in gone)]:
            if self.told.get(uri, []) != diagnostics:
                params = types.PublishDiagnosticsParams(uri, diagnostics)
                self.server.text_document_publish_diagnostics(params)
            self.told[uri] = diagnostics

    async def ask(
        self, uri: str, answer: Callable[[Project, Buffer, Seen], Answer], *, fresh: bool = True
    ) -> Answer | None:
        """An answer made off the event loop, in the plan's language; None outside of a plan."""
        place = self.find(uri)
        if place is None:
            return None
        project, path = place
        try:
            seen = await (project.now() if fresh else project.lately())
            file = project.file(path)
            return await asyncio.to_thread(_spoken, seen, lambda: answer(project, file, seen))
        except CannotRun as error:
            told = f"{error.message}; {error.help}" if error.help else error.message
            raise JsonRpcException(told, code=_FAILED) from None


def _spoken(seen: Seen, answer: Callable[[], Answer]) -> Answer:
    with speaking(seen.loaded.plan.config.language):
        return answer()


def serve(look: Look, pages: Path | None, out: BinaryIO) -> int:
    """Serve the client at standard input until it leaves; 1 where it did not say so before."""
    # A refused rename is an answer; as a traceback on stderr it would look like a fault of ours.
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    logging.getLogger("pygls").propagate = False
    server = build(look, pages)
    asked: list[bool] = []

    @server.feature(types.SHUTDOWN)
    def shutdown(_params: None) -> None:
        asked.append(True)

    server.start_io(stdout=out)
    return 0 if asked else 1


def build(look: Look, pages: Path | None = None) -> LanguageServer:
    """A server that looks at workspaces with `look` and writes rules' pages below `pages`."""
    server = LanguageServer(
        "kpi", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    desk = Desk(server, look, pages)
    for register in (_open, _watch, _show, _follow, _write, _change):
        register(server, desk)
    return server


def _open(server: LanguageServer, desk: Desk) -> None:
    """What the client tells of the files it has open."""

    def take(uri: str) -> None:
        place = desk.find(uri)
        if place:
            place[0].open(place[1], uri, server.workspace.get_text_document(uri).source)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        take(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        take(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        place = desk.find(params.text_document.uri)
        if place:
            place[0].close(place[1])


def _watch(server: LanguageServer, desk: Desk) -> None:
    """What the client tells of the folders and the files on disk."""

    def look_again() -> None:
        for project in desk.projects.values():
            project.changed()

    @server.feature(types.INITIALIZED)
    def initialized(_params: types.InitializedParams) -> None:
        for folder in server.workspace.folders.values():
            name = to_fs_path(folder.uri)
            if name:
                desk.meet(Path(name))
        look_again()
        _register(server)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_params: types.DidSaveTextDocumentParams) -> None:
        look_again()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(_params: types.DidChangeWatchedFilesParams) -> None:
        look_again()


def _register(server: LanguageServer) -> None:
    """Ask the client, where it can, to tell of files that other programs change."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if not (watching and watching.dynamic_registration):
        return
    watchers = [types.FileSystemWatcher("**/*.{yaml,yml,csv}")]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    registration = types.Registration(
        "kpi-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options
    )
    server.client_register_capability(types.RegistrationParams([registration]))


def _show(server: LanguageServer, desk: Desk) -> None:
    """What stands behind what is written."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        def answer(project: Project, file: Buffer, seen: Seen) -> types.Hover | None:
            convert = desk.convert(project)
            place = params.position
            column = convert.column(file, place)
            told = hover(seen, file, place.line, column, project.scores)
            if told is None:
                return None
            text = types.MarkupContent(types.MarkupKind.Markdown, told[0])
            return types.Hover(text, convert.range(file, told[1]))

        return await desk.ask(params.text_document.uri, answer)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def outlined(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        def answer(project: Project, file: Buffer, _seen: Seen) -> list[types.DocumentSymbol]:
            convert = desk.convert(project)
            return [convert.symbol(file, one) for one in symbols(file)]

        return await desk.ask(params.text_document.uri, answer, fresh=False)

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=False))
    async def lensed(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        def answer(project: Project, file: Buffer, seen: Seen) -> list[types.CodeLens]:
            convert = desk.convert(project)
            return [convert.lens(file, one) for one in lenses(seen, file, project.scores)]

        desk.score(params.text_document.uri)
        return await desk.ask(params.text_document.uri, answer)


def _follow(server: LanguageServer, desk: Desk) -> None:
    """From an id to its record, and back to all that name it."""

    def named(project: Project, file: Buffer, place: types.Position) -> Occurrence | None:
        return id_at(file, place.line, desk.convert(project).column(file, place))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def defined(params: types.DefinitionParams) -> list[types.Location] | None:
        def answer(project: Project, file: Buffer, seen: Seen) -> list[types.Location]:
            here = named(project, file, params.position)
            found = definition(seen.tree, here.id) if here else []
            return [desk.convert(project).location(one) for one in found]

        return await desk.ask(params.text_document.uri, answer)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def referred(params: types.ReferenceParams) -> list[types.Location] | None:
        def answer(project: Project, file: Buffer, seen: Seen) -> list[types.Location]:
            here = named(project, file, params.position)
            found = everywhere(seen.tree, here.id) if here else []
            whole = params.context.include_declaration
            kept = (one for one in found if whole or not one.defines)
            return [desk.convert(project).location(one) for one in kept]

        return await desk.ask(params.text_document.uri, answer)


def _write(server: LanguageServer, desk: Desk) -> None:
    """Help with writing."""

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=[" ", ":", "[", "{", ","]),
    )
    async def completed(params: types.CompletionParams) -> list[types.CompletionItem] | None:
        def answer(project: Project, file: Buffer, seen: Seen) -> list[types.CompletionItem]:
            convert, place = desk.convert(project), params.position
            found = complete(seen, file, place.line, convert.column(file, place))
            return [convert.item(file, one, at) for at, one in enumerate(found)]

        return await desk.ask(params.text_document.uri, answer, fresh=False)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions([types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]),
    )
    async def offered(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        def answer(project: Project, file: Buffer, seen: Seen) -> list[types.CodeAction]:
            span, only = params.range, params.context.only
            found = actions(seen, file, span.start.line, span.end.line)
            made = [desk.convert(project).action(one, desk.page) for one in found]
            return [one for one in made if only is None or _is_wanted(one, only)]

        return await desk.ask(params.text_document.uri, answer)


def _change(server: LanguageServer, desk: Desk) -> None:
    """Another id for a record."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepared(params: types.PrepareRenameParams) -> types.Range | None:
        def answer(project: Project, file: Buffer, _seen: Seen) -> types.Range | None:
            convert = desk.convert(project)
            place = params.position
            here = id_at(file, place.line, convert.column(file, place))
            return convert.range(file, here.mark) if here else None

        return await desk.ask(params.text_document.uri, answer)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def renamed(params: types.RenameParams) -> types.WorkspaceEdit | None:
        def answer(project: Project, file: Buffer, seen: Seen) -> types.WorkspaceEdit | None:
            convert, place = desk.convert(project), params.position
            here = id_at(file, place.line, convert.column(file, place))
            if here is None:
                raise CannotRun("there is no id here that could be renamed")
            return convert.edit(rename(seen, here.id, params.new_name))

        return await desk.ask(params.text_document.uri, answer)


def _is_wanted(action: types.CodeAction, only: Sequence[types.CodeActionKind | str]) -> bool:
    """Whether an action is of a kind the client asks for; `source` asks for `source.fixAll` too."""
    kind = str(getattr(action.kind, "value", action.kind))
    wanted = [str(getattr(one, "value", one)) for one in only]
    return any(kind == one or kind.startswith(f"{one}.") for one in wanted)
