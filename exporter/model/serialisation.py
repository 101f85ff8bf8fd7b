"""The tree as JSON, both ways, and its JSON Schema."""

from __future__ import annotations

from typing import Any

import msgspec

from exporter.model.publication import Publication

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Publication)


class CodecError(ValueError):
    """The bytes are not a tree; the message says where, as a JSON path."""


def encode(publication: Publication) -> bytes:
    """Return the publication as UTF-8 JSON; equal trees give equal bytes."""
    return _encoder.encode(publication)


def decode(data: bytes) -> Publication:
    """Return the publication that `encode` wrote.

    Raises:
        CodecError: not JSON, not a tree, or nested too deeply.
    """
    try:
        return _decoder.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise CodecError(str(error)) from error


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `encode`'s output."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Publication)}
