"""Index of all rules by ID."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

import exporter
from exporter.findings import Rule
from exporter.pipeline.storage.code_digest import CodeDigest
from exporter.pipeline.storage.store import Store

TABLE = "rules"

_PACKAGE = Path(exporter.__file__).parent


def _modules(folder: str, pattern: str = "*.py") -> tuple[str, ...]:
    paths = sorted(path.relative_to(_PACKAGE.parent) for path in (_PACKAGE / folder).rglob(pattern))
    names = (".".join(part for part in path.with_suffix("").parts if part != "__init__") for path in paths)
    return tuple(names)


OF_MANUSCRIPTS = (
    *_modules("readers", "rules.py"),
    "exporter.images.rules",
    "exporter.validate.lint",
    "exporter.pipeline.steps.original",
    "exporter.pipeline.steps.prepare",
)
"""Modules with rules for manuscripts, which apply to all editions."""
OF_EDITIONS = (
    *(*_modules("parity", "rules.py"), *_modules("writers", "rules.py"), *_modules("speech", "rules.py")),
    *_modules("validate"),
    "exporter.findings",
    "exporter.pipeline.check_reports",
    "exporter.pipeline.execution.failures",
    "exporter.pipeline.registry",
    "exporter.pipeline.finding_policy",
    "exporter.speech.voice_selection",
    "exporter.writers.docx.toc",
    "exporter.writers.docx.reference_styles",
    "exporter.writers.fonts",
    "exporter.writers.markup.links",
    "exporter.writers.pdf.layout",
    "exporter.writers.print.ink_coverage",
    "exporter.writers.print.ghostscript",
    "exporter.writers.sign_language",
)
"""Modules with rules for editions and for steps of an export; most contain none."""
MODULES = OF_MANUSCRIPTS + OF_EDITIONS


@cache
def manuscript_rules() -> Mapping[str, Rule]:
    """Return the rules for manuscripts."""
    return dict(_rules(OF_MANUSCRIPTS))


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return all rules except those of plug-ins."""
    return dict(_rules(MODULES))


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


def _rules(modules: Iterable[str]) -> Iterator[tuple[str, Rule]]:
    for name in modules:
        if _may_contain_rules(name):
            for value in vars(importlib.import_module(name)).values():
                yield from ((rule.id, rule) for rule in _rules_in(value))


def _may_contain_rules(module: str) -> bool:
    """Return whether a module defines or collects rules; the others need not be imported."""
    base = _PACKAGE.parent.joinpath(*module.split("."))
    path = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    text = path.read_text("utf-8")
    return "Rule(" in text or "RULES" in text


def _rules_in(value: object) -> Iterator[Rule]:
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, tuple | list):
        yield from (item for item in value if isinstance(item, Rule))
    elif isinstance(value, dict):
        yield from (item for item in value.values() if isinstance(item, Rule))
