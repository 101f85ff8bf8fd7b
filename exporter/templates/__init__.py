"""The templates of the pages that editions, reports and the catalogue are made of, and how they are filled in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment, FileSystemBytecodeCache
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent


def environment(room: str, **more: Any) -> Environment:
    """Return what fills in the templates of a room: values are escaped, and one that is missing is an error.

    Args:
        room: A folder of templates, such as `epub`; `""` for all of them.
        more: Further settings of the environment.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES / room),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(),
        **more,
    )


def safe(markup: str) -> Markup:
    """Mark what templates are to put in as it is: markup of ours, in which every text of a manuscript is escaped."""
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704  # the one place: whoever calls it has escaped what is not ours


def _compiled() -> FileSystemBytecodeCache | None:
    """Return where templates are kept compiled: compiling them costs more than filling them in.

    It is where Python keeps this module compiled; None where it does not.
    """
    import jinja2

    folder = TEMPLATES / "__pycache__"
    if not os.access(folder, os.W_OK):
        return None
    return jinja2.FileSystemBytecodeCache(str(folder), f"%s.jinja-{jinja2.__version__}.cache")
