"""Files the tool makes: the same input changes no byte, names stay inside the workspace."""

import stat
from pathlib import Path

import pytest

from kpi_cli.edit.importing import run_import
from kpi_cli.edit.order import sections
from kpi_cli.errors import CannotRun
from tests.feeds.kit import Bench

MAP = """
inputs: {sales: sales.csv}
records:
  kpis:
    from: sales
    id: "{{ product | slug }}"
    fields: {name: = product}
output: {file: "%s"}
"""


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(tmp_path)
    made.table("sales.csv", "product,team\nTea,a\nCocoa,b\n")
    return made


def test_a_second_run_changes_no_byte_and_writes_nothing(bench: Bench) -> None:
    bench.run(MAP % "{{ team }}.yaml")
    before = bench.bytes()
    times = {name: (bench.root / name).stat().st_mtime_ns for name in before}
    result = bench.run(MAP % "{{ team }}.yaml")
    assert bench.bytes() == before
    assert {name: (bench.root / name).stat().st_mtime_ns for name in before} == times
    assert [(file.name, file.state) for file in result.files] == [
        ("a.yaml", "same"),
        ("b.yaml", "same"),
    ]


def test_new_input_replaces_what_nobody_touched_and_keeps_its_mode(bench: Bench) -> None:
    bench.run(MAP % "all.yaml")
    (bench.root / "all.yaml").chmod(0o640)
    bench.table("sales.csv", "product,team\nTea,a\nMilk,b\n")
    assert [file.state for file in bench.run(MAP % "all.yaml").files] == ["changed"]
    assert list(bench.records("kpis")) == ["milk", "tea"]
    assert stat.S_IMODE((bench.root / "all.yaml").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../out.yaml", "not a file's name inside the workspace"),
        ("/out.yaml", "not a file's name inside the workspace"),
        ("a/../../out.yaml", "not a file's name inside the workspace"),
        (".kpi/a.yaml", "is hidden"),
        ("kpi.yaml", "is no plan file"),
        ("out.txt", "is no plan file"),
        ("link/out.yaml", "leads out of the workspace"),
        ("folder.yaml", "a folder has this name"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(bench: Bench, name: str, said: str) -> None:
    (bench.root / "link").symlink_to(bench.folder, target_is_directory=True)
    (bench.root / "folder.yaml").mkdir()
    with pytest.raises(CannotRun, match=said):
        bench.run(MAP % name)
    assert not (bench.folder / "out.yaml").exists()


def test_a_dry_run_says_what_would_be_and_writes_nothing(bench: Bench) -> None:
    result = bench.run(MAP % "all.yaml", dry_run=True)
    assert [(file.name, file.state) for file in result.files] == [
        ("kpi.yaml", "new"),
        ("all.yaml", "new"),
    ]
    assert bench.bytes() == {}


def test_files_no_longer_made_are_named(bench: Bench) -> None:
    bench.run(MAP % "{{ team }}.yaml")
    bench.table("sales.csv", "product,team\nTea,a\n")
    assert bench.run(MAP % "{{ team }}.yaml").leftovers == ("b.yaml",)


def test_the_workspace_is_made_once_and_then_left_alone(bench: Bench) -> None:
    bench.run(MAP % "all.yaml")
    settings = bench.root / "kpi.yaml"
    settings.write_text("version: 1\nname: Renamed\n", "utf-8")
    bench.run(MAP % "all.yaml")
    assert settings.read_text("utf-8") == "version: 1\nname: Renamed\n"
    settings.write_text("version: 1\ncalendar: {fiscal_year_start: 4}\n", "utf-8")
    with pytest.raises(CannotRun, match="counts its fiscal year otherwise"):
        bench.run(MAP % "all.yaml")


def test_without_a_workspace_the_map_must_describe_one(bench: Bench) -> None:
    path = bench.map(MAP % "all.yaml")
    path.write_text(path.read_text("utf-8").replace("workspace: {name: Test}\n", ""), "utf-8")
    with pytest.raises(CannotRun, match="there is no workspace"):
        run_import(path, [], bench.root)


def test_a_new_workspace_is_made_whole_or_not_at_all(bench: Bench) -> None:
    (bench.root / "a").write_bytes(b"a file where a folder is needed")
    with pytest.raises(CannotRun, match=r"a/b\.yaml"):
        bench.run(MAP % "{{ 'a/b' if team == 'a' else 'b' }}.yaml")
    assert list(bench.bytes()) == ["a"]


def test_keys_are_written_in_the_order_of_the_format_page() -> None:
    order = sections()
    assert list(order)[:4] == ["teams", "people", "objectives", "kpis"]
    assert order["people"][:4] == ("name", "team", "manager", "capacity")
    assert order["kpis"][:3] == ("name", "objective", "owner")
    assert order["kpis"][-1] == "actuals"
    assert "with" not in order["objectives"]
    assert "id" not in order["objectives"]
    assert order["recognitions"][:2] == ("to", "for")
