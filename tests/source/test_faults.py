"""Every fault of a text: its code, its place and what it tells a reader."""

from __future__ import annotations

import sys

import pytest

from kpi_cli.errors import CannotRun
from kpi_cli.source import Mark, SourceFault, load

RECORD = "kpis:\n  r:\n    name: Rate\n{}\n    owner: lan\n  other: {{name: x}}\n"


def only(raw: bytes) -> SourceFault:
    (fault,) = load(raw).faults
    return fault


@pytest.mark.parametrize(
    ("line", "place", "message", "help"),
    [
        ("    unit:kg", (4, 5), "A space is missing after `unit:`.", "Write `unit: kg`."),
        ("    unit kg", (4, 5), "A colon is missing after the key.", "Write `unit: kg`."),
        (
            "    why: so: it is",
            (4, 12),
            "A value cannot contain `: ` without quotes.",
            "Write `why: 'so: it is'`.",
        ),
        ("    unit: %", (4, 11), "A text cannot start with `%`.", "Put it in quotes: `'%'`."),
        ("    by: @lan", (4, 9), "A text cannot start with `@`.", "Put it in quotes: `'@lan'`."),
        ("    by: `lan`", (4, 9), "A text cannot start with ```.", "Put it in quotes: `'`lan`'`."),
        (
            "    why: **now** it's",
            (4, 10),
            "A text cannot start with `*` or `&`.",
            "Put it in quotes: `'**now** it''s'`.",
        ),
        (
            '    why: "so" it is',
            (4, 15),
            "There is more text after the closing quote.",
            "Put all of it in one pair of quotes: `'\"so\" it is'`.",
        ),
        (
            "    why: 'it's so'",
            (4, 14),
            "There is more text after the closing quote.",
            "Put all of it in one pair of quotes: `'it''s so'`.",
        ),
        (
            '    why: "so',
            (4, 10),
            'The text that starts with " is not closed.',
            'Add the closing " at the end of the text.',
        ),
        (
            "    why: 'so",
            (4, 10),
            "The text that starts with ' is not closed.",
            "Add the closing ' at the end of the text; an apostrophe inside single quotes is "
            "written twice.",
        ),
        (
            "    tags: [a, b",
            (4, 11),
            "This `[` is not closed, or a comma is missing in it; line 5 does not fit into it.",
            "Add `]` or the comma; a text with `,`, `[`, `]`, `{`, `}` or `: ` in it goes in "
            "quotes.",
        ),
        (
            "    target: {value: 4 tolerance: 2}",
            (4, 13),
            "This `{` is not closed, or a comma is missing in it.",
            "Add `}` or the comma; a text with `,`, `[`, `]`, `{`, `}` or `: ` in it goes in "
            "quotes.",
        ),
        (
            "      unit: kg",
            (4, 11),
            "This line is indented deeper than the key above, which has its value already.",
            "Indent it like the other keys of its record.",
        ),
        (
            "   unit: kg",
            (4, 4),
            "This line does not fit the lines above it.",
            "Indent it exactly like the other keys of its record, and write it as `key: value`.",
        ),
        (
            r'    path: "C:\plans"',
            (4, 14),
            "In double quotes a backslash starts an escape, and this is none.",
            r"Write `\\` for one backslash, or use single quotes.",
        ),
        (
            r'    note: "\ud83d\ude00"',
            (4, 12),
            "This escape is no character by itself.",
            r"Write the character, or `\U` with its eight digits.",
        ),
        (
            "    tags: - a",
            (4, 11),
            "A list cannot start in the line of its key.",
            "Begin it in the next line.",
        ),
        (
            "    why: >3x",
            (4, 12),
            "The text after `|` or `>` does not start properly.",
            "Begin it in the next line, indented deeper than its key.",
        ),
        (
            "    tags: [a,b] #x\n    more: [a]# y",
            (5, 14),
            "A comment needs a space before its `#`.",
            "Add the space; a text with `#` in brackets goes in quotes.",
        ),
        (
            "    tags: [?a]",
            (4, 12),
            "A text in brackets cannot start with `?`.",
            "Put it in quotes.",
        ),
        (
            "    tags: [:a]",
            (4, 12),
            "A value cannot start with `:` here.",
            "Put the text in quotes.",
        ),
        (
            "    tags: [a]]",
            (4, 14),
            "This `]` closes nothing.",
            "Delete it, add the `[` it belongs to, or put the text in quotes.",
        ),
        (
            "    note: &an:chor x",
            (4, 14),
            "`&an` is directly followed by `:`.",
            "Put a space after `&an`; a text that starts with `&` goes in quotes.",
        ),
        (
            "    note: !<x",
            (4, 14),
            "A text that starts with `!` is read as a tag.",
            "Put the text in quotes.",
        ),
        (
            "    note: a\x07b",
            (4, 12),
            "An invisible control character (U+0007) stands here.",
            "Delete it.",
        ),
    ],
)
def test_a_syntax_fault(line: str, place: tuple[int, int], message: str, help: str) -> None:
    document = load(RECORD.format(line).encode())
    (fault,) = document.faults
    assert (fault.code, fault.message, fault.help) == ("K001", message, help)
    assert (fault.mark.line, fault.mark.column) == place
    assert fault.route == ("kpis", "r")
    assert document.lost == {"r"}
    assert document.data == {"kpis": {"other": {"name": "x"}}}


@pytest.mark.parametrize("line", ["\tunit: kg", "    \tunit: kg", "    why: >\n    \tso"])
def test_a_tab_in_the_indentation(line: str) -> None:
    fault = only(RECORD.format(line).encode())
    assert (fault.code, fault.help) == ("K004", "Use spaces: two for each level.")
    assert fault.mark.line == 4 + line.count("\n")
    assert fault.mark.column == line.split("\n")[-1].index("\t") + 1


@pytest.mark.parametrize("line", ["\t", "    \t  ", "    unit: kg\t", "    unit:\tkg", "\t# note"])
def test_a_tab_elsewhere_is_no_fault(line: str) -> None:
    document = load(RECORD.format(line).encode())
    assert document.faults == []
    assert document.data["kpis"]["r"]["owner"] == "lan"


def test_a_repeated_key_names_both_places() -> None:
    document = load(b"kpis:\n  r:\n    name: a\n    unit: x\n    name: b\n  s: {n: 1, n: 2}\n")
    first, second = document.faults
    assert (first.code, first.route) == ("K002", ("kpis", "r"))
    assert first.message == "The key `name` is written twice here; only the first one counts."
    assert first.mark == Mark(5, 5, 5, 9)
    assert first.related == (("first written here", Mark(3, 5, 3, 9)),)
    assert (second.route, second.related[0][1]) == (("kpis", "s"), Mark(6, 7, 6, 8))
    assert document.data == {"kpis": {"r": {"name": "a", "unit": "x"}, "s": {"n": 1}}}


def test_a_repeated_record_and_section() -> None:
    document = load(b"kpis:\n  r: 1\n  r: 2\nteams: {t: 1}\nkpis:\n  s: {name: x}\n")
    assert [fault.route for fault in document.faults] == [("kpis",), ()]
    assert [fault.mark.line for fault in document.faults] == [3, 5]
    assert document.data == {"kpis": {"r": 1}, "teams": {"t": 1}}
    assert document.lost == {"s"}


def test_a_list_as_a_key() -> None:
    document = load(b"kpis:\n  r:\n    ? [a, {b: c}]\n    : {d: e}\n    name: x\n")
    (fault,) = document.faults
    assert (fault.code, fault.route) == ("K011", ("kpis", "r"))
    assert fault.message == "A key must be a word or a text, not a list or a mapping."
    assert document.data == {"kpis": {"r": {"name": "x"}}}


def test_an_alias_without_anchor() -> None:
    fault = only(b"kpis:\n  r: {note: *important}\n")
    assert fault.message == "`*important` refers to `&important`, which is not written above it."
    assert fault.route == ("kpis", "r", "note")


@pytest.mark.parametrize("raw", [b"kpis:\n  r: &a\n    x: *a\n", b"kpis:\n  r: &a {b: [1, *a]}\n"])
def test_a_value_within_itself(raw: bytes) -> None:
    document = load(raw)
    assert [(f.code, f.route[:2]) for f in document.faults] == [("K005", ("kpis", "r"))]
    assert "stands inside the value that `&a` names" in document.faults[0].message


WIDE = [("1", 200), ("*b", 100), ("*d", 4)]


def bomb(levels: int, width: int) -> bytes:
    lines = ["    x0: &x0 [lol]\n"]
    for level in range(1, levels):
        aliases = ", ".join([f"*x{level - 1}"] * width)
        lines.append(f"    x{level}: &x{level} [{aliases}]\n")
    return ("kpis:\n  sound: {name: x}\n  r:\n" + "".join(lines)).encode()


def test_an_alias_bomb_costs_its_record_only() -> None:
    document = load(bomb(30, 9))
    (fault,) = document.faults
    assert (fault.code, fault.route[:2]) == ("K005", ("kpis", "r"))
    assert document.data == {"kpis": {"sound": {"name": "x"}}}
    assert document.lost == {"r"}


def test_few_lines_with_very_many_nodes_are_a_bomb() -> None:
    ones, twos, fours = ("".join(f"{x}, " for x in [what] * n) for what, n in WIDE)
    text = f"kpis:\n  r:\n    a: &b [{ones}]\n    c: &d [{twos}]\n    e: [{fours}]\n"
    document = load(text.encode())
    assert [fault.code for fault in document.faults] == ["K005"]


@pytest.mark.parametrize("raw", [bomb(2, 50), bomb(3, 90), b"a: &x [1, 2]\nb: [*x, *x]\n"])
def test_ordinary_aliases_are_no_bomb(raw: bytes) -> None:
    assert load(raw).faults == []


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth(opening: str) -> None:
    document = load(b"kpis:\n  sound: 1\n  r:\n    " + opening.encode() * 5000 + b"\n")
    assert [fault.code for fault in document.faults] == ["K005"]
    assert document.faults[0].message == "This is nested deeper than 64 levels."
    assert document.data == {"kpis": {"sound": 1}}
    assert load(b"a: " + b"[" * 63 + b"]" * 63).faults == []


def test_a_file_too_large() -> None:
    document = load(b"kpis:\n  r: {name: x}\n", max_bytes=10)
    assert [(f.code, f.mark) for f in document.faults] == [("K006", Mark(1, 1, 1, 1))]
    assert document.data is None
    assert document.lost == {"r"}


def test_a_second_document() -> None:
    document = load(b"---\nkpis:\n  r: 1\n...\n---\nkpis:\n  s: {name: *x\nteams: {t: {name: q}}\n")
    (fault,) = document.faults
    assert (fault.code, fault.mark.line, fault.mark.column) == ("K008", 5, 1)
    assert document.data == {"kpis": {"r": 1}}
    assert {"s", "t"} <= document.lost


def test_text_after_the_end_of_the_document() -> None:
    document = load(b"kpis:\n  r: 1\n...\nteams:\n  t: 1\n")
    assert [(fault.code, fault.mark.line) for fault in document.faults] == [("K008", 4)]
    assert document.data == {"kpis": {"r": 1}}
    assert "t" in document.lost


def test_bytes_that_are_not_utf8() -> None:
    document = load("kpis:\n  q:\n    name: ok\n  r:\n    name: é caf".encode() + b"\xe9\n  s: 1\n")
    (fault,) = document.faults
    assert (fault.code, fault.mark.line, fault.mark.column) == ("K003", 5, 16)
    assert fault.message == "Byte 0xE9 is not UTF-8."
    assert document.data == {"kpis": {"q": {"name": "ok"}, "s": 1}}
    assert document.lost == {"r"}


def test_a_latin_1_file_is_one_fault() -> None:
    document = load("kpis:\n  q: é\n  r: è\n  s: ok\n".encode("latin-1"))
    assert [fault.message for fault in document.faults] == [
        "Byte 0xE9 is not UTF-8 (and 1 more such lines)."
    ]
    assert (document.data, document.lost) == ({"kpis": {"s": "ok"}}, {"q", "r"})


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings(name: str) -> None:
    document = load("kpis:\n  r:\n    name: x\n".encode(name))
    assert [(f.code, f.mark.line, f.mark.column) for f in document.faults] == [("K003", 1, 1)]
    assert document.data is None
    assert name == "utf-32" or document.lost == {"r"}


@pytest.mark.parametrize(
    "raw", [b"a: \xed\xa0\x80\n", b'a: "\\ud800"\n', b"a: b\0c\n", b"a: \x7f\n"]
)
def test_characters_no_text_has(raw: bytes) -> None:
    fault = only(raw)
    assert fault.code == ("K003" if b"\xed" in raw else "K001")
    assert fault.mark.line == 1


def test_without_libyaml_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    with pytest.raises(CannotRun, match="libyaml"):
        load(b"a: |\n  1\n")
