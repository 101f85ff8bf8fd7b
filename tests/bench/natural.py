"""Where `make bench` keeps natural voices: apart from those of the house, so that measuring changes no edition."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

VARIABLE = "EXPORTER_BENCH_VOICES"


@contextmanager
def voices() -> Iterator[None]:
    """Use them inside this process, as long as the context lasts; where none are named, those of the house."""
    named = os.environ.get(VARIABLE)
    with mock.patch.dict(os.environ, {"EXPORTER_VOICES": named} if named else {}):
        yield
