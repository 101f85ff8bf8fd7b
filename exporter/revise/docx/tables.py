"""Header rows and captions of tables in Word files (ISO/IEC 29500-1, 17.4.78 tblHeader, 17.4.55 tblLook)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.inspect.docx import Styles
from exporter.inspect.docx.edited_package import EditedPackage
from exporter.inspect.docx.xml import NAMESPACES, STRICT_WORD, name
from exporter.inspect.docx.xml_edits import append_to_root
from exporter.revise.changes import HeaderRows, TableCaption
from exporter.revise.docx.headings import styles_part
from exporter.revise.elements import Element, PartEdits, text
from exporter.revise.refusal import RefusedError

_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
_FIRST_ROW = 0x0020
_CAPTION = "caption"
"""Name of the style of captions, whatever the language of Word."""


def set_header_rows(edits: PartEdits, element: Element | None, change: HeaderRows) -> None:
    """Make the first rows of a table header rows, and all others not.

    Args:
        edits: Edits of the main part.
        element: The paragraph with the number in the source of the change: the first one in the table.
        change: The number of rows.

    Raises:
        RefusedError: It is not in the main part, or has no other rows.
    """
    table = _table_of(element)
    if table is None:
        raise RefusedError(
            "The table is in a note, a header or another file.",
            "Word: select its header rows, then Layout, Repeat Header Rows.",
        )
    rows = list(_rows(table))
    if change.count >= len(rows):
        raise RefusedError(f"The table has {len(rows)} rows, and one has to be below its header rows.", "Choose fewer.")
    for index, row in enumerate(rows):
        _mark(edits, row, is_header=index < change.count)
    properties = table.child("tblPr")
    look = properties.child("tblLook") if properties is not None else None
    if not change.count and look is not None:
        # The style of the table may mark its first row, too.
        if "firstRow" in look.attributes:
            edits.set_attribute(look, "firstRow", "0")
        bits = look.attributes.get("val", "")
        try:
            edits.set_attribute(look, "val", f"{int(bits, 16) & ~_FIRST_ROW:04X}")
        except ValueError:
            return


def set_caption(edited: EditedPackage, edits: PartEdits, element: Element | None, change: TableCaption) -> None:
    """Write a caption above a table, as Word does (References, Insert Caption), but without a number.

    Args:
        edited: The file, to which the style of captions is added if it is missing.
        edits: Edits of the main part.
        element: The first paragraph in the table.
        change: The caption.

    Raises:
        RefusedError: It is not in the main part.
    """
    table = _table_of(element)
    if table is None or table.parent is None:
        raise RefusedError("The table is in a note, a header or another file.", "Word: References, Insert Caption.")
    style = _caption_style(edited)
    names = {local: table.name.sibling(local) for local in ("p", "pPr", "pStyle", "keepNext", "r", "t")}
    opening = {local: tag for local, (tag, _) in names.items()}
    closing = {local: tag.partition(" ")[0] for local, tag in opening.items()}
    prefix = names["pStyle"][1]
    edits.insert(
        table.parent,
        f"<{opening['p']}><{opening['pPr']}>"
        f'<{opening["pStyle"]} {prefix}val="{style}"/><{opening["keepNext"]}/></{closing["pPr"]}>'
        f"<{opening['r']}><{opening['t']}>{text(change.text)}</{closing['t']}></{closing['r']}></{closing['p']}>",
        table,
    )


def _table_of(element: Element | None) -> Element | None:
    """Return the innermost table around a paragraph, or None."""
    ancestors = element.ancestors() if element is not None else iter(())
    return next((ancestor for ancestor in ancestors if ancestor.local == "tbl"), None)


def _caption_style(edited: EditedPackage) -> str:
    """Return the identifier of the style of captions, which is added if it is missing."""
    part = styles_part(edited)
    root = edited.xml(part)
    styles = Styles(root)
    identifiers = [style.get(name("styleId")) or "" for style in root.iter(name("style"))]
    known = next((known for known in identifiers if styles.name_of(known).casefold() == _CAPTION), None)
    if known is not None:
        return known
    numbers = ("", *(f"_{number}" for number in range(len(identifiers))))
    identifier = next(candidate for suffix in numbers if (candidate := f"Caption{suffix}") not in identifiers)
    base = f'<w:basedOn w:val="{styles.default_paragraph}"/>' if styles.default_paragraph else ""
    namespace = STRICT_WORD if edited.is_strict else NAMESPACES["w"]
    edited.replace(
        part,
        append_to_root(
            edited.read(part),
            f'<w:style xmlns:w="{namespace}" w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{_CAPTION}"/>'
            f'{base}<w:uiPriority w:val="35"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="120"/></w:pPr>'
            "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>",
        ),
    )
    return identifier


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table without those that are deleted by a tracked change."""
    stack = list(reversed(table.children))
    while stack:
        element = stack.pop()
        if element.local == "tr":
            properties = element.child("trPr")
            if properties is None or properties.child("del") is None:
                yield element
        elif element.local in _WRAPPERS:
            stack.extend(reversed(element.children))


def _mark(edits: PartEdits, row: Element, *, is_header: bool) -> None:
    properties = row.child("trPr")
    mark = properties.child("tblHeader") if properties is not None else None
    if mark is not None and is_header:
        if "val" in mark.attributes:
            edits.set_attribute(mark, "val", "1")
    elif mark is not None:
        edits.delete(mark)
    elif is_header:
        tag, _ = row.name.sibling("tblHeader")
        if properties is not None:
            edits.insert(properties, f"<{tag}/>", next(iter(properties.children), None))
            return
        outer, _ = row.name.sibling("trPr")
        following = (child for child in row.children if child.local != "tblPrEx")
        content = f"<{outer}><{tag}/></{outer.partition(' ')[0]}>"
        edits.insert(row, content, next(following, None))
