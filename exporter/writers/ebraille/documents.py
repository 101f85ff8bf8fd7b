"""Content documents in braille: title page, contents, text, notes, imprint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from exporter.braille.codes import braille_language
from exporter.contracts import WriteContext
from exporter.model import Contact, Direction, Metadata, PageBreak, Section
from exporter.model.walk import headings, plain_text, walk
from exporter.templates import safe
from exporter.writers import imprint
from exporter.writers.braille.translation import Translator
from exporter.writers.ebraille.markup import CellLabels, EbrailleMarkup
from exporter.writers.ebraille.transcription import reflowable
from exporter.writers.imprint import Other
from exporter.writers.markup.links import may_be_followed
from exporter.writers.xhtml.chapters import NOTES, ContentDocument
from exporter.writers.xhtml.documents import ABOUT, TITLE, Documents, render
from exporter.writers.xhtml.files import XHTML, File
from exporter.writers.xhtml.markup import XhtmlMarkup
from exporter.writers.xhtml.navigation import Landmark, Link, NavEntry, contents, page_entries
from exporter.writers.xhtml.page_list import OuterDocument, PagedPublication

ENTRY_PAGE = "index.html"
FOLDER = "ebraille/"
"""The folder of all other files, so that readers of an unpacked publication meet the entry page first."""
CONTENTS = "contents.xhtml"
"""The table of contents as part of the text; that of the primary entry page is not in the reading order."""


class EbrailleDocuments(Documents):
    """Writer of the content documents.

    Args:
        paging: The tree in braille, and the starts of pages in it.
        context: With labels in braille.
        printed: The metadata in print.
        labels: Labels in print.
        translator: Translates the metadata.
    """

    stylesheet = "ebraille.css"

    def __init__(
        self,
        paging: PagedPublication,
        context: WriteContext,
        printed: Metadata,
        labels: CellLabels,
        translator: Translator,
    ) -> None:
        self._translator, self._cells = translator, labels.cells
        self._printed, self._print_labels = printed, context.labels
        self.notes_heading = labels("common.notes")
        super().__init__(paging, msgspec.structs.replace(context, labels=labels), {})

    def new_markup(self, *args: Any, **settings: Any) -> XhtmlMarkup:
        """Return the markup of the documents."""
        return EbrailleMarkup(*args, **settings, translator=self._translator)

    def _document_of(self, outer: OuterDocument) -> str:
        if outer is not OuterDocument.CONTENTS:
            return super()._document_of(outer)
        return CONTENTS if self.has_headings else TITLE

    @property
    def has_headings(self) -> bool:
        """Whether there is a table of contents."""
        return any(headings(self.publication))

    def numbered(self, title: str, number: int) -> str:
        """Return a title with a number, in cells."""
        return f"{title} {self._cells(f'({number})')}"

    def _title(self, chapter: ContentDocument) -> str:
        return (plain_text(chapter.section.title) if chapter.section else "") or self.metadata.title

    def front_page(self, explanations: tuple[str, ...]) -> File:
        """Return the title page, with what a reader has to know about the transcription."""
        values = imprint.title_page(self._printed, self._print_labels)
        date = self._print_labels.comma.join(filter(None, (self._printed.place, values["date"])))
        return self.write(
            TITLE,
            "title.xhtml",
            self.metadata.title,
            matter="frontmatter",
            kind=self._cells(values["kind"]),
            credits=[self._cells(line) for line in values["credits"]],
            publisher=self._cells(values["publisher"]),
            date=self._cells(date),
            explanations=explanations,
        )

    def contents(self, link: Link | None = None) -> tuple[NavEntry, ...]:
        """Return the headings as links; `link` returns addresses as seen from another folder."""
        return contents(self.publication, link or self.link, lambda nodes: safe(self.markup.label(nodes)))

    def contents_page(self) -> File:
        """Return the table of contents as it is read in order."""
        title = self.labels("common.contents")
        entries, pages = self.contents(), self._pages_of_headings()
        return self.write(CONTENTS, "contents.xhtml", title, matter="frontmatter", entries=entries, pages=pages)

    def _pages_of_headings(self) -> dict[str, str]:
        """Return the page of print of each heading, by its address; empty where none is known."""
        pages: dict[str, str] = {}
        outer = self.paging.outer
        before = (*outer.get(OuterDocument.TITLE, ()), *outer.get(OuterDocument.CONTENTS, ()))
        label = before[-1].label if before else ""
        marks = self.paging.marks_by_id
        for node in walk((*self.publication.front, *self.publication.body)):
            begun = [*self.paging.before.get(node.at.id or "", ()), *filter(None, (marks.get(node.at.id or ""),))]
            label = begun[-1].label if begun else label
            if isinstance(node, PageBreak) and node.label:
                label = node.label
            if isinstance(node, Section):
                pages[self.link(f"#{node.at.id}")] = self._page_number(label) if label else ""
        return pages

    def _page_number(self, label: str) -> str:
        assert isinstance(self.markup, EbrailleMarkup)
        return self.markup.page_number(label)

    def entry_page(self, package: str) -> File:
        """Return the primary entry page, which is in the folder above (eBraille 1.0, 8).

        Args:
            package: Name of the package document.
        """

        def link(target: str) -> str:
            return FOLDER + self.link(target)

        pages = (
            msgspec.structs.replace(page, label=self._page_number(page.text))
            for page in page_entries(self.publication, self.paging.marks, link)
        )
        landmarks = [
            Landmark("titlepage", FOLDER + TITLE, self.labels("epub.title_page")),
            Landmark("bodymatter", FOLDER + self._start, self.labels("epub.start")),
            Landmark("colophon", FOLDER + ABOUT, self.labels("common.about")),
        ]
        data = render(
            "index.html",
            title=self.metadata.title,
            language=self.language,
            labels=self.labels,
            package=package,
            stylesheet=f"{FOLDER}styles/{self.stylesheet}",
            contents=self._outline(link),
            pages=list(pages),
            landmarks=landmarks,
        )
        return File(ENTRY_PAGE, "nav", XHTML, data, ("nav",))

    @property
    def _start(self) -> str:
        """Name of the document with the beginning of the text."""
        chapters = [chapter for chapter in self.chapters if chapter.matter == "bodymatter"] or self.chapters
        return chapters[0].name

    def _outline(self, link: Link) -> tuple[NavEntry, ...]:
        """Return the headings of the publication and of the documents around it."""
        entries = list(self.contents(link)) or [self._entry(self._start, self.metadata.title)]
        if self.has_headings:
            entries.insert(0, self._entry(CONTENTS, self.labels("common.contents")))
        if self.endnotes:
            entries.append(self._entry(NOTES, self.labels("common.notes")))
        return (*entries, self._entry(ABOUT, self.labels("common.about")))

    def _entry(self, name: str, title: str) -> NavEntry:
        return NavEntry(FOLDER + name, title, title)

    def imprint(self, summary: str) -> File:
        """Return the document about the publication."""
        values = imprint.about(self._printed, self._print_labels)
        details = [(self._cells(name), self._detail(value)) for name, value in values["details"]]
        relations = [
            (self._cells(name), [self._other(other) for other in others]) for name, others in values["relations"]
        ]
        if self._printed.contact:
            relations.insert(0, (self.labels("common.contact_text"), list(self._contact(self._printed.contact))))
        return self.write(
            ABOUT, "about.xhtml", self.labels("common.about"), matter="backmatter",
            summary=self._cells(summary), details=details, relations=relations,
        )  # fmt: skip

    def _detail(self, value: str) -> str:
        """Return a value of the imprint, an identifier letter by letter."""
        return reflowable(self._translator.text(value, literal=value == self._printed.identifier))

    def _contact(self, contact: Contact) -> Iterator[Other]:
        lines = ((contact.name, ""), (contact.email, f"mailto:{contact.email}"), (contact.url, contact.url))
        for text, address in (*lines, (contact.phone, "")):
            if text:
                target = address if may_be_followed(address) else ""
                yield Other(self._cells(text), target, language="", tag="", direction="")

    def _other(self, other: Other) -> Other:
        title = reflowable(self._translator.text(other.title, other.tag))
        named_in = other.tag if other.is_own_name else ""
        language = f" {self._translator.text(f'({other.language})', named_in)}" if other.language else ""
        form = f" {self._cells(f'({other.form})')}" if other.form else ""
        tag = braille_language(other.tag) if other.tag else ""
        direction = Direction.LTR.value if tag else ""
        return Other(title + language + form, other.address, language="", tag=tag, direction=direction)
