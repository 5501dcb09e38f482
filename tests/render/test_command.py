from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kpi_cli.cli.app import run
from kpi_cli.cli.commands import report
from kpi_cli.cli.publish import write_folder
from kpi_cli.errors import CannotRun
from tests.house.tree import ROOT

EXAMPLE = ["--root", str(ROOT / "examples" / "public-services"), "--as-of", "2018-12-31"]


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_report_is_written_and_its_page_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "deep" / "site"
    assert run(["report", *EXAMPLE, "-o", str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder / 'index.html'}\n"
    first = files_of(folder)
    assert {"index.html", "data-quality.html", "assets/kpi.css", "assets/kpi.js"} <= set(first)
    assert run(["report", *EXAMPLE, "-o", str(folder)]) == 0
    assert files_of(folder) == first


def test_pages_name_file_and_line_of_their_record(tmp_path: Path) -> None:
    assert run(["report", *EXAMPLE, "-o", str(tmp_path / "site")]) == 0
    for page in (tmp_path / "site" / "k").glob("*.html"):
        place = page.read_text(encoding="utf-8").split('<dd class="mono"><bdi>')[1]
        path, line = place.split("</dd>")[0].replace("</bdi>", "").split(":")
        lines = (ROOT / "examples" / "public-services" / path).read_text("utf-8").splitlines()
        assert lines[int(line) - 1].strip().startswith(f"{page.stem}:")


@pytest.mark.parametrize("options", [["--single-file", "-o", "one"], ["-o", "one.html"]])
def test_one_page_with_everything_in_it(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["report", *EXAMPLE, *options]) == 0
    assert list(files_of(tmp_path)) == [options[-1]]
    assert b"<style>" in (tmp_path / options[-1]).read_bytes()


def test_other_peoples_files_are_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "build", None)  # it is said before all the work
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert run(["report", *EXAMPLE, "-o", str(tmp_path)]) == 2
    assert "holds files that are not a report of ours" in capsys.readouterr().err
    assert files_of(tmp_path) == {"mine.txt": b"mine"}
    assert run(["report", *EXAMPLE, "-o", str(tmp_path / "mine.txt")]) == 2
    assert "is a file, not a folder" in capsys.readouterr().err
    assert run(["report", *EXAMPLE, "--format", "svg", "-o", str(tmp_path)]) == 2
    assert "holds files that are not a report of ours" in capsys.readouterr().err
    assert run(["report", *EXAMPLE, "--single-file", "-o", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err


def test_nothing_is_written_where_one_of_the_places_will_not_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    places = [f"json={tmp_path / 'facts.json'}", str(tmp_path / "file")]
    assert run(["report", *EXAMPLE, "-o", places[0], "-o", places[1]]) == 2
    assert "is a file, not a folder" in capsys.readouterr().err
    assert list(files_of(tmp_path)) == ["file"]


def test_an_unknown_format_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", *EXAMPLE, "--format", "docx"]) == 2
    said = capsys.readouterr().err
    assert "a report has no format 'docx'" in said
    assert "openmetrics" in said


def test_faulty_records_are_left_out_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    plan = "kpis:\n  good: {name: Good}\n  bad: {nmae: Bad}\n"
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    command = ["report", "--root", str(tmp_path), "-o", str(tmp_path / "site")]
    assert run(command) == 0
    assert "1 record has faults and is left out" in capsys.readouterr().err
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "1 record is left out of this report" in page
    assert "plan.yaml</bdi>:3" in (tmp_path / "site" / "data-quality.html").read_text("utf-8")
    assert run([*command, "--strict"]) == 1


def test_pages_of_an_earlier_run_go_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder(folder, {"a.html": b"a", "k/b.html": b"b", ".m": b"a.html\nk/b.html\n"}, ".m")
    (folder / "kept.txt").write_bytes(b"kept")
    write_folder(folder, {"a.html": b"A", ".m": b"a.html\n"}, ".m")
    assert files_of(folder) == {"a.html": b"A", "kept.txt": b"kept", ".m": b"a.html\n"}


def test_a_forged_list_removes_nothing_outside(tmp_path: Path) -> None:
    folder, victim = tmp_path / "site", tmp_path / "victim"
    victim.write_bytes(b"here")
    folder.mkdir()
    (folder / ".m").write_text(f"../victim\n{victim}\n\n", encoding="utf-8")
    write_folder(folder, {"a.html": b"a", ".m": b"a.html\n"}, ".m")
    assert victim.read_bytes() == b"here"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".m").write_bytes(b"")
    (tmp_path / "site" / "a.html").mkdir()
    with pytest.raises(CannotRun, match="cannot write"):
        write_folder(tmp_path / "site", {"a.html": b"a"}, ".m")


class Stopped(Mapping[str, bytes]):
    """Two pages, the second of which cannot be made."""

    def __init__(self, fault: BaseException) -> None:
        self.fault = fault

    def __getitem__(self, path: str) -> bytes:
        if path == "b.html":
            raise self.fault
        return b"new"

    def __iter__(self) -> Iterator[str]:
        return iter(("a.html", "b.html"))

    def __len__(self) -> int:
        return 2


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_pages_stay_as_they_were_when_a_run_is_stopped(
    tmp_path: Path, fault: BaseException, shared: bool
) -> None:
    before = {"a.html": b"old", "b.html": b"old", ".m": b"a.html\nb.html\n"}
    write_folder(tmp_path, before, ".m")
    with pytest.raises((KeyboardInterrupt, CannotRun)):
        write_folder(tmp_path, Stopped(fault), ".m", shared=shared)
    assert files_of(tmp_path) == before
    assert not (tmp_path / ".m.new").exists()


def test_a_link_in_place_of_the_folder_aside_harms_nothing_elsewhere(tmp_path: Path) -> None:
    victim, site = tmp_path / "mine", tmp_path / "site"
    victim.mkdir()
    (victim / "letter.txt").write_bytes(b"dear")
    site.mkdir()
    (site / ".m.new").symlink_to(victim)
    write_folder(site, {"a.html": b"a", ".m": b"a.html\n"}, ".m")
    assert files_of(victim) == {"letter.txt": b"dear"}
    assert files_of(site) == {"a.html": b"a", ".m": b"a.html\n"}


def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    (tmp_path / ".m.new").mkdir()
    (tmp_path / ".m.new" / "7-1").write_bytes(b"half")
    write_folder(tmp_path, {"a.html": b"a", ".m": b"a.html\n"}, ".m")
    assert files_of(tmp_path) == {"a.html": b"a", ".m": b"a.html\n"}
