"""What steps make, as records of the store."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from exporter.findings import Finding


class StoredObject(msgspec.Struct, frozen=True, array_like=True):
    """Bytes in the store."""

    digest: str
    size: int


class StepResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a step made."""

    outputs: dict[str, StoredObject] = {}
    """By name: `tree`, `edition`, `fact:pages`, `media:cover.png`."""
    findings: tuple[Finding, ...] = ()
    info: dict[str, Any] = {}
    """Small things that planning needs without opening the outputs."""
    cacheable: bool = True
    """Whether it holds until something that decides it changes; else it is made anew each time."""


def step_key(step: str, **parts: Any) -> str:
    """Return the key of a step: a SHA-256 over all that decides what it makes."""
    data = msgspec.json.encode({"step": step, **parts}, order="deterministic")
    return hashlib.sha256(data).hexdigest()
