"""What may stand at a place, from the published JSON Schema: keys, words and their meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kpi_cli.models.published import config_schema, plan_schema
from kpi_cli.workspace import CONFIG

Path = Sequence[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A key or a word that may be written, and what it means."""

    text: str
    meaning: str
    opens: bool = False


def keys_at(file: str, path: Path) -> tuple[Choice, ...]:
    """The keys of the mapping at a path of keys, in the order of the format."""
    found: dict[str, Choice] = {}
    for schema in _at(file, path):
        required = schema.get("required", ())
        for key, value in schema.get("properties", {}).items():
            meaning = _meaning(file, value)
            text = f"{meaning} Required." if key in required and len(required) < 3 else meaning
            found.setdefault(key, Choice(key, text, _is_block(file, value)))
    return tuple(found.values())


def words_at(file: str, path: Path) -> tuple[Choice, ...]:
    """The words that may stand at a path, where they come from a list."""
    found: dict[str, Choice] = {}
    for schema in _at(file, path):
        for choice in _words(schema):
            found.setdefault(choice.text, choice)
    return tuple(found.values())


def meaning_of(file: str, path: Path) -> str:
    """What a key means; empty where it is unknown or has no sentence."""
    if not path:
        return ""
    return next((c.meaning for c in keys_at(file, path[:-1]) if c.text == path[-1]), "")


def _words(schema: dict[str, Any]) -> Iterator[Choice]:
    words = schema.get("enum", [schema["const"]] if "const" in schema else [])
    meanings = schema.get("enumDescriptions") or [""] * len(words)
    for word, meaning in zip(words, meanings, strict=True):
        yield Choice(_written(word), meaning)
    if schema.get("type") == "boolean" and not words:
        yield from (Choice("true", ""), Choice("false", ""))


def _written(word: Any) -> str:
    return {True: "true", False: "false"}.get(word, str(word)) if word is not None else "null"


def _meaning(file: str, schema: dict[str, Any]) -> str:
    said = (schema, *_options(file, schema))
    return next((text for one in said if (text := str(one.get("description", "")))), "")


def _is_block(file: str, schema: dict[str, Any]) -> bool:
    """Whether a value can only be a mapping or a list."""
    kinds = [one.get("type") for one in _leaves(file, schema)]
    return bool(kinds) and all(kind in ("object", "array", "null") for kind in kinds)


def _at(file: str, path: Path) -> list[dict[str, Any]]:
    found = list(_options(file, _root(file)))
    for step in path:
        found = [one for schema in found for one in _below(file, schema, step)]
    return found


def _below(file: str, schema: dict[str, Any], step: str) -> Iterator[dict[str, Any]]:
    properties = schema.get("properties", {})
    if step in properties:
        yield from _options(file, properties[step])
        return
    for pattern, value in schema.get("patternProperties", {}).items():
        if re.search(pattern, step):
            yield from _options(file, value)
    other = schema.get("additionalProperties")
    if isinstance(other, dict):
        yield from _options(file, other)


def _options(file: str, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a value may be, one by one; entries of lists stand in the place of the list."""
    for leaf in _leaves(file, schema):
        yield leaf
        if isinstance(leaf.get("items"), dict):
            yield from _options(file, leaf["items"])


def _leaves(file: str, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        yield from _leaves(file, _root(file)["$defs"][name])
        return
    choices = [one for word in ("anyOf", "oneOf", "allOf") for one in schema.get(word, ())]
    if not choices:
        yield schema
    for one in choices:
        yield from _leaves(file, one)


@lru_cache(maxsize=2)
def _schema(is_config: bool) -> dict[str, Any]:
    return config_schema() if is_config else plan_schema()


def _root(file: str) -> dict[str, Any]:
    return _schema(file == CONFIG)
