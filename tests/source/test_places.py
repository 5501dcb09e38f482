"""Places of keys and values, and files of every awkward style."""

from __future__ import annotations

import pytest

from kpi_cli.source import Locator, Mark, load

TEXT = """\
kpis:
  a:
    name: "Rate"   # said
    why: |
      one

      two

    list: [1, {b: 2}]
    deep:
      - x: &n 1
        y: !!str z
      - *n
    empty:
    long: it goes
      on here
  'b c': {d: [3,
      4]}
"""


@pytest.mark.parametrize(
    ("route", "key", "value"),
    [
        (("kpis",), (1, 1, 1, 5), (2, 3, 2, 5)),
        (("kpis", "a"), (2, 3, 2, 4), (3, 5, 3, 26)),
        (("kpis", "a", "name"), (3, 5, 3, 9), (3, 11, 3, 17)),
        (("kpis", "a", "why"), (4, 5, 4, 8), (4, 10, 7, 10)),
        (("kpis", "a", "list"), (9, 5, 9, 9), (9, 11, 9, 22)),
        (("kpis", "a", "list", 1), (9, 15, 9, 21), (9, 15, 9, 21)),
        (("kpis", "a", "list", 1, "b"), (9, 16, 9, 17), (9, 19, 9, 20)),
        (("kpis", "a", "deep"), (10, 5, 10, 9), (11, 7, 11, 16)),
        (("kpis", "a", "deep", 0, "x"), (11, 9, 11, 10), (11, 12, 11, 16)),
        (("kpis", "a", "deep", 0, "y"), (12, 9, 12, 10), (12, 12, 12, 19)),
        (("kpis", "a", "deep", 1), (13, 9, 13, 11), (13, 9, 13, 11)),
        (("kpis", "a", "empty"), (14, 5, 14, 10), (14, 11, 14, 11)),
        (("kpis", "a", "long"), (15, 5, 15, 9), (15, 11, 16, 14)),
        (("kpis", "b c"), (17, 3, 17, 8), (17, 10, 17, 17)),
        (("kpis", "b c", "d", 1), (18, 7, 18, 8), (18, 7, 18, 8)),
    ],
)
def test_places(
    route: tuple[str | int, ...],
    key: tuple[int, int, int, int],
    value: tuple[int, int, int, int],
) -> None:
    locator = Locator(TEXT.encode())
    assert locator.key(route) == Mark(*key)
    assert locator.value(route) == Mark(*value)


def test_the_nearest_ancestor_stands_in_for_what_is_missing() -> None:
    locator = Locator(TEXT.encode())
    name = locator.value(("kpis", "a", "name"))
    assert locator.value(("kpis", "a", "name", "no", 3)) == name
    assert locator.key(("kpis", "a", "no")) == Mark(2, 3, 2, 4)
    assert locator.key(("kpis", "no", "name")) == Mark(1, 1, 1, 5)
    assert locator.value(("nothing",)) == locator.value(()) == Mark(1, 1, 1, 6)
    assert Locator(b"").value(("a",)) is None
    assert Locator(b"").key(()) is None


def test_sound_records_of_a_faulty_file_have_places() -> None:
    raw = b'kpis:\n  a:\n    x: "b\n  c:\n    y: 1\nteams: {t: {z: 2}}\n'
    locator = Locator(raw)
    assert locator.key(("kpis", "c", "y")) == Mark(5, 5, 5, 6)
    assert locator.key(("teams", "t", "z")) == Mark(6, 13, 6, 14)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_columns_count_characters_whatever_the_file_is_like(start: str, end: str) -> None:
    lines = [
        "kpis:",
        "  ក្មេង:",
        "    نسبة: 'e\u0301'",
        "    a\u2028b: c\u0085d",
        "    e: 😀",
        "    f: {g: 1}",
        "",
    ]
    raw = (start + end.join(lines)).encode()
    document, locator = load(raw), Locator(raw)
    assert document.faults == []
    assert document.data == {
        "kpis": {"ក្មេង": {"نسبة": "e\u0301", "a\u2028b": "c\u0085d", "e": "😀", "f": {"g": 1}}}
    }
    assert locator.value(("kpis", "ក្មេង", "نسبة")) == Mark(3, 11, 3, 15)
    assert locator.key(("kpis", "ក្មេង", "a\u2028b")) == Mark(4, 5, 4, 8)
    assert locator.value(("kpis", "ក្មេង", "a\u2028b")) == Mark(4, 10, 4, 13)
    assert locator.value(("kpis", "ក្មេង", "f", "g")) == Mark(6, 12, 6, 13)


@pytest.mark.parametrize("sign", ["\u0085", "\u2028", "\u2029"])
@pytest.mark.parametrize("form", ["x{}y", "'x{}y'", '"x{}y"', "|-\n  x{}y", ">-\n  x{}y", "[x{}y]"])
def test_line_ends_of_yaml_1_1_are_ordinary_characters(sign: str, form: str) -> None:
    raw = f"a: {form.format(sign)}\n---\n".encode()
    document = load(raw)
    text = f"x{sign}y"
    assert document.data["a"] == ([text] if form[0] == "[" else text)
    assert [fault.mark.line for fault in document.faults] == [2 + form.count("\n")]


def test_a_stand_in_never_hides_a_character_of_the_text() -> None:
    raw = 'a: "\ue000\u0085\\uE001\\N"\n'.encode()
    assert load(raw).data == {"a": "\ue000\u0085\ue001\u0085"}


def test_a_last_line_of_spaces_is_a_blank_line() -> None:
    assert load(b"a: |\n  x\n   ").data == {"a": "x\n \n"}


def test_folding_chomping_and_flow_over_lines() -> None:
    raw = b"a: >-\n  x\n  y\n\n  z\nb: |+\n  q\n\nc: [1,\n  2, {d: 3,\n   e: 4}]\nf: 'g\n\n  h'\n"
    assert load(raw).data == {
        "a": "x y\nz", "b": "q\n\n", "c": [1, 2, {"d": 3, "e": 4}], "f": "g\nh",
    }  # fmt: skip
