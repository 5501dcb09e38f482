"""How long an editor waits: from a change of the text until the findings of the workspace.

python -m bench.editor [KPIS]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench.generate import Layout, write
from bench.measure import environment

AS_OF = "2026-05-31"
ROUNDS = 9


class Server:
    """A `kpi lsp` of its own; what it needs of the protocol and no more."""

    def __init__(self, kpi: list[str], cache: Path) -> None:
        command = [*kpi, "--as-of", AS_OF, "lsp"]
        env = environment(cache)
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env
        )

    def tell(self, method: str, params: Any, number: int | None = None) -> None:
        """Send a notification or, with a number, a request."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message if number is None else message | {"id": number}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The next message."""
        out = self.process.stdout
        assert out is not None
        length = int(out.readline().split(b":")[1])
        while out.readline().strip():
            pass
        found: dict[str, Any] = json.loads(out.read(length))
        return found

    def until(self, uri: str) -> None:
        """Wait for the findings of a file."""
        while (found := self.hear()).get("params", {}).get("uri") != uri:
            if "error" in found:
                raise RuntimeError(found["error"]["message"])


def change_to_diagnostics(
    kpi: list[str], folder: Path, cache: Path, rounds: int = ROUNDS
) -> list[float]:
    """Seconds from each change of one file until its findings; the changes make and mend one."""
    server = Server(kpi, cache)
    server.tell("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
    server.hear()
    server.tell("initialized", {})
    path = next(path for path in sorted(folder.rglob("*.yaml")) if b"\nkpis:" in path.read_bytes())
    text, uri = path.read_text(encoding="utf-8"), path.as_uri()
    faulty = text.replace("    owner: ", "    owner: nobody-", 1)
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": faulty}
    server.tell("textDocument/didOpen", {"textDocument": document})
    server.until(uri)
    waited = []
    for turn in range(rounds):
        changes = [{"text": faulty if turn % 2 else text}]
        begun = time.perf_counter()
        params = {"textDocument": {"uri": uri, "version": turn + 2}, "contentChanges": changes}
        server.tell("textDocument/didChange", params)
        server.until(uri)
        waited.append(time.perf_counter() - begun)
    server.process.kill()
    server.process.wait()
    return waited


def main(arguments: list[str]) -> None:
    """Print the median and the extremes."""
    kpis = int(arguments[0]) if arguments else 1000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "plan"
        write(Layout(kpis), folder)
        command = [sys.executable, "-m", "kpi_cli"]
        waited = change_to_diagnostics(command, folder, Path(scratch) / "cache")
    print(
        f"{kpis} KPIs, didChange to diagnostics: median {median(waited):.2f} s, "
        f"{min(waited):.2f} to {max(waited):.2f} s of {len(waited)}; "
        "0.15 s of it is the wait for quiet"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
