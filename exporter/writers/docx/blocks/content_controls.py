"""Hidden content controls around blocks that styles alone cannot delimit (ECMA-376-1, 17.5.2 sdt).

They are used only if a container has more than simple paragraphs, or follows another one of its kind, so that a reader
of the file can find its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from exporter.inspect.docx.xml import name
from exporter.model import Block, List, Paragraph
from exporter.writers.docx.context import WriteState
from exporter.writers.docx.xml import Element, add

_PARAGRAPH, _TABLE, _CONTROL, _CONTENT = name("p"), name("tbl"), name("sdt"), name("sdtContent")
_STYLE = f"{name('pPr')}/{name('pStyle')}"


@contextmanager
def control(state: WriteState, parent: Element, tag: str, *, needed: bool) -> Iterator[Element]:
    """Yield the element for the blocks of a container: a hidden content control if needed, else `parent` itself.

    A control that is empty at the end is removed.
    """
    if not needed:
        yield parent
        return
    element = add(parent, "sdt")
    properties = add(element, "sdtPr")
    add(properties, "tag", {"w:val": tag})
    add(properties, "id", {"w:val": state.next_control_id()})
    # [MS-DOCX] 2.5.4.1: no frame around it in the editor.
    add(properties, "w15:appearance", {"w15:val": "hidden"})
    content = add(element, "sdtContent")
    yield content
    if not len(content):
        parent.remove(element)


def is_simple(blocks: tuple[Block, ...], *, further_paragraphs: bool = False, lists: bool = True) -> bool:
    """Return whether blocks are only paragraphs and simple lists, which have the style of their container.

    Args:
        blocks: The blocks of the container.
        further_paragraphs: Whether a list item may have further paragraphs.
        lists: Whether lists are allowed.
    """
    for block in blocks:
        match block:
            case Paragraph():
                pass
            case List() if lists:
                if not all(
                    is_simple_item(item.children, further_paragraphs=further_paragraphs) for item in block.items
                ):
                    return False
            case _:
                return False
    return True


def is_simple_item(blocks: tuple[Block, ...], *, further_paragraphs: bool) -> bool:
    """Return whether a list item is a paragraph, with lists in it and, if allowed, further paragraphs."""
    if not blocks:
        return True
    if not isinstance(blocks[0], Paragraph):
        return False
    return all(further_paragraphs or isinstance(block, List) for block in blocks[1:]) and is_simple(
        blocks[1:], further_paragraphs=further_paragraphs
    )


def last_block(parent: Element) -> Element | None:
    """Return the last paragraph or table before the end of `parent`, inside or outside of content controls."""
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
    """Yield the paragraphs of a cell or note, including those in content controls, but not those in nested tables."""
    for child in parent:
        if child.tag == _PARAGRAPH:
            yield child
        elif child.tag == _CONTROL:
            content = child.find(_CONTENT)
            if content is not None:
                yield from paragraphs(content)
