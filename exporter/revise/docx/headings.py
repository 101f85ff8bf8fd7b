"""Headings in Word files (ISO/IEC 29500-1, 17.3.1.27 pStyle, 17.3.1.20 outlineLvl, 17.7.4 styles)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from exporter.inspect.docx import Styles
from exporter.inspect.docx.edited_package import EditedPackage, PartType
from exporter.inspect.docx.xml import NAMESPACES, STRICT_WORD, name
from exporter.inspect.docx.xml_edits import append_to_root
from exporter.revise.changes import HeadingLevel
from exporter.revise.docx.lists import list_number, set_number
from exporter.revise.elements import Element, PartEdits
from exporter.revise.refusal import RefusedError

STYLES_PART = PartType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/styles",
)
HIGHEST = 9
"""The lowest level of headings in Word."""
_SIZES = (32, 28, 26, 24)
"""Sizes of the first levels in half-points; that of the others is the last."""


def styles_part(edited: EditedPackage) -> str:
    """Return the name of the styles part, which is added if it is missing."""
    main = edited.package.main
    folder = posixpath.dirname(main)
    part = edited.package.related("styles") or posixpath.join(folder, "styles.xml")
    if part in edited.package:
        return part
    namespace = STRICT_WORD if edited.is_strict else NAMESPACES["w"]
    return edited.add(part, f'<w:styles xmlns:w="{namespace}"/>', STYLES_PART, main)


def set_heading_level(edited: EditedPackage, edits: PartEdits, element: Element | None, change: HeadingLevel) -> None:
    """Set the style of a paragraph to that of a heading, or remove it.

    Args:
        edited: The file, to which the style is added if it has none of that level.
        edits: Edits of the main part.
        element: The paragraph with the number in the source of the change, or None if there is none.
        change: The level.

    Raises:
        RefusedError: It is not in the main part, or the level is not one of Word.
    """
    if element is None or element.local != "p":
        raise RefusedError(
            "The paragraph is in a note, a header or another file.", "Word: Home, Styles, a style such as Heading 2."
        )
    if change.level > HIGHEST:
        raise RefusedError(f"Word has no heading of level {change.level}.", f"Choose a level from 1 to {HIGHEST}.")
    properties = element.child("pPr")
    style = properties.child("pStyle") if properties is not None else None
    outline = properties.child("outlineLvl") if properties is not None else None
    if outline is not None:
        edits.delete(outline)
    if not change.level:
        if style is not None:
            edits.delete(style)
        return
    heading = _style(edited, change.level)
    styles = Styles(edited.xml(styles_part(edited)))
    before = style.attributes.get("val", "") if style is not None else styles.default_paragraph
    # The style may number the headings of the document: this one would get a number, and those after it another.
    is_unnumbered = styles.is_numbered(heading) and not styles.is_numbered(before)
    set_properties(edits, element, {"pStyle": heading}, is_unnumbered=is_unnumbered)


def set_properties(
    edits: PartEdits, paragraph: Element, values: Mapping[str, str], *, is_unnumbered: bool = False
) -> None:
    """Set the style of a paragraph (`pStyle`), and what follows the style (`keepNext`).

    Args:
        edits: Edits of its part.
        paragraph: The paragraph.
        values: The values by local name.
        is_unnumbered: Whether it gets no number from its style, unless it has one of its own.
    """
    properties, marks = paragraph.child("pPr"), ""
    for local, value in values.items():
        known = properties.child(local) if properties is not None else None
        if known is not None:
            edits.set_attribute(known, "val", value)
        else:
            tag, prefix = paragraph.name.sibling(local)
            marks += f'<{tag} {prefix}val="{value}"/>'
    if is_unnumbered and (properties is None or not properties.children):
        marks += list_number(paragraph, 0)
    if properties is None:
        outer, _ = paragraph.name.sibling("pPr")
        marks = f"<{outer}>{marks}</{outer.partition(' ')[0]}>"
        edits.insert(paragraph, marks, next(iter(paragraph.children), None))
        return
    if marks:
        edits.insert(properties, marks, next((child for child in properties.children if child.local != "pStyle"), None))
    if is_unnumbered and properties.children and properties.child("numPr") is None:
        set_number(edits, paragraph, 0)


def _style(edited: EditedPackage, level: int) -> str:
    """Return the identifier of the style of headings of a level, which is added if it is missing."""
    part = styles_part(edited)
    root = edited.xml(part)
    styles = Styles(root)
    known = [style.get(name("styleId")) or "" for style in root.iter(name("style"))]
    paragraphs = [
        identifier
        for style in root.iter(name("style"))
        if style.get(name("type"), "paragraph") == "paragraph" and (identifier := style.get(name("styleId")))
    ]
    usual = f"heading {level}"
    headings = [identifier for identifier in paragraphs if styles.level(identifier) == level]
    named = [identifier for identifier in headings if styles.name_of(identifier).casefold() == usual]
    for identifier in (*named, *headings):
        return identifier
    numbers = ("", *(f"_{number}" for number in range(len(known))))
    identifier = next(candidate for suffix in numbers if (candidate := f"Heading{level}{suffix}") not in known)
    base = f'<w:basedOn w:val="{styles.default_paragraph}"/>' if styles.default_paragraph else ""
    following = f'<w:next w:val="{styles.default_paragraph}"/>' if styles.default_paragraph else ""
    size = _SIZES[min(level, len(_SIZES)) - 1]
    namespace = STRICT_WORD if edited.is_strict else NAMESPACES["w"]
    edited.replace(
        part,
        append_to_root(
            edited.read(part),
            f'<w:style xmlns:w="{namespace}" w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{usual}"/>'
            f'{base}{following}<w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>'
            f'<w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
            f'<w:rPr><w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>',
        ),
    )
    return identifier
