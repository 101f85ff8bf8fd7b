"""What OPDS 2.0 and the Readium Web Publication Manifest ask of a feed, restated as JSON Schema (2020-12)."""

from __future__ import annotations

from typing import Any

TAG = r"^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*|x(-[A-Za-z0-9]{1,8})+)$"
URI = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"
REFERENCE = r"^[^\s<>\"{}|\\^`]+$"
DATE = r"^\d{4}-\d\d-\d\d$"
TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"
MEDIA_TYPE = r"^[a-z]+/[a-z0-9.+-]+$"

RELATIONS = ["", "/buy", "/open-access", "/borrow", "/sample", "/subscribe"]
ACQUISITION = ["preview", *(f"http://opds-spec.org/acquisition{part}" for part in RELATIONS)]

LINK: dict[str, Any] = {
    "type": "object",
    "required": ["href"],
    "properties": {
        "href": {"type": "string", "pattern": REFERENCE},
        "type": {"type": "string", "pattern": MEDIA_TYPE},
        "templated": {"type": "boolean"},
        "title": {"type": "string", "minLength": 1},
        "rel": {"type": ["string", "array"], "items": {"type": "string"}, "minLength": 1},
        "height": {"type": "integer", "exclusiveMinimum": 0},
        "width": {"type": "integer", "exclusiveMinimum": 0},
        "size": {"type": "integer", "exclusiveMinimum": 0},
        "bitrate": {"type": "number", "exclusiveMinimum": 0},
        "duration": {"type": "number", "exclusiveMinimum": 0},
        "language": {"type": ["string", "array"], "pattern": TAG, "items": {"pattern": TAG}},
    },
    "additionalProperties": False,
}
CONTRIBUTOR: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "role": {"type": "string"},
                "sortAs": {"type": "string"},
                "identifier": {"type": "string", "pattern": URI},
            },
            "additionalProperties": False,
        },
        {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/contributor"}},
    ]
}
MODES = ["auditory", "tactile", "textual", "visual"]
ACCESSIBILITY: dict[str, Any] = {
    "type": "object",
    "properties": {
        "conformsTo": {"type": ["string", "array"], "pattern": URI, "items": {"pattern": URI}},
        "certification": {
            "type": "object",
            "properties": {"certifiedBy": {"type": "string"}, "credential": {"type": "string"}},
            "additionalProperties": False,
        },
        "summary": {"type": "string", "minLength": 1},
        "accessMode": {
            "type": "array",
            "items": {"enum": [*MODES, "chartOnVisual", "colorDependent", "diagramOnVisual", "mathOnVisual"]},
        },
        "accessModeSufficient": {
            "type": "array",
            "items": {"anyOf": [{"enum": MODES}, {"type": "array", "minItems": 1, "items": {"enum": MODES}}]},
        },
        # The vocabulary grows (schema.org, accessibilityFeature): words are looked at, not counted.
        "feature": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[A-Za-z]+$"}},
        "hazard": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[A-Za-z]+$"}},
    },
    "additionalProperties": False,
}
METADATA: dict[str, Any] = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "@type": {"type": "string", "pattern": "^http://schema.org/[A-Za-z]+$"},
        "identifier": {"type": "string", "pattern": URI},
        "title": {"type": "string", "minLength": 1},
        "subtitle": {"type": "string", "minLength": 1},
        "modified": {"type": "string", "pattern": TIME},
        "published": {"type": "string", "anyOf": [{"pattern": DATE}, {"pattern": TIME}]},
        "language": {"type": ["string", "array"], "pattern": TAG, "items": {"pattern": TAG}},
        "author": CONTRIBUTOR,
        "editor": CONTRIBUTOR,
        "translator": CONTRIBUTOR,
        "illustrator": CONTRIBUTOR,
        "narrator": CONTRIBUTOR,
        "contributor": CONTRIBUTOR,
        "publisher": CONTRIBUTOR,
        "subject": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
        "description": {"type": "string", "minLength": 1},
        "readingProgression": {"enum": ["ltr", "rtl", "auto"]},
        "duration": {"type": "number", "exclusiveMinimum": 0},
        "numberOfPages": {"type": "integer", "exclusiveMinimum": 0},
        "belongsTo": {"type": "object", "properties": {"series": CONTRIBUTOR, "collection": CONTRIBUTOR}},
        "accessibility": ACCESSIBILITY,
    },
    "additionalProperties": False,
}


def _contains(relations: list[str]) -> dict[str, Any]:
    named = {"anyOf": [{"enum": relations}, {"type": "array", "contains": {"enum": relations}}]}
    return {"contains": {"required": ["rel"], "properties": {"rel": named}}}


PUBLICATION: dict[str, Any] = {
    "type": "object",
    "required": ["metadata", "links", "images"],
    "properties": {
        "metadata": METADATA,
        "links": {
            "type": "array",
            "uniqueItems": True,
            "items": LINK,
            "allOf": [_contains(["self"]), _contains(ACQUISITION)],
        },
        "images": {
            "type": "array",
            "minItems": 1,
            "items": LINK,
            "contains": {
                "required": ["type"],
                "properties": {"type": {"enum": ["image/jpeg", "image/png", "image/gif"]}},
            },
        },
    },
    "additionalProperties": False,
}
FEED_METADATA: dict[str, Any] = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "title": {"type": "string", "minLength": 1},
        "subtitle": {"type": "string"},
        "description": {"type": "string", "minLength": 1},
        "modified": {"type": "string", "pattern": TIME},
        "numberOfItems": {"type": "integer", "minimum": 0},
        "itemsPerPage": {"type": "integer", "exclusiveMinimum": 0},
        "currentPage": {"type": "integer", "exclusiveMinimum": 0},
    },
    "additionalProperties": False,
}
LISTED: dict[str, Any] = {"type": "array", "uniqueItems": True, "items": PUBLICATION}
FEED: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {"contributor": CONTRIBUTOR},
    "type": "object",
    "required": ["metadata", "links"],
    "anyOf": [{"required": ["publications"]}, {"required": ["navigation"]}, {"required": ["groups"]}],
    "properties": {
        "metadata": FEED_METADATA,
        "links": {"type": "array", "uniqueItems": True, "items": LINK, **_contains(["self"])},
        "publications": LISTED,
        "navigation": {"type": "array", "items": {**LINK, "required": ["href", "title"]}},
        "groups": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["metadata"],
                "properties": {"metadata": FEED_METADATA, "publications": LISTED},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
ALONE: dict[str, Any] = {**PUBLICATION, "$defs": {"contributor": CONTRIBUTOR}}
"""A publication as a document of its own."""
