"""Every rule under which the exporter finds anything, by its name."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

import exporter
from exporter.findings import Rule
from exporter.pipeline.code_digest import CodeDigest
from exporter.pipeline.store import Store

TABLE = "rules"

_PACKAGE = Path(exporter.__file__).parent


def _modules(folder: str, pattern: str = "*.py") -> tuple[str, ...]:
    found = sorted(path.relative_to(_PACKAGE.parent) for path in (_PACKAGE / folder).rglob(pattern))
    names = (".".join(part for part in path.with_suffix("").parts if part != "__init__") for path in found)
    return tuple(names)


OF_MANUSCRIPTS = (*_modules("readers", "rules.py"), "exporter.images.rules", "exporter.validate.lint")
"""Modules with the rules by which a manuscript is judged, whatever is made of it."""
OF_EDITIONS = (
    *(*_modules("parity", "rules.py"), *_modules("writers", "rules.py"), *_modules("speech", "rules.py")),
    *_modules("validate"),
    "exporter.findings",
    "exporter.pipeline.check_reports",
    "exporter.pipeline.failures",
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
)
"""Those by which editions are judged, and all that happens on the way to them; most have none."""
MODULES = OF_MANUSCRIPTS + OF_EDITIONS


@cache
def of_manuscripts() -> Mapping[str, Rule]:
    """Return the rules by which a manuscript is judged."""
    return dict(_rules(OF_MANUSCRIPTS))


@cache
def every() -> Mapping[str, Rule]:
    """Return all rules; packages of others may have more."""
    return dict(_rules(MODULES))


class Names(msgspec.Struct, frozen=True):
    """The names of all rules."""

    key: str
    """Of the source that has them."""
    of_manuscripts: frozenset[str]
    every: frozenset[str]


def names(store: Store, code: CodeDigest) -> Names:
    """Return the names of all rules, from the store as long as no rule has changed: half the program has rules."""
    now = code.digest()
    with suppress(msgspec.MsgspecError):
        known = msgspec.msgpack.decode(store.table(TABLE) or b"", type=Names)
        if known.key == now:
            return known
    fresh = Names(now, frozenset(of_manuscripts()), frozenset(every()))
    store.keep_table(TABLE, msgspec.msgpack.encode(fresh))
    return fresh


def _rules(modules: Iterable[str]) -> Iterator[tuple[str, Rule]]:
    for name in modules:
        if _may_have(name):
            for value in vars(importlib.import_module(name)).values():
                yield from ((rule.id, rule) for rule in _inside(value))


def _may_have(module: str) -> bool:
    """Return whether a module makes rules, or gathers those of its family; the others need not be loaded."""
    base = _PACKAGE.parent.joinpath(*module.split("."))
    path = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    text = path.read_text("utf-8")
    return "Rule(" in text or "RULES" in text


def _inside(value: object) -> Iterator[Rule]:
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, tuple | list):
        yield from (one for one in value if isinstance(one, Rule))
    elif isinstance(value, dict):
        yield from (one for one in value.values() if isinstance(one, Rule))
