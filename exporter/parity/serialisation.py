"""Facts and amounts as JSON, and back."""

from __future__ import annotations

import msgspec

from exporter.parity.counts import ContentCounts
from exporter.parity.extraction import Extraction

LIMIT = 32 * 2**20
"""Bytes beyond which the words of an edition are not kept: about 10,000 pages."""


def encode(facts: Extraction) -> bytes:
    """Return facts as JSON; without what is told, where that would be too large to keep."""
    data = msgspec.json.encode(facts)
    return data if len(data) <= LIMIT else msgspec.json.encode(msgspec.structs.replace(facts, content=None))


def decode(data: bytes) -> Extraction:
    """Read facts.

    Raises:
        msgspec.MsgspecError: They are none.
        ValueError: They are larger than any that `encode` gives.
    """
    if len(data) > LIMIT:
        raise ValueError(f"facts of {len(data)} bytes are more than {LIMIT}")
    return msgspec.json.decode(data, type=Extraction)


def encode_amounts(amounts: ContentCounts) -> bytes:
    """Return amounts as JSON: some kilobytes, however long the edition."""
    return msgspec.json.encode(amounts)


def decode_amounts(data: bytes) -> ContentCounts:
    """Read amounts.

    Raises:
        msgspec.MsgspecError: They are none.
    """
    return msgspec.json.decode(data, type=ContentCounts)
