"""JSON Schema of the values our own code reads: targets, baselines, paths, actuals."""

from __future__ import annotations

from typing import Any

_NUMBER: dict[str, Any] = {"type": "number"}
DATE: dict[str, Any] = {
    "type": "string",
    "format": "date",
    "pattern": r"^\d{4}-\d{2}-\d{2}$",
    "examples": ["2026-03-31"],
}
PERIOD_KEYS = r"^((FY)?\d{4}(-H[12]|-Q[1-4])?|\d{4}-W\d{2}|\d{4}-\d{2}(-\d{2})?)$"


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _by_period(entry: dict[str, Any], **named: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": named,
        "patternProperties": {PERIOD_KEYS: entry},
        "additionalProperties": False,
    }


_BAND: dict[str, Any] = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_TOLERANCE = {"tolerance": {"type": "number", "minimum": 0}}
_MILESTONE = _object(
    {
        "name": {"type": "string"},
        "due": DATE,
        "weight": {"type": "number", "minimum": 0},
        "done": {"anyOf": [{"type": "boolean"}, DATE]},
    },
    "name",
)

TARGET_SCHEMA: dict[str, Any] = {
    "description": "What is to be reached or kept.",
    "anyOf": [
        {"type": "number", "description": "Move from the baseline to this value."},
        {
            "type": "string",
            "pattern": r"^[+-]\s*\d+(\.\d+)?\s*(%|pp)$",
            "description": "Relative to the baseline.",
            "examples": ["+15%", "-15%", "+15pp"],
        },
        _object({"value": _NUMBER}, "value"),
        _object({"at_least": {"anyOf": [_NUMBER, _by_period(_NUMBER)]}, **_TOLERANCE}, "at_least"),
        _object({"at_most": {"anyOf": [_NUMBER, _by_period(_NUMBER)]}, **_TOLERANCE}, "at_most"),
        _object({"between": {"anyOf": [_BAND, _by_period(_BAND)]}, **_TOLERANCE}, "between"),
        _object({"done": {"const": True}}, "done"),
        _object(
            {
                "zones": {
                    "type": "object",
                    "minProperties": 2,
                    "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
                },
                "reach": {"type": "string"},
            },
            "zones",
        ),
        _object(
            {"stretch": _NUMBER, "reach": {"enum": ["commit", "target", "stretch"]}}, "stretch"
        ),
        _object(
            {"milestones": {"type": "array", "minItems": 1, "items": _MILESTONE}}, "milestones"
        ),
    ],
}

BASELINE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        _NUMBER,
        _object({"value": _NUMBER, "date": DATE, "note": {"type": "string"}}, "value"),
    ]
}

PATH_SCHEMA: dict[str, Any] = _by_period(_NUMBER)

_FILE = _object(
    {
        **{
            key: {"type": "string"}
            for key in ("file", "period", "value", "numerator", "denominator", "segment", "note")
        },
        "where": {"type": "object"},
    },
    "file",
    "period",
)
_ROW = {
    "anyOf": [
        {"type": ["number", "boolean", "string", "null"]},
        _object(
            {
                "value": {"type": ["number", "boolean", "string", "null"]},
                "numerator": {"type": ["number", "null"]},
                "denominator": {"type": ["number", "null"]},
                "note": {"type": "string"},
            }
        ),
    ]
}
ACTUALS_SCHEMA: dict[str, Any] = _by_period(_ROW, files={"type": "array", "items": _FILE})
