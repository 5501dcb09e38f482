"""`kpi serve` over real sockets: what it shows, whom it refuses, and what it does with faults."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kpi_cli.cli.serving import Built, Live, Watch, server

PAGE = (
    b"<html><head><meta content='default-src &#39;none&#39;; x'></head>"
    b"<body><main id=m></main></body>"
)
PLAN = """\
people: {lan: {name: Lan}}
objectives: {o: {title: Guests come back, owner: lan, period: "2026"}}
kpis:
  back:
    name: Repeat rate
    objective: o
    owner: lan
    unit: "%"
    numerator: back
    denominator: all
    source: {manual: till}
    due: 2026-12-31
    baseline: {value: 20, date: 2025-12-31}
    target: 50
"""


@contextmanager
def serving(live: Live) -> Iterator[int]:
    found = server(live)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    try:
        yield found.server_address[1]
    finally:
        found.shutdown()
        found.server_close()


def ask(
    port: int, path: str, host: str | None = None, method: str = "GET"
) -> tuple[int, bytes, str | None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", f"127.0.0.1:{port}" if host is None else host)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.getheader("Content-Type")


def sound() -> Live:
    return Live(lambda: Built({"index.html": PAGE, "k/a.html": PAGE, "assets/kpi.css": b"p{}"}))


def test_pages_and_assets_are_answered_and_nothing_else() -> None:
    with serving(sound()) as port:
        status, body, kind = ask(port, "/")
        assert (status, kind) == (200, "text/html; charset=utf-8")
        assert b"__reload.js" in body
        assert b"connect-src &#39;self&#39;" in body
        assert ask(port, "/assets/kpi.css")[:2] == (200, b"p{}")
        assert ask(port, "/k/a.html?x=1")[0] == 200
        assert [ask(port, path)[0] for path in ("/kpi.yaml", "/../kpi.yaml", "/k/", "/%00")] == [
            404
        ] * 4
        assert ask(port, "/", method="HEAD")[:2] == (200, b"")
        assert [ask(port, "/", method=name)[0] for name in ("POST", "PUT", "OPTIONS")] == [501] * 3


@pytest.mark.parametrize("host", ["", "evil.example", "evil.example:80", "127.0.0.1", "[::1]:80"])
def test_a_name_that_is_not_this_address_is_refused(host: str) -> None:
    with serving(sound()) as port:
        assert ask(port, "/", host)[0] == 421
        assert ask(port, "/", f"localhost:{port}")[0] == 200


def test_only_the_loopback_interface_is_bound() -> None:
    found = server(sound())
    assert found.server_address[0] == "127.0.0.1"
    found.server_close()


def test_who_waits_for_news_is_told_of_the_next_build() -> None:
    live = sound()
    with serving(live) as port:
        assert json.loads(ask(port, "/__version?since=0")[1]) == {"version": 1}
        timer = threading.Timer(0.2, live.rebuild)
        timer.start()
        assert json.loads(ask(port, "/__version?since=1")[1]) == {"version": 2}


def test_a_build_with_faults_keeps_the_last_good_pages_below_its_banner() -> None:
    builds = iter(
        [
            Built({"index.html": PAGE.replace(b"body", b"body class=first")}),
            Built({"index.html": PAGE}, b"<p>wrong</p>"),
            Built({"index.html": PAGE}),
        ]
    )
    live = Live(lambda: next(builds))
    live.rebuild()
    shown = live.page("index.html") or b""
    assert b"class=first" in shown
    assert b"<p>wrong</p>\n<main" in shown
    live.rebuild()
    shown = live.page("index.html") or b""
    assert b"class=first" not in shown
    assert b"wrong" not in shown


def test_without_a_good_build_the_latest_pages_are_shown() -> None:
    builds = iter(
        [Built({"index.html": b"<main a>"}, b"1"), Built({"index.html": b"<main b>"}, b"2")]
    )
    live = Live(lambda: next(builds))
    live.rebuild()
    assert live.page("index.html") == b"2\n<main b>"


def test_a_watch_tells_of_a_change_once() -> None:
    state, told = [0], threading.Event()
    watch = Watch(lambda: list(state), told.set)
    watch.start()
    assert not told.wait(0.7)
    state[0] = 1
    assert told.wait(5)
    told.clear()
    assert not told.wait(0.8)
    watch.stop()


@pytest.mark.slow
def test_the_command_serves_a_workspace_through_a_fault_and_back(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    (tmp_path / "kpi.yaml").write_text("version: 1\n")
    plan.write_text(PLAN)
    command = [sys.executable, "-m", "kpi_cli", "serve", "--as-of", "2026-03-01"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline().decode().strip().rstrip("/").rpartition(":")[2])
            assert b"Repeat rate" in ask(port, "/k/back.html")[1]
            plan.write_text(PLAN.replace("objective: o", "objective: nobody"))
            assert json.loads(ask(port, "/__version?since=1")[1]) == {"version": 2}
            page = ask(port, "/k/back.html")[1]
            assert b"K102" in page
            assert b"plan.yaml</bdi>:6:16" in page
            plan.write_text(PLAN.replace("Repeat rate", "Guests back"))
            assert json.loads(ask(port, "/__version?since=2")[1]) == {"version": 3}
            page = ask(port, "/k/back.html")[1]
            assert b"Guests back" in page
            assert b"K102" not in page
        finally:
            process.terminate()
