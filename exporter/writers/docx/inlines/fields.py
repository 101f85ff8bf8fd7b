"""Fields with their cached results (ECMA-376-1, 17.16)."""

from __future__ import annotations

from exporter.writers.docx.xml import Element, Properties, add, add_properties


def add_run(parent: Element, properties: Properties | None = None) -> Element:
    """Append a run (17.3.2.25)."""
    run = add(parent, "r")
    add_properties(run, "rPr", properties or {})
    return run


def add_mark(parent: Element, kind: str, properties: Properties | None = None) -> None:
    """Append a `begin`, `separate` or `end` mark of a complex field (17.16.18)."""
    add(add_run(parent, properties), "fldChar", {"w:fldCharType": kind})


def begin_field(parent: Element, code: str, properties: Properties | None = None) -> None:
    """Append the code of a field (17.16.5); its result and `add_mark(parent, "end")` have to follow."""
    add_mark(parent, "begin", properties)
    add(add_run(parent, properties), "instrText", {"xml:space": "preserve"}, f" {code} ")
    add_mark(parent, "separate", properties)


def add_field(parent: Element, code: str, shown: str = "", properties: Properties | None = None) -> None:
    """Append a whole field.

    Args:
        parent: The paragraph or hyperlink.
        code: Its code, such as `PAGE`.
        shown: Its result until it is updated; empty if unknown.
        properties: Properties of its runs.
    """
    begin_field(parent, code, properties)
    if shown:
        add(add_run(parent, properties), "t", {"xml:space": "preserve"}, shown)
    add_mark(parent, "end", properties)
