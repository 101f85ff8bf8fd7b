"""Serialisation of publications as JSON, and their JSON Schema."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import msgspec

from exporter.model.publication import Publication

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Publication)
_SOURCE = re.compile(rb'"source":\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\},?')
"""A `Source` as it is encoded. Quotation marks in texts are escaped, so that none of them contains one."""


class CodecError(ValueError):
    """Invalid JSON of a publication; the message has the JSON path."""


def encode(publication: Publication) -> bytes:
    """Return a publication as UTF-8 JSON; equal publications have equal bytes."""
    return _encoder.encode(publication)


def content_digest(data: bytes) -> str:
    """Return the digest of an encoded publication without positions in the manuscript."""
    return sha256(_SOURCE.sub(b"", data)).hexdigest()


def decode(data: bytes) -> Publication:
    """Return the publication of the JSON that `encode` returned.

    Raises:
        CodecError: The bytes are not JSON, not a publication, or nested too deeply.
    """
    try:
        return _decoder.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise CodecError(str(error)) from error


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of publications."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Publication)}
