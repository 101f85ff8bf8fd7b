"""The print edition of the sample, made once."""

from __future__ import annotations

import pytest

from exporter.writers import print as edition
from exporter.writers.print.conditions import condition
from tests.writers.print.made import Made, make


@pytest.fixture(scope="package")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    if not condition(edition.Options()).ready:
        pytest.skip("Ghostscript or its profiles are not installed: apt install ghostscript colord-data")
    return make(tmp_path_factory.mktemp("print"))
