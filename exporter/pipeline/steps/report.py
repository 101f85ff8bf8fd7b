"""The report of a publication, rendered in every form in which it is published."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import msgspec

from exporter.contracts import EditionDescription, Editions
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.report import build_report, earlier_report
from exporter.pipeline.step import Action, Skip, Step, StepContext, Unkeyed
from exporter.pipeline.storage.results import StepResult, StoredObject
from exporter.pipeline.storage.store import Store
from exporter.report.model import Report

_LIMIT = 120.0
"""Seconds."""


class RenderReport(Step):
    """Rendering of the report, whether the publication is published or not."""

    name = "report"
    title = "Writing the report"
    label = "report"
    skip_is_shown = False

    class Inputs(msgspec.Struct, frozen=True):
        report: Unkeyed[bytes]
        """The report as JSON."""
        tree: str
        """Digest of the complete tree."""
        editions: tuple[EditionDescription, ...]
        is_check: bool
        """Whether no editions were to be made."""

    @classmethod
    def of(cls, publication: PublicationRun) -> Iterator[Step]:
        """Yield the step if there is a folder for the report."""
        if publication.context.output is not None or publication.context.reports is not None:
            yield cls(publication)

    def needs(self) -> Iterator[str]:
        """Yield the decision to publish."""
        yield "gate"

    def action(self) -> Action | Skip:
        """Return the rendering of the report."""
        prepared = self.publication.result("prepare")
        if prepared is None:
            return Skip("The manuscript could not be read.")
        report = msgspec.json.encode(build_report(self.publication, earlier_report(self.publication)))
        is_check = self.context.output is None
        # Descriptions need all writers to be imported, and a check makes no editions.
        editions = () if is_check else tuple(self.context.registry.descriptions.values())
        inputs = self.Inputs(report=report, tree=prepared.outputs["tree"].digest, editions=editions, is_check=is_check)
        return Action(inputs, _LIMIT, state={"report": sha256(report).hexdigest()})

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Complete a report and render it; one output for each form: `page`, `json`, `sarif` and `conformance`."""
        from exporter.model.serialisation import decode
        from exporter.pipeline.rule_index import all_rules
        from exporter.report import conformance_page, html_report, sarif
        from exporter.report.complete import complete_report, mentioned_rules
        from exporter.report.thumbnails import make_thumbnails

        objects = Store(context.store)
        draft = msgspec.json.decode(inputs.report, type=Report)
        descriptions = Editions.of(inputs.editions)
        rules = all_rules().values() if mentioned_rules(draft) else ()
        publication = decode(objects.fetch(inputs.tree))
        completed = complete_report(draft, publication, descriptions, rules)
        findings = (*completed.findings, *(waived.finding for waived in completed.waived))
        thumbnails = make_thumbnails(findings, publication, objects.fetch)
        forms = {
            "page": html_report.render(completed, descriptions, is_check=inputs.is_check, thumbnails=thumbnails),
            "json": msgspec.json.format(msgspec.json.encode(completed, order="deterministic"), indent=2) + b"\n",
            "sarif": sarif.render(completed, descriptions),
            "conformance": conformance_page.render(completed, descriptions),
        }
        return StepResult({name: StoredObject(objects.put(data), len(data)) for name, data in forms.items()})
