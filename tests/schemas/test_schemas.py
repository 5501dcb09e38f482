"""The published JSON Schemas: complete, accepted by other validators, true to the reader."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kpi_cli.checks.examples import read_example
from kpi_cli.checks.registry import Rule, catalogue
from kpi_cli.models.published import config_schema, plan_schema
from kpi_cli.source import load
from kpi_cli.workspace import CONFIG, is_plan_file
from tests.house.tree import ROOT

PLAN, SETTINGS = plan_schema(), config_schema()
RULES = list(catalogue().values())
SEEN_BY_A_SCHEMA = ("K010", "K011", "K012", "K013", "K014", "K015", "K016")
PLANS = sorted(
    path
    for folder in ("examples", "src/kpi_cli/library/templates", "tests/cli/workspaces/forms")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.name != CONFIG and "maps" not in path.parts
)


def objects(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping with known keys, by name."""
    yield "root", schema
    yield from schema["$defs"].items()


def enums(schema: Any) -> Iterator[dict[str, Any]]:
    """Every list of words, those of reserved ids left out."""
    if isinstance(schema, dict):
        if isinstance(schema.get("enum"), list) and schema["enum"] != ["min", "max"]:
            yield schema
        for part in schema.values():
            yield from enums(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from enums(part)


@pytest.mark.parametrize("schema", [PLAN, SETTINGS], ids=["plan", "kpi"])
def test_a_schema_is_one_and_explains_itself(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    silent = [
        f"{name}.{key}"
        for name, definition in objects(schema)
        for key, value in definition.get("properties", {}).items()
        if not value.get("description")
    ]
    assert silent == []
    for words in enums(schema):
        assert len(words["enumDescriptions"]) == len(words["enum"])


def check(schema: str, paths: list[Path]) -> subprocess.CompletedProcess[str]:
    """A run of check-jsonschema."""
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(ROOT / schema)]
    return subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, check=False, cwd=ROOT
    )


def test_every_plan_file_of_ours_passes_check_jsonschema() -> None:
    assert len(PLANS) > 20
    done = check("schemas/plan.schema.json", PLANS)
    assert (done.returncode, done.stdout.strip()) == (0, "ok -- validation done")
    settings = sorted(p.with_name(CONFIG) for p in PLANS if p.with_name(CONFIG).is_file())
    assert check("schemas/kpi.schema.json", sorted(set(settings))).returncode == 0


def test_check_jsonschema_refuses_a_bad_one(tmp_path: Path) -> None:
    bad = tmp_path / "plan.yaml"
    bad.write_text("kpis: {visits: {name: Visits, frequency: sometimes}}\n", encoding="utf-8")
    assert check("schemas/plan.schema.json", [bad]).returncode == 1
    bad.write_text("version: 1\nchecks: {profil: kpi}\n", encoding="utf-8")
    assert check("schemas/kpi.schema.json", [bad]).returncode == 1


def accepted(files: dict[str, str]) -> bool:
    """Whether the schemas accept every file of an example."""
    validators = {True: Draft202012Validator(SETTINGS), False: Draft202012Validator(PLAN)}
    return all(
        validators[path == CONFIG].is_valid(load(text.encode()).data)
        for path, text in files.items()
        if path == CONFIG or is_plan_file(path)
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_good_example_of_each_rule_is_accepted(rule: Rule) -> None:
    assert accepted(dict(read_example(rule.section("Good")).files))


@pytest.mark.parametrize("code", SEEN_BY_A_SCHEMA)
def test_the_bad_example_of_a_fault_of_shape_is_refused(code: str) -> None:
    files = dict(read_example(catalogue()[code].section("Bad")).files)
    assert not accepted(files)


def test_an_ignore_needs_its_reason() -> None:
    text = "people: {lan: {name: Lan, ignore: [{code: K105}]}}\n"
    assert not accepted({"plan.yaml": text})
    assert accepted({"plan.yaml": text.replace("K105", "K105, reason: soon")})
