"""Pages made to take long: each is refused in a sentence, or read, within 20 seconds and 500 megabytes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.readers.html.test_hostile import HEAVY, MEGABYTES, SECONDS


@pytest.mark.parametrize("name", sorted(HEAVY))
def test_a_heavy_page_is_read_or_refused_within_limits(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.readers.html.measure", name], capture_output=True, text=True, check=True
    )
    line = json.loads(done.stdout)
    assert line["seconds"] < SECONDS
    assert line["megabytes"] < MEGABYTES
    assert "\n" not in line["said"]
