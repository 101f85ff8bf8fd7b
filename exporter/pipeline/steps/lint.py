"""Tree to findings about the manuscript."""

from __future__ import annotations

from pathlib import Path

from exporter.model.serialisation import decode
from exporter.pipeline.results import StepResult
from exporter.pipeline.store import Store
from exporter.validate.lint import lint


def run(*, store: Path, tree: str) -> StepResult:
    """Check a manuscript by the rules.

    Args:
        store: Root of the store.
        tree: Digest of the complete tree.
    """
    return StepResult(findings=lint(decode(Store(store).fetch(tree))))
