"""Content controls that hold together what styles alone cannot tell apart (ECMA-376-1, 17.5.2 sdt).

Nobody sees them. They are used only where a passage set apart holds more than plain paragraphs, or follows another one
of its kind, so that its end can be told when the file is read back.
"""

from __future__ import annotations

from collections.abc import Iterator

from exporter.model import Block, List, Paragraph
from exporter.writers.docx.context import WriteState
from exporter.writers.docx.xml import Element, add, name

_PARAGRAPH, _TABLE, _CONTROL, _CONTENT = name("p"), name("tbl"), name("sdt"), name("sdtContent")
_STYLE = f"{name('pPr')}/{name('pStyle')}"


def hold(draft: WriteState, parent: Element, tag: str) -> Element:
    """Append a hidden content control and give what holds its content; `release` has to follow."""
    control = add(parent, "sdt")
    properties = add(control, "sdtPr")
    add(properties, "tag", {"w:val": tag})
    add(properties, "id", {"w:val": draft.next_control()})
    # [MS-DOCX] 2.5.4.1: no frame around it while somebody edits.
    add(properties, "w15:appearance", {"w15:val": "hidden"})
    return add(control, "sdtContent")


def release(content: Element) -> None:
    """End a content control; one in which nothing stands is taken out again."""
    if not len(content):
        control = _parent(content)
        _parent(control).remove(control)


def plain(blocks: tuple[Block, ...], *, further: bool = False, lists: bool = True) -> bool:
    """Return whether blocks are paragraphs and simple lists alone, which bear the style of their container.

    Args:
        blocks: What the container holds.
        further: Whether an item of a list may hold further paragraphs.
        lists: Whether there may be lists at all.
    """
    for block in blocks:
        match block:
            case Paragraph():
                pass
            case List() if lists:
                if not all(plain_item(item.children, further=further) for item in block.items):
                    return False
            case _:
                return False
    return True


def plain_item(blocks: tuple[Block, ...], *, further: bool) -> bool:
    """Return whether an item of a list is a paragraph, with lists in it and, if `further`, more paragraphs."""
    if not blocks:
        return True
    if not isinstance(blocks[0], Paragraph):
        return False
    return all(further or isinstance(block, List) for block in blocks[1:]) and plain(blocks[1:], further=further)


def last_block(parent: Element) -> Element | None:
    """Return the paragraph or table after which the next one will stand, in or out of content controls."""
    current = parent[-1] if len(parent) else None
    while True:
        if current is None:
            if parent.tag != _CONTENT:
                return None
            control = _parent(parent)
            current, parent = control.getprevious(), _parent(control)
        elif current.tag in {_PARAGRAPH, _TABLE}:
            return current
        elif current.tag == _CONTROL and (content := current.find(_CONTENT)) is not None:
            current, parent = (content[-1] if len(content) else None), content
        else:
            current = current.getprevious()


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def follows(parent: Element, *styles: str) -> bool:
    """Return whether the last paragraph directly in `parent` has one of these styles."""
    last = parent[-1] if len(parent) else None
    if last is None or last.tag != _PARAGRAPH:
        return False
    style = last.find(_STYLE)
    return style is not None and style.get(name("w:val")) in styles


def paragraphs(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell or note, those inside content controls too, those of nested tables not."""
    for child in parent:
        if child.tag == _PARAGRAPH:
            yield child
        elif child.tag == _CONTROL:
            content = child.find(_CONTENT)
            if content is not None:
                yield from paragraphs(content)
