"""Index of all rules by ID."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

import exporter
from exporter.findings import Rule
from exporter.pipeline.storage.code_digest import CodeDigest
from exporter.pipeline.storage.store import Store

TABLE = "rules"

_FOLDER = Path(exporter.__file__).parent
_OF_MANUSCRIPTS = re.compile(r"exporter\.(images|readers|validate\.lint|pipeline\.steps\.(original|prepare))\b")
"""Modules with rules for manuscripts, which apply to all editions."""


@cache
def manuscript_rules() -> Mapping[str, Rule]:
    """Return the rules for manuscripts."""
    return {rule.id: rule for module in _modules() if _OF_MANUSCRIPTS.match(module) for rule in _rules(module)}


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return all rules except those of plug-ins."""
    rules = {rule.id: rule for module in _modules() for rule in _rules(module)}
    assert rules, "exporter is installed in a folder, not imported from a ZIP archive"
    return rules


class RuleIds(msgspec.Struct, frozen=True):
    """The IDs of all rules."""

    key: str
    """Digest of the code that contains them."""
    of_manuscripts: frozenset[str]
    every: frozenset[str]


def rule_ids(store: Store, code: CodeDigest) -> RuleIds:
    """Return the IDs of all rules, from the store unless the code has changed: collecting them imports many modules."""
    digest = code.digest()
    with suppress(msgspec.MsgspecError):
        cached = msgspec.msgpack.decode(store.table(TABLE) or b"", type=RuleIds)
        if cached.key == digest:
            return cached
    fresh = RuleIds(digest, frozenset(manuscript_rules()), frozenset(all_rules()))
    store.keep_table(TABLE, msgspec.msgpack.encode(fresh))
    return fresh


def _modules() -> Iterator[str]:
    """Yield the modules that define rules, without those of `exporter verify`, which are in no export."""
    for path in sorted(_FOLDER.rglob("*.py")):
        parts = path.relative_to(_FOLDER.parent).with_suffix("").parts
        if "service" not in parts and b" Rule(" in path.read_bytes():
            yield ".".join(part for part in parts if part != "__init__")


def _rules(module: str) -> Iterator[Rule]:
    for value in vars(importlib.import_module(module)).values():
        yield from _rules_in(value)


def _rules_in(value: object) -> Iterator[Rule]:
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, tuple | list):
        yield from (item for item in value if isinstance(item, Rule))
    elif isinstance(value, dict):
        yield from (item for item in value.values() if isinstance(item, Rule))
