"""Results of steps, as records of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from exporter.findings import Finding
from exporter.pipeline.storage.step_cache import StoreCache
from exporter.pipeline.storage.store import Store


class StoredObject(msgspec.Struct, frozen=True, array_like=True):
    """Bytes in the store."""

    digest: str
    size: int


class StepResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of a step."""

    outputs: dict[str, StoredObject] = {}
    """By name: `tree`, `edition`, `sidecar:pages`, `media:cover.png`."""
    findings: tuple[Finding, ...] = ()
    info: dict[str, Any] = {}
    """Small values that other steps need without opening the outputs."""
    cacheable: bool = True
    """Whether it is valid until one of its inputs changes; else the step runs every time."""
    step: str = ""
    """ID of the step, such as `write:pdf`, in a record."""
    memos: StoredObject | None = None
    """The names of the memos that it used, in hex and without separators; they are kept as long as it is used."""

    def media(self) -> Mapping[str, str]:
        """Return the digests of the images inside a manuscript, by name."""
        prefix = "media:"
        return {
            name.removeprefix(prefix): output.digest for name, output in self.outputs.items() if name.startswith(prefix)
        }


def used_memos(store: Store, *caches: StoreCache) -> StoredObject | None:
    """Store the names of the memos that a step has used; return None if it has used none."""
    names = sorted(set().union(*(cache.used for cache in caches)))
    data = "".join(names).encode()
    return StoredObject(store.put(data), len(data)) if names else None


def step_key(step: str, **parts: Any) -> str:
    """Return the key of a step: a SHA-256 over everything that determines its result."""
    data = msgspec.json.encode({"step": step, **parts}, order="deterministic")
    return hashlib.sha256(data).hexdigest()
