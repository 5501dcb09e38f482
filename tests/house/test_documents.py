"""The documents say what is there: folders, commands, make targets, links."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.house.tree import (
    ROOT,
    code_blocks,
    files,
    parts_of_the_package,
    read,
    relative,
    top_folders,
)

DOCUMENTS = [path for path in files(ROOT, "*.md") if not path.is_relative_to(ROOT / "tests")]


def entries(block: str, indent: int) -> set[str]:
    """First words of the lines of a folder map at exactly `indent` spaces: `cli/`, `plan.py`."""
    pattern = rf"^ {{{indent}}}([\w.-]+(?:/|\.py))(?=\s|$)"
    return set(re.findall(pattern, block, flags=re.MULTILINE))


def folder_map(name: str) -> str:
    """The fenced block of a document that maps the folders."""
    return next(block for block in code_blocks(read(name)) if "src/kpi_cli/" in block)


def test_the_architecture_names_every_part_of_the_package_and_no_other() -> None:
    assert entries(folder_map("ARCHITECTURE.md"), 2) == parts_of_the_package()


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "README.md"])
def test_the_folder_maps_name_every_folder_at_the_root(name: str) -> None:
    listed = {entry for entry in entries(folder_map(name), 0) if entry.endswith("/")}
    assert listed | {"src/"} == top_folders()


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_links_lead_somewhere(path: Path) -> None:
    prose = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    links = re.findall(r"!?\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)", prose)
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (path.parent / unquote(link)).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_links_within_a_page_name_a_heading(path: Path) -> None:
    text = path.read_text("utf-8")
    anchors = {anchor(title) for title in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) - anchors == set()


def anchor(title: str) -> str:
    """The fragment a heading is reached by: lower case, hyphens, no punctuation."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


def targets() -> dict[str, str]:
    """Make targets with their line of help."""
    return dict(re.findall(r"^([a-z-]+):[^\n]*?## (.+)$", read("Makefile"), flags=re.MULTILINE))


def test_every_make_target_has_one_line_of_help() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", read("Makefile"), flags=re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == set(targets())


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_make_targets_spoken_of_exist(name: str) -> None:
    spoken = set(re.findall(r"`make ([a-z-]+)", read(name)))
    assert spoken <= set(targets())


def test_the_readme_says_how_to_begin() -> None:
    assert {"demo", "test", "test-all"} <= set(re.findall(r"`?make ([a-z-]+)", read("README.md")))
