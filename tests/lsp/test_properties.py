"""What holds for any text: small changes add up to the whole, and no question is too odd."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.diagnostics import Fix
from kpi_cli.edit.fixing import mended
from kpi_cli.lsp.actions import actions
from kpi_cli.lsp.changes import Change, changes
from kpi_cli.lsp.completion import complete
from kpi_cli.lsp.convert import Convert
from kpi_cli.lsp.hover import hover
from kpi_cli.lsp.lenses import lenses
from kpi_cli.lsp.seen import Seen
from kpi_cli.lsp.symbols import symbols
from kpi_cli.lsp.text import ENCODINGS, points, units
from kpi_cli.source import Text
from tests.lsp.kit import PLAN, file_of, seen_of, workspace

TEXTS = st.text("ab\n\r xé𝄞", max_size=14)


def taken(before: bytes, found: list[Change]) -> str:
    """The text with all changes made, as a client makes them."""
    lines = Text(before).lines
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    text = "".join(lines)
    for change in reversed(found):
        mark = change.mark
        begin = starts[mark.line - 1] + mark.column - 1
        end = starts[mark.end_line - 1] + mark.end_column - 1
        text = text[:begin] + change.text + text[end:]
    return text


@given(TEXTS, TEXTS)
def test_the_changes_make_one_text_of_the_other(before: str, after: str) -> None:
    raw = before.encode()
    assert taken(raw, changes("p", raw, after.encode())) == after


@given(st.text(max_size=20), st.sampled_from(ENCODINGS))
def test_columns_go_there_and_back(line: str, encoding: str) -> None:
    for column in range(len(line) + 1):
        assert points(line, units(line[:column], encoding), encoding) == column


PIECES = st.sampled_from(
    ["{", "}", "[", "]", ":", " ", "\n", "- ", "#", "'", '"', "|", "&a ", "*a", "<<: *a", "\t", "𝄞",
     "\u2028", "\r\n", "# kpi: ignore[K104] -- x\n", "kpis:\n", "owner: lan", "\x00", "!!str ",
     "2026/3/1", "unit: percent", "?", "---\n", "\ufeff"]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), PIECES), min_size=1, max_size=6)


def fixes_of(seen: Seen) -> list[Fix]:
    """The safe fixes for plan.yaml."""
    return [one.fix for one in seen.findings if one.fix and one.path == "plan.yaml"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the kit."""
    return workspace(tmp_path_factory.mktemp("plan"))


@settings(max_examples=30)
@given(edits=EDITS, line=st.integers(0, 30), column=st.integers(0, 40))
def test_no_text_and_no_place_is_too_odd(
    root: Path, edits: list[tuple[float, int, str]], line: int, column: int
) -> None:
    text = PLAN
    for share, gone, piece in edits:
        at = int(share * len(text))
        text = text[:at] + piece + text[at + gone :]
    seen = seen_of(root, plan=text)
    file = file_of(seen)
    convert = Convert("utf-16", lambda path: file_of(seen, path), lambda path: f"file:///{path}")
    for finding in seen.findings:
        assert convert.diagnostic(finding, None).range.start.line >= 0
    for symbol in symbols(file):
        convert.symbol(file, symbol)
    lenses(seen, file, {})
    hover(seen, file, line, column)
    for item in complete(seen, file, line, column):
        convert.item(file, item, 0)
    for action in actions(seen, file, line, line + 3):
        convert.action(action, lambda _code: None)
    after, made = mended(file.raw, fixes_of(seen))
    if made:
        left = fixes_of(seen_of(root, plan=after.decode("utf-8", "surrogateescape")))
        assert not {fix.meant for fix in left} & {fix.meant for fix in fixes_of(seen) if fix.meant}
