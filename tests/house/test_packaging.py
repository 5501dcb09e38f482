"""Metadata agrees with itself: one version, pinned requirements, typed, every layer listed."""

import re
import tomllib
from typing import Any

import pytest

from kpi_cli import __version__
from tests.house.tree import PACKAGE, parts_of_the_package, read

PYPROJECT: dict[str, Any] = tomllib.loads(read("pyproject.toml"))
PROJECT: dict[str, Any] = PYPROJECT["project"]
REQUIREMENTS = [
    *PROJECT["dependencies"],
    *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
]


def canonical(name: str) -> str:
    """A package name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    """constraints.txt as package -> version; any other line than `name==version` is an error."""
    lines = [line.split("#")[0].strip() for line in read("constraints.txt").splitlines()]
    pairs = [re.fullmatch(r"([\w.-]+)==([\w.+!]+)", line) for line in lines if line]
    assert all(pairs), "constraints.txt holds only lines of the form name==version"
    return {canonical(pair[1]): pair[2] for pair in pairs if pair}


def numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version, to compare by: 2.14.3 -> (2, 14, 3)."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_each_requirement_is_pinned_within_its_bounds(requirement: str) -> None:
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None
    pinned = numbers(pins()[canonical(name[0])])
    for sign, bound in re.findall(r"(>=|<)([\d.]+)", requirement):
        assert pinned >= numbers(bound) if sign == ">=" else pinned < numbers(bound)


def test_the_version_is_written_once() -> None:
    assert PROJECT["dynamic"] == ["version"]
    assert PYPROJECT["tool"]["hatch"]["version"]["path"] == "src/kpi_cli/__init__.py"
    assert f"## {__version__}" in read("CHANGELOG.md")


def test_each_run_time_dependency_is_argued() -> None:
    decisions = read("docs/decisions.md").lower()
    names = [re.match(r"[\w.-]+", line)[0] for line in PROJECT["dependencies"]]  # type: ignore[index]
    assert [name for name in names if name.lower() not in decisions] == []


def test_the_package_says_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_every_part_of_the_package_has_its_layer() -> None:
    contract = next(
        c for c in PYPROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers"
    )
    listed = {name for line in contract["layers"] for name in re.findall(r"\w+", line)}
    parts = {part.rstrip("/").removesuffix(".py") for part in parts_of_the_package()}
    assert contract["exhaustive"] is True
    assert parts - listed == set()
