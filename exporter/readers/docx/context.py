"""One Word file on its way to a tree: what all parts of the reader share."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping

from exporter.findings import Rule
from exporter.inspect.docx import Numbering, Package, PartError, Styles
from exporter.inspect.docx.document import document_variables
from exporter.inspect.docx.xml import Element, name
from exporter.model import NoteKind, Source
from exporter.readers.docx.locations import LocationTracker
from exporter.readers.docx.media import Media
from exporter.readers.docx.parsed import ParsedBlock
from exporter.readers.docx.roles import Roles
from exporter.readers.docx.rules import DAMAGED
from exporter.readers.docx.styles import StyleFormats
from exporter.readers.rules import UNSUPPORTED, FindingCollector


class ReadContext:
    """A file while it is being read."""

    def __init__(self, package: Package, roles: Roles, report: FindingCollector) -> None:
        self.package = package
        self.report = report
        self.places = LocationTracker(report.file)
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
        self.note_places: dict[tuple[NoteKind, str], Source] = {}
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
            self.first[what] = self.places.here()

    def say(self, rule: Rule, message: str, *, advice: str = "") -> None:
        """Report something where reading is just now."""
        self.report.add(rule, self.places.here(), message, advice=advice)

    def not_read(self, message: str, advice: str) -> None:
        """Report something that has no place in the tree."""
        self.say(UNSUPPORTED, message, advice=advice)

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
