"""What a phone is spared: the table of all KPIs stands on a page of its own."""

from kpi_cli.render.html.site import write_single, write_site
from kpi_cli.views.report import Report, build_report
from tests.memory import judge
from tests.render.html import parse


def _report(kpis: int) -> Report:
    rows = "".join(f"  k{n}: {{name: Name{n}, target: 5}}\n" for n in range(kpis))
    return build_report(judge(f"kpis:\n{rows}", "2026-05-31"), version="1", digest="d")


def test_many_kpis_have_a_page_which_the_overview_links() -> None:
    found = write_site(_report(8))
    assert b'class="apart"><a href="kpis.html"' in found["index.html"]
    table = parse(found["kpis.html"])
    assert table.faults == []
    assert all(f"Name{n}" in table.text for n in range(8))


def test_few_kpis_stay_on_the_overview() -> None:
    found = write_site(_report(7))
    assert "kpis.html" not in found
    assert b"apart" not in found["index.html"]
    assert b'class="whole"' not in found["index.html"]


def test_the_single_page_holds_the_table_once() -> None:
    html = write_single(_report(8)).decode()
    assert html.count("All KPIs, worst first") == 1
    assert 'class="apart"' not in html
    assert 'class="whole"' not in html
