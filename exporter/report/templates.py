"""Jinja environment of the HTML pages of a report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from exporter.report import formatting
from exporter.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment

_FILTERS = (
    formatting.format_count,
    formatting.format_severities,
    formatting.join_names,
    formatting.format_size,
    formatting.format_duration,
    formatting.format_date,
    formatting.format_source,
    formatting.language_name,
    formatting.mark_quotations,
    formatting.isolate,
    formatting.direction,
)


@cache
def _environment() -> Environment:
    template_environment = environment("report", finalize=formatting.replace_invalid)
    template_environment.filters |= {function.__name__: function for function in _FILTERS}
    return template_environment


def render(template: str, **variables: Any) -> bytes:
    """Render a template of `templates/report/`; equal variables give equal bytes."""
    page = _environment().get_template(template).render(**variables)
    return page.encode("utf-8", "replace")
