"""Changes in OpenDocument texts (OpenDocument 1.3, part 3, 10.4.3, 7.2.8 and 4.3.2.3)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from html import escape

from exporter.errors import SourceError
from exporter.inspect.archive import Archive, ArchiveError, with_members
from exporter.model import Publication
from exporter.revise import changes as c
from exporter.revise.elements import Element, PartEdits, read
from exporter.revise.odt.captions import make_caption, reword_caption, set_caption, set_figure_caption
from exporter.revise.odt.lists import make_list
from exporter.revise.odt.passages import paragraph_at, set_header_rows, set_passage_language, table_at
from exporter.revise.places import image_keys, position
from exporter.revise.refusal import RefusedError, UnsupportedError, refusals

SUFFIXES = (".odt", ".ott")
_CONTENT, _META = "content.xml", "meta.xml"
_SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
_EXTENSION = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_ELSEWHERE = "Change it in LibreOffice, or save the manuscript as .docx."


class _Document:
    """An OpenDocument text that is edited.

    Args:
        data: The file.
        before: It as it was read: LibreOffice writes its images in the same order.
    """

    def __init__(self, data: bytes, before: Publication) -> None:
        self._data = data
        with Archive(io.BytesIO(data)) as archive:
            self._parts = {name: archive.read(name) for name in (_CONTENT, _META) if name in archive}
        self._edits = {name: PartEdits(part) for name, part in self._parts.items()}
        self._keys = [key for _, key in image_keys(before)]
        self._before = before
        self._root = read(self._parts[_CONTENT]) if _CONTENT in self._parts else None
        self._frames = _frames(self._root) if self._root else []

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the changes inside the block, or none of them if one is refused."""
        with ExitStack() as stack:
            for edits in self._edits.values():
                stack.enter_context(edits.together())
            yield

    def make(self, change: c.Change) -> None:
        """Make a change.

        Raises:
            RefusedError: It cannot be made.
        """
        match change:
            case c.AltText() | c.DecorativeImage():
                _describe(self._edits[_CONTENT], self._frame(change), change)
            case c.FigureCaption() if change.old and self._root:
                reword_caption(self._edits[_CONTENT], self._root, self._frame(change), change)
            case c.TableCaption() if change.old and self._root:
                table = table_at(self._root, self._before, change)
                reword_caption(self._edits[_CONTENT], self._root, table, change)
            case c.FigureCaption(text=text):
                set_figure_caption(self._edits[_CONTENT], self._frame(change), text)
            case c.CaptionParagraph() if self._root:
                make_caption(self._edits[_CONTENT], self._root, self._before, change)
            case c.Title(text=text) if _META in self._parts:
                _set_title(self._edits[_META], read(self._parts[_META]), text)
            case c.TableCaption() if self._root:
                set_caption(self._edits[_CONTENT], self._root, self._before, change)
            case c.TypedList() if self._root:
                sources, edits = (change.source, *change.others), self._edits[_CONTENT]
                paragraphs = [paragraph_at(edits, self._root, self._before, source) for source in sources]
                make_list(edits, self._root, paragraphs)
            case c.HeaderRows() if self._root:
                set_header_rows(self._edits[_CONTENT], self._root, self._before, change)
            case c.PassageLanguage() if self._root:
                set_passage_language(self._edits[_CONTENT], self._root, self._before, change)
            case _:
                raise UnsupportedError("This is not changed in .odt files.", _ELSEWHERE)

    def _frame(self, change: c.AltText | c.DecorativeImage | c.FigureCaption) -> Element:
        """Return the frame of an image.

        Raises:
            RefusedError: It is not found.
        """
        key = (position(change.source), change.index)
        if key not in self._keys or len(self._keys) != len(self._frames):
            raise RefusedError("The image was not found in the file.", _ELSEWHERE)
        return self._frames[self._keys.index(key)]

    def result(self) -> bytes:
        """Return the edited file."""
        edited = {name: self._edits[name].result() for name in self._parts}
        members = {name: part for name, part in edited.items() if part != self._parts[name]}
        return with_members(self._data, members) if members else self._data


def apply(data: bytes, before: Publication, changes: Sequence[c.Change]) -> tuple[bytes, Sequence[RefusedError | None]]:
    """Return a text with changes, and for each change why it was not made, or None.

    Args:
        data: The file.
        before: It as it was read.
        changes: The changes.

    Raises:
        SourceError: It is damaged.
    """
    try:
        document = _Document(data, before)
        refused = refusals(changes, document.make, document.together)
        return document.result(), refused
    except ArchiveError as error:
        raise SourceError("The manuscript is damaged.", advice="Save it again in LibreOffice.") from error


def _frames(root: Element) -> list[Element]:
    """Return the frames of images in the order of the text."""
    frames = (element for element in root.walk(without=("tracked-changes",)) if element.local == "frame")
    return [frame for frame in frames if frame.child("image") and not frame.child("object")]


def _describe(edits: PartEdits, frame: Element, change: c.AltText | c.DecorativeImage) -> None:
    text = change.text if isinstance(change, c.AltText) else ""
    description = frame.child("desc")
    if description is not None:
        edits.set_content(description, escape(text, quote=False))
    elif text:
        content = f'<svg:desc xmlns:svg="{_SVG}">{escape(text, quote=False)}</svg:desc>'
        edits.insert(frame, content, frame.child("contour-polygon", "contour-path"))
    if title := frame.child("title"):
        edits.set_content(title, "")
    if "decorative" in frame.attributes:
        edits.set_attribute(frame, "loext:decorative", "false" if text else "true")
    elif not text:
        edits.set_attribute(frame, "loext:decorative", "true")
        edits.set_attribute(frame, "xmlns:loext", _EXTENSION)


def _set_title(edits: PartEdits, root: Element, text: str) -> None:
    meta = root.child("meta")
    if meta is None:
        raise UnsupportedError("The file has no metadata.", _ELSEWHERE)
    title = next((child for child in meta.children if child.name[:2] == (_DUBLIN_CORE, "title")), None)
    content = escape(text, quote=False)
    if title is not None:
        edits.set_content(title, content)
    else:
        edits.insert(meta, f'<dc:title xmlns:dc="{_DUBLIN_CORE}">{content}</dc:title>')
