"""The frames of the documents, from the Jinja2 templates in `exporter/templates/epub`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.writers.html import may_be_followed

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parents[2] / "templates" / "epub"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["may_be_followed"] = may_be_followed
    return environment


def render(template: str, **values: object) -> bytes:
    """Give a document in UTF-8; values are escaped unless they are `markupsafe.Markup`."""
    return _environment().get_template(template).render(values).encode("utf-8")
