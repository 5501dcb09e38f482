"""An import into files that people edit: its values are set, and every other byte stays."""

import json
from pathlib import Path

import pytest

from kpi_cli.cli.app import run
from kpi_cli.edit.importing import run_import
from kpi_cli.errors import CannotRun
from tests.edit.kit import changed_lines
from tests.feeds.kit import Bench

MAP = """
inputs: {sales: sales.csv}
records:
  kpis:
    from: sales
    id: "{{ product | slug }}"
    fields:
      name: = product
      unit: = unit
      target: {at_least: = goal | number}
    collect: {into: actuals, key: = month, value: = sold | number}
output: {file: "%s"}
"""
HEADER = "product,unit,goal,month,sold\n"
ROWS = "Tea,EUR,5,2026-01,3\nTea,EUR,5,2026-03,4\nCocoa,EUR,9,2026-01,7\n"
HAND = """\
# Ours, in our order.
kpis:
    tea:                      # the best seller
        actuals:
            2026-01: {value: 3.0, note: counted twice}
            # February was lost
            2026-03: 5
            2026-04: 6
        target: {at_least: 5, note: agreed}
        tags: [hot]
        name: 'Tea'

people: {lan: {name: Lan}}
"""


@pytest.fixture
def bench(bench: Bench) -> Bench:
    bench.table("sales.csv", HEADER + ROWS)
    (bench.root / "kpi.yaml").write_text("version: 1\n", "utf-8")
    return bench


def write(bench: Bench, name: str, text: str) -> Path:
    path = bench.root / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_what_the_import_sets_changes(bench: Bench, end: str) -> None:
    path = write(bench, "all.yaml", HAND.replace("\n", end))
    result = bench.run(MAP % "all.yaml")
    gone, come = changed_lines(HAND.replace("\n", end).encode(), path.read_bytes())
    cr = end.strip("\n").encode()
    assert gone == [b"            2026-03: 5" + cr]
    assert [line.removesuffix(cr) for line in come] == [
        b"            2026-03: 4",
        b"        unit: EUR",
        b"",
        b"    cocoa:",
        b"        name: Cocoa",
        b"        unit: EUR",
        b"        target: {at_least: 9}",
        b"        actuals: {2026-01: 7}",
    ]
    assert result.restated == (("tea", "2026-03"),)
    after = path.read_bytes()
    assert after.count(b"\n") == after.count(end.encode())
    again = bench.run(MAP % "all.yaml")
    assert path.read_bytes() == after
    assert (again.restated, [file.state for file in again.files]) == ((), ["same"])


def test_a_new_figure_goes_where_its_date_is(bench: Bench) -> None:
    bench.run(MAP % "all.yaml")
    path = bench.root / "all.yaml"
    edited = path.read_bytes().replace(b"  tea:\n", b"  tea:  # ours\n    tags: [hot]\n")
    path.write_bytes(edited)
    bench.table("sales.csv", HEADER + ROWS + "Tea,EUR,5,2026-02,8\n")
    assert bench.run(MAP % "all.yaml").restated == ()
    after = path.read_bytes()
    assert after == edited.replace(b"2026-01: 3\n", b"2026-01: 3\n      2026-02: 8\n")


def test_a_figure_changed_by_hand_is_put_back_and_counted(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.run(MAP % "all.yaml")
    path = bench.root / "all.yaml"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"2026-03: 4", b"2026-03: 44"))
    assert run(["import", "--map", str(bench.folder / "map.yaml"), "--root", str(bench.root)]) == 0
    assert "restated: 1 in actuals (tea 2026-03)" in capsys.readouterr().out.splitlines()
    assert path.read_bytes() == before


def test_input_that_changed_is_counted_in_an_untouched_file_too(bench: Bench) -> None:
    bench.run(MAP % "all.yaml")
    bench.table("sales.csv", HEADER + ROWS.replace("2026-01,7", "2026-01,8"))
    assert bench.run(MAP % "all.yaml").restated == (("cocoa", "2026-01"),)


@pytest.mark.parametrize("by_hand", [True, False])
@pytest.mark.parametrize("row", ["Tea,EUR,5,2026-01,9", "Tea,EUR,5,2026-02,9"])
def test_a_locked_period_is_refused(bench: Bench, row: str, *, by_hand: bool) -> None:
    bench.run(MAP % "all.yaml")
    path = bench.root / "all.yaml"
    path.write_bytes(path.read_bytes() + (b"# ours\n" if by_hand else b""))
    write(bench, "kpi.yaml", "version: 1\nlocked: [2026-01, 2026-02]\n")
    bench.run(MAP % "all.yaml")
    bench.table("sales.csv", HEADER + row + "\n" + ROWS.split("\n", 1)[1])
    before = bench.bytes()
    with pytest.raises(CannotRun, match=r"tea 2026-0\d: K302: 2026-0\d is locked"):
        bench.run(MAP % "all.yaml")
    assert bench.bytes() == before


def test_a_record_is_edited_in_the_file_where_it_lives(bench: Bench) -> None:
    path = write(bench, "hot.yaml", HAND)
    result = bench.run(MAP % "all.yaml")
    assert [(file.name, file.state) for file in result.files] == [
        ("all.yaml", "new"),
        ("hot.yaml", "changed"),
    ]
    assert b"2026-03: 4" in path.read_bytes()
    assert b"tea:" not in (bench.root / "all.yaml").read_bytes()
    before = bench.bytes()
    bench.run(MAP % "all.yaml")
    assert bench.bytes() == before


def test_a_record_moved_by_hand_is_not_written_twice(bench: Bench) -> None:
    bench.run(MAP % "all.yaml")
    assert run(["move", "tea", "--to", "hot.yaml", "--root", str(bench.root)]) == 0
    before = bench.bytes()
    bench.run(MAP % "all.yaml")
    assert bench.bytes() == before


SHARED = """\
kpis:
  cocoa: {name: Cocoa, unit: EUR, target: {at_least: &goal 8}, actuals: {2026-01: 7}}
  milk: {name: Milk, unit: EUR, target: *goal}
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SHARED, "it has an anchor"),
        ("kpis:\n  cocoa: {name: [\n", "cannot|left as it is"),
        ("kpis:\n  cocoa: {name: Cocoa, actuals: {files: [{file: x.csv}]}}\n", "from tables"),
        ("teams:\n  cocoa: {name: Cocoa}\n", "K101: 'cocoa' is in `teams` of Cocoa.yaml"),
    ],
)
def test_one_file_that_cannot_be_edited_stops_all(bench: Bench, text: str, said: str) -> None:
    write(bench, "Tea.yaml", HAND)
    write(bench, "Cocoa.yaml", text)
    before = bench.bytes()
    with pytest.raises(CannotRun, match=said) as error:
        bench.run(MAP % "{{ product }}.yaml")
    assert "Cocoa.yaml" in error.value.message
    assert bench.bytes() == before


def test_a_record_that_stands_twice_is_refused(bench: Bench) -> None:
    write(bench, "a.yaml", HAND)
    write(bench, "b.yaml", "kpis: {tea: {name: Tea}}\n")
    with pytest.raises(CannotRun, match=r"K101: 'tea' is used twice, in a\.yaml and b\.yaml"):
        bench.run(MAP % "all.yaml")


def test_a_figure_that_a_table_holds_is_not_written_twice(bench: Bench) -> None:
    write(bench, "kpi.yaml", 'version: 1\nactuals: ["*.csv"]\n')
    write(bench, "long.csv", "kpi,period,value\ncocoa,2026-01,7\n")
    with pytest.raises(CannotRun, match=r"long\.csv: it has the actual of 'cocoa' for 2026-01"):
        bench.run(MAP % "all.yaml")


def test_an_old_pair_goes_with_its_value_and_a_gap_is_no_restatement(bench: Bench) -> None:
    path = write(
        bench,
        "all.yaml",
        "kpis:\n  tea:\n    name: Tea\n    actuals:\n      2026-01: null\n"
        "      2026-03: {numerator: 3, denominator: 4, note: first count}\n",
    )
    assert bench.run(MAP % "all.yaml").restated == (("tea", "2026-03"),)
    actuals = bench.records("kpis")["tea"]["actuals"]
    assert actuals == {"2026-01": 3, "2026-03": {"value": 4, "note": "first count"}}
    assert b"first count" in path.read_bytes()


def test_two_maps_may_share_a_file(bench: Bench) -> None:
    bench.run(MAP % "all.yaml")
    people = """
    inputs: {sales: sales.csv}
    records: {people: {from: sales, id: lan, fields: {name: Lan}}}
    output: {file: all.yaml}
    """
    run_import(bench.map(people, "other.yaml"), [], bench.root)
    before = bench.bytes()
    assert set(bench.records("kpis")) == {"tea", "cocoa"}
    assert set(bench.records("people")) == {"lan"}
    bench.run(MAP % "all.yaml")
    run_import(bench.folder / "other.yaml", [], bench.root)
    assert bench.bytes() == before


def test_json_keeps_its_shape(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    write(bench, "all.yaml", HAND)
    path = bench.map(MAP % "all.yaml")
    command = ["import", "--map", str(path), "--root", str(bench.root), "--format", "json"]
    assert run(command) == 0
    assert sorted(json.loads(capsys.readouterr().out)) == ["files", "inputs", "records", "schema"]
