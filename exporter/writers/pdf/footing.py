"""Notes stay on the page of the line that refers to them.

WeasyPrint 70.0 makes room for a line that no longer fits by moving notes of earlier lines to the next page, and then
forgets the notes of that very line: the text of a note is lost. It does neither inside columns, so it is told that
lines are laid out in one; such a line goes to the next page together with its notes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def notes_with_their_lines() -> Iterator[None]:
    """Lay pages out, inside this context, without moving notes away from their lines."""
    from weasyprint import document
    from weasyprint.layout import LayoutContext

    class Context(LayoutContext):  # type: ignore[misc] # WeasyPrint has no types
        _columns = False

        @property
        def in_column(self) -> bool:
            # Only the function that lays lines out is told so; what it calls still needs the truth.
            return self._columns or sys._getframe(1).f_code.co_name == "_linebox_layout"

        @in_column.setter
        def in_column(self, value: bool) -> None:
            self._columns = value

    document.LayoutContext = Context
    try:
        yield
    finally:
        document.LayoutContext = LayoutContext
