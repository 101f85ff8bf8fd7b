"""Document settings and properties (ECMA-376-1, 17.15; ECMA-376-2, 10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import msgspec
from lxml import etree

from exporter.labels import Labels
from exporter.model import Direction, Metadata
from exporter.writers.docx import parts
from exporter.writers.docx.inlines.direction import language_attributes
from exporter.writers.docx.package import Package
from exporter.writers.docx.xml import add, clean

_CORE = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Properties that users define ([MS-OSHARED] 2.3.3.2.1)."""
_ELSEWHERE = frozenset({"title", "language", "direction", "source"})
_MODERN = "15"
"""Word 2013 and later; without it Word opens the file in compatibility mode."""


def add_settings(
    package: Package,
    metadata: Metadata,
    variables: Mapping[str, str],
    *,
    mirrored: bool,
    footnotes: bool,
    endnotes: bool,
) -> None:
    """Add the settings part (17.15.1.78), its children in schema order."""
    part = package.add_story("/word/settings.xml", parts.SETTINGS, parts.TO_SETTINGS, "settings")
    settings = part.element
    add(settings, "zoom", {"w:percent": 100})
    add(settings, "defaultTabStop", {"w:val": 709})
    if mirrored:
        add(settings, "evenAndOddHeaders")
    add(settings, "characterSpacingControl", {"w:val": "doNotCompress"})
    for kind, present in (("footnote", footnotes), ("endnote", endnotes)):
        if present:
            notes = add(settings, f"{kind}Pr")
            if kind == "endnote" and not footnotes:
                # Small Roman numbers, Word's default, distinguish endnotes only if there are also footnotes (17.11.18).
                add(notes, "numFmt", {"w:val": "decimal"})
            add(notes, kind, {"w:id": -1})
            add(notes, kind, {"w:id": 0})
    compat = add(settings, "compat")
    for key, value in (
        ("compatibilityMode", _MODERN),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ):
        setting = {"w:name": key, "w:uri": "http://schemas.microsoft.com/office/word", "w:val": value}
        add(compat, "compatSetting", setting)
    if variables:
        variables_element = add(settings, "docVars")
        for key in sorted(variables):
            add(variables_element, "docVar", {"w:name": key, "w:val": variables[key]})
    add(add(settings, "m:mathPr"), "m:mathFont", {"m:val": "Cambria Math"})
    if metadata.language:
        languages = language_attributes(metadata.language, rtl=False)
        if metadata.direction is Direction.RTL:
            languages |= language_attributes(metadata.language, rtl=True)
        add(settings, "themeFontLang", {f"w:{key}": value for key, value in languages.items()})
    schemes = ("bg1 light1", "t1 dark1", "bg2 light2", "t2 dark2", "hyperlink hyperlink")
    mapping = dict(pair.split() for pair in schemes)
    mapping |= {f"accent{number}": f"accent{number}" for number in range(1, 7)}
    mapping["followedHyperlink"] = "followedHyperlink"
    add(settings, "clrSchemeMapping", {f"w:{key}": value for key, value in mapping.items()})
    add(settings, "decimalSymbol", {"w:val": "."})
    add(settings, "listSeparator", {"w:val": ","})


def add_document_properties(package: Package, metadata: Metadata, labels: Labels, voices: Mapping[str, str]) -> None:
    """Add core and extended properties (ECMA-376-2, 10; ECMA-376-1, 22.2), without the current time."""
    core = etree.Element(f"{{{_CORE['cp']}}}coreProperties", nsmap=dict(_CORE))
    values = {
        "dc:title": metadata.title or metadata.subtitle,
        "dc:subject": metadata.subtitle,
        "dc:creator": "; ".join(metadata.creators) or metadata.publisher,
        "cp:keywords": ", ".join(metadata.subjects),
        "dc:description": metadata.description,
        "dc:language": metadata.language,
        "dc:identifier": metadata.identifier,
        "cp:category": labels(f"kinds.{metadata.kind.value}") if metadata.kind else "",
    }
    for tag, value in values.items():
        if value:
            prefix, local = tag.split(":")
            etree.SubElement(core, f"{{{_CORE[prefix]}}}{local}").text = clean(value)
    if metadata.date:
        for local in ("created", "modified"):
            date = etree.SubElement(core, f"{{{_CORE['dcterms']}}}{local}")
            date.set(f"{{{_CORE['xsi']}}}type", "dcterms:W3CDTF")
            date.text = f"{metadata.date.isoformat()}T00:00:00Z"
    package.add_properties("/docProps/core.xml", parts.CORE, parts.TO_CORE, core)
    extended = etree.Element(f"{{{_EXTENDED}}}Properties", nsmap=cast(Any, {None: _EXTENDED}))
    if metadata.publisher:
        etree.SubElement(extended, f"{{{_EXTENDED}}}Company").text = clean(metadata.publisher)
        package.add_properties("/docProps/app.xml", parts.EXTENDED, parts.TO_EXTENDED, extended)
    _add_custom_properties(package, metadata, voices)


def _add_custom_properties(package: Package, metadata: Metadata, voices: Mapping[str, str]) -> None:
    """Add all other metadata as custom properties, for readers of the file (ECMA-376-1, 22.3)."""
    fields: dict[str, Any] = msgspec.to_builtins(metadata)
    values = {key: value for key, value in fields.items() if key not in _ELSEWHERE and value}
    if metadata.subtitle and not metadata.title:
        values["title"] = ""  # Word shows the subtitle as the title
    if voices:
        values["voices"] = dict(sorted(voices.items()))
    if not values:
        return
    custom = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap=cast(Any, {None: _CUSTOM, "vt": _VALUES}))
    for number, (key, value) in enumerate(values.items(), 2):
        element = etree.SubElement(custom, f"{{{_CUSTOM}}}property")
        for attribute, content in (("fmtid", _FORMAT), ("pid", str(number)), ("name", f"publication.{key}")):
            element.set(attribute, content)
        text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
        etree.SubElement(element, f"{{{_VALUES}}}lpwstr").text = clean(text)
    package.add_properties("/docProps/custom.xml", parts.CUSTOM, parts.TO_CUSTOM, custom)
