"""What is made from the code is as the code makes it: rule pages, the gallery, the schemas."""

from pathlib import Path

import pytest

from docs import make
from kpi_cli.checks.registry import catalogue
from tests.house.tree import ROOT, read

PAGES = make.pages()


@pytest.mark.parametrize("path", PAGES)
def test_what_is_made_is_up_to_date(path: str) -> None:
    assert (ROOT / path).is_file(), f"type `make docs` to write {path}"
    assert read(path) == PAGES[path], f"type `make docs` to write {path} anew"


@pytest.mark.parametrize("code", sorted(catalogue().keys() - make.NEVER_SEEN))
def test_the_gallery_shows_each_rule_by_a_real_run(code: str) -> None:
    shown = PAGES["docs/gallery.md"].partition(f"\n## {code} ")[2].partition("\n## ")[0]
    assert f" {code} {catalogue()[code].name}: " in shown
    assert "Found " in shown


def test_only_what_differs_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "ROOT", tmp_path)
    assert list(make.written({"docs/a.md": "x\n"})) == ["docs/a.md"]
    assert list(make.written({"docs/a.md": "x\n"})) == []
