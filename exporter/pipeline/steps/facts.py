"""What each edition has, side by side: the table of facts, and what editions must agree on among themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from exporter import parity
from exporter.findings import Finding, Severity
from exporter.model.serialisation import decode
from exporter.pipeline.results import StepResult
from exporter.pipeline.store import Store


def run(*, store: Path, tree: str, amounts: Mapping[str, str], broken: Mapping[str, Sequence[str]]) -> StepResult:
    """Put the editions of a publication side by side.

    Args:
        store: Root of the store.
        tree: Digest of the complete tree.
        amounts: Digest of what each edition has, by its name; empty for one that could not be read.
        broken: The rules under which each edition differs from the manuscript.

    Returns:
        The findings; `info` has the rows.
    """
    keep = Store(store)
    every = {name: parity.decode_amounts(keep.fetch(digest)) if digest else None for name, digest in amounts.items()}
    found = parity.compare_page_lists({name: one for name, one in every.items() if one is not None})
    known = [Finding(rule, Severity.ERROR, "", edition=edition) for edition, rules in broken.items() for rule in rules]
    rows = parity.table(decode(keep.fetch(tree)), every, [*known, *found])
    return StepResult(findings=tuple(found), info={"rows": msgspec.to_builtins(rows)})
