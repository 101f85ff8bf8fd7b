"""Formulas in TeX."""

from __future__ import annotations

import pytest

from exporter.readers.tex import tex_to_mathml
from tests.pipeline import tasks


def test_a_lack_of_memory_does_not_make_a_formula_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latex2mathml.converter.convert", lambda *_, **__: tasks.starve())
    with pytest.raises(MemoryError):
        tex_to_mathml("x^2", display=False)
