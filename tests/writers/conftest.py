from __future__ import annotations

import shutil

import pytest

from exporter.writers.fonts import supplements


@pytest.fixture
def poppler() -> None:
    """Look with the programs of poppler, which `make test` installs where it may; where it may not, it says so."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed: apt install poppler-utils")


@pytest.fixture
def bundled_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide fonts that this computer happens to have."""
    families = supplements._families
    monkeypatch.setattr(supplements, "PACKAGES", ())
    monkeypatch.setattr(supplements, "_system_fonts", lambda _codes: ())
    # Of other tests, and of the packages of fonts that are installed.
    monkeypatch.setattr(supplements, "_families", lambda package: () if package.languages else families(package))
    supplements._select.cache_clear()
