"""All faults, each in the editions that can have it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest

from tests.parity.docx import planted as docx
from tests.parity.faults import (
    pages,
    pages_markup,
    pages_metadata,
    pdf,
    pdf_drawn,
    pdf_entries,
    pdf_pages,
    sound,
    styled,
    talking_book,
    word,
    word_fields,
    word_margins,
    word_markup,
)
from tests.parity.faults.editing import Fault, Files
from tests.validate.pdf.planting import Book


class Planted(NamedTuple):
    """A fault in an edition."""

    kind: str
    edition: str
    rule: str
    """That which finds it."""
    plant: Callable[[Path, Path], Path]
    """Writes a copy of a finished file with the fault into a folder, and returns it."""


def _pages(fault: Fault) -> Callable[[Path, Path], Path]:
    def plant(good: Path, folder: Path) -> Path:
        files = Files(good)
        fault.plant(files)
        return files.save(folder / good.name)

    return plant


def _pdf(fault: pdf.Fault) -> Callable[[Path, Path], Path]:
    def plant(good: Path, folder: Path) -> Path:
        with pikepdf.open(good) as file:
            fault.plant(Book(file))
            file.save(folder / good.name)
        return folder / good.name

    return plant


def _word(fault: word.Fault) -> Callable[[Path, Path], Path]:
    return lambda good, folder: docx.plant(good, folder / good.name, {fault.part: fault.plant})


PLANTED = (
    [
        Planted(fault.kind, edition, fault.rule, _pages(fault))
        for module in (pages, pages_markup, pages_metadata, styled, talking_book, sound)
        for fault in module.FAULTS
        for edition in fault.editions
    ]
    + [
        Planted(fault.kind, "pdf", fault.rule, _pdf(fault))
        for fault in (*pdf.FAULTS, *pdf_drawn.FAULTS, *pdf_entries.FAULTS, *pdf_pages.FAULTS)
    ]
    + [
        Planted(fault.kind, "docx", fault.rule, _word(fault))
        for fault in (*word.FAULTS, *word_fields.FAULTS, *word_markup.FAULTS, *word_margins.FAULTS)
    ]
)
HEARD = frozenset(fault.kind for fault in sound.FAULTS)
"""Kinds that only a comparison with the sounds finds; others have to be found without it, and sooner."""


def _parameters() -> list[Any]:
    """Return all faults as parameters: `make test` plants every third kind in one edition of the same markup."""
    seen: set[tuple[str, bool]] = set()
    parameters = []
    for planted in PLANTED:
        key = (planted.kind, planted.edition in {"epub", "html", "daisy"})
        marks = pytest.mark.proof if key in seen or len(seen) % 3 else ()
        seen.add(key)
        parameters.append(pytest.param(planted, marks=marks, id=f"{planted.edition}: {planted.kind}"))
    return parameters


ALL = _parameters()
