"""The report of a publication, rendered in every form in which it is published."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from exporter.contracts import EditionDescription, Editions
from exporter.pipeline.report import build_report, earlier_report
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.step import Action, Skip, Step
from exporter.pipeline.store import Store
from exporter.report.model import Report

_LIMIT = 120.0
"""Seconds."""


class RenderReport(Step):
    """Rendering of the report: whatever the gate says, it is there to be read."""

    name = "report"
    title = "Writing the report"
    label = "report"
    needs_output = True

    def needs(self) -> Iterator[str]:
        """Yield the decision to publish."""
        yield "gate"

    def action(self) -> Action | Skip:
        """Return the rendering of the report."""
        prepared = self.publication.result("prepare")
        if prepared is None:
            return Skip("The manuscript could not be read.")
        report = msgspec.json.encode(build_report(self.publication, earlier_report(self.publication)))
        arguments = {
            "tree": prepared.outputs["tree"].digest,
            "editions": tuple(self.context.registry.descriptions.values()),
        }
        return Action(
            key=arguments | {"report": sha256(report).hexdigest()},
            arguments=arguments | {"report": report},
            limit=_LIMIT,
        )

    @staticmethod
    def run(*, store: Path, report: bytes, tree: str, editions: tuple[EditionDescription, ...]) -> StepResult:
        """Complete a report and render it.

        Args:
            store: Root of the store.
            report: The report as JSON.
            tree: Digest of the complete tree.
            editions: What the editions state.

        Returns:
            One output for each form: `page`, `json`, `sarif` and `conformance`.
        """
        from exporter.model.serialisation import decode
        from exporter.pipeline.rule_index import every
        from exporter.report import conformance_page, html_report, sarif
        from exporter.report.complete import complete, mentioned

        objects = Store(store)
        known = msgspec.json.decode(report, type=Report)
        states = Editions.of(editions)
        rules = every().values() if mentioned(known) else ()
        whole = complete(known, decode(objects.fetch(tree)), states, rules)
        forms = {
            "page": html_report.render(whole, states),
            "json": msgspec.json.format(msgspec.json.encode(whole, order="deterministic"), indent=2) + b"\n",
            "sarif": sarif.render(whole, states),
            "conformance": conformance_page.render(whole, states),
        }
        return StepResult({name: StoredObject(objects.put(data), len(data)) for name, data in forms.items()})
