"""JSON Schemas of the file that people write and of the canonical form, made from what the readers themselves use."""

from __future__ import annotations

from typing import Any, Final

from pydantic.json_schema import models_json_schema

from casualties.errors import UnknownNameError
from casualties.files.disk import FORMAT_VERSION
from casualties.files.json import RECORDS, TEXTS
from casualties.files.yaml._grammar import (
    ASSESSMENT,
    CITED,
    ENTRY,
    FIGURE,
    GROUP,
    LINK,
    RELAY,
    REPORT,
    SAME,
    SECTIONS,
    SOURCE,
    SUBJECT,
    TERM,
    TERM_SECTIONS,
    TOTAL,
    UNREAD,
    Key,
    Shape,
)
from casualties.files.yaml._read_subjects import DEFAULTS
from casualties.model.claim import Claim
from casualties.model.facet import FACETS
from casualties.model.harm import HARMS
from casualties.model.identification import Identification
from casualties.model.ledger import SETTABLE_APART

__all__ = ["schema"]

_Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final = {"type": ["string", "integer"]}  # a YAML reader takes digits for a number, this library for text
_COUNTS: Final = {str(harm.harm): Key(Shape.FIGURE, f"The count of the {harm.plural}.") for harm in HARMS.values()}
_NESTED: Final = {
    Shape.SUBJECT: "subject",
    Shape.VICTIMS: "group",
    Shape.FIGURE: "figure",
    Shape.CITED: "citation",
    Shape.ASSESSMENTS: "assessment",
    Shape.LINKS: "link",
    Shape.SUBJECTS: "subject",
}
_OR_TEXT: Final = (Shape.VICTIMS, Shape.FIGURE, Shape.CITED, Shape.LINKS)
_OR_LIST: Final = (Shape.CITED, Shape.ASSESSMENTS, Shape.LINKS, Shape.SUBJECTS)


def schema(kind: str) -> _Schema:
    """Give the JSON Schema (draft 2020-12) of a format.

    A schema helps an editor while a file is written.
    What it cannot tell, such as an undeclared source or words that state no count, reading the file tells.

    Args:
        kind: ``yaml`` for the file that people write, ``json`` for the canonical form.

    Returns:
        The schema as plain values.

    Raises:
        UnknownNameError: If there is no schema of the name.

    Examples:
        >>> from casualties.files import schema
        >>> schema("yaml")["required"]
        ['casualties']
    """
    made = {"yaml": _written, "json": _canonical}
    if kind not in made:
        raise UnknownNameError(f"schema {kind!r}: there is none of this name", "unknown-format", "one of json, yaml")
    return {"$schema": _DIALECT, "title": f"casualties {FORMAT_VERSION}, {kind}", **made[kind]()}


def _written() -> _Schema:
    parts = {
        "group": GROUP,
        "subject": SUBJECT,
        "figure": FIGURE,
        "citation": CITED,
        "assessment": ASSESSMENT,
        "link": LINK,
        "term": TERM,
        "source": SOURCE,
        "relay": RELAY,
        "report": REPORT,
        "total": TOTAL,
        "identification": SAME,
        "unread": UNREAD,
    }
    texts = _one_or_list(_TEXT)
    apart = {"enum": list(SETTABLE_APART)}
    sections: _Schema = {
        "casualties": {"const": FORMAT_VERSION},
        "title": _TEXT,
        "titles": texts,
        "timezone": texts,
        "defaults": _map(DEFAULTS),
        "apart": _one_or_list(apart),
        "groups": _named("group"),
        "sources": _named("source"),
        "relays": _named("relay"),
        "reports": _named("report"),
        "same": _one_or_list(_ref("identification")),
        "totals": _one_or_list(_ref("total")),
        "unread": _one_or_list(_ref("unread")),
        "claims": {"type": "array", "items": _ref("claim")},
        **{section: _named("term") for section in TERM_SECTIONS},
    }
    claim = _undoing(_map({**ENTRY, **_COUNTS}))
    claim["additionalProperties"] = _key(Key(Shape.FIGURE, "A count of a declared harm."))
    definitions = {name: _map(table) for name, table in parts.items()}
    definitions["subject"] = _undoing(definitions["subject"])
    return {
        "type": "object",
        "required": ["casualties"],
        "additionalProperties": False,
        "properties": {name: {"description": SECTIONS[name], **sections[name]} for name in SECTIONS},
        "$defs": {**definitions, "claim": claim},
    }


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}


def _named(name: str) -> _Schema:
    return {"type": "object", "additionalProperties": {"anyOf": [_ref(name), {"type": "null"}]}}


def _one_or_list(one_schema: _Schema) -> _Schema:
    return {"anyOf": [one_schema, {"type": "array", "items": one_schema}]}


def _map(table: dict[str, Key]) -> _Schema:
    properties = {name: {"description": key.meaning, **_key(key)} for name, key in table.items()}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _undoing(map_schema: _Schema) -> _Schema:
    """Let keys that the defaults may hold be left empty, which undoes the default."""
    nothing: _Schema = {"enum": [None, "", []]}
    for name, key in map_schema["properties"].items():
        if name in DEFAULTS:
            map_schema["properties"][name] = {"description": key.pop("description"), "anyOf": [key, nothing]}
    return map_schema


def _key(key: Key) -> _Schema:
    """Give the schema of what stands behind a key."""
    words: _Schema = _TEXT if key.choices is None or key.section else {"enum": [*map(str, key.choices)]}
    if key.shape is Shape.COUNT:
        return {"type": "integer", "minimum": 0}
    if key.shape is Shape.TRUTH:
        return {"enum": [True, False, "yes", "no", "true", "false"]}
    if key.shape is Shape.COUNTS:
        return {"type": "object", "additionalProperties": _key(Key(Shape.FIGURE, ""))}
    if key.shape is Shape.DATE:
        return {"type": ["string", "integer", "null"]}
    if key.shape is Shape.FACET_NAMES:
        return _one_or_list({"enum": [*FACETS, "harm", "period"]})
    if key.shape is Shape.ALLEGED:
        return {"type": "object", "propertyNames": {"enum": list(FACETS)}, "additionalProperties": _one_or_list(_TEXT)}
    if key.shape is Shape.EXTRA:
        return {"type": "object", "additionalProperties": _one_or_list({"type": [*_TEXT["type"], "number"]})}
    if key.shape not in _NESTED:
        return words if key.shape is Shape.TEXT else _one_or_list(words)
    shape = _ref(_NESTED[key.shape])
    if key.shape in _OR_TEXT:
        shape = {"anyOf": [shape, {"type": [*_TEXT["type"], "null"]}]}
    return _one_or_list(shape) if key.shape in _OR_LIST else shape


def _canonical() -> _Schema:
    _, made = models_json_schema([(record, "validation") for record in RECORDS.values()], by_alias=True)
    definitions: _Schema = made["$defs"]
    definitions[Claim.__name__]["properties"]["id"] = {"type": "string", "description": "Made from the content."}
    definitions[Identification.__name__]["properties"]["id"] = {
        "type": "string",
        "description": "Made from the content.",
    }
    definitions["Figure"]["required"] = ["low"]
    records = {name: {"$ref": f"#/$defs/{record.__name__}"} for name, record in RECORDS.items()}
    parts = {**records, **{name: {"type": "string"} for name in TEXTS}}
    return {
        "type": "object",
        "required": ["casualties"],
        "additionalProperties": False,
        "properties": {
            "casualties": {"const": FORMAT_VERSION},
            **{name: {"type": "array", "items": items} for name, items in sorted(parts.items())},
        },
        "$defs": definitions,
    }
