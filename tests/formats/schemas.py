"""JSON Schemas of what other tools accept, as far as we write it, from their documentation.

Stricter than theirs where they allow what we never write: no other key passes.
"""

from __future__ import annotations

from typing import Any

INTEGER = {"type": "integer", "minimum": 1}
STRING = {"type": "string"}


def record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object of these keys and no other."""
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def listed(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An array."""
    return {"type": "array", "items": items, **more}


_MESSAGE = record({"text": {**STRING, "minLength": 1}})
_MULTIFORMAT = record({"text": STRING}, {"markdown": STRING})
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_REGION = record(
    {"startLine": INTEGER, "startColumn": INTEGER}, {"endLine": INTEGER, "endColumn": INTEGER}
)
# A relative reference (RFC 3986): no scheme, no leading slash, nothing but its characters.
_ARTIFACT = record({"uri": {**STRING, "pattern": r"^(?!/)[A-Za-z0-9._~/%-]+$"}})
_PHYSICAL = record({"artifactLocation": _ARTIFACT, "region": _REGION})
_LOCATION = record(
    {"physicalLocation": _PHYSICAL}, {"logicalLocations": listed(record({"name": STRING}))}
)
_RELATED = record({"id": {"type": "integer"}, "message": _MESSAGE, "physicalLocation": _PHYSICAL})
_SUPPRESSION = record(
    {
        "kind": {"enum": ["inSource", "external"]},
        "status": {"enum": ["accepted", "underReview", "rejected"]},
        "justification": {**STRING, "minLength": 1},
    }
)
_REPLACEMENT = record({"deletedRegion": _REGION, "insertedContent": record({"text": STRING})})
_CHANGE = record({"artifactLocation": _ARTIFACT, "replacements": listed(_REPLACEMENT, minItems=1)})
_RESULT = record(
    {
        "ruleId": {**STRING, "pattern": r"^[A-Z]\d{3}$"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": _LEVEL,
        "message": _MESSAGE,
        "locations": listed(_LOCATION, minItems=1, maxItems=1),
        "partialFingerprints": {
            "type": "object",
            "additionalProperties": STRING,
            "minProperties": 1,
        },
    },
    {
        "relatedLocations": listed(_RELATED),
        "suppressions": listed(_SUPPRESSION, minItems=1),
        "fixes": listed(
            record({"artifactChanges": listed(_CHANGE, minItems=1), "description": _MESSAGE})
        ),
    },
)
_RULE = record(
    {
        "id": STRING,
        "name": {**STRING, "pattern": r"^[A-Z][A-Za-z0-9]+$"},
        "shortDescription": _MESSAGE,
        "fullDescription": _MESSAGE,
        "help": _MULTIFORMAT,
        "defaultConfiguration": record({"level": _LEVEL}),
        "properties": record({"tags": listed(STRING, maxItems=20)}),
    }
)
_INVOCATION = record(
    {"executionSuccessful": {"type": "boolean"}},
    {"toolExecutionNotifications": listed(record({"level": _LEVEL, "message": _MESSAGE}))},
)
_DRIVER = record(
    {"name": STRING, "semanticVersion": STRING, "rules": listed(_RULE, uniqueItems=True)}
)
SARIF = record(
    {
        "$schema": {**STRING, "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": listed(
            record(
                {
                    "tool": record({"driver": _DRIVER}),
                    "columnKind": {"const": "unicodeCodePoints"},
                    "automationDetails": record({"id": STRING}),
                    "invocations": listed(_INVOCATION, minItems=1),
                    "results": listed(_RESULT, maxItems=5000),
                }
            ),
            minItems=1,
            maxItems=1,
        ),
    }
)

GITLAB = listed(
    record(
        {
            "description": {**STRING, "minLength": 1},
            "check_name": STRING,
            "fingerprint": {**STRING, "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": record(
                {"path": STRING, "lines": record({"begin": INTEGER, "end": INTEGER})}
            ),
        }
    )
)

_POSITION = record({"line": INTEGER, "column": INTEGER})
_RANGE = record({"start": _POSITION}, {"end": _POSITION})
_PLACE = record({"path": STRING, "range": _RANGE})
RDJSON = record(
    {
        "source": record({"name": STRING}),
        "diagnostics": listed(
            record(
                {
                    "message": STRING,
                    "location": _PLACE,
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": record({"value": STRING}),
                },
                {
                    "related_locations": listed(record({"message": STRING, "location": _PLACE})),
                    "suggestions": listed(record({"range": _RANGE, "text": STRING})),
                },
            )
        ),
    },
    {"severity": {"enum": ["ERROR", "WARNING", "INFO"]}},
)
