"""Document properties of Word files, in the fields in which the reader finds them (ISO/IEC 29500-2, 10; -1, 22.3)."""

from __future__ import annotations

from collections.abc import Mapping

from exporter.inspect.docx.edited_package import EditedPackage, PartType
from exporter.inspect.docx.xml import NAMESPACES
from exporter.inspect.docx.xml import number as as_number
from exporter.revise.changes import MetadataValue
from exporter.revise.elements import PartEdits, read, text
from exporter.revise.refusal import UnsupportedError

_CORE = PartType(
    "application/vnd.openxmlformats-package.core-properties+xml",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
)
_CUSTOM = PartType(
    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
)
_STRICT_CUSTOM = "http://purl.oclc.org/ooxml/officeDocument/customProperties"
_STRICT_TYPES = "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_IDENTIFIER = 2
"""Of custom properties (22.3.2.2)."""
_CORE_ELEMENTS = {"title": "title", "lang": "language"}
"""Elements of the core properties by key of the metadata."""
_SEPARATORS = {"authors": "; ", "keywords": "; "}
"""Between the items of lists."""
_CUSTOM_KEYS = frozenset({
    "subtitle", "kind", "publisher", "date", "identifier", "description", "rights", "series", "place", "certifier",
    *_SEPARATORS,
})  # fmt: skip


def set_property(edited: EditedPackage, name: str, value: MetadataValue) -> None:
    """Set a field of the metadata; an empty value removes it.

    Args:
        edited: The file.
        name: Its key in `[metadata]`.
        value: Its value there.

    Raises:
        UnsupportedError: Word files have no place for it.
    """
    words = _plain(name, value)
    if name in _CORE_ELEMENTS:
        _set_core(edited, _CORE_ELEMENTS[name], words)
    elif name in _CUSTOM_KEYS:
        _set_custom(edited, name, words)
    else:
        raise UnsupportedError(f"Word files have no field for “{name}”.", "Write it into publication.toml.")


def _plain(name: str, value: MetadataValue) -> str:
    """Return a value as text."""
    if isinstance(value, str):
        return value
    items = [] if isinstance(value, Mapping) else [item for item in value if isinstance(item, str)]
    separator = _SEPARATORS.get(name, "")
    if not separator or len(items) != len(value) or any(separator.strip() in item for item in items):
        raise UnsupportedError(f"A Word file cannot contain “{name}” in this form.", "Write it into publication.toml.")
    return separator.join(items)


def _set_core(edited: EditedPackage, local: str, words: str) -> None:
    part = edited.related("core-properties", "docProps/core.xml")
    if part is None:
        namespace = NAMESPACES["cp"]
        part = edited.add("docProps/core.xml", f'<cp:coreProperties xmlns:cp="{namespace}"/>', _CORE, "")
    data = edited.read(part)
    root, edits = read(data), PartEdits(data)
    known = next((child for child in root.children if child.name[:2] == (NAMESPACES["dc"], local)), None)
    if known is not None:
        edits.set_content(known, text(words))
    elif words:
        edits.insert(root, f'<dc:{local} xmlns:dc="{NAMESPACES["dc"]}">{text(words)}</dc:{local}>')
    edited.replace(part, edits.result())


def _set_custom(edited: EditedPackage, name: str, words: str) -> None:
    part = edited.related("custom-properties", "docProps/custom.xml")
    if part is None:
        if not words:
            return
        namespace = _STRICT_CUSTOM if edited.is_strict else NAMESPACES["op"]
        part = edited.add("docProps/custom.xml", f'<Properties xmlns="{namespace}"/>', _CUSTOM, "")
    data = edited.read(part)
    root, edits = read(data), PartEdits(data)
    is_strict = root.name.namespace == _STRICT_CUSTOM
    types = _STRICT_TYPES if is_strict else _TYPES
    content = f'<vt:lpwstr xmlns:vt="{types}">{text(words)}</vt:lpwstr>'
    properties = [child for child in root.children if child.local == "property"]
    named = [child for child in properties if child.attributes.get("name", "").casefold() == name]
    if named and words:
        edits.set_content(named[-1], content)
    for child in named[:-1] if words else named:
        edits.delete(child)
    if words and not named:
        numbers = [as_number(child.attributes.get("pid")) for child in properties]
        identifier = max([_FIRST_IDENTIFIER - 1, *numbers]) + 1
        prefix = f"{root.name.prefix}:" if root.name.prefix else ""
        edits.insert(
            root,
            f'<{prefix}property fmtid="{_FORMAT}" pid="{identifier}" name="{name}">{content}</{prefix}property>',
        )
    edited.replace(part, edits.result())
