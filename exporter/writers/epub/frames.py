"""The frames of the documents, from the Jinja2 templates in `exporter/templates/epub`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from exporter.templates import environment
from exporter.writers.markup import may_be_followed

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> Environment:
    made = environment("epub", keep_trailing_newline=True)
    made.globals["may_be_followed"] = may_be_followed
    return made


def render(template: str, **values: object) -> bytes:
    """Return a document in UTF-8; values are escaped unless they are `markupsafe.Markup`."""
    return _environment().get_template(template).render(values).encode("utf-8")
