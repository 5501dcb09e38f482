"""A faulty record drops out, the rest loads, and one run tells every fault."""

from __future__ import annotations

import pytest

from kpi_cli.source import load

THREE = """\
teams:
  sales: {name: Sales}
kpis:
  a:
    name: "never closed
    owner: minh
  b:
    name: sound
    note: "quoted"
  c:
    tags: [x, y
    unit: kg
  d:
    name: sound too
  e:
    unit: %
initiatives:
  f: {title: fine, kpis: [d]}
  g: {title: fine}
"""


def test_three_faults_and_five_sound_records() -> None:
    document = load(THREE.encode())
    assert [(f.code, f.mark.line, f.route) for f in document.faults] == [
        ("K001", 5, ("kpis", "a")),
        ("K001", 11, ("kpis", "c")),
        ("K001", 16, ("kpis", "e")),
    ]
    assert document.lost == {"a", "c", "e"}
    assert document.data == {
        "teams": {"sales": {"name": "Sales"}},
        "kpis": {"b": {"name": "sound", "note": "quoted"}, "d": {"name": "sound too"}},
        "initiatives": {"f": {"title": "fine", "kpis": ["d"]}, "g": {"title": "fine"}},
    }


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends(end: str) -> None:
    document = load(THREE.replace("\n", end).encode())
    assert [fault.mark.line for fault in document.faults] == [5, 11, 16]
    assert document.lost == {"a", "c", "e"}


@pytest.mark.parametrize("opening", ['"', "'", "[", "{"])
def test_what_is_not_closed_is_the_fault_of_its_own_record(opening: str) -> None:
    text = f"kpis:\n  a:\n    x: {opening}b\n  c: {{y: 'it'}}\n  d: [1, \"2\"]\n  e: {{f: {{}}}}\n"
    document = load(text.encode())
    assert [(f.route, f.mark.line) for f in document.faults] == [(("kpis", "a"), 3)]
    assert document.data == {"kpis": {"c": {"y": "it"}, "d": [1, "2"], "e": {"f": {}}}}


def test_a_closing_bracket_may_stand_below_its_key() -> None:
    document = load(b"kpis:\n  a:\n    tags: [\n      x,\n    ]\n    of: {\n      y: 1\n    }\n")
    assert document.faults == []
    assert document.data == {"kpis": {"a": {"tags": ["x"], "of": {"y": 1}}}}


def test_a_line_at_the_left_edge_spoils_the_record_around_it() -> None:
    document = load(b"kpis:\n  a:\n    x: 1\nowner minh\n    y: 2\n  b: {z: 3}\n")
    assert [fault.code for fault in document.faults] == ["K001"]
    assert document.data == {"kpis": {"b": {"z": 3}}}
    assert document.lost == {"a"}


@pytest.mark.parametrize("line", ["kpis", "kpis;", '"kpis:', "kpis: [", "kpis: !<"])
def test_a_faulty_section_line_loses_its_records_and_no_others(line: str) -> None:
    document = load(
        b"teams:\n  t: {name: T}\n" + line.encode() + b"\n  a:\n    x: 1\n  b: {y: 2}\n"
        b"people:\n  p: {}\n"
    )
    assert [(fault.code, fault.mark.line) for fault in document.faults] == [("K001", 3)]
    assert document.data == {"teams": {"t": {"name": "T"}}, "people": {"p": {}}}
    assert {"a", "b"} <= document.lost


def test_a_fault_in_a_section_written_in_braces() -> None:
    document = load(b"teams: {t: {name: T}, u: {name: U}\nkpis:\n  a: {x: 1}\n")
    assert [fault.code for fault in document.faults] == ["K001"]
    assert document.data == {"kpis": {"a": {"x": 1}}}
    assert {"t", "u"} <= document.lost


def test_a_fault_in_a_settings_file_costs_its_own_key() -> None:
    document = load(b"version: 1\nname: @x\nstatus: {method: gap}\nexclude: [\nlocked: []\n")
    assert [(f.mark.line, f.route) for f in document.faults] == [(2, ("name",)), (4, ("exclude",))]
    assert document.data == {"version": 1, "status": {"method": "gap"}, "locked": []}


def test_an_anchor_that_was_lost_takes_its_users_along_without_a_second_fault() -> None:
    text = b"kpis:\n  a: &a\n    x: @\n  b: {y: *a}\n  c: {z: 1}\n  d: *a\n"
    document = load(text)
    assert [fault.route for fault in document.faults] == [("kpis", "a")]
    assert document.data == {"kpis": {"c": {"z": 1}}}
    assert document.lost == {"a", "b", "d"}


def test_very_many_faults_are_counted() -> None:
    records = "".join(f"  k{n}:\n    unit: %\n  s{n}: {{x: 1}}\n" for n in range(70))
    document = load(("kpis:\n" + records).encode())
    assert len(document.faults) == 50
    assert document.faults[-1].message.endswith("20 more records of this file have faults.")
    assert len(document.data["kpis"]) == len(document.lost) == 70


def test_faults_outside_of_records_come_to_an_end() -> None:
    document = load(b"x: @\n" * 200)
    assert len(document.faults) == 51
    assert document.faults[-1].message.endswith("The rest of the file is not read.")


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"# only a comment\n", b"---\n", b"~", b"\xef\xbb\xbf"]
)
def test_an_empty_file(raw: bytes) -> None:
    document = load(raw)
    assert (document.data, document.faults, document.lost) == ({}, [], frozenset())


def test_a_top_level_list_or_text_is_handed_on() -> None:
    assert load(b"- a\n- b\n").data == ["a", "b"]
    assert load(b"just text\n").data == "just text"
