"""The report in other forms: what other programs read is read back by other programs."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from kpi_cli.analysis.results import Assessment
from kpi_cli.cli.app import run
from kpi_cli.render.markdown_report import report as markdown
from kpi_cli.render.openmetrics import openmetrics
from kpi_cli.render.svg.standalone import standalone
from kpi_cli.render.xlsx import xlsx
from kpi_cli.views.report import Report, build_report
from kpi_cli.views.status import status_view
from tests.house.tree import ROOT
from tests.memory import judge

EXAMPLE = ["--root", str(ROOT / "examples" / "public-services"), "--as-of", "2018-12-31"]
PLAN = """
    teams: {shop: {name: Shop}}
    people: {lan: {name: Lan, team: shop}}
    objectives: {o: {title: 'Guests | come <b>back</b>', owner: lan, period: "2026"}}
    kpis:
      back:
        name: '=1+1 "quoted" @lan'
        objective: o
        owner: lan
        unit: "%"
        baseline: {value: 20, date: 2025-12-31}
        target: 50
        actuals: {2026-01: 21, 2026-02: 24.5, 2026-03: 30}
      blind: {name: Blind, objective: o, owner: lan, unit: "%", target: 10}
    """


def example() -> Assessment:
    return judge(PLAN, "2026-03-31")


def built(assessment: Assessment) -> Report:
    return build_report(assessment, version="1", digest="0")


def test_openmetrics_is_read_by_the_reader_of_prometheus() -> None:
    text = openmetrics(status_view(example()))
    families = {f.name: f for f in text_string_to_metric_families(text)}
    values = {s.labels["id"]: s.value for s in families["kpi_value"].samples}
    assert values == {"back": 30.0}
    on = [
        (s.labels["id"], s.labels["kpi_status"])
        for s in families["kpi_status"].samples
        if s.value == 1
    ]
    assert on == [("back", "on_track"), ("blind", "no_data")]
    assert families["kpi_progress_ratio"].samples[0].value == pytest.approx(1 / 3)
    assert text.endswith("# EOF\n")


def test_markdown_keeps_data_from_acting_as_markup() -> None:
    text = markdown(built(example()))
    assert "=1+1" in text
    assert "<b>" not in text
    assert "@lan" not in text
    assert r"Guests \| come" in text


def test_markdown_ends_in_time_and_says_how_much_is_left_out() -> None:
    kpis = "\n".join(
        f"      k{n}: {{name: '{'long ' * 20}{n}', objective: o, unit: count, target: 1}}"
        for n in range(290)
    )
    text = markdown(
        built(judge(f"    objectives: {{o: {{title: O}}}}\n    kpis:\n{kpis}\n", "2026-01-01")),
        20_000,
    )
    assert len(text.encode()) <= 20_000
    assert "more rows." in text
    assert text.rstrip().endswith("</details>")


@pytest.mark.filterwarnings("ignore:Sparkline Group extension")
def test_a_spreadsheet_holds_the_figures_as_numbers_and_texts_as_texts() -> None:
    assessment = example()
    series = {"back": [("2026-01", date(2026, 1, 31), 21.0), ("2026-02", date(2026, 2, 28), 24.5)]}
    raw = xlsx(status_view(assessment), series)
    assert raw == xlsx(status_view(assessment), series)
    book = load_workbook(io.BytesIO(raw))
    rows = list(book["KPIs"].iter_rows(values_only=True))
    assert rows[1][0:2] == ("back", '=1+1 "quoted" @lan')
    assert book["KPIs"]["B2"].data_type == "s"
    assert rows[1][3] == 30
    assert rows[2][3] is None
    assert [row[3] for row in book["Figures"].iter_rows(min_row=2, values_only=True)] == [21, 24.5]
    assert b"sparkline" in _part(raw, "xl/worksheets/sheet1.xml")


def _part(raw: bytes, name: str) -> bytes:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name)


def test_a_picture_is_one_well_formed_file_that_names_its_kpi() -> None:
    report = built(example())
    for row in report.overview.lists[0].rows:
        picture = ElementTree.fromstring(standalone(row))
        assert picture.attrib["role"] == "img"
        assert row.ref.label in picture.attrib["aria-label"]


@pytest.mark.parametrize(
    ("name", "start"),
    [("markdown", "<!-- kpi report -->"), ("csv", "id,name,"), ("openmetrics", "# TYPE kpi_value")],
)
def test_texts_go_to_the_terminal_or_a_file(
    name: str, start: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", *EXAMPLE, "--format", name]) == 0
    assert capsys.readouterr().out.startswith(start)
    file = tmp_path / "out.txt"
    assert run(["report", *EXAMPLE, "--output", f"{name}={file}"]) == 0
    assert file.read_text(encoding="utf-8").startswith(start)


def test_several_forms_in_one_run(tmp_path: Path) -> None:
    site, sheet, pictures = tmp_path / "site", tmp_path / "a.xlsx", tmp_path / "svg"
    options = ["-o", str(site), "-o", f"xlsx={sheet}", "-o", f"svg={pictures}"]
    assert run(["report", *EXAMPLE, *options]) == 0
    assert (site / "index.html").exists()
    assert sheet.read_bytes()[:2] == b"PK"
    names = sorted(path.stem for path in pictures.glob("*.svg"))
    assert names == sorted(path.stem for path in (site / "k").glob("*.html"))


def test_without_a_browser_a_pdf_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("KPI_CHROMIUM", raising=False)
    assert run(["report", *EXAMPLE, "-o", f"pdf={tmp_path / 'a.pdf'}"]) == 2
    assert "a PDF is printed by a browser" in capsys.readouterr().err
    assert not (tmp_path / "a.pdf").exists()


def test_a_report_for_a_team_holds_no_kpi_of_others(capsys: pytest.CaptureFixture[str]) -> None:
    example = ["--root", str(ROOT / "examples" / "harbour-foods"), "--as-of", "2026-05-31"]
    assert run(["report", *example, "--for", "team:operations", "--format", "csv"]) == 0
    rows = capsys.readouterr().out.splitlines()[1:]
    assert 1 < len(rows) < 10
    assert run(["report", *example, "--for", "team:operations", "--format", "openmetrics"]) == 0
    text = capsys.readouterr().out
    ids = {s.labels["id"] for f in text_string_to_metric_families(text) for s in f.samples}
    assert {row.partition(",")[0] for row in rows} <= ids
    assert "debtor-days" not in text


@pytest.mark.browser
@pytest.mark.parametrize("reader", ["board", "team:supply", "team:sales", "person:minh"])
def test_a_pdf_is_tagged_says_its_language_and_leaves_no_line_alone(
    reader: str, tmp_path: Path
) -> None:
    from pypdfium2 import PdfDocument

    example = ["--root", str(ROOT / "examples" / "harbour-foods"), "--as-of", "2026-05-31"]
    file = tmp_path / "pack.pdf"
    assert run(["report", *example, "--for", reader, "-o", f"pdf={file}"]) == 0
    raw = file.read_bytes()
    assert raw.startswith(b"%PDF-")
    assert all(sign in raw for sign in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang"))
    with PdfDocument(file) as pages:
        texts = [page.get_textpage().get_text_range() for page in pages]
    assert [n for n, text in enumerate(texts, 1) if len(text.split("\n")) < 5] == []
    assert f"1 / {len(texts)}" in texts[0]
