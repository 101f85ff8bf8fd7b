"""The print edition of a publication, and what its pages say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pikepdf

from exporter import model as m
from exporter.contracts import WriteResult
from exporter.writers import print as edition
from tests.write_context import Pictures, write_context
from tests.writers import sample


@dataclass
class Made:
    path: Path
    written: WriteResult


def make(
    folder: Path, publication: m.Publication | None = None, *, files: Mapping[str, bytes] | None = None, **options: Any
) -> Made:
    pictures = Pictures(folder / "pictures")
    publication = publication or sample.everything(pictures)
    context = write_context(folder, publication.metadata.language, pictures=pictures)
    context = msgspec.structs.replace(context, files=files or {})
    target = folder / "print.pdf"
    return Made(target, edition.write(publication, context, edition.Options(**options), target))


def short(**metadata: Any) -> m.Publication:
    values = {"title": "S", "language": "en", **metadata}
    return m.Publication(m.Metadata(**values), body=(sample.section("a", "A", sample.p("Words.")),))


def box(page: Any, name: str) -> list[float]:
    return [float(value) for value in page[name]]


def chapters(path: Path, words: list[str]) -> dict[str, int]:
    """Return the page, from 1, of each bookmark of these words."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return {item.title: pages[item.destination[0].objgen] for item in outline.root if item.title in words}


def columns(page: Any) -> Iterator[float]:
    """Yield where each text begins, in points from the left of the page."""
    stack: list[tuple[float, float]] = []
    scale, shift = 1.0, 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append((scale, shift))
            case "Q":
                scale, shift = stack.pop()
            case "cm":
                shift += scale * float(operands[4])
                scale *= float(operands[0])
            case "Tm":
                yield shift + scale * float(operands[4])
            case _:
                pass
