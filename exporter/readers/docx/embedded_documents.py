"""Documents that a program embedded in a Word file for Word to merge (ISO/IEC 29500-1, 17.17.2.1 altChunk)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator

import msgspec

from exporter import model as m
from exporter.contracts import ReadResult
from exporter.errors import ExporterError
from exporter.inspect.docx import DocxError, PartError
from exporter.model.walk import plain_text, rewrite
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.limits import MAX_EMBEDDED
from exporter.readers.docx.parsed import FinishedBlock
from exporter.readers.sections import Flat, Heading

_ADVICE = "Open the file in Word and save it again; its text then becomes part of it."
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|div|p|h[1-6]|table|ul|ol|span)[\s/>]", re.IGNORECASE)
_MIME = re.compile(rb"\s*(?:MIME-Version|From|Content-Type):", re.IGNORECASE)


def read(context: ReadContext, identifier: str, part: str) -> Iterator[FinishedBlock]:
    """Yield the blocks of an embedded document.

    Args:
        context: The file that is being read.
        identifier: Identifier of its relationship.
        part: The part that refers to it.

    Raises:
        DocxError: The file has too many of them.
    """
    context.count("embedded")
    if context.counts["embedded"] > MAX_EMBEDDED:
        raise DocxError(f"The file has more than {MAX_EMBEDDED} embedded documents.", _ADVICE)
    relation = context.package.relations(part).get(identifier)
    try:
        if relation is None or relation.external:
            raise PartError(part, "is missing in the file")
        result, has_title = _read(context, context.package.read(relation.target))
    except PartError as error:
        context.report_unsupported(f"The text of an embedded document {error.reason}.", _ADVICE)
        return
    except ExporterError as error:
        context.report_unsupported(f"An embedded document was ignored: {error.message}", _ADVICE)
        return
    yield from _Embedding(context, result, has_title=has_title).blocks()


def _read(context: ReadContext, data: bytes) -> tuple[ReadResult, bool]:
    """Return a document that was read, and whether its title is in its text, not only in its properties."""
    if _MIME.match(data):
        data = _page_of(data)
    head = data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<") and _PAGE.search(head) and b"schemas.microsoft.com/office" not in head:
        from exporter.readers import html

        return html.read(data, context.report.file), b"<h1" in data.lower()
    if data.startswith((b"PK", b"{\\rtf", b"\xd0\xcf\x11\xe0")) or data.lstrip(b"\xef\xbb\xbf").startswith(b"<"):
        result = context.read_embedded(data)
        source = result.publication.metadata.source
        return result, source is not None and bool(source.place)
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    paragraphs = tuple(m.Paragraph(children=(m.Text(text=line),)) for line in text.splitlines() if line.strip())
    return ReadResult(m.Publication(metadata=m.Metadata(), body=paragraphs)), False


def _page_of(data: bytes) -> bytes:
    """Return the page in a web archive (RFC 2557), as UTF-8."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    page = message.get_body(("html", "plain"))
    content = page.get_content() if page is not None else ""
    return content.encode() if isinstance(content, str) else b""


class _Embedding:
    """The blocks of an embedded document, with names that are unique in the whole file."""

    def __init__(self, context: ReadContext, result: ReadResult, *, has_title: bool) -> None:
        self._context = context
        self._result = result
        self._has_title = has_title and bool(result.publication.metadata.title)
        self._source = msgspec.structs.replace(context.locations.here(), part="embedded")
        self._prefix = f"embedded-{context.counts['embedded']}-"

    def blocks(self) -> Iterator[FinishedBlock]:
        publication = rewrite(self._result.publication, self._renamed)
        self._context.report.take(
            msgspec.structs.replace(finding, source=self._source) for finding in self._result.findings
        )
        for name, data in self._result.media.items():
            self._context.media.files[self._prefix + name] = data
        for note in publication.notes:
            self._context.notes.embedded.append(msgspec.structs.replace(note, id=self._prefix + note.id))
        language = publication.metadata.language
        self._context.languages[language] += len(plain_text(publication.body))
        for block in self._flat(publication):
            at = msgspec.structs.replace(block.at, language=block.at.language or language or None)
            yield FinishedBlock(self._source, msgspec.structs.replace(block, at=at))

    def _renamed(self, node: m.Node) -> m.Node:
        at = msgspec.structs.replace(node.at, source=self._source, id=node.at.id and self._prefix + node.at.id)
        changes: dict[str, object] = {"at": at}
        match node:
            case m.NoteReference():
                changes["note"] = self._prefix + node.note
            case m.Link() if node.target.startswith("#"):
                changes["target"] = f"#{self._prefix}{node.target[1:]}"
            case m.Image() if node.source in self._result.media:
                changes["source"] = self._prefix + node.source
            case _:
                pass
        return msgspec.structs.replace(node, **changes)

    def _flat(self, publication: m.Publication) -> Iterator[Flat]:
        metadata = publication.metadata
        if self._has_title:
            yield Heading(title=(m.Text(text=metadata.title),), level=1)
            if metadata.subtitle:
                yield m.Paragraph(children=(m.Text(text=metadata.subtitle),))
        yield from _flatten((*publication.front, *publication.body), 1 + self._has_title)


def _flatten(blocks: m.Blocks, level: int) -> Iterator[Flat]:
    for block in blocks:
        if isinstance(block, m.Section):
            yield Heading(at=block.at, title=block.title, level=level)
            yield from _flatten(block.children, level + 1)
        else:
            yield block
