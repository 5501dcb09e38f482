"""Compiled templates are kept beside them, and never stand in the way."""

import sys
from pathlib import Path
from types import CodeType

import pytest

from kpi_cli.render.html import compiled
from kpi_cli.render.html.compiled import Compiled
from kpi_cli.render.html.drawing import Template, Templates
from kpi_cli.render.html.generator import environment

PAGE = "page.html"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A template of one message, in a Python that keeps bytecode beside its source."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / PAGE).write_text("Good {{ what }}")
    return tmp_path


def shown(folder: Path, *makers: str, may_compile: bool = True) -> str:
    """The page as a new process would show it."""
    path = folder / PAGE
    text = path.read_text()

    def make() -> CodeType:
        assert may_compile, "compiled although kept"
        return environment({}, {}).compile(text, PAGE, str(path))

    keeper = Compiled(*makers)
    templates = Templates(keeper, {}, {})
    return Template(templates, keeper.code(path, make)).render(what="day")


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("__pycache__/*"))


def test_a_template_is_compiled_once(folder: Path) -> None:
    assert shown(folder) == "Good day"
    assert len(kept(folder)) == 1
    assert shown(folder, may_compile=False) == "Good day"


def test_another_text_is_compiled_anew(folder: Path) -> None:
    shown(folder)
    (folder / PAGE).write_text("Bad {{ what }}")
    assert shown(folder) == "Bad day"


def test_another_maker_compiles_anew(folder: Path) -> None:
    maker = folder / "filters.py"
    maker.write_text("1")
    shown(folder, str(maker))
    maker.write_text("22")
    with pytest.raises(AssertionError, match="although kept"):
        shown(folder, str(maker), may_compile=False)


def test_another_jinja_compiles_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [*compiled.jinja()]
    assert {"compiler.py", "lexer.py", "parser.py"} <= {name for name, _, _ in now}
    monkeypatch.setattr(compiled, "jinja", lambda: [("compiler.py", 1, 1)])
    shown(folder)
    for other in ([], [("compiler.py", 1, 2)], [("compiler.py", 2, 1)]):
        monkeypatch.setattr(compiled, "jinja", lambda other=other: other)
        with pytest.raises(AssertionError, match="although kept"):
            shown(folder, may_compile=False)


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
