"""Tables of each format come out as the same rows, numbered as their reader sees them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kpi_cli.errors import CannotRun
from kpi_cli.feeds.table import Options, Table, read_table


def table(path: Path, content: str | bytes, **options: Any) -> Table:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path, Options(**options))


def cells(found: Table) -> list[tuple[int, dict[str, Any]]]:
    return [(row.number, dict(row.cells)) for row in found.rows]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_finds_the_delimiter(tmp_path: Path, mark: str) -> None:
    found = table(tmp_path / "a.csv", f"town{mark}sold\nHuế{mark}1\n")
    assert cells(found) == [(2, {"town": "Huế", "sold": "1"})]


def test_csv_ignores_delimiters_inside_quotes(tmp_path: Path) -> None:
    found = table(tmp_path / "a.csv", '"a,b,c";d\n1;2\n')
    assert found.columns == ("a,b,c", "d")


def test_csv_rows_with_line_breaks_keep_the_numbers_a_spreadsheet_shows(tmp_path: Path) -> None:
    found = table(tmp_path / "a.csv", 'a,b\n"x\ny",1\nz,2\n')
    assert cells(found) == [(2, {"a": "x\ny", "b": "1"}), (3, {"a": "z", "b": "2"})]


def test_csv_drops_a_byte_order_mark_and_reads_other_encodings(tmp_path: Path) -> None:
    assert table(tmp_path / "a.csv", "\ufeffa\n1\n".encode()).columns == ("a",)
    found = table(tmp_path / "b.csv", "a\ncafé\n".encode("cp1252"), encoding="cp1252")
    assert cells(found) == [(2, {"a": "café"})]
    assert cells(table(tmp_path / "c.csv", "a\nđ\n".encode("utf-16"))) == [(2, {"a": "đ"})]


def test_csv_in_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match=r"a\.csv: line 2 is not utf-8.*encoding: cp1252"):
        table(tmp_path / "a.csv", "a\ncafé\n".encode("cp1252"))


def test_blank_rows_are_not_counted_unless_wanted(tmp_path: Path) -> None:
    text = "a,b\n1,2\n,\n \t,\n3,4\n"
    assert [row.number for row in table(tmp_path / "a.csv", text).rows] == [2, 5]
    kept = table(tmp_path / "a.csv", text, skip_blank=False)
    assert [row.number for row in kept.rows] == [2, 3, 4, 5]


def test_a_header_further_down(tmp_path: Path) -> None:
    found = table(tmp_path / "a.csv", "Report of May\n\na,b\n1,2\n", header=3)
    assert cells(found) == [(4, {"a": "1", "b": "2"})]


def test_a_value_beyond_the_header_makes_the_row_unusable(tmp_path: Path) -> None:
    (good, bad) = table(tmp_path / "a.csv", "a,b\n1\n1,2,3\n").rows
    assert good.cells == {"a": "1", "b": None}
    assert bad.fault == "a value stands in a column without a name (3)"


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="two columns are called 'a'"):
        table(tmp_path / "a.csv", "a,b,a\n1,2,3\n")


def test_json_keeps_fractions_exact_and_kinds_as_they_are(tmp_path: Path) -> None:
    found = table(tmp_path / "a.json", '[{"a": 0.1, "b": 3, "c": null, "d": true}, {"e": [1]}]')
    assert cells(found) == [
        (1, {"a": Decimal("0.1"), "b": 3, "c": None, "d": True}),
        (2, {"e": [1]}),
    ]
    assert found.columns == ("a", "b", "c", "d", "e")


def test_json_rows_inside_an_object(tmp_path: Path) -> None:
    text = '{"data": {"items": [{"a": 1}]}}'
    assert cells(table(tmp_path / "a.json", text, rows="data.items")) == [(1, {"a": 1})]
    with pytest.raises(CannotRun, match=r"no 'rows' on the way `rows: data\.rows`"):
        table(tmp_path / "a.json", text, rows="data.rows")
    with pytest.raises(CannotRun, match="add `rows: items`"):
        table(tmp_path / "a.json", '{"items": []}')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"a": 1},\n {"a" 2}]', "line 2, column 7"),
        ('[{"a": NaN}]', "NaN is not a JSON number"),
        ("[" * 100_000, "not readable as JSON"),
        ('[{"a": ' + "9" * 5000 + "}]", "not readable as JSON"),
    ],
)
def test_faulty_json_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CannotRun, match=said):
        table(tmp_path / "a.json", text)


def test_a_json_row_that_is_no_object_is_unusable(tmp_path: Path) -> None:
    found = table(tmp_path / "a.json", '[{"a": 1}, 7]')
    assert [row.fault for row in found.rows] == [None, "not an object with named values"]


def test_json_lines_are_numbered_by_line(tmp_path: Path) -> None:
    found = table(tmp_path / "a.jsonl", '{"a": 1}\n\n{"a": 2}\n')
    assert cells(found) == [(1, {"a": 1}), (3, {"a": 2})]
    with pytest.raises(CannotRun, match="line 2: not JSON"):
        table(tmp_path / "a.jsonl", '{"a": 1}\n{"a"}\n')


@pytest.fixture
def book(tmp_path: Path) -> Path:
    import datetime as dt

    made = Workbook()
    first = made.active
    assert first is not None
    first.append(["town", "sold", "day", "note"])
    first.append(["Huế", 0.1, dt.datetime.fromisoformat("2026-03-31"), "=1+1"])
    first.append([None, None, None, None])
    first.append(["Vinh", 3, dt.date(2026, 4, 30), True])
    made.create_sheet("Other").append(["x"])
    path = tmp_path / "a.xlsx"
    made.save(path)
    return path


def test_xlsx_gives_values_dates_and_sheet_rows(book: Path) -> None:
    found = read_table(book, Options())
    assert cells(found) == [
        (2, {"town": "Huế", "sold": Decimal("0.1"), "day": "2026-03-31", "note": None}),
        (4, {"town": "Vinh", "sold": 3, "day": "2026-04-30", "note": True}),
    ]


def test_xlsx_sheets_are_chosen_by_name(book: Path) -> None:
    assert read_table(book, Options(sheet="Other")).columns == ("x",)
    with pytest.raises(CannotRun, match="no sheet 'Othr'; did you mean 'Other'"):
        read_table(book, Options(sheet="Othr"))


def test_a_file_that_only_claims_to_be_xlsx(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="not an XLSX workbook"):
        table(tmp_path / "a.xlsx", "town,sold\n")


def test_without_openpyxl_the_message_says_what_to_type(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(CannotRun, match=r'pip install "kpi-cli\[xlsx\]"'):
        read_table(book, Options())


def test_unknown_endings_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="the ending tells no table format"):
        table(tmp_path / "a.dat", "a\n")
    assert table(tmp_path / "a.dat", "a\n1\n", format="csv").columns == ("a",)
    with pytest.raises(CannotRun, match=r"gone\.csv: cannot be read: No such file"):
        read_table(tmp_path / "gone.csv", Options())
