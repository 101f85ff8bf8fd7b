"""The bytes of each object of a file, made once.

Changes: `PDF.write` of `pydyf`.
Why: it makes and compresses all objects for the file, and then again for its identifier.
Upstream: no issue is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def patched() -> Iterator[None]:
    """Make the bytes of objects once a file."""
    import pydyf

    write = pydyf.PDF.write

    def write_once(pdf: Any, *arguments: Any, **values: Any) -> None:
        data_by_number: dict[int, bytes] = {}

        def once(make: Any) -> property:
            def data(item: Any) -> bytes:
                # Part of another object, or an image, of which there would be two copies in memory.
                if item.number is None or not getattr(item, "compress", True):
                    return bytes(make(item))
                if item.number not in data_by_number:
                    data_by_number[item.number] = make(item)
                return data_by_number[item.number]

            return property(data)

        with ExitStack() as stack:
            for kind in (pydyf.Dictionary, pydyf.Stream):
                stack.enter_context(patch.object(kind, "data", once(kind.data.fget)))
            write(pdf, *arguments, **values)

    with patch.object(pydyf.PDF, "write", write_once):
        yield
