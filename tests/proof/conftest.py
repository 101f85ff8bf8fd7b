"""The shelf of finished editions."""

from __future__ import annotations

import os

import pytest

from tests.proof.shelf import SLUGS, Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Editions made once for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    # Each process of pytest-xdist has a folder of its own in that of the run.
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "shelf"
    folder.mkdir(exist_ok=True)
    return Shelf(folder)


@pytest.fixture(params=SLUGS)
def slug(request: pytest.FixtureRequest) -> str:
    """Every publication, and the benchmark."""
    return str(request.param)
