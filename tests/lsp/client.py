"""An editor's side of the protocol: messages over the pipes of a real `kpi lsp`."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.house.tree import ROOT

_ASKED_OF_US = ("client/registerCapability", "workspace/codeLens/refresh")
PATIENCE = 20
"""Seconds after which an answer will not come any more."""


class Client:
    """Start the server; `ask` sends a request and gives its answer, `tell` a notification."""

    def __init__(self, *options: str, encodings: list[str] | None = None) -> None:
        self.encodings = encodings
        self._cache = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kpi_cli", "--as-of", "2026-05-31", *options, "lsp", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "KPI_CACHE_DIR": self._cache.name},
        )
        self._inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self.said: list[dict[str, Any]] = []
        self._next = 0
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._cache.cleanup()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while header := out.readline():
            length = int(header.split(b":")[1])
            while out.readline().strip():
                pass
            self._inbox.put(json.loads(out.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method: str, params: Any = None) -> None:
        self._send({"method": method, "params": params})

    def begin(self, method: str, params: Any = None) -> int:
        """Send a request and do not wait; its number."""
        self._next += 1
        self._send({"id": self._next, "method": method, "params": params})
        return self._next

    def wait(self, number: int) -> dict[str, Any]:
        """The answer to a request, `result` or `error` in it."""
        return self._until(lambda one: one.get("id") == number and "method" not in one)

    def ask(self, method: str, params: Any = None) -> Any:
        """A request's result; an error fails the test."""
        answer = self.wait(self.begin(method, params))
        assert "error" not in answer, answer
        return answer["result"]

    def findings(self, uri: str) -> list[dict[str, Any]]:
        """The next diagnostics of a file."""
        wanted = "textDocument/publishDiagnostics"
        found = self._until(lambda one: one.get("method") == wanted and one["params"]["uri"] == uri)
        return list(found["params"]["diagnostics"])

    def refreshed(self) -> None:
        """Wait until the server asks for its lenses to be asked for again."""
        self._until(lambda one: one.get("method") == "workspace/codeLens/refresh")

    def _until(self, is_it: Any) -> dict[str, Any]:
        for at, message in enumerate(self.said):
            if is_it(message):
                return self.said.pop(at)
        while True:
            message = self._inbox.get(timeout=PATIENCE)
            if message.get("method") in _ASKED_OF_US:
                self._send({"id": message["id"], "result": None})
            if is_it(message):
                return message
            self.said.append(message)

    def start(self, root: Path) -> dict[str, Any]:
        """Shake hands over a folder; the server's capabilities."""
        general = {"positionEncodings": self.encodings} if self.encodings else {}
        files = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
        workspace = {**files, "codeLens": {"refreshSupport": True}}
        capabilities = {"general": general, "workspace": workspace, "textDocument": {}}
        folders = [{"uri": root.as_uri(), "name": root.name}]
        params = {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities}
        found = self.ask("initialize", {**params, "workspaceFolders": folders})
        self.tell("initialized", {})
        return dict(found["capabilities"])

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file with its text on disk, or another one; its address."""
        shown = path.read_text(encoding="utf-8") if text is None else text
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": shown}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return path.as_uri()

    def change(self, uri: str, text: str, version: int = 2) -> None:
        """Put another text into an open file."""
        document = {"uri": uri, "version": version}
        self.tell(
            "textDocument/didChange",
            {"textDocument": document, "contentChanges": [{"text": text}]},
        )

    def at(self, method: str, uri: str, line: int, character: int, **more: Any) -> Any:
        """Ask about a place of a file."""
        place = {"line": line, "character": character}
        return self.ask(method, {"textDocument": {"uri": uri}, "position": place, **more})
