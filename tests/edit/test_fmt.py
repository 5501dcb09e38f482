"""One layout: the meaning and every comment stay, a second run changes nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kpi_cli.edit.draft import CannotEdit, Draft
from kpi_cli.edit.formatting import formatted
from kpi_cli.edit.layout import LeaveAlone
from kpi_cli.edit.nodes import parse
from kpi_cli.edit.verify import same
from kpi_cli.period import Calendar
from kpi_cli.source import load
from tests.edit.kit import contents, example, kpi
from tests.edit.test_splice import FILES, edits, perform

CALENDAR = Calendar()


def comments(raw: bytes) -> Counter[str]:
    """The comments of a plan file, however they are placed."""
    text = raw.decode("utf-8-sig")
    top = parse(text)
    masked = list(text)
    for node in top.walk() if top else ():
        if node.kind == "scalar":
            masked[node.inner : node.end] = ["x"] * (node.end - node.inner)
    found: Counter[str] = Counter()
    for line in "".join(masked).splitlines():
        before, sign, comment = line.partition("#")
        if sign and (not before or before[-1] in " \t"):
            found[comment.strip()] += 1
    return found


def check(name: str, raw: bytes) -> bool:
    """Whether the file was laid out; the laws of a layout hold if so."""
    try:
        once = formatted(Draft.of(name, raw), CALENDAR)
    except (LeaveAlone, CannotEdit):
        return False
    assert same(load(once).data, load(raw).data)
    assert comments(once) == comments(raw)
    assert formatted(Draft.of(name, once), CALENDAR) == once
    return True


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_layout_keeps_meaning_and_comments(name: str) -> None:
    assert check(name, FILES[name]) == (not name.startswith("brackets"))


@given(edits())
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_an_edited_file_is_laid_out_once_and_for_all(edit: tuple) -> None:  # type: ignore[type-arg]
    name, operation, route, value, at = edit
    try:
        draft = perform(Draft.of(name, FILES[name]), operation, route, value, at)
    except CannotEdit:
        return
    if draft is not None and not load(draft.raw).faults:
        check(name, draft.raw)


BEFORE = """\
# kpi: ignore-file[S] -- a draft
kpis:

    # the second
    b:
        actuals: # by hand
            2026-02: 2
            # the first month
            2026-01: 1
            # last
        name:   B     # aligned
        check_ins:
        -   on: 2026-01-01
            note: |
                two

                 lines
        - {on: 2026-02-01}


        unknown: x
    # closing
    a: {name: A}
    c: {name: C}
teams:
    t: {name: T}
# the end
"""
AFTER = """\
# kpi: ignore-file[S] -- a draft
teams:
  t: {name: T}

kpis:
  # the second
  b:
    name: B     # aligned
    check_ins:
      - on: 2026-01-01
        note: |
          two

           lines
      - {on: 2026-02-01}
    actuals:  # by hand
      # the first month
      2026-01: 1
      2026-02: 2
      # last

    unknown: x

  # closing
  a: {name: A}
  c: {name: C}
# the end
"""


def test_the_layout() -> None:
    done = formatted(Draft.of("p.yaml", BEFORE.encode()), CALENDAR)
    assert done.decode() == AFTER


def test_check_says_so_and_writes_nothing(tmp_path: Path) -> None:
    root = example("harbour-foods", tmp_path)
    before = contents(root)
    code, out, _ = kpi(root, "fmt", "--check")
    assert (code, contents(root)) == (1, before)
    assert out.endswith(" files would change\n")
    assert kpi(root, "fmt", "--diff")[1].startswith("--- a/actions.yaml\n")
    status = kpi(root, "status", "--format", "json")[1]
    assert kpi(root, "fmt", "people", "organisation.yaml")[0] == 0
    changed = [name for name, raw in contents(root).items() if raw != before[name]]
    assert set(changed) <= {"people/phuc.yaml", "people/khoa.yaml", "organisation.yaml"}
    assert kpi(root, "fmt")[0] == 0
    assert kpi(root, "fmt", "--check")[0] == 0
    assert kpi(root, "status", "--format", "json")[1] == status


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    root = example("public-services", tmp_path)
    code, _, err = kpi(root, "fmt", "nope")
    assert code == 2
    assert "nope" in err
