"""The published JSON Schemas: of a plan file and of `kpi.yaml`, made from the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from kpi_cli.models.config import Config
from kpi_cli.models.guide import FIELDS, WORDS
from kpi_cli.models.kpi import Kpi
from kpi_cli.models.model import Model
from kpi_cli.models.objective import Objective
from kpi_cli.models.record import ID, ID_OR_DIGIT, Record
from kpi_cli.models.strict import strict
from kpi_cli.models.work import Action, GlossaryTerm, Initiative, Person, Recognition, Review, Team

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_RECORDS: tuple[type[Record], ...] = (
    Team, Person, Objective, Kpi, Initiative, Action, Recognition, Review, GlossaryTerm
)  # fmt: skip
_DIGIT_FIRST = ("reviews", "recognitions")


def plan_schema() -> dict[str, Any]:
    """The schema of a plan file: sections of records by id."""
    definitions = _definitions(_RECORDS)
    sections = {
        model.section: {
            "type": ["object", "null"],
            "description": _first_line(model),
            "propertyNames": {"not": {"enum": ["min", "max"]}},
            "patternProperties": {
                _id_pattern(model.section): {"$ref": f"#/$defs/{model.__name__}"}
            },
            "additionalProperties": False,
        }
        for model in _RECORDS
    }
    return {
        "$schema": DIALECT,
        "title": "kpi plan file",
        "type": ["object", "null"],
        "properties": sections,
        "additionalProperties": False,
        "$defs": definitions,
    }


def config_schema() -> dict[str, Any]:
    """The schema of `kpi.yaml`."""
    definitions = _definitions((Config,))
    root = definitions.pop("Config")
    root["required"] = ["version"]
    return {"$schema": DIALECT, **root, "title": "kpi.yaml", "$defs": definitions}


def _id_pattern(section: str) -> str:
    return f"^{(ID_OR_DIGIT if section in _DIGIT_FIRST else ID).pattern}$"


def _first_line(model: type[Model]) -> str:
    return (model.__doc__ or "").strip().split("\n")[0]


def _definitions(models: tuple[type[Model], ...]) -> dict[str, Any]:
    _, schema = models_json_schema([(strict(model), "validation") for model in models])
    definitions: dict[str, Any] = schema["$defs"]
    for name, definition in definitions.items():
        _tidy(definition)
        _explain(name, definition)
    return dict(sorted(definitions.items()))


def _explain(model: str, definition: dict[str, Any]) -> None:
    """A sentence for each key, and the meaning of each word it may be."""
    for key, value in definition.get("properties", {}).items():
        if text := FIELDS.get(model, {}).get(key):
            value["description"] = text
    for words in _enums(definition):
        known = [WORDS.get(word, "") if isinstance(word, str) else "" for word in words["enum"]]
        if all(known):
            words["enumDescriptions"] = known
            words["markdownEnumDescriptions"] = known


def _enums(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that lists words."""
    if isinstance(schema, dict):
        if isinstance(schema.get("enum"), list):
            yield schema
        for part in list(schema.values()):
            yield from _enums(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _enums(part)


def _tidy(definition: dict[str, Any]) -> None:
    """No `id` (it is the record's key), no made-up titles, no defaults of our own types."""
    properties = definition.get("properties", {})
    hidden = [key for key, value in properties.items() if value.get("hidden")]
    for key in hidden:
        del properties[key]
    for value in properties.values():
        value.pop("title", None)
        if value.get("default", 0) is None:
            del value["default"]
    required = [key for key in definition.get("required", []) if key not in hidden]
    definition.pop("required", None)
    if required:
        definition["required"] = required
