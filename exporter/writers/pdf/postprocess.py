"""Changes to the pages and the file that WeasyPrint does not make, before the file is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.writers.pdf import standards
from exporter.writers.pdf.options import Standard

if TYPE_CHECKING:
    from weasyprint import Document

    from exporter.writers.pdf.engine import Finisher


def finisher(standard: Standard) -> Finisher:
    """Return the function that WeasyPrint calls before it writes a file of a standard."""

    def finish(document: Document, pdf: Any) -> None:
        keep_only_used_names(document, pdf)
        name_pages(pdf)
        standards.keep(document, pdf, standard)

    return finish


def one_annotation_for_each_link(document: Document) -> None:
    """Remove the annotations that WeasyPrint makes for elements inside links, which would be read twice.

    To be called after the layout, before the pages are written.
    """
    for page in document.pages:
        page.links = [link for link in page.links if link[3].element_tag == "a"]


def name_pages(pdf: Any) -> None:
    """Label pages by their printed number, from the cover on (ISO 32000-1, 12.4.2)."""
    import pydyf

    decimal = pydyf.Dictionary({"S": "/D"})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, decimal])})


def keep_only_used_names(document: Document, pdf: Any) -> None:
    """Drop the named destinations that no link points to: every node has an ID for `sidecars`."""
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
