"""The last hand on the file before it is written: what the page engine does not know about our documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.writers.pdf import standards
from exporter.writers.pdf.options import Standard

if TYPE_CHECKING:
    from weasyprint import Document

    from exporter.writers.pdf.engine import Finisher


def finisher(standard: Standard) -> Finisher:
    """Return what the engine is to call before it writes a file of a standard."""

    def finish(document: Document, pdf: Any) -> None:
        keep_only_used_names(document, pdf)
        name_pages(pdf)
        standards.keep(document, pdf, standard)

    return finish


def one_annotation_for_each_link(document: Document) -> None:
    """Leave each line of a link one annotation: the engine makes more for what stands inside it, read out twice.

    To be called after layout, before the pages are written.
    """
    for page in document.pages:
        page.links = [link for link in page.links if link[3].element_tag == "a"]


def name_pages(pdf: Any) -> None:
    """Say that pages are called what is printed on them: their number, from the cover on (ISO 32000-1, 12.4.2)."""
    import pydyf

    decimal = pydyf.Dictionary({"S": "/D"})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, decimal])})


def keep_only_used_names(document: Document, pdf: Any) -> None:
    """Drop the named destinations that no link of the document leads to: every node has an ID for `sidecars`."""
    import pydyf

    names = pdf.catalog.get("Names")
    if names is None or "Dests" not in names:
        return
    used = {
        pydyf.String(target).data for page in document.pages for kind, target, *_ in page.links if kind == "internal"
    }
    flat = names["Dests"]["Names"]
    used_names = pydyf.Array()
    for name, target in zip(flat[::2], flat[1::2], strict=True):
        if name.data in used:
            used_names.extend((name, target))
    names["Dests"]["Names"] = used_names
