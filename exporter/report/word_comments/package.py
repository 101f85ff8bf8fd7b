"""The copy of a Word file with comments: its parts, relationships and content types (ECMA-376-2)."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

import msgspec

from exporter.inspect.docx import DocxError, Package
from exporter.inspect.docx.edited_package import EditedPackage, PartType
from exporter.inspect.docx.own_comments import AUTHOR
from exporter.inspect.docx.xml import NAMESPACES, STRICT_WORD, name
from exporter.inspect.docx.xml import number as as_number
from exporter.inspect.docx.xml_edits import Edits, after_tag, append_to_root, tags
from exporter.model.characters import FORBIDDEN
from exporter.report.word_comments.document import set_comments

_PART = PartType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
)
_REFERENCES = ("commentRangeStart", "commentRangeEnd", "commentReference")
_INITIALS = "exp"
_MARK = re.compile(rb"<!--exporter ([0-9a-f]{64})-->")
"""Digest of the main part when the copy was written: programs that save the file drop or outdate it."""
_PARENT = re.compile(rb"""\s[\w.-]+:paraIdParent\s*=\s*(?:"[^"]*"|'[^']*')""")


class Comment(msgspec.Struct, frozen=True):
    """A comment."""

    anchor: int
    """Number of its paragraph or drawing (`Source.anchor`); 0 for the first paragraph."""
    paragraphs: tuple[str, ...]


def add_comments(data: bytes, comments: Sequence[Comment], date: str) -> bytes:
    """Return a copy of a Word file with comments, in which those of an earlier copy are replaced.

    Args:
        data: The file.
        comments: The comments in the order in which they are numbered.
        date: Their date, ISO 8601.

    Raises:
        DocxError: It is no ZIP archive with a Word document, or damaged.
    """
    edited = EditedPackage(data)
    package = edited.package
    if next(package.document().iter(name("p")), None) is None:
        comments = ()
    used = set(_used(package))
    part = package.related("comments") or _add_part(edited)
    own = _OwnComments(edited.read(part))
    for kind in ("commentsExtended", "commentsIds", "commentsExtensible"):
        if (other := package.related(kind)) is not None:
            edited.replace(other, own.without_entries(edited.read(other)))
    foreign = (number for number in used if str(number) not in own.identifiers)
    first = max([own.highest, *foreign]) + 1
    numbered = list(enumerate(comments, first))
    anchors = ((number, comment.anchor) for number, comment in numbered)
    document = set_comments(edited.read(package.main), anchors, own.identifiers)
    edited.replace(package.main, document)
    digest = hashlib.sha256(document).hexdigest()
    elements = "".join(_element(number, comment, date, own.namespace) for number, comment in numbered)
    others = _MARK.sub(b"", own.without_them())
    edited.replace(part, append_to_root(others, f"{elements}<!--exporter {digest}-->"))
    return edited.result()


def is_unchanged_copy(data: bytes) -> bool:
    """Return whether a file is a copy that `add_comments` has written and nobody has changed since."""
    try:
        package = Package(data)
        part = package.related("comments")
        mark = _MARK.search(package.read(part)) if part else None
        return mark is not None and mark[1].decode() == hashlib.sha256(package.read(package.main)).hexdigest()
    except DocxError:
        return False


class _OwnComments:
    """The comments of an earlier copy in a comments part.

    Args:
        data: The part.
    """

    def __init__(self, data: bytes) -> None:
        self.identifiers: set[str] = set()
        self.highest = -1
        """Highest number of the comments of others."""
        self._data = data
        self._spans: list[tuple[int, int]] = []
        self._paragraphs: set[str] = set()
        """`w14:paraId` of the paragraphs of own comments, by which other parts refer to them."""
        self._durable: set[str] = set()
        self.namespace = ""
        """Of the part."""
        begin: int | None = None
        for tag, attributes, position, depth in tags(data):
            if depth == 1:
                self.namespace = tag.namespace
            elif attributes is None:
                if depth == 2 and begin is not None:
                    self._spans.append((begin, after_tag(data, position)))
                    begin = None
            elif depth == 2 and tag.is_word and tag.local == "comment":
                identifier = attributes.get("id", "")
                if attributes.get("author") == AUTHOR:
                    begin = position
                    self.identifiers.add(identifier)
                else:
                    self.highest = max(self.highest, as_number(identifier, -1))
            elif begin is not None and tag.local == "p" and "paraId" in attributes:
                self._paragraphs.add(attributes["paraId"])

    def without_them(self) -> bytes:
        """Return the part without them."""
        edits = Edits(self._data)
        for start, end in self._spans:
            edits.delete(start, end)
        return edits.result()

    def without_entries(self, data: bytes) -> bytes:
        """Return a part that lists comments ([MS-DOCX] 2.5.4) without them; replies to them stand alone."""
        edits = Edits(data)
        for attributes, start, end in _children(data):
            if attributes.get("paraId") in self._paragraphs or attributes.get("durableId") in self._durable:
                self._durable |= {attributes["durableId"]} if "durableId" in attributes else set()
                edits.delete(start, end)
            elif attributes.get("paraIdParent") in self._paragraphs:
                parent = _PARENT.search(data, start, end)
                if parent:
                    edits.delete(*parent.span())
        return edits.result()


def _children(data: bytes) -> Iterator[tuple[Mapping[str, str], int, int]]:
    """Yield the attributes of the children of a root, and where they begin and end."""
    begin = 0
    by_name: Mapping[str, str] = {}
    for _, attributes, position, depth in tags(data):
        if depth == 2 and attributes is not None:
            begin, by_name = position, attributes
        elif depth == 2:
            yield by_name, begin, after_tag(data, position)


def _element(number: int, comment: Comment, date: str, namespace: str) -> str:
    """Return a comment; its text is English, whatever the language and direction of the document are."""
    mark = "<w:r><w:annotationRef/></w:r>"
    paragraphs = ""
    for text in comment.paragraphs:
        words = escape(FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text), quote=False)
        paragraphs += (
            f'<w:p><w:pPr><w:bidi w:val="0"/></w:pPr>{mark}<w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr>'
            f'<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
        )
        mark = ""
    return (
        f'<w:comment xmlns:w="{namespace}" w:id="{number}" w:author="{AUTHOR}" w:date="{date}" '
        f'w:initials="{_INITIALS}">{paragraphs}</w:comment>'
    )


def _used(package: Package) -> Iterator[int]:
    """Yield the numbers of comments to which the text refers, even if they are missing."""
    for element in package.document().iter(*(name(tag) for tag in _REFERENCES)):
        yield as_number(element.get(name("id")), -1)


def _add_part(edited: EditedPackage) -> str:
    """Add an empty comments part; return its name."""
    namespace = STRICT_WORD if edited.is_strict else NAMESPACES["w"]
    main = edited.package.main
    name = posixpath.join(posixpath.dirname(main), "comments.xml")
    return edited.add(name, f'<w:comments xmlns:w="{namespace}"/>', _PART, main)
