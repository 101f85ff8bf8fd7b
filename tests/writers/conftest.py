from __future__ import annotations

import shutil

import pytest


@pytest.fixture
def poppler() -> None:
    """Look with the programs of poppler, which `make test` installs where it may; where it may not, it says so."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed: apt install poppler-utils")
