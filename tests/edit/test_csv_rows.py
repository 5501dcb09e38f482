"""CSV files edited row by row: only the row asked for changes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.edit.csv_rows import CsvDraft
from kpi_cli.edit.draft import CannotEdit

STYLES = {
    "plain": b"kpi,period,value\na,2026-01,1\nb,2026-01,2\n",
    "no final line end": b"kpi,period,value\na,2026-01,1\nb,2026-01,2",
    "CRLF, BOM": b"\xef\xbb\xbfkpi,period,value\r\na,2026-01,1\r\nb,2026-01,2\r\n",
    "quoted": b'"kpi","period","value"\n"a","2026-01","1"\n"b, ""x""","2026-01","2\n3"\n',
    "empty lines": b"kpi,period,value\n\na,2026-01,1\n\n\nb,2026-01,2\n\n",
    "spaces, ragged": b"kpi , period,value,note\na, 2026-01 ,1\nb,2026-01,2,x\n",
    "header only": b"kpi,period,value\n",
}
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


def rows(raw: bytes) -> list[list[str]]:
    text = raw.decode("utf-8-sig")
    return [r for r in csv.reader(io.StringIO(text, newline="")) if any(c.strip() for c in r)]


@pytest.mark.parametrize("raw", STYLES.values(), ids=STYLES)
@given(at=st.integers(0, 9), cells=st.tuples(CELLS, CELLS, CELLS))
def test_a_new_row_is_an_insertion(raw: bytes, at: int, cells: tuple[str, str, str]) -> None:
    draft = CsvDraft.of("t.csv", raw)
    at = 1 + at % len(draft.rows)
    values = dict(zip(("kpi", "period", "value"), ("k", *cells[1:]), strict=True))
    new = draft.insert(at, values).proved()
    old = rows(raw)
    whole = ["k", *cells[1:], *[""] * (len(old[0]) - 3)]
    assert rows(new) == [*old[:at], whole, *old[at:]]
    same = next(n for n in range(len(raw) + 1) if new[:n] != raw[:n] or n == len(raw))
    assert any(new[:n] + new[len(new) - len(raw) + n :] == raw for n in range(same + 1))


@pytest.mark.parametrize("raw", [raw for raw in STYLES.values() if raw.count(b"2026-01") > 1])
@given(value=CELLS)
def test_a_cell_is_set_and_nothing_else(raw: bytes, value: str) -> None:
    draft = CsvDraft.of("t.csv", raw)
    new = draft.set(2, {"value": value}).proved()
    old = rows(raw)
    assert rows(new) == [*old[:2], [*old[2][:2], value, *old[2][3:]], *old[3:]]
    assert new.startswith(raw[: raw.rindex(b"2026-01")])


def test_quotes_are_like_those_around() -> None:
    draft = CsvDraft.of("t.csv", STYLES["quoted"])
    assert (
        b'\n"k","2026-02","3"\n'
        in draft.insert(2, {"kpi": "k", "period": "2026-02", "value": "3"}).proved()
    )
    plain = CsvDraft.of("t.csv", STYLES["plain"])
    assert plain.set(1, {"value": "a,b"}).proved() == STYLES["plain"].replace(b",1\n", b',"a,b"\n')


def test_an_id_is_renamed_in_its_column_only() -> None:
    raw = b'kpi,period,value,note\n"a",2026-01,1,a\n a ,2026-02,2,\nab,2026-01,3,\n'
    new = CsvDraft.of("t.csv", raw).rename("kpi", "a", "long-id").proved()
    assert new == raw.replace(b'"a",', b'"long-id",').replace(b" a ,", b" long-id ,")


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b'kpi,period\n"a,2026\n', b"kpi\xff,period\na,b\n", b'kpi\n"a"b\n']
)
def test_what_is_no_table_is_left_alone(raw: bytes) -> None:
    with pytest.raises(CannotEdit, match=r"t\.csv"):
        CsvDraft.of("t.csv", raw)


def test_a_column_that_is_missing_is_named() -> None:
    draft = CsvDraft.of("t.csv", STYLES["plain"])
    with pytest.raises(CannotEdit, match="no column 'note'"):
        draft.insert(1, {"note": "x"})
