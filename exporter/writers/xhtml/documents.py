"""Content documents of an EPUB or DAISY book: cover, title page, text, endnotes, imprint."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup as Safe

from exporter import formulas
from exporter.contracts import WriteContext
from exporter.model import NoteKind
from exporter.model.walk import plain_text
from exporter.templates import environment, safe
from exporter.writers import drawn_cover, imprint
from exporter.writers.markup.links import may_be_followed
from exporter.writers.xhtml import chapters, images
from exporter.writers.xhtml.chapters import NOTES, ContentDocument
from exporter.writers.xhtml.files import XHTML, File
from exporter.writers.xhtml.inventory import properties
from exporter.writers.xhtml.markup import XhtmlMarkup
from exporter.writers.xhtml.page_list import OuterDocument, PagedPublication

if TYPE_CHECKING:
    from jinja2 import Environment

COVER, TITLE, NAV, ABOUT = "cover.xhtml", "title.xhtml", "nav.xhtml", "about.xhtml"


@cache
def _environment() -> Environment:
    templates = environment("epub", keep_trailing_newline=True)
    templates.globals["may_be_followed"] = may_be_followed
    return templates


def render(template: str, **values: object) -> bytes:
    """Return a filled-in template in UTF-8; values are escaped unless they are `markupsafe.Markup`."""
    return _environment().get_template(template).render(values).encode("utf-8")


class Documents:
    """Writer of the content documents of one publication; eBraille overrides what differs in braille.

    Args:
        paging: The tree, and the starts of pages in it.
        context: Labels and styles.
        pictures: The images by `Asset.name`; that of the cover is replaced by one with the property `cover-image`.
    """

    stylesheet = "epub.css"
    """Name of the style sheet in `styles/`."""

    notes_heading = ""
    """Words before the footnotes of a document; empty if their place and look are enough."""

    def __init__(
        self, paging: PagedPublication, context: WriteContext, pictures: dict[str, images.PackageImage]
    ) -> None:
        self.paging = paging
        self.publication = publication = paging.publication
        self.metadata = publication.metadata
        self.labels = context.labels
        self.language = self.metadata.language
        self.context = context
        self.pictures = pictures
        self.chapters = chapters.split(publication)
        self.endnotes = tuple(note for note in publication.notes if note.kind is NoteKind.ENDNOTE)
        self.texts: set[str] = set()
        """Names of the documents of the text."""
        self._current: str = ""
        """Name of the document that is being written."""
        self.markup = self.new_markup(
            publication,
            context.labels,
            href=lambda name: pictures[name].file.name,
            link=lambda target: self.link(target, self._current),
            name_formula=formulas.names(publication, context.styles),
            paging=paging,
        )
        self._document_by_id = chapters.documents_by_id(
            publication,
            self.chapters,
            {note.id: self.markup.identifiers.of_note(note) for note in publication.notes},
            self.markup.identifiers.references,
        )
        for block, marks in paging.before.items():
            self._document_by_id |= {mark.id: self._document_by_id[block] for mark in marks}
        for block, cuts in paging.within.items():
            self._document_by_id |= {mark.id: self._document_by_id[block] for _, mark in cuts}
        for outer, marks in paging.outer.items():
            self._document_by_id |= {mark.id: self._document_of(outer) for mark in marks}
        self._titles: set[str] = set()

    def new_markup(self, *args: Any, **settings: Any) -> XhtmlMarkup:
        """Return the markup of the documents."""
        return XhtmlMarkup(*args, **settings)

    def link(self, target: str, document: str = "") -> str:
        """Return the address of `#id` as seen from a document, by default from one without text."""
        name = self._document_by_id.get(target.removeprefix("#"), document)
        return target if name == document else name + target

    def _document_of(self, outer: OuterDocument) -> str:
        """Return the name of a document around the text."""
        # Notes at the end of the PDF are footnotes here.
        notes = NOTES if self.endnotes else ABOUT
        names = {OuterDocument.TITLE: TITLE, OuterDocument.CONTENTS: NAV, OuterDocument.NOTES: notes}
        return names.get(outer, ABOUT)

    def _marks(self, name: str) -> list[Safe]:
        """Return the page marks of a document around the text."""
        marks = [
            mark for outer, marks in self.paging.outer.items() if self._document_of(outer) == name for mark in marks
        ]
        return [safe(self.markup.page_marks((mark,))) for mark in marks]

    def write(self, name: str, template: str, title: str, **values: object) -> File:
        """Return a document from a template and its values, with a title that no other document has (WCAG 2.4.2)."""
        number, unique = 1, title
        while unique in self._titles:
            number += 1
            unique = self.numbered(title, number)
        self._titles.add(unique)
        data = render(
            template,
            title=unique,
            language=self.language,
            direction=self.metadata.direction.value,
            labels=self.labels,
            metadata=self.metadata,
            stylesheet=self.stylesheet,
            notes_heading=self.notes_heading,
            marks=self._marks(name),
            **{"matter": "", **values},
        )
        manifest_properties = properties(data)
        if name == NAV:
            manifest_properties = ("nav", *manifest_properties)
        return File(name, name.removesuffix(".xhtml"), XHTML, data, manifest_properties)

    def numbered(self, title: str, number: int) -> str:
        """Return a title with a number, by which it differs from the same title of another document."""
        return f"{title} ({number})"

    def front(self) -> Iterator[File]:
        """Yield the cover, its image if it is drawn, and the title page."""
        own = self.metadata.cover
        if own and own.source in self.pictures:
            file = self.pictures[own.source].file
            # A manifest has one cover image; here it is the image of the manuscript.
            self.pictures[own.source] = images.PackageImage(
                File(file.name, file.id, file.media_type, file.data, ("cover-image",)),
                self.pictures[own.source].moving,
            )
            alt = images.alt(own.alt)
        else:
            drawing = drawn_cover.draw(self.metadata, self.labels, drawn_cover.theme(self.context.styles))
            file = File("images/cover.svg", "cover-image", "image/svg+xml", drawing, ("cover-image",))
            yield file
            alt = drawn_cover.alt(self.metadata, self.labels)
        yield self.write(COVER, "cover.xhtml", self.labels("common.cover"), matter="cover", picture=file.name, alt=alt)
        yield self.write(
            TITLE,
            "title.xhtml",
            self.metadata.full_title,
            matter="frontmatter",
            **imprint.title_page(self.metadata, self.labels),
        )

    def text(self) -> Iterator[File]:
        """Yield the documents of the text and that of the endnotes."""
        for chapter in self.chapters:
            self._current = chapter.name
            self.texts.add(chapter.name)
            yield self.write(
                chapter.name,
                "document.xhtml",
                self._title(chapter),
                matter=chapter.matter,
                content=safe(self._content(chapter)),
                notes=safe(self.markup.notes(chapter.notes, kind=NoteKind.FOOTNOTE)),
            )
        if self.endnotes:
            self._current = NOTES
            self.texts.add(NOTES)
            yield self.write(
                NOTES,
                "endnotes.xhtml",
                self.labels("common.notes"),
                matter="backmatter",
                content=safe(self.markup.notes(self.endnotes, kind=NoteKind.ENDNOTE)),
            )

    def _title(self, chapter: ContentDocument) -> str:
        title = plain_text(chapter.section.title) if chapter.section else ""
        return title or f"{self.labels('epub.opening')}: {self.metadata.title}"

    def _content(self, chapter: ContentDocument) -> str:
        if chapter.section is None:
            return self.markup.blocks(chapter.blocks)
        roles = self.markup.semantics("doc-chapter", "chapter") if chapter.matter == "bodymatter" else {}
        return self.markup.section(chapter.section, 1, roles)

    def imprint(self, summary: str) -> File:
        """Return the document about the publication."""
        return self.write(
            ABOUT,
            "about.xhtml",
            self.labels("common.about"),
            matter="backmatter",
            summary=summary,
            **imprint.about(self.metadata, self.labels),
        )
