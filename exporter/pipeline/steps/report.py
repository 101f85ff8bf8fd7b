"""Report as JSON to report as a page for people."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.pipeline.made import Made, Output
from exporter.pipeline.store import Store

TEMPLATE = "report/report.html"


def run(*, store: Path, report: str) -> Made:
    """Render a report.

    Args:
        store: Root of the store.
        report: Digest of the report as JSON.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    keep = Store(store)
    environment = Environment(
        loader=PackageLoader("exporter", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template(TEMPLATE).render(msgspec.json.decode(keep.fetch(report))).encode()
    return Made({"page": Output(keep.put(page), len(page))})
