"""All changes to WeasyPrint that its public interface does not offer.

Each module replaces private functions of WeasyPrint for as long as its context manager is open, and says what it
changes, why, and which issue of WeasyPrint describes the fault. No function is replaced by two modules. Every way to
write a PDF calls `load` first, which accepts one version of WeasyPrint, the one that these modules were compared with.

To upgrade WeasyPrint: change `VERSION` and run `tests/writers/pdf/patches`. A test that fails because WeasyPrint
without the patch no longer has the fault means that the patch can be deleted. Then compare each replaced function
with its new version.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from types import ModuleType
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from exporter.errors import MissingToolError
from exporter.installation import library_advice, pip_command
from exporter.writers.pdf.patches import (
    actual_text,
    bookmark_order,
    cached_parts,
    cid_fonts,
    divided_boxes,
    font_instances,
    footnotes,
    lines,
    long_texts,
    object_bytes,
    opacity,
    page_breaks,
    page_styles,
    sizeless_svg,
    speedups,
    svg_text,
    tables,
    tags,
    text_case,
)

if TYPE_CHECKING:
    from exporter.writers.pdf.margin_boxes import MarginBoxes
    from exporter.writers.pdf.parts.drawing import Drawing
    from exporter.writers.pdf.parts.layout_session import Session

VERSION = "70.0"
_RARELY_USED = ("fontTools.subset", "fontTools.varLib.instancer")
"""Modules that are imported when one of their functions is called."""


def load() -> None:
    """Import WeasyPrint without what takes long and is not needed.

    A compiler and a linker that find its libraries, half a second. Changes: `ctypes.util.find_library` finds nothing
    during the import. Why: WeasyPrint looks up several names of each library; on Linux the dynamic loader knows one of
    them. Upstream: issue 1125 (closed, not changed).

    The subsetter of fontTools, half of the import. Changes: its modules are imported when they are used. Why: HarfBuzz
    makes the subsets. Upstream: no issue is known.

    Raises:
        MissingToolError: Another version of WeasyPrint is installed than the one that the patches fit.
    """
    if "weasyprint" not in sys.modules:
        later = [name for name in _RARELY_USED if name not in sys.modules]
        sys.modules.update({name: _ModuleForLater(name) for name in later})
        try:
            with patch("ctypes.util.find_library", lambda _name: None) if sys.platform == "linux" else nullcontext():
                _import()
        finally:
            for name in later:
                del sys.modules[name]
    import weasyprint

    if weasyprint.__version__ != VERSION:
        raise MissingToolError(
            f"WeasyPrint {weasyprint.__version__} is installed; PDF editions need {VERSION}.",
            advice=f"Install it with: {pip_command(f'weasyprint=={VERSION}')}",
        )


class _ModuleForLater(ModuleType):
    """A module that is imported when one of its functions or classes is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def import_and_call(*arguments: Any, **values: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **values)

        return import_and_call


def _import() -> None:
    try:
        importlib.import_module("weasyprint")
    except OSError as error:  # a library that it loads
        raise MissingToolError(
            "Pango, which sets the pages of PDF editions, is not installed.", advice=library_advice()
        ) from error


@contextmanager
def layout(session: Session | None = None) -> Iterator[None]:
    """Apply the patches of the layout of pages.

    Args:
        session: The parts of the document, if parts are kept.
    """
    with (
        cached_parts.patched(session) if session else nullcontext(),
        divided_boxes.patched(),
        footnotes.patched(),
        lines.patched_layout(),
        long_texts.patched(),
        page_breaks.patched(),
        page_styles.patched(),
        sizeless_svg.patched(),
        speedups.patched(),
        tables.patched(),
        text_case.patched(),
    ):
        yield


@contextmanager
def drawing(margins: MarginBoxes | None = None, parts: Drawing | None = None) -> Iterator[None]:
    """Apply the patches of drawing and writing.

    Args:
        margins: The margin boxes of a tagged file; a file for print needs only correct glyphs.
        parts: The drawing of the document in parts, if parts are kept.
    """
    with ExitStack() as stack:
        for module in (actual_text, bookmark_order, cid_fonts, font_instances, object_bytes, svg_text):
            stack.enter_context(module.patched())
        if margins:
            stack.enter_context(tags.patched(margins, parts))
            for patched in (speedups.patched, lines.patched_drawing, opacity.patched):
                stack.enter_context(patched())
        yield
