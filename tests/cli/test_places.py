"""Where the pages of a report say that a record is written."""

from pathlib import Path

from kpi_cli.cli.commands.report import places
from kpi_cli.cli.options import Options
from kpi_cli.cli.run import Run

PLAIN = """\
people:
  minh: {name: Minh}
kpis:
  sold: {name: Jars sold, owner: minh, unit: count}
  lost:
    name: Jars lost
    owner: minh
    unit: count
  sold: {name: Jars bought, owner: minh, unit: count}
"""
ODD = """\
teams: {shop: {name: Shop},
  bees: {name: Bees}}
"objectives":
  loyal: {title: Customers come back, owner: minh}
"""


def test_each_record_is_where_its_first_line_stands(tmp_path: Path) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    (tmp_path / "plain.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "odd.yaml").write_text(ODD, encoding="utf-8")
    run = Run(Options(root=tmp_path, as_of="2026-05-31", no_cache=True))
    assert run.loaded.plan.kpis["sold"].name == "Jars sold"
    assert places(run) == {
        "minh": ("plain.yaml", 2),
        "sold": ("plain.yaml", 4),
        "lost": ("plain.yaml", 5),
        "shop": ("odd.yaml", 1),
        "bees": ("odd.yaml", 2),
        "loyal": ("odd.yaml", 4),
    }
