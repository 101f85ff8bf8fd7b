"""The pages of a report: one look, no script, nothing fetched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from exporter.report import formatting
from exporter.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> Environment:
    made = environment("report", finalize=formatting.clean)
    made.filters |= {
        name: getattr(formatting, name)
        for name in ("amount", "counts", "listed", "size", "duration", "day", "place", "language", "said", "own")
    }
    made.filters["direction"] = formatting.direction
    return made


def render(template: str, **given: Any) -> bytes:
    """Fill in a template of `templates/report/`; the same report gives the same bytes."""
    page = _environment().get_template(template).render(**given)
    return page.encode("utf-8", "replace")
