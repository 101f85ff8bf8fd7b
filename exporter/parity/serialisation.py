"""Serialisation of extractions and counts as JSON."""

from __future__ import annotations

import msgspec

from exporter.parity.counts import ContentCounts
from exporter.parity.extraction import Extraction

MAX_BYTES = 32 * 2**20
"""Maximum size of a serialised extraction with content: about 10,000 pages."""


def encode(extraction: Extraction) -> bytes:
    """Return an extraction as JSON, without its content if that is too large to be stored."""
    data = msgspec.json.encode(extraction)
    return data if len(data) <= MAX_BYTES else msgspec.json.encode(msgspec.structs.replace(extraction, content=None))


def decode(data: bytes) -> Extraction:
    """Parse an extraction.

    Raises:
        msgspec.MsgspecError: The data are not valid.
        ValueError: They are larger than `MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"facts of {len(data)} bytes are more than {MAX_BYTES}")
    return msgspec.json.decode(data, type=Extraction)


def encode_counts(counts: ContentCounts) -> bytes:
    """Return counts as JSON: some kilobytes, however long the edition."""
    return msgspec.json.encode(counts)


def decode_counts(data: bytes) -> ContentCounts:
    """Parse counts.

    Raises:
        msgspec.MsgspecError: The data are not valid.
    """
    return msgspec.json.decode(data, type=ContentCounts)
