"""Options of the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

# The same examples in every run, here and wherever it is tested; `make soak` and EXPORTER_TREES look for others.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what tests get as golden files; then read the difference"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(autouse=True, scope="session")
def _voices_that_are_everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave natural voices out, installed or not: they take minutes, and not every machine has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPORTER_VOICES", str(tmp_path_factory.mktemp("no-voices")))
        patch.delenv("EXPORTER_PIPER_VOICES", raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def _examples_that_are_the_same_everywhere() -> Iterator[None]:
    """Let Hypothesis draw no constants from the modules that are loaded: they differ from one process to the next."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(providers, "_get_local_constants", Constants)
        yield
