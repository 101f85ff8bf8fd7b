"""The form of a manifest, restated as a JSON Schema from the W3C's own and from the words of both Recommendations.

Publication Manifest 2.7 (what each property holds) and its schemas; Audiobooks 4 (what an audiobook must have, and that
its reading order is sound). What the schemas leave open and we always write is required here too.
"""

from __future__ import annotations

from typing import Any

import langcodes
from jsonschema import Draft202012Validator, FormatChecker

formats = FormatChecker(("date",))


@formats.checks("language")
def _is_language(value: object) -> bool:
    return not isinstance(value, str) or langcodes.tag_is_valid(value)


@formats.checks("reference")
def _is_reference(value: object) -> bool:
    """Return whether it is an address, or a path inside the package; ours hold nothing that has to be escaped."""
    return not isinstance(value, str) or (bool(value) and not set(value) & set(' \\<>"{}|^`'))


def _one_or_many(form: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [form, {"type": "array", "items": form, "minItems": 1, "uniqueItems": True}]}


LANGUAGE = {"type": "string", "format": "language"}
DIRECTION = {"enum": ["ltr", "rtl"]}
WORDS = {"type": "string", "minLength": 1, "pattern": r"\S"}
LOCALIZABLE = _one_or_many(
    {
        "anyOf": [
            WORDS,
            {
                "type": "object",
                "properties": {"value": WORDS, "language": LANGUAGE, "direction": DIRECTION},
                "required": ["value"],
                "additionalProperties": False,
            },
        ]
    }
)
CONTRIBUTOR = _one_or_many(
    {
        "anyOf": [
            WORDS,
            {
                "type": "object",
                "properties": {
                    "type": _one_or_many({"enum": ["Person", "Organization"]}),
                    "name": LOCALIZABLE,
                    "id": {"type": "string", "format": "reference"},
                    "url": {"type": "string", "format": "reference"},
                    "identifier": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["name"],
            },
        ]
    }
)
DURATION = {
    "type": "string",
    "pattern": r"^P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$",
}
"""ISO 8601, without years, months and weeks, which no recording lasts."""
LINK: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"const": "LinkedResource"},
        "url": {"type": "string", "format": "reference"},
        "encodingFormat": {"type": "string", "pattern": r"^[a-z]+/[a-z0-9.+-]+$"},
        "name": LOCALIZABLE,
        "description": LOCALIZABLE,
        "rel": _one_or_many({"type": "string"}),
        "integrity": {"type": "string"},
        "duration": DURATION,
        "alternate": {"type": "array", "items": {"$ref": "#/$defs/link"}, "minItems": 1, "uniqueItems": True},
    },
    "required": ["type", "url"],
}
HEARD = {
    "allOf": [{"$ref": "#/$defs/link"}],
    "properties": {"encodingFormat": {"pattern": "^audio/"}},
    "required": ["encodingFormat", "name", "duration"],
}
TERMS = {"type": "array", "items": WORDS, "minItems": 1, "uniqueItems": True}
MANIFEST: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {"link": LINK},
    "type": "object",
    "properties": {
        "@context": {
            "type": "array",
            "prefixItems": [{"const": "https://schema.org"}, {"const": "https://www.w3.org/ns/pub-context"}],
            "minItems": 2,
            "items": {
                "anyOf": [
                    {"type": "string"},
                    {
                        "type": "object",
                        "properties": {"language": LANGUAGE, "direction": DIRECTION},
                        "additionalProperties": False,
                    },
                ]
            },
            "uniqueItems": True,
        },
        "type": _one_or_many({"type": "string"}) | {"contains": {"const": "Audiobook"}, "pattern": "Audiobook"},
        "conformsTo": _one_or_many({"type": "string", "format": "reference"}),
        "id": {"type": "string", "minLength": 1},
        "abridged": {"type": "boolean"},
        "accessMode": TERMS,
        "accessModeSufficient": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"type": {"const": "ItemList"}, "itemListElement": TERMS, "description": LOCALIZABLE},
                "required": ["type", "itemListElement"],
            },
            "uniqueItems": True,
        },
        "accessibilityFeature": TERMS,
        "accessibilityHazard": TERMS,
        "accessibilitySummary": LOCALIZABLE,
        "author": CONTRIBUTOR,
        "readBy": CONTRIBUTOR,
        "publisher": CONTRIBUTOR,
        "inLanguage": _one_or_many(LANGUAGE),
        "datePublished": {"type": "string", "format": "date"},
        "duration": DURATION,
        "name": LOCALIZABLE,
        "description": LOCALIZABLE,
        "readingOrder": {"type": "array", "items": HEARD, "minItems": 1, "uniqueItems": True},
        "resources": {"type": "array", "items": {"$ref": "#/$defs/link"}, "uniqueItems": True},
        "links": {"type": "array", "items": {"$ref": "#/$defs/link"}, "uniqueItems": True},
    },
    "required": ["@context", "conformsTo", "type", "name", "duration", "inLanguage", "readBy", "readingOrder"],
    "additionalProperties": False,
}


def faults(manifest: dict[str, Any]) -> list[str]:
    """Return what is wrong with the form of a manifest, each with its place."""
    found = Draft202012Validator(MANIFEST, format_checker=formats).iter_errors(manifest)
    return sorted(f"{error.json_path}: {error.message}" for error in found)
