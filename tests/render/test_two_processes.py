"""A large site is drawn by two processes: the same bytes, whatever becomes of the second one."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import IO

import pytest

from kpi_cli import processes
from kpi_cli.cli.app import run
from kpi_cli.cli.commands import report as command
from kpi_cli.processes import Helper, may_fork, with_help
from kpi_cli.render.html import site
from kpi_cli.render.report_json import report_json
from kpi_cli.views.report import Report
from tests.house.tree import ROOT

EXAMPLE = ROOT / "examples" / "harbour-foods"


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every site is worth a helper, which gets to its first piece; how many it did."""
    done, claims = Helper.done, Helper.claims
    used: list[int] = []

    def counted(self: Helper) -> dict[int, bytes]:
        found = done(self)
        used.append(len(found))
        return found

    def patient(self: Helper, number: int) -> bool:
        for _ in range(5000 if number == 0 else 0):
            if self._begun[self._count - 1]:
                break
            sleep(0.001)
        return claims(self, number)

    monkeypatch.setattr(Helper, "done", counted)
    monkeypatch.setattr(Helper, "claims", patient)
    monkeypatch.setattr(command, "SHARED", 0)
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    return used


def written(folder: Path) -> dict[str, bytes]:
    options = ["--root", str(EXAMPLE), "--as-of", "2026-05-31", "--no-cache"]
    assert run(["report", *options, "-o", str(folder)]) == 0
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}


def test_two_processes_write_what_one_writes(
    two: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = written(tmp_path / "both")
    assert len(two) == 1
    assert two[0] > 0
    monkeypatch.setattr(processes, "_processors", lambda: 1)
    assert both == written(tmp_path / "alone")
    assert len(two) == 1


def test_a_second_process_that_dies_is_made_up_for(
    two: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()

    def deadly(report: Report) -> str:
        return report_json(report) if os.getpid() == here else os._exit(1)

    monkeypatch.setattr(site, "report_json", deadly)
    found = written(tmp_path / "both")
    assert two == [0]
    monkeypatch.setattr(processes, "_processors", lambda: 1)
    assert found == written(tmp_path / "alone")


def piece(number: int) -> bytes:
    return b"%d" % number * 1000


def cut_off(self: Helper, out: IO[bytes]) -> None:
    """Hands over one whole piece and the beginning of another."""
    for number, sent in ((3, piece(3)), (2, b"2")):
        self.claims(number)
        out.write(number.to_bytes(8, "big") + len(piece(number)).to_bytes(8, "big") + sent)


def nothing(self: Helper, out: IO[bytes]) -> None:
    for number in range(4):
        self.claims(number)


@pytest.mark.parametrize("work", [cut_off, nothing])
def test_pieces_that_were_not_handed_over_are_done_by_the_asker(
    work: Callable[[Helper, IO[bytes]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Helper, "_backwards", work)
    with Helper(4, piece) as helper:
        helper._child.results.peek(1)  # type: ignore[attr-defined]
        assert with_help(4, piece, helper) == [piece(number) for number in range(4)]


def test_the_asker_hears_how_many_pieces_are_made_or_begun() -> None:
    heard: list[int] = []
    with_help(3, piece, None, heard.append)
    assert heard == [1, 2, 3]
    with Helper(2, piece) as helper:
        helper._child.results.peek(1)  # type: ignore[attr-defined]
        assert helper.begun() == 2


def faulty(number: int) -> bytes:
    return b"%d" % (1 // number)


def test_a_fault_in_a_piece_is_raised_by_the_asker() -> None:
    with Helper(2, faulty) as helper, pytest.raises(ZeroDivisionError):
        with_help(2, faulty, helper)


def endless(number: int) -> bytes:
    sleep(60)
    return b""


def test_an_interrupt_ends_the_second_process() -> None:
    with pytest.raises(KeyboardInterrupt), Helper(1, endless) as helper:
        raise KeyboardInterrupt
    with pytest.raises(ChildProcessError):
        os.waitpid(helper._child._process, 0)


def test_no_process_is_forked_beside_a_thread_or_on_one_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    assert may_fork()
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    assert not may_fork()
    ended.set()
    thread.join()
    monkeypatch.setattr(processes, "_processors", lambda: 1)
    assert not may_fork()
