"""Typed lists that become lists in OpenDocument texts (OpenDocument 1.3, part 3, 5.3, 16.30 list styles)."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model import ListStyle
from exporter.model.typed_lists import Numbering
from exporter.revise.element_texts import ElementText, text_of
from exporter.revise.elements import Element, PartEdits
from exporter.revise.list_marks import LINE_MARKER, NO_LIST, numbering, remove_marker
from exporter.revise.odt.captions import pieces_of
from exporter.revise.odt.passages import FO, STYLE, TEXT

_FORMATS = {
    ListStyle.DECIMAL: "1",
    ListStyle.LOWER_ALPHA: "a",
    ListStyle.UPPER_ALPHA: "A",
    ListStyle.LOWER_ROMAN: "i",
    ListStyle.UPPER_ROMAN: "I",
}
_ITEM = "text:list-item"
_BREAK = "line-break"
_POSITION = (
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="12.7mm" '
    'fo:text-indent="-6.35mm"/></style:list-level-properties>'
)


def make_list(edits: PartEdits, root: Element, paragraphs: Sequence[Element]) -> None:
    """Make paragraphs, or the lines of one, items of a list, without the bullets or numbers that were typed.

    Raises:
        RefusedError: They do not follow each other, or are no list without levels.
    """
    styles, parent = root.child("automatic-styles"), paragraphs[0].parent
    siblings = parent.children if parent is not None else []
    begin = siblings.index(paragraphs[0]) if parent is not None else 0
    if styles is None or siblings[begin : begin + len(paragraphs)] != list(paragraphs):
        raise NO_LIST
    lines = [(paragraph, line) for paragraph in paragraphs for line in _lines(edits, paragraph)]
    wanted = numbering([text_of(line) for _, line in lines])
    name = f"List_{wanted.style.value}_{wanted.delimiter.value}_{wanted.start}"
    if all(style.attributes.get("name") != name for style in styles.children):
        edits.insert_once(styles, _style(name, wanted))
    opening = f'<text:list xmlns:text="{TEXT}" text:style-name="{name}"><{_ITEM}>'
    is_first = True
    for paragraph, line in lines:
        if LINE_MARKER.match(text_of(line)):
            mark = opening if is_first else f"</{_ITEM}><{_ITEM}>"
            if line[0].holder.local == _BREAK:
                _divide(edits, paragraph, line[0].holder, mark)
            else:
                edits.insert_around((paragraph.start, paragraph.start), mark, "")
            remove_marker(edits, line, _BREAK)
            is_first = False
    edits.insert_after(paragraphs[-1], f"</{_ITEM}></text:list>")


def _lines(edits: PartEdits, paragraph: Element) -> list[list[ElementText]]:
    """Return the lines of a paragraph; each but the first begins with its line break."""
    lines: list[list[ElementText]] = [[]]
    for piece in pieces_of(edits, paragraph):
        if piece.holder.local == _BREAK:
            lines.append([])
        lines[-1].append(piece)
    return lines


def _divide(edits: PartEdits, paragraph: Element, line_break: Element, mark: str) -> None:
    """Begin a paragraph of the same style in place of a line break."""
    if line_break.parent is not paragraph:
        raise NO_LIST
    prefix = f"{paragraph.name.prefix}:" if paragraph.name.prefix else ""
    style = paragraph.attributes.get("style-name", "Standard")
    content = f'</{prefix}p>{mark}<{prefix}p xmlns:text="{TEXT}" text:style-name="{style}">'
    edits.replace((line_break.start, line_break.end), content)


def _style(name: str, wanted: Numbering) -> str:
    if wanted.style is ListStyle.BULLET:
        kind, marks = "bullet", ' text:bullet-char="•"'
    else:
        before, _, after = wanted.delimiter.around("1").partition("1")
        marks = f' style:num-prefix="{before}"' if before else ""
        marks += f' style:num-suffix="{after}" style:num-format="{_FORMATS[wanted.style]}"'
        kind, marks = "number", f'{marks} text:start-value="{wanted.start}"'
    return (
        f'<text:list-style xmlns:text="{TEXT}" xmlns:style="{STYLE}" xmlns:fo="{FO}" style:name="{name}">'
        f'<text:list-level-style-{kind} text:level="1"{marks}>{_POSITION}</text:list-level-style-{kind}>'
        "</text:list-style>"
    )
