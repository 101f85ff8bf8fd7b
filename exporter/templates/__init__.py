"""Jinja templates of editions, reports and the catalogue, and their environment."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment, FileSystemBytecodeCache
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent


def environment(folder: str, **options: Any) -> Environment:
    """Return the environment of a template folder: values are escaped, and a missing one is an error.

    Args:
        folder: A template folder, such as `epub`; `""` for all of them.
        options: Further options of the environment.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES / folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_bytecode_cache(),
        **options,
    )


def safe(markup: str) -> Markup:
    """Mark a string as markup that templates insert without escaping; text of manuscripts in it is escaped already."""
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704  # callers have escaped all text in it


def script_json(values: object) -> Markup:
    """Return JSON for a script element, with escapes for what could end it or is special in XML (HTML 4.12.1.3)."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return safe(text)


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    """Return the cache of compiled templates, since compiling them takes longer than rendering.

    It is in the folder where Python caches this module; None if that cannot be written.
    """
    import jinja2

    cache_folder = TEMPLATES / "__pycache__"
    if not os.access(cache_folder, os.W_OK):
        return None
    return jinja2.FileSystemBytecodeCache(str(cache_folder), f"%s.jinja-{jinja2.__version__}.cache")
