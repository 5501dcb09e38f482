"""The review pack on paper: an exception is on one page, and two have room on it."""

from __future__ import annotations

from pathlib import Path

from kpi_cli.cli.app import run
from tests.house.tree import ROOT


def test_no_exception_is_split_and_two_share_a_page(tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    file = tmp_path / "pack.pdf"
    example = str(ROOT / "examples" / "harbour-foods")
    assert run(["report", "-C", example, "--as-of", "2026-05-31", "-o", f"pdf={file}"]) == 0
    document = PdfDocument(file)
    pages = [document[n].get_textpage().get_text_range().splitlines() for n in range(len(document))]
    cases = [(_times(page, "Evidence for"), _times(page, "Owner")) for page in pages]
    assert all(heads == owners for heads, owners in cases)
    assert sum(owners for _, owners in cases) == 7
    assert max(owners for _, owners in cases) >= 2
    assert min(map(len, pages)) >= 5


def _times(lines: list[str], word: str) -> int:
    return sum(word in line for line in lines)
