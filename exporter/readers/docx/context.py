"""One Word file on its way to a tree: what all parts of the reader share."""

from __future__ import annotations

import hashlib
import itertools
import posixpath
import re
from collections import Counter
from collections.abc import Mapping

from exporter.findings import Rule
from exporter.images import formats
from exporter.images.limits import MAX_BYTES
from exporter.inspect.docx import DocxError, Numbering, Package, PartError, Styles
from exporter.inspect.docx.document import document_variables
from exporter.inspect.docx.xml import Element, name
from exporter.model import NoteKind, Source
from exporter.readers.docx.limits import MAX_PICTURES
from exporter.readers.docx.locations import LocationTracker
from exporter.readers.docx.parsed import ParsedBlock
from exporter.readers.docx.roles import Roles
from exporter.readers.docx.rules import DAMAGED
from exporter.readers.docx.styles import StyleFormats
from exporter.readers.rules import UNSUPPORTED, FindingCollector

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
_SUFFIXES |= {"image/webp": "webp", "image/avif": "avif", "image/tiff": "tiff", "image/bmp": "bmp"}
_NAMED = re.compile(r"\w[\w ()-]*(?:/\w[\w ()-]*)*\.(?:png|jpe?g|gif|svg|webp|avif|tiff?|bmp)", re.IGNORECASE)


class Media:
    """The pictures that a file carries inside itself."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names: dict[str, str] = {}
        self._size = 0
        self.files: dict[str, bytes] = {}
        """Their bytes, by the name that `Image.source` uses."""

    def take(self, part: str, wish: str = "") -> str:
        """Return the name of a picture, the same one for the same bytes.

        Args:
            part: Where it lies in the package.
            wish: What to call it, where that makes a name; else it is called by its number.

        Raises:
            PartError: It is missing or damaged; the message follows "The picture".
            SourceError: All pictures together are too large.
        """
        data = self._package.read(part, MAX_BYTES)
        if not data:
            raise PartError(part, "is empty")
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._names:
            return self._names[digest]
        self._size += len(data)
        if self._size > MAX_PICTURES:
            raise DocxError(
                f"The pictures of the Word file have more than {MAX_PICTURES // 1_000_000} MB together.",
                "Compress them in Word (Picture Format, Compress Pictures).",
            )
        name = wish if _NAMED.fullmatch(wish) and wish not in self.files else ""
        if not name:
            suffix = _SUFFIXES.get(formats.media_type(data)) or part.rpartition(".")[2].lower()[:8] or "bin"
            numbered = (f"picture-{number}.{suffix}" for number in itertools.count(len(self.files) + 1))
            name = next(each for each in numbered if each not in self.files)
        self._names[digest] = name
        self.files[name] = data
        return name


class ReadContext:
    """A file while it is being read."""

    def __init__(self, package: Package, roles: Roles, report: FindingCollector) -> None:
        self.package = package
        self.report = report
        self.locations = LocationTracker(report.file)
        styles = self.part("styles")
        self.styles = StyleFormats(Styles(styles), roles)
        self.numbering = Numbering(self.part("numbering"), styles)
        self.media = Media(package)
        self.languages: Counter[str] = Counter()
        """Letters in each language; "" where no language is said."""
        self.counts: Counter[str] = Counter()
        """Insertions, deletions, comments, hidden passages, shapes."""
        self.first: dict[str, Source] = {}
        """Where each of them was met first."""
        self.targets: set[str] = set()
        """Bookmarks that links point at."""
        self.notes: dict[tuple[NoteKind, str], list[ParsedBlock]] = {}
        """In the order in which they were met."""
        self.note_locations: dict[tuple[NoteKind, str], Source] = {}
        self.note_bookmarks: dict[str, tuple[NoteKind, str]] = {}
        """Notes by the bookmarks around their marks."""
        self.variables = document_variables(self.part("settings"))
        self.own = False
        """Whether our own writer made the file, so that names of ours mean what they say."""
        self.depth = 0
        self.length = 0
        """Characters read so far."""
        self.paragraphs = 0
        self._stories: dict[NoteKind, Mapping[str, Element]] = {}

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

    def count(self, what: str, times: int = 1) -> None:
        """Count something that is reported once for the whole file."""
        self.counts[what] += times
        if what not in self.first:
            self.first[what] = self.locations.here()

    def report_here(self, rule: Rule, message: str, *, advice: str = "") -> None:
        """Report something where reading is just now."""
        self.report.add(rule, self.locations.here(), message, advice=advice)

    def report_unsupported(self, message: str, advice: str) -> None:
        """Report something that has no place in the tree."""
        self.report_here(UNSUPPORTED, message, advice=advice)

    def note(self, kind: NoteKind, identifier: str) -> Element | None:
        """Return a note by its number in the file; None when there is none, or it is a mere separator (17.11.23)."""
        if kind not in self._stories:
            found: dict[str, Element] = {}
            root = self.part(f"{kind.value}s")
            for element in root.iter(name(kind.value)) if root is not None else ():
                if (element.get(name("type")) or "normal") == "normal":
                    found.setdefault(element.get(name("id")) or "", element)
            self._stories[kind] = found
        return self._stories[kind].get(identifier)
