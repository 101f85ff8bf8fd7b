from __future__ import annotations

from pathlib import Path

import pytest

from exporter.writers.xhtml import embedded_fonts
from tests.pipeline.bench import PLUGINS, Bench


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A place to export in, with readers and writers that fail in every way."""

    # The fonts of the catalogue take seconds.
    monkeypatch.setattr(embedded_fonts, "_make_subset", lambda _, __: b"")
    monkeypatch.syspath_prepend(str(PLUGINS))
    return Bench(tmp_path)
