"""A field found by its line stands where its whole record says it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi_cli.source import Locator, Mark, Route, load
from kpi_cli.source.locate import fields_of
from tests.house.tree import ROOT

PLANS = sorted((ROOT / "examples").rglob("*.yaml"))
VALUES = ("x", "'q'  # said", '"a', 'b"', "[a, b]", "{a: 1, b: {c: d}}", "[1,", "2]", "|", ">-",
          "a: b", "&n x", "*n", "!t x", "# none", "2026-01", "- a", "đ", "it's", "")  # fmt: skip
LINES = st.one_of(
    st.builds("    {}: {}".format, st.sampled_from(["name", "'name'", "1", "<<"]),
              st.sampled_from(VALUES)),
    st.builds("{}{}".format, st.sampled_from(["      ", "    ", "    - ", "  ", "   ", "\t"]),
              st.sampled_from(["target: 1", "name: x", "text", "# note", *VALUES])),
    st.sampled_from(["    actuals:", "      2026-01: 2", "  b:", "  b: {}", "teams:", "    "]),
)  # fmt: skip


class Careful(Locator):
    """Reads every record it is asked about as a whole."""

    def _lines_of(self, _section: str, _name: str) -> dict[str, tuple[int, int]]:
        return {}

    def _line_of(self, _section: str, _name: str, _key: str) -> int | None:
        return None


def routes(data: Any, route: Route = ()) -> Iterator[Route]:
    yield route
    pairs = data.items() if isinstance(data, dict) else ()
    for step, inner in enumerate(data) if isinstance(data, list) else pairs:
        yield from routes(inner, (*route, step))


def check(raw: bytes) -> None:
    quick, careful = Locator(raw), Careful(raw)
    for route in routes(load(raw).data):
        for asked in (route, (*route, "absent"), (*route, 1)):
            assert quick.key(asked) == careful.key(asked)
            assert quick.value(asked) == careful.value(asked)
            assert quick.first_key(asked) == careful.first_key(asked)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_place_in_the_examples(path: Path) -> None:
    check(path.read_bytes())


@settings(max_examples=400)
@given(st.lists(LINES, max_size=9))
@example(['    name: "a', '    target: b"', "    unit: x"])
@example(["    name: [a,", "    target: b]", "    unit: x"])
@example(["    actuals: {2026-01: 1}", "    name: x"])
@example(["    name:", "    - a", "    - b", "", "    # c", "    target: 2"])
@example(["    'name': x", '    "b c": y'])
@example(["    'name':", "        name: x", "    target: 1"])
@example(["    name: x", "    target: [1", "  a:", "    name: y"])
@example(["    # first", "    name: x", "   # left", "    why: it goes", "      on"])
def test_every_place_in_likely_lines(lines: list[str]) -> None:
    check("\n".join(["kpis:", "  a:", *lines]).encode())
    check("\n".join(["kpis:", "  a:", *lines, "  c:", "    name: C", ""]).encode())


def test_fields_of_an_everyday_record() -> None:
    lines = "  a:\n    # what\n    name: x\n\n    tags:\n    - b\n    actuals:\n      2026-01: 1\n"
    found = fields_of(lines.encode().splitlines(keepends=True), "a")
    assert found == {"name": (2, 4), "tags": (4, 6), "actuals": (6, 8)}
    for other in ("  a: {name: x}\n", "  a: 1\n", "  b:\n    c: d\n", "  a:\n    b: |\n      c\n"):
        assert fields_of(other.encode().splitlines(keepends=True), "a") == {}
    assert fields_of([], "a") == {}


def test_a_field_is_found_without_reading_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Locator, "_slice", None)
    raw = b"kpis:\n  a:\n    name: x # said\n    target: {value: 2}\n"
    raw += b"    actuals:\n      # in all\n      2026-01: 10\n      2026-02: 20 # so far\n"
    assert Locator(raw).value(("kpis", "a", "name")) == Mark(3, 11, 3, 12)
    assert Locator(raw).value(("kpis", "a", "target", "value")) == Mark(4, 21, 4, 22)
    monkeypatch.setattr(Locator, "_tree_for", None)
    assert Locator(raw).value(("kpis", "a", "target")) == Mark(4, 13, 4, 23)
    assert Locator(raw).key(("kpis", "a", "target")) == Mark(4, 5, 4, 11)
    assert Locator(raw).key(("kpis", "a", "actuals", "2026-01")) == Mark(7, 7, 7, 14)
    assert Locator(raw).value(("kpis", "a", "actuals", "2026-01")) == Mark(7, 16, 7, 18)


def test_a_record_is_read_no_further_than_the_line_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = b"kpis:\n  a:\n    name: x\n    unit: count\n\n    # all\n    actuals: {2026-01: 1}\n"
    monkeypatch.setattr(Locator, "_lines_of", None)
    assert Locator(raw).value(("kpis", "a", "name")) == Mark(3, 11, 3, 12)
    assert Locator(raw).key(("kpis", "a", "unit")) == Mark(4, 5, 4, 9)
