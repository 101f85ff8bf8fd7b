"""The pages of a report: one look, no script, nothing fetched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from exporter.report import kinds, words

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("exporter", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=words.clean,
    )
    environment.filters |= {
        name: getattr(words, name)
        for name in ("amount", "counts", "listed", "size", "duration", "took", "day", "place", "language", "said")
    }
    environment.filters["direction"] = words.direction
    environment.filters["title_of"] = kinds.title_of
    return environment


def render(template: str, **given: Any) -> bytes:
    """Fill in a template of `templates/report/`; the same report gives the same bytes."""
    page = _environment().get_template(f"report/{template}").render(**given)
    return page.encode("utf-8", "replace")
