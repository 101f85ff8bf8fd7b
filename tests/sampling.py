"""Samples of long lists of parameters: `make test` takes some of them, `make proof` all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(values: Iterable[Any], step: int = 2) -> list[Any]:
    """Return values as parameters of a test, of which only each `step`th is no part of the proof."""
    return [
        pytest.param(value, marks=pytest.mark.proof if number % step else ()) for number, value in enumerate(values)
    ]
