from __future__ import annotations

from pathlib import Path

import pytest

from exporter.pipeline.code_digest import CodeDigest
from exporter.writers.xhtml import embedded_fonts
from tests.pipeline.bench import PLUGINS, Bench

_digest = CodeDigest.digest


@pytest.fixture(scope="session")
def digests() -> dict[str, str]:
    """Digests of code, for all tests of a process: each has a store of its own, and none changes our source."""
    return {}


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, digests: dict[str, str]) -> Bench:
    """A place to export in, with readers and writers that fail in every way."""

    def known(self: CodeDigest, module: str = "exporter") -> str:
        if module not in digests:
            digests[module] = _digest(self, module)
        return digests[module]

    monkeypatch.setattr(CodeDigest, "digest", known)
    # The fonts of the catalogue take seconds.
    monkeypatch.setattr(embedded_fonts, "_make_subset", lambda _, __: b"")
    monkeypatch.syspath_prepend(str(PLUGINS))
    return Bench(tmp_path)
