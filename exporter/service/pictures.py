"""The images of a manuscript, each with the text around it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from exporter.model import Alt, Cell, Figure, Image, Inline, Node, Publication, Section, Source, Table, Text
from exporter.model.walk import children, plain_text
from exporter.pipeline import direct_reading
from exporter.revise.places import Position
from exporter.revise.places import position as position_of
from exporter.service.caption_lines import CaptionLine, caption_lines

_CONTEXT = 200
"""Characters of the text before and after an image."""
_END = "\x1e"
"""The end of a block."""
_CELL_END = " | "


class PictureRow(msgspec.Struct, frozen=True):
    """An image of a manuscript."""

    number: int
    """From 1, in the order of the text."""
    source: Source
    index: int
    """Its position among the images with this source, for `AltText.index`."""
    name: str
    """Name of its file: in `ReadResult.media`, or beside the manuscript."""
    kind: str
    """File type in words, such as `PNG`."""
    heading: str
    """The heading above it."""
    before: str
    """The text before it, each block in a line of its own."""
    after: str
    """The text after it, up to the next heading."""
    caption: str
    can_have_caption: bool
    """Whether it is in no text: images in text have none."""
    line: CaptionLine | None
    """The line beside it that may be its caption."""
    alt: Alt
    key: str
    """Number and content; it identifies the image if the manuscript is changed in between."""


def pictures(manuscript: Path, styles: Path | None = None) -> tuple[PictureRow, ...]:
    """Return the images of a manuscript in the order of the text.

    Raises:
        UsageError: There is no such manuscript, or its format is unknown.
        SourceError: The manuscript cannot be read.
    """
    read = direct_reading.read(manuscript, direct_reading.load(manuscript), styles=styles)
    return tuple(_rows(read.publication, read.media))


def _rows(publication: Publication, media: Mapping[str, bytes]) -> Iterator[PictureRow]:
    reader = _ContextReader()
    reader.read(publication)
    counts: Counter[Position] = Counter()
    lines = caption_lines(publication)
    for number, (image, heading, figure, start, position) in enumerate(reader.images, 1):
        source = image.at.source or Source("")
        where = position_of(source)
        content = media.get(image.source, image.source.encode())
        end = next((other for other in reader.headings if other >= position), len(reader.words))
        yield PictureRow(
            number=number,
            source=source,
            index=counts[where],
            name=image.source,
            kind=Path(image.source).suffix.removeprefix(".").upper(),
            heading=heading,
            before=_end_of(_lines("".join(reader.words[max(position - _CONTEXT, start) : position]))),
            after=_beginning_of(_lines("".join(reader.words[position : min(position + _CONTEXT, end)]))),
            caption=plain_text(figure.caption) if figure else "",
            can_have_caption=figure is not None,
            line=lines.get(id(figure)),
            alt=image.alt,
            key=f"{number}-{hashlib.sha256(content).hexdigest()[:10]}",
        )
        counts[where] += 1


def _lines(text: str) -> str:
    """Return a text with one line for each block and each row of a table."""
    lines = (" ".join(line.removesuffix(_CELL_END).split()) for line in text.split(_END))
    return "\n".join(filter(None, lines))


def _end_of(text: str) -> str:
    return text if len(text) <= _CONTEXT else f"… {text[-_CONTEXT:].partition(' ')[2]}"


def _beginning_of(text: str) -> str:
    return text if len(text) <= _CONTEXT else f"{text[:_CONTEXT].rpartition(' ')[0]} …"


class _ContextReader:
    """Reader of images with what is around them."""

    def __init__(self) -> None:
        self.images: list[tuple[Image, str, Figure | None, int, int]] = []
        """Each with the heading above it, its figure, and the numbers of words up to that heading and before it."""
        self.words: list[str] = []
        self.headings: list[int] = []
        """Numbers of words before the headings."""
        self._heading = ""
        self._start = 0

    def read(self, node: Node | Publication, figure: Figure | None = None) -> None:
        """Read a node and all below it."""
        match node:
            case Image():
                self.images.append((node, self._heading, figure, self._start, len(self.words)))
            case Figure():
                for image in node.images:
                    self.read(image, node)
            case Text(text=text):
                self.words.append(text)
            case Section():
                self._heading = plain_text(node.title)
                self.headings.append(len(self.words))
                for inline in node.title:
                    self.read(inline)
                self.words.append(" ")
                self._start = len(self.words)
                for block in node.children:
                    self.read(block)
            case Table() if node.caption:
                for inline in node.caption:
                    self.read(inline)
                self.words.append(_END)
                self.read(msgspec.structs.replace(node, caption=()))
            case Cell():
                for child in children(node):
                    self.read(child)
                if self.words[-1:] == [_END]:
                    self.words.pop()
                self.words.append(_CELL_END)
            case _:
                for child in children(node):
                    self.read(child)
                if not isinstance(node, Inline):
                    self.words.append(_END)
