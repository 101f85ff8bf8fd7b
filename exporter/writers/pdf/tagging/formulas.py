"""The MathML of each formula, in the file beside its drawing (ISO 14289-2, 8.2.5.29 and 8.14; ISO 32000-2, 14.13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf

from exporter.writers.pdf.tagging.structure import StructureElement


def attach(pdf: Any, written: Mapping[StructureElement, Any]) -> None:
    """Attach the MathML to the formulas that have some; equal ones share a file.

    Args:
        pdf: The `pydyf.PDF`.
        written: The structure elements and the dictionaries that they became.
    """
    files: dict[str, Any] = {}
    for element, structure in written.items():
        if element.mathml:
            if element.mathml not in files:
                files[element.mathml] = _file(pdf, f"formula-{len(files) + 1:05}.mml", element)
            structure["AF"] = pydyf.Array([files[element.mathml].reference])
    if files:
        # ISO 19005-4, annex A: a file with files in it lists them.
        names = pydyf.Array(entry for file in files.values() for entry in (file["F"], file.reference))
        listed = pydyf.Dictionary({"Names": names})
        pdf.add_object(listed)
        pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = listed.reference


def _file(pdf: Any, name: str, formula: StructureElement) -> Any:
    data = formula.mathml.encode()
    stream = pydyf.Stream(
        [data],
        {
            "Type": "/EmbeddedFile",
            "Subtype": "/application#2Fmathml+xml",
            "Params": pydyf.Dictionary({"Size": len(data)}),
        },
        compress=True,
    )
    pdf.add_object(stream)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(name),
            "UF": pydyf.String(name),
            "Desc": pydyf.String(formula.entries["Alt"]),
            "AFRelationship": "/Supplement",
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
        }
    )
    pdf.add_object(specification)
    return specification
