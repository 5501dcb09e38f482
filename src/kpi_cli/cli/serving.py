"""`kpi serve`: the report on this machine's own address, built again whenever a file changes.

Only the loopback interface is bound, only GET and HEAD are answered, only pages of the report
exist, and a Host header that is not this address is refused, so that no foreign page can read the
figures through a name that points here.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

HOST = "127.0.0.1"
POLL = 0.5
"""Seconds between two looks at the files."""
LONGEST_WAIT = 25.0
"""Seconds a page waits for news before it asks again."""
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
}
_CLOSED = b"default-src &#39;none&#39;;"
"""The policy of our pages lets no script ask anything; here it may ask for news."""
VERSION = "__version"
RELOAD = "__reload.js"
_SCRIPT = """\
(async()=>{const here=document.currentScript?.dataset.version??"0";let wait=0;
for(;;){try{const r=await fetch("/__version?since="+here);const s=await r.json();
if(String(s.version)!==here){location.reload();return}wait=0}
catch{wait=Math.min(wait+1,10)}await new Promise(d=>setTimeout(d,wait*500))}})()
"""


@dataclass(frozen=True, slots=True)
class Built:
    """One build: path -> bytes of its pages, and what stands in the way of a clean one."""

    pages: Mapping[str, bytes]
    trouble: bytes | None = None
    """An HTML banner; None where the plan is sound."""


class Live:
    """The pages being shown. A build with trouble keeps the last good pages below its banner."""

    def __init__(self, build: Callable[[], Built]) -> None:
        self._build = build
        self._news = threading.Condition()
        self.version = 0
        self.pages: Mapping[str, bytes] = {}
        self.trouble: bytes | None = None
        self._good = False
        self.rebuild()

    def rebuild(self) -> None:
        """Build and show; whoever waits for news is told."""
        built = self._build()
        with self._news:
            if built.trouble is None or not self._good:
                self.pages = built.pages
            self._good = self._good or built.trouble is None
            self.trouble = built.trouble
            self.version += 1
            self._news.notify_all()

    def wait(self, since: int, seconds: float = LONGEST_WAIT) -> int:
        """The version, as soon as it is another than `since`."""
        with self._news:
            self._news.wait_for(lambda: self.version != since, seconds)
            return self.version

    def page(self, path: str) -> bytes | None:
        """A page as shown: HTML with the banner and the script that waits for news."""
        raw = self.pages.get(path)
        if raw is None or not path.endswith(".html"):
            return raw
        script = f'<script src="/{RELOAD}" data-version="{self.version}"></script>'.encode()
        raw = raw.replace(b"</head>", script + b"\n</head>", 1)
        raw = raw.replace(_CLOSED, _CLOSED + b" connect-src &#39;self&#39;;", 1)
        return raw.replace(b"<main ", self.trouble + b"\n<main ", 1) if self.trouble else raw


class _Handler(BaseHTTPRequestHandler):
    """Answers for one Live."""

    server_version, sys_version = "kpi", ""

    def __init__(self, live: Live, names: frozenset[str], *args: Any) -> None:
        self.live, self.names = live, names
        super().__init__(*args)

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        if self.headers.get("Host", "").lower() not in self.names:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"not this host\n", body)
            return
        address = urlsplit(self.path)
        path = unquote(address.path).lstrip("/") or "index.html"
        if path == VERSION:
            since = parse_qs(address.query).get("since", ["0"])[0]
            version = self.live.wait(int(since) if since.isdigit() else 0)
            raw = json.dumps({"version": version}).encode()
            self._send(HTTPStatus.OK, TYPES["json"], raw, body)
            return
        page = _SCRIPT.encode() if path == RELOAD else self.live.page(path)
        if path == "favicon.ico":  # browsers ask for one unasked
            self._send(HTTPStatus.NO_CONTENT, "image/x-icon", b"", body)
            return
        if page is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"no such page\n", body)
            return
        kind = TYPES.get(path.rpartition(".")[2], "application/octet-stream")
        self._send(HTTPStatus.OK, kind, page, body)

    def _send(self, status: HTTPStatus, kind: str, raw: bytes, body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if body:
            self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal belongs to what changed."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that goes away while it is answered is no fault."""


def server(live: Live, port: int = 0) -> _Server:
    """Bound to the loopback interface; `port` 0 takes a free one. Raises OSError."""
    found = _Server((HOST, port), BaseHTTPRequestHandler)
    bound = found.server_address[1]
    names = frozenset(f"{host}:{bound}" for host in (HOST, "localhost"))
    found.RequestHandlerClass = partial(_Handler, live, names)
    return found


class Watch(threading.Thread):
    """Calls `changed` when `state` is another than before, every POLL seconds, until stopped."""

    def __init__(self, state: Callable[[], object], changed: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._state, self._changed = state, changed
        self._stop = threading.Event()
        self._last = state()

    def run(self) -> None:
        while not self._stop.wait(POLL):
            now = self._state()
            if now != self._last:
                self._last = now
                self._changed()

    def stop(self) -> None:
        """End it."""
        self._stop.set()
