"""The finished editions; every test here is part of the proof."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proof.built_editions import SLUGS, BuiltEditions
from tests.publications import LONG
from tests.publications import SLUGS as PUBLICATIONS

SHOWN = {"access-to-justice-report", "arabic-brief", "asylum-dispatch"}
"""Publications that `make proof` looks at in browsers and reading apps."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("proof")


@pytest.fixture(scope="session")
def built(shared: Path) -> BuiltEditions:
    """Editions made once for all processes of this run."""
    folder = shared / "built"
    folder.mkdir(exist_ok=True)
    return BuiltEditions(folder)


@pytest.fixture(params=SLUGS)
def slug(request: pytest.FixtureRequest) -> str:
    """Every publication, and the benchmark."""
    return str(request.param)


@pytest.fixture(params=[pytest.param(slug, marks=() if slug in SHOWN else pytest.mark.soak) for slug in SLUGS])
def shown(request: pytest.FixtureRequest) -> str:
    """Every publication and the benchmark, most of them in `make soak`: browsers and reading apps take long."""
    return str(request.param)


@pytest.fixture(params=[pytest.param(slug, marks=pytest.mark.soak if slug in LONG else ()) for slug in PUBLICATIONS])
def heard(request: pytest.FixtureRequest) -> str:
    """Every publication, the long ones in `make soak`: they are hours of sound. The benchmark would be six."""
    return str(request.param)
