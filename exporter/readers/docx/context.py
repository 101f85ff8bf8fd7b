"""Shared state of the reader of one Word file, and the images of the file."""

from __future__ import annotations

import hashlib
import itertools
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property

from exporter.contracts import ReadResult
from exporter.findings import Rule
from exporter.images import formats
from exporter.images.limits import MAX_BYTES
from exporter.inspect.docx import Anchors, DocxError, Numbering, Package, PartError, Styles
from exporter.inspect.docx.document import document_variables
from exporter.inspect.docx.own_comments import own_comments
from exporter.inspect.docx.xml import Element, name, number, value
from exporter.model import Source
from exporter.readers.docx.cross_references import CrossReferences
from exporter.readers.docx.graphics.turned_pictures import UPRIGHT, PictureTurner, Turn
from exporter.readers.docx.inlines import symbols
from exporter.readers.docx.limits import MAX_PARAGRAPHS, MAX_PICTURES
from exporter.readers.docx.locations import LocationTracker
from exporter.readers.docx.notes import Notes
from exporter.readers.docx.other_formats import metafiles
from exporter.readers.docx.roles import Roles
from exporter.readers.docx.rules import DAMAGED
from exporter.readers.docx.styles import StyleFormats
from exporter.readers.rules import UNSUPPORTED, FindingCollector

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
_SUFFIXES |= {"image/webp": "webp", "image/avif": "avif", "image/tiff": "tiff", "image/bmp": "bmp"}
_NAMED = re.compile(r"\w[\w ()-]*(?:/\w[\w ()-]*)*\.(?:png|jpe?g|gif|svg|webp|avif|tiff?|bmp)", re.IGNORECASE)


class Media:
    """Embedded images of a file."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names: dict[tuple[str, Turn], str] = {}
        self._size = 0
        self._turner = PictureTurner()
        self.unturned: set[str] = set()
        """Names of those that Word shows turned, but that cannot be turned."""
        self.converted: set[str] = set()
        """Names of those that were metafiles."""
        self.files: dict[str, bytes] = {}
        """Bytes of the images by the name in `Image.source`."""

    def take(self, part: str, wish: str = "", turn: Turn = UPRIGHT) -> str:
        """Return the name of an image, the same one for the same bytes.

        Args:
            part: The part that contains it.
            wish: Preferred name; it is ignored if it is not valid or not unique.
            turn: How Word turns it.

        Raises:
            PartError: It is missing or damaged.
            DocxError: All images together are too large.
        """
        data = self._package.read(part, MAX_BYTES)
        if not data:
            raise PartError(part, "is empty")
        digest = hashlib.sha256(data).hexdigest()
        key = (digest, turn)
        if key in self._names:
            return self._names[key]
        is_converted = metafiles.is_metafile(data) and digest in self._pixels
        data = self._pixels[digest] if is_converted else data
        upright = self._turner.turned(data, turn) if turn != UPRIGHT else data
        data = upright or data
        self._size += len(data)
        if self._size > MAX_PICTURES:
            raise DocxError(
                f"The images of the Word file have more than {MAX_PICTURES // 1_000_000} MB together.",
                "Compress them in Word (Picture Format, Compress Pictures).",
            )
        name = wish if _NAMED.fullmatch(wish) and wish not in self.files else ""
        if not name:
            suffix = _SUFFIXES.get(formats.media_type(data)) or part.rpartition(".")[2].lower()[:8] or "bin"
            numbered = (f"picture-{number}.{suffix}" for number in itertools.count(len(self.files) + 1))
            name = next(candidate for candidate in numbered if candidate not in self.files)
        self._names[key] = name
        if upright is None:
            self.unturned.add(name)
        if is_converted:
            self.converted.add(name)
        self.files[name] = data
        return name

    @cached_property
    def _pixels(self) -> Mapping[str, bytes]:
        """The metafiles of the file as PNG, by the digest of their bytes, as far as LibreOffice can convert them."""
        drawings: dict[str, bytes] = {}
        left = metafiles.MAX_BYTES
        for part in self._referenced():
            left -= self._package.size(part)
            if left < 0:
                break
            with suppress(PartError):
                data = self._package.read(part)
                if metafiles.is_metafile(data):
                    drawings[hashlib.sha256(data).hexdigest()] = data
        return metafiles.pixels(drawings)

    def _referenced(self) -> Sequence[str]:
        """Return the metafiles to which the main document refers, or its notes and other parts."""
        relations = [*self._package.relations(self._package.main).values()]
        for relation in tuple(relations):
            if not relation.external:
                relations += self._package.relations(relation.target).values()
        parts = (relation.target for relation in relations if not relation.external)
        return [part for part in dict.fromkeys(parts) if part.casefold().endswith(metafiles.SUFFIXES)]


class ReadContext:
    """Shared state of the reader of one file.

    Args:
        package: The opened file.
        roles: Meanings of styles.
        report: Collector of findings.
        read_embedded: Reader of a Word file inside it.
    """

    def __init__(
        self, package: Package, roles: Roles, report: FindingCollector, read_embedded: Callable[[bytes], ReadResult]
    ) -> None:
        self.package = package
        self.report = report
        self.read_embedded = read_embedded
        self.locations = LocationTracker(report.file, Anchors(package.document()))
        styles = self.part("styles")
        self.styles = StyleFormats(Styles(styles), roles)
        self.numbering = Numbering(self.part("numbering"), styles)
        self.media = Media(package)
        self.languages: Counter[str] = Counter()
        """Number of letters in each language; "" for an unknown language."""
        self.counts: Counter[str] = Counter()
        """Numbers of insertions, deletions, comments, hidden texts, shapes and the like."""
        self.first: dict[str, Source] = {}
        """Locations of the first of each of them."""
        self.subdocuments: dict[str, None] = {}
        """Names of the files of subdocuments, in order."""
        self.unknown_formats: set[str] = set()
        """Number formats that have been reported."""
        self.encoded_fonts: set[str] = set()
        """Fonts with an encoding of their own that have been reported."""
        self.targets: set[str] = set()
        """Bookmarks that links refer to."""
        self.cross_references = CrossReferences()
        self.notes = Notes(self.part, self.locations)
        self.own_comments = own_comments(package)
        """Identifiers of the comments that exporter wrote: they are no comments of people."""
        self.variables = document_variables(self.part("settings"))
        self.is_word_edition = False
        """Whether exporter wrote the file, so that its names of styles and content controls are reliable."""
        self.depth = 0
        self.length = 0
        """Characters read so far."""
        self._paragraphs = 0

    @cached_property
    def bullets(self) -> frozenset[str]:
        """What the bullets of the lists in the text and of the styles show."""
        roots = (self.package.document(), self.part("styles"))
        numbers = {number(value(element)) for root in roots if root is not None for element in root.iter(name("numId"))}
        return frozenset(symbols.translate(text.strip(), font)[0] for text, font in self.numbering.bullets(numbers))

    def part_name(self, kind: str) -> str:
        """Return the name of the part of a kind that the main document refers to, or else its conventional name."""
        return self.package.related(kind) or posixpath.join(posixpath.dirname(self.package.main), f"{kind}.xml")

    def part(self, kind: str) -> Element | None:
        """Return the root of a part, or None if it is missing or damaged; damage is reported."""
        part = self.part_name(kind)
        if part not in self.package:
            return None
        try:
            return self.package.xml(part)
        except PartError as error:
            self.report.add(DAMAGED, None, f"The part “{part}” {error.reason}; the text is read without it.")
            return None

    def begin_paragraph(self, element: Element) -> None:
        """Set the current location to a paragraph.

        Raises:
            DocxError: The file has too many.
        """
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise DocxError(
                f"The text has more than {MAX_PARAGRAPHS:,} paragraphs.", "Divide it into several publications."
            )
        self.locations.begin(element)

    def count(self, what: str, times: int = 1) -> None:
        """Count something that is reported once per file."""
        self.counts[what] += times
        if what not in self.first:
            self.first[what] = self.locations.here()

    def report_here(self, rule: Rule, message: str, *, advice: str = "") -> None:
        """Report a finding at the current location."""
        self.report.add(rule, self.locations.here(), message, advice=advice)

    def report_unsupported(self, message: str, advice: str) -> None:
        """Report content that the tree cannot represent."""
        self.report_here(UNSUPPORTED, message, advice=advice)
