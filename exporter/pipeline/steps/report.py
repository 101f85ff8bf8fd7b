"""Report as JSON, and the tree, to the forms in which a report is handed out."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from exporter.findings import Rule
from exporter.model.codec import decode
from exporter.pipeline.made import Made, Output
from exporter.pipeline.store import Store
from exporter.report import page, sarif, statement
from exporter.report.complete import complete
from exporter.report.model import Report


def run(*, store: Path, report: str, tree: str = "") -> Made:
    """Complete a report and render it.

    Args:
        store: Root of the store.
        report: Digest of the report as JSON.
        tree: Digest of the complete tree; empty when the manuscript could not be read.
    """
    keep = Store(store)
    known = msgspec.json.decode(keep.fetch(report), type=Report)
    wanted = {finding.rule for finding in known.findings} | {each.finding.rule for each in known.waived}
    whole = complete(known, decode(keep.fetch(tree)) if tree else None, _rules() if wanted else ())
    forms = {
        "page": page.render(whole),
        "json": msgspec.json.format(msgspec.json.encode(whole, order="deterministic"), indent=2) + b"\n",
        "sarif": sarif.render(whole),
        "conformance": statement.render(whole),
    }
    return Made({name: Output(keep.put(data), len(data)) for name, data in forms.items()})


def _rules() -> Iterator[Rule]:
    """Give all rules of our own, from the modules in which they stand; findings name them only."""
    from exporter import findings, images, parity, readers, speech, validate, writers
    from exporter.pipeline import failures, registry

    for module in (findings, failures, registry, images):
        yield from _of(module)
    for package in (readers, images, speech, validate, parity, writers):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield from _of(importlib.import_module(found.name))


def _of(module: object) -> Iterator[Rule]:
    for value in vars(module).values():
        if isinstance(value, Rule):
            yield value
        elif isinstance(value, tuple | list | dict):
            inside = value.values() if isinstance(value, dict) else value
            yield from (one for one in inside if isinstance(one, Rule))
