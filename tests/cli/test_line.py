"""The quick reader of a line and typer agree, or the quick one holds its tongue."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.cli.declare import Parameter, parameters
from kpi_cli.cli.found import command_names, function_of, settings_of
from kpi_cli.cli.line import Line, read
from kpi_cli.cli.options import Options, global_parameters
from kpi_cli.cli.typed import build

NAMES = command_names()
WORDS = ("orders", "2026-05", "plans/sales.yaml", "-", "", "a b", "ä=b", "show", "0", "-3.5", "7")
NOISE = (
    "--", "--nope", "--nope=1", "-x", "-qv", "-oa=b", "-o=a", "--strict", "--plain=1", "--help",
    "-h", "--version", "---", "-1a", "--as", "--port", "99999", "\udcff",
)  # fmt: skip


@cache
def reader(name: str) -> Callable[[list[str]], Line | None]:
    """How typer reads a line of this command: what its function would be given, else None."""
    calls: list[tuple[Options, dict[str, Any]]] = []

    def note(_function: Any, options: Options, values: dict[str, Any]) -> int:
        calls.append((options, values))
        return 0

    command = typer.main.get_command(build([name], note))

    def by_typer(arguments: list[str]) -> Line | None:
        calls.clear()
        with pytest.raises(SystemExit):
            command.main(args=arguments, prog_name="kpi", standalone_mode=True)
        return Line(name, *calls[0]) if calls else None

    return by_typer


def value_of(parameter: Parameter) -> st.SearchStrategy[str]:
    """A value that is right for a parameter."""
    if isinstance(parameter.kind, tuple):
        return st.sampled_from(parameter.kind)
    if parameter.kind is int:
        return st.integers(0, 65535).map(str)
    if parameter.kind is float:
        return st.sampled_from(["0", "70", "12.5", "-1"])
    return st.sampled_from([word for word in WORDS if not word.startswith("-")])


def option(parameter: Parameter) -> st.SearchStrategy[list[str]]:
    """An option as it may be written, with a value that is right."""
    flags = st.sampled_from(parameter.declared.flags)
    if parameter.is_flag:
        return flags.map(lambda flag: [flag])
    apart = st.tuples(flags, value_of(parameter)).map(list)
    long = st.just(parameter.declared.flags[0])
    return apart | st.tuples(long, value_of(parameter)).map(lambda two: ["=".join(two)])


def joined(parts: st.SearchStrategy[list[list[str]]]) -> st.SearchStrategy[list[str]]:
    return parts.map(lambda found: [word for part in found for word in part])


def options(found: tuple[Parameter, ...]) -> st.SearchStrategy[list[str]]:
    """Some options, each with a value that is right."""
    known = [option(one) for one in found if not one.is_argument]
    return joined(st.lists(st.one_of(known), max_size=4))


def plain_lines(name: str) -> st.SearchStrategy[list[str]]:
    """Lines without any fault."""
    own = parameters(function_of(name))
    needed = [one for one in own if one.required]
    words = [
        option(one) if not one.is_argument else value_of(one).map(lambda word: [word])
        for one in needed
    ]
    return joined(
        st.tuples(
            options(global_parameters()), st.just([name]), *words,
            options((*own, *global_parameters())),
        ).map(list)
    )  # fmt: skip


def odd_lines(name: str) -> st.SearchStrategy[list[str]]:
    """Lines of this command that may well have faults."""
    own = parameters(function_of(name))
    pieces = st.one_of(
        st.sampled_from((*WORDS, *NOISE)).map(lambda word: [word]),
        options((*own, *global_parameters())),
        st.sampled_from([flag for one in own for flag in one.declared.flags] or ["--"]).map(
            lambda flag: [flag]
        ),
    )
    before = options(global_parameters()) | st.sampled_from(NOISE).map(lambda word: [word])
    return st.tuples(plain_lines(name), joined(st.lists(pieces, max_size=4)), before).map(
        lambda three: [*three[2], *three[0], *three[1]]
    )


def told(line: Line) -> str:
    """A line in a form in which 1 and True, [] and None differ."""
    return repr((line.command, line.options, sorted(line.values.items())))


@pytest.mark.parametrize("name", NAMES)
def test_what_the_quick_reader_takes_typer_reads_as_the_same(name: str) -> None:
    by_typer = reader(name)

    @settings(max_examples=30)
    @given(odd_lines(name), st.sampled_from([{}, {"KPI_AS_OF": "2026-05-31"}, {"KPI_AS_OF": ""}]))
    def agree(arguments: list[str], env: dict[str, str]) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("KPI_AS_OF", raising=False)
            for key, value in env.items():
                patch.setenv(key, value)
            quick, slow = read(arguments, NAMES, env), None
            if quick is not None:
                slow = by_typer(arguments)
        if quick is not None:
            assert slow is not None, "typer has a fault to tell"
            assert told(quick) == told(slow)

    agree()


@pytest.mark.parametrize("name", NAMES)
def test_a_line_without_faults_needs_no_typer(name: str) -> None:
    @settings(max_examples=10)
    @given(plain_lines(name))
    def taken(arguments: list[str]) -> None:
        assert read(arguments, NAMES, {}) is not None

    taken()


def examples() -> list[str]:
    """The lines the help of each command shows, without what the shell does with them."""
    return [
        re.split(r" [<>] |  +\(", line.strip())[0]
        for name in NAMES
        for line in (function_of(name).__doc__ or "").replace("Example: ", "\n").splitlines()
        if line.strip().startswith("kpi ")
    ]


@pytest.mark.parametrize("line", examples())
def test_every_example_is_read_the_quick_way_and_as_typer_does(line: str) -> None:
    arguments = shlex.split(line)[1:]
    quick = read(arguments, NAMES, {})
    assert quick is not None
    slow = reader(quick.command)(arguments)
    assert slow is not None
    assert told(quick) == told(slow)


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["--help"], ["--version"], ["nothing"], ["--plain"], ["validate", "--help"],
        ["validate", "--nope"], ["validate", "--diff-base"], ["validate", "-qv"],
        ["--color", "blue", "validate"], ["serve", "--port", "65536"], ["serve", "--port", "x"],
        ["schema", "one", "two"], ["show"], ["validate", "--strict=yes"], ["--", "validate"],
        ["record", "x", "2026-05", "-1", "--help"], ["check-smart", "--min-score", "1e2"],
    ],
)  # fmt: skip
def test_what_leaves_a_doubt_is_left_to_typer(arguments: list[str]) -> None:
    assert read(arguments, NAMES, {}) is None


def test_a_path_that_cannot_be_read_is_left_to_typer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert read(["validate", str(tmp_path)], NAMES, {}) is None
    assert read(["validate", str(tmp_path / "none")], NAMES, {}) is not None


def test_a_flag_wins_over_the_variable_wherever_it_stands() -> None:
    env = {"KPI_AS_OF": "2026-05-31"}
    for arguments in (["--as-of", "2025-01-01", "status"], ["status", "--as-of", "2025-01-01"]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KPI_AS_OF", env["KPI_AS_OF"])
            quick, slow = read(arguments, NAMES, env), reader("status")(arguments)
        assert quick is not None
        assert slow is not None
        assert (quick.options.as_of, slow.options.as_of) == ("2025-01-01", "2025-01-01")


def test_commands_that_are_lenient_say_so_to_both() -> None:
    lenient = {name for name in NAMES if settings_of(name)}
    assert lenient == {"impact", "new", "record", "review"}
