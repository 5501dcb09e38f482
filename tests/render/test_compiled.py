"""Compiled templates are kept beside them, and never stand in the way."""

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from kpi_cli.render.html.compiled import Compiled

PAGE = "page.html"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A template of one message, in a Python that keeps bytecode beside its source."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / PAGE).write_text("Good {{ what }}")
    return tmp_path


def shown(folder: Path, *makers: str) -> str:
    """The page as a new process would show it."""
    env = Environment(
        loader=FileSystemLoader(folder), bytecode_cache=Compiled(*makers), autoescape=True
    )
    return env.get_template(PAGE).render(what="day")


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("__pycache__/*"))


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever compiles now is told off."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("compiled although kept")

    monkeypatch.setattr(Environment, "compile", refused)


def test_a_template_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(folder) == "Good day"
    assert len(kept(folder)) == 1
    forbid(monkeypatch)
    assert shown(folder) == "Good day"


def test_another_text_is_compiled_anew(folder: Path) -> None:
    shown(folder)
    (folder / PAGE).write_text("Bad {{ what }}")
    assert shown(folder) == "Bad day"


def test_another_maker_compiles_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maker = folder / "filters.py"
    maker.write_text("1")
    shown(folder, str(maker))
    maker.write_text("2")
    forbid(monkeypatch)
    with pytest.raises(AssertionError, match="although kept"):
        shown(folder, str(maker))


@pytest.mark.parametrize("keep", [0, 3, 41, 100])
def test_a_file_that_is_cut_off_is_of_no_matter(folder: Path, keep: int) -> None:
    shown(folder)
    file = kept(folder)[0]
    whole = file.read_bytes()
    file.write_bytes(whole[:keep])
    assert shown(folder) == "Good day"
    assert file.read_bytes() == whole


def test_nothing_is_written_where_python_writes_no_bytecode(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(folder) == "Good day"
    assert kept(folder) == []


def test_a_place_that_cannot_be_written_is_of_no_matter(folder: Path) -> None:
    (folder / "__pycache__").write_text("a file where the folder would be")
    assert shown(folder) == "Good day"
    assert kept(folder) == []
