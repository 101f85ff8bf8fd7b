"""Report as JSON, and the tree, to the forms in which a report is handed out."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.model.serialisation import decode
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.rule_index import every
from exporter.pipeline.store import Store
from exporter.report import conformance_page, html_report, sarif
from exporter.report.complete import complete, mentioned
from exporter.report.model import Report


def run(*, store: Path, report: str, tree: str = "") -> StepResult:
    """Complete a report and render it.

    Args:
        store: Root of the store.
        report: Digest of the report as JSON.
        tree: Digest of the complete tree; empty when the manuscript could not be read.
    """
    keep = Store(store)
    known = msgspec.json.decode(keep.fetch(report), type=Report)
    whole = complete(known, decode(keep.fetch(tree)) if tree else None, every().values() if mentioned(known) else ())
    forms = {
        "page": html_report.render(whole),
        "json": msgspec.json.format(msgspec.json.encode(whole, order="deterministic"), indent=2) + b"\n",
        "sarif": sarif.render(whole),
        "conformance": conformance_page.render(whole),
    }
    return StepResult({name: StoredObject(keep.put(data), len(data)) for name, data in forms.items()})
