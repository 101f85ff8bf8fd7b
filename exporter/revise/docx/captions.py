"""Captions of tables and figures in Word files: paragraphs in the style of captions (ISO/IEC 29500-1, 17.7.4).

In those that exist, fields, notes and formats stay when their words are changed.
"""

from __future__ import annotations

from functools import partial

from exporter.inspect.docx import Styles
from exporter.inspect.docx.edited_package import EditedPackage
from exporter.inspect.docx.xml import NAMESPACES, STRICT_WORD, name
from exporter.inspect.docx.xml_edits import append_to_root
from exporter.revise.changes import CaptionParagraph, FigureCaption, TableCaption
from exporter.revise.docx.headings import set_properties, styles_part
from exporter.revise.docx.paragraph_text import keep_spaces, pieces_of
from exporter.revise.docx.tables import table_of
from exporter.revise.element_texts import reword_pieces, words_of
from exporter.revise.elements import Element, PartEdits, text
from exporter.revise.refusal import RefusedError

_CAPTION = "caption"
"""Name of the style of captions, whatever the language of Word."""
_IN_LINE = ("extent", "effectExtent", "docPr", "cNvGraphicFramePr", "graphic")
"""What a picture in line with the text has besides its position (20.4.2.8)."""
_INSERT = "Word: References, Insert Caption."


def set_table_caption(edited: EditedPackage, edits: PartEdits, element: Element | None, change: TableCaption) -> None:
    """Write a caption above a table, as Word does (References, Insert Caption), but without a number.

    Args:
        edited: The file, to which the style of captions is added if it is missing.
        edits: Edits of the main part.
        element: The first paragraph in the table.
        change: The caption.

    Raises:
        RefusedError: It is not in the main part.
    """
    table = table_of(element)
    if table is None or table.parent is None:
        raise RefusedError("The table is in a note, a header or another file.", _INSERT)
    edits.insert(table.parent, _caption(edited, table, change.text, is_above=True), table)


def set_figure_caption(edited: EditedPackage, edits: PartEdits, element: Element | None, change: FigureCaption) -> None:
    """Write a caption below the paragraph of an image, on the same page, without a number.

    A picture that floats over the text is put in line with it, below the paragraph to which it belongs, or above it if
    others that float follow there: their order stays.

    Args:
        edited: The file, to which the style of captions is added if it is missing.
        edits: Edits of the main part.
        element: The drawing.
        change: The caption.

    Raises:
        RefusedError: It is not in the main part, or in a text box, which is written twice.
    """
    ancestors = list(element.ancestors()) if element is not None and element.local != "p" else []
    paragraph = next((ancestor for ancestor in ancestors if ancestor.local == "p"), None)
    if paragraph is None:
        raise RefusedError("The image is in a note, a header or another file.", _INSERT)
    if any(ancestor.local == "txbxContent" for ancestor in ancestors):
        raise RefusedError("The image is in a text box.", _INSERT)
    caption = _caption(edited, paragraph, change.text, is_above=False)
    if element is not None and (picture := _in_line(edits, element, paragraph)):
        edits.delete(element)
        if any(other.local == "anchor" and other.start > element.end for other in paragraph.walk()):
            edits.insert_around((paragraph.start, paragraph.start), picture + caption, "")
        else:
            edits.insert_after(paragraph, picture + caption)
    else:
        set_properties(edits, paragraph, {"keepNext": "1"})
        edits.insert_after(paragraph, caption)


def _in_line(edits: PartEdits, drawing: Element, paragraph: Element) -> str:
    """Return a picture that floats over the text as a paragraph of its own, below which its caption can stand.

    Word keeps no caption with a picture that floats. Others are returned as "".
    """
    anchor = drawing.child("anchor")
    if anchor is None or not anchor.name.prefix or drawing.parent is None or drawing.parent.parent is not paragraph:
        return ""
    content = "".join(edits.source(child) for child in anchor.children if child.local in _IN_LINE)
    declared = edits.declarations(drawing.parent, drawing, anchor)
    holder, drawn = f"{anchor.name.prefix}:inline", drawing.name.sibling("drawing")[0]
    opening = {local: paragraph.name.sibling(local)[0] for local in ("p", "pPr", "keepNext", "r")}
    closing = {local: tag.partition(" ")[0] for local, tag in {**opening, "drawing": drawn}.items()}
    return (
        f"<{opening['p']}><{opening['pPr']}><{opening['keepNext']}/></{closing['pPr']}><{opening['r']}><{drawn}>"
        f'<{holder}{declared} distT="0" distB="0" distL="0" distR="0">{content}</{holder}>'
        f"</{closing['drawing']}></{closing['r']}></{closing['p']}>"
    )


def make_caption(edited: EditedPackage, edits: PartEdits, element: Element | None, change: CaptionParagraph) -> None:
    """Set the style of a paragraph to that of captions; one above stays on the page of what is below it.

    Args:
        edited: The file, to which the style is added if it is missing.
        edits: Edits of the main part.
        element: The paragraph.
        change: Its mark as a caption.

    Raises:
        RefusedError: It is not in the main part.
    """
    if element is None or element.local != "p":
        raise RefusedError("The paragraph is in a note, a header or another file.", "Word: Home, Styles, Caption.")
    keep = {"keepNext": "1"} if change.source.anchor < change.owner.anchor else {}
    set_properties(edits, element, {"pStyle": _caption_style(edited), **keep})


def _caption(edited: EditedPackage, beside: Element, words: str, *, is_above: bool) -> str:
    """Return a caption as XML; it stays on the page of what it is above."""
    names = {local: beside.name.sibling(local) for local in ("p", "pPr", "pStyle", "keepNext", "r", "t")}
    opening = {local: tag for local, (tag, _) in names.items()}
    closing = {local: tag.partition(" ")[0] for local, tag in opening.items()}
    prefix = names["pStyle"][1]
    keep = f"<{opening['keepNext']}/>" if is_above else f'<{opening["keepNext"]} {prefix}val="0"/>'
    return (
        f"<{opening['p']}><{opening['pPr']}>"
        f'<{opening["pStyle"]} {prefix}val="{_caption_style(edited)}"/>{keep}</{closing["pPr"]}>'
        f"<{opening['r']}><{opening['t']}>{text(words)}</{closing['t']}></{closing['r']}></{closing['p']}>"
    )


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
            f'{base}<w:uiPriority w:val="35"/><w:qFormat/><w:pPr><w:spacing w:after="120"/></w:pPr>'
            "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>",
        ),
    )
    return identifier


def reword_caption(
    edits: PartEdits, root: Element, owner: Element | None, change: TableCaption | FigureCaption
) -> None:
    """Write new words into the caption of a table or an image: the nearest paragraph with the words that it has.

    Args:
        edits: Edits of the main part.
        root: The root of the main part.
        owner: The first paragraph in the table, or the drawing.
        change: The new words.

    Raises:
        RefusedError: The caption is not found, or the number that Word counts would change.
    """
    owner = table_of(owner) if isinstance(change, TableCaption) else owner
    old = " ".join(change.old.split())
    paragraphs = [
        element
        for element in root.walk()
        if element.local == "p" and not element.is_in(owner) and words_of(pieces_of(edits, element)) == old
    ]
    if owner is None or not paragraphs:
        raise RefusedError("The caption was not found in the text.", "Change it in Word.")
    nearest = min(paragraphs, key=owner.distance)
    for paragraph in (nearest, *(other for other in paragraphs if _is_copy(other, nearest))):
        added = reword_pieces(edits, list(pieces_of(edits, paragraph)), old, change.text, partial(keep_spaces, edits))
        if added:
            (run, _), (tag, _) = (paragraph.name.sibling(local) for local in ("r", "t"))
            ends = f"</{tag.partition(' ')[0]}></{run.partition(' ')[0]}>"
            edits.insert(paragraph, f'<{run}><{tag} xml:space="preserve">{added}{ends}')


def _is_copy(paragraph: Element, other: Element) -> bool:
    """Return whether a paragraph is another in another branch of alternate content (ISO/IEC 29500-3, 9.3)."""
    around, around_other = (
        next((other for other in element.ancestors() if other.local == "AlternateContent"), None)
        for element in (paragraph, other)
    )
    return paragraph is not other and around is not None and around is around_other
