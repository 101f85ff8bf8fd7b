"""On a telephone, in large type, in the dark: nothing is wider than the window (WCAG 1.4.4, 1.4.10)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.proof.built_editions import BuiltEditions
from tests.proof.epub import app

TELEPHONE = {"width": 320, "height": 640}
LARGE = {"style": "html { font-size: 200% }"}


@pytest.mark.parametrize(
    "view", [TELEPHONE, {**LARGE, "width": 480}, {"dark": True}], ids=["telephone", "large", "dark"]
)
def test_nothing_is_wider_than_the_window(built: BuiltEditions, shown: str, view: dict[str, Any]) -> None:
    told = app.ask("show", built.silent_book(shown), scrolled=True, **view)
    assert told["errors"] == []
    assert told["wide"] == []
