"""The documents of the book: cover, title page, text, notes, imprint, contents."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup as Safe

from exporter.contracts import WriteContext
from exporter.model import Inlines, NoteKind
from exporter.model.walk import plain_text
from exporter.templates import safe
from exporter.writers import imprint
from exporter.writers.epub import chapters, cover, frames, images, metadata, navigation
from exporter.writers.epub.chapters import NOTES, ContentDocument
from exporter.writers.epub.inventory import properties
from exporter.writers.epub.markup import EpubMarkup
from exporter.writers.epub.navigation import Landmark, NavEntry
from exporter.writers.epub.package import NCX, XHTML, File
from exporter.writers.epub.page_list import Frame, PagedPublication
from exporter.writers.markup import formula_names

COVER, TITLE, NAV, ABOUT = "cover.xhtml", "title.xhtml", "nav.xhtml", "about.xhtml"


class Documents:
    """Writes the documents of one publication.

    Args:
        paging: The tree, and where pages begin in it.
        workshop: Fixed words and styles.
        shown: The pictures by `Asset.name`; the cover's is marked as such.
    """

    def __init__(self, paging: PagedPublication, context: WriteContext, shown: dict[str, images.PackageImage]) -> None:
        self.paging = paging
        self.publication = publication = paging.publication
        self.metadata = publication.metadata
        self.labels = context.labels
        self.language = self.metadata.language
        self.context = context
        self.pictures = shown
        self.chapters = chapters.split(publication)
        self.endnotes = tuple(note for note in publication.notes if note.kind is NoteKind.ENDNOTE)
        self.texts: set[str] = set()
        self.markup = EpubMarkup(
            publication,
            context.labels,
            href=lambda name: shown[name].file.name,
            link=self._link,
            say=formula_names.formulas(publication, context.styles),
            paging=paging,
        )
        self._places = chapters.places(
            publication,
            self.chapters,
            {note.id: self.markup.note_id(note) for note in publication.notes},
            self.markup.references,
        )
        for block, marks in paging.before.items():
            self._places |= {mark.id: self._places[block] for mark in marks}
        for block, cuts in paging.within.items():
            self._places |= {mark.id: self._places[block] for _, mark in cuts}
        for frame, marks in paging.frame.items():
            self._places |= {mark.id: self._frame(frame) for mark in marks}
        self._here = ""
        self._titles: set[str] = set()

    def _link(self, target: str) -> str:
        """Return the address of `#id` as seen from the document that is being written."""
        place = self._places.get(target.removeprefix("#"), self._here)
        return target if place == self._here else place + target

    def _frame(self, frame: Frame) -> str:
        """Return the document for a part of the frame."""
        # Notes of the PDF's end are footnotes here.
        notes = NOTES if self.endnotes else ABOUT
        return {Frame.TITLE: TITLE, Frame.CONTENTS: NAV, Frame.NOTES: notes, Frame.ABOUT: ABOUT}[frame]

    def _marks(self, name: str) -> list[Safe]:
        """Return the marks of the pages of a document that frames the text."""
        marks = [mark for frame, marks in self.paging.frame.items() if self._frame(frame) == name for mark in marks]
        return [safe(self.markup.page_marks((mark,))) for mark in marks]

    def _document(self, name: str, template: str, title: str, **values: object) -> File:
        number, unique = 1, title
        while unique in self._titles:
            # WCAG 2.4.2: the title tells one document from another.
            number += 1
            unique = f"{title} ({number})"
        self._titles.add(unique)
        data = frames.render(
            template,
            title=unique,
            language=self.language,
            direction=self.metadata.direction.value,
            labels=self.labels,
            metadata=self.metadata,
            marks=self._marks(name),
            **{"matter": "", **values},
        )
        kinds = properties(data)
        if name == NAV:
            kinds = ("nav", *kinds)
        return File(name, name.removesuffix(".xhtml"), XHTML, data, kinds)

    def front(self) -> Iterator[File]:
        """Yield the cover, its picture, and the title page."""
        chosen = self.metadata.cover
        if chosen and chosen.source in self.pictures:
            file = self.pictures[chosen.source].file
            # The manifest knows one cover image; it is the manuscript's picture itself.
            self.pictures[chosen.source] = images.PackageImage(
                File(file.name, file.id, file.media_type, file.data, ("cover-image",)),
                self.pictures[chosen.source].moving,
            )
            words = images.alt(chosen.alt)
        else:
            drawn = cover.draw(self.metadata, self.labels, cover.theme(self.context.styles))
            file = File("images/cover.svg", "cover-image", "image/svg+xml", drawn, ("cover-image",))
            yield file
            words = cover.alt(self.metadata, self.labels)
        yield self._document(
            COVER, "cover.xhtml", self.labels("common.cover"), matter="cover", picture=file.name, alt=words
        )
        yield self._document(
            TITLE,
            "title.xhtml",
            metadata.full_title(self.metadata),
            matter="frontmatter",
            **imprint.title_page(self.metadata, self.labels),
        )

    def text(self) -> Iterator[File]:
        """Yield the documents of the text, and that of the endnotes."""
        for chapter in self.chapters:
            self._here = chapter.name
            self.texts.add(chapter.name)
            yield self._document(
                chapter.name,
                "document.xhtml",
                self._title(chapter),
                matter=chapter.matter,
                content=safe(self._content(chapter)),
                notes=safe(self.markup.notes(chapter.notes, kind=NoteKind.FOOTNOTE)),
            )
        if self.endnotes:
            self._here = NOTES
            self.texts.add(NOTES)
            yield self._document(
                NOTES,
                "endnotes.xhtml",
                self.labels("common.notes"),
                matter="backmatter",
                content=safe(self.markup.notes(self.endnotes, kind=NoteKind.ENDNOTE)),
            )

    def _title(self, chapter: ContentDocument) -> str:
        words = plain_text(chapter.section.title) if chapter.section else ""
        return words or f"{self.labels('epub.opening')}: {self.metadata.title}"

    def _content(self, chapter: ContentDocument) -> str:
        if chapter.section is None:
            return self.markup.blocks(chapter.blocks)
        roles = self.markup.semantics("doc-chapter", "chapter") if chapter.matter == "bodymatter" else {}
        return self.markup.section(chapter.section, 1, roles)

    def imprint(self, summary: str) -> File:
        """Return the document about the publication."""
        return self._document(
            ABOUT,
            "about.xhtml",
            self.labels("common.about"),
            matter="backmatter",
            summary=summary,
            **imprint.about(self.metadata, self.labels),
        )

    def ways(self, *, lists: bool) -> tuple[File, File]:
        """Return the navigation document and the NCX, which lead to the same places."""
        self._here = ""
        publication, link, labels = self.publication, self._link, self.labels

        def label(nodes: Inlines) -> Safe:
            return safe(self.markup.label(nodes))

        text = [chapter for chapter in self.chapters if chapter.matter == "bodymatter"] or self.chapters
        first = text[0].name
        contents = navigation.contents(publication, link, label)
        if not contents:
            contents = (self._entry(first, self.metadata.title),)
        if self.endnotes:
            contents += (self._entry(NOTES, labels("common.notes")),)
        contents += (self._entry(ABOUT, labels("common.about")),)
        listed = navigation.page_list(publication, self.paging.marks, link)
        landmarks = [
            Landmark("cover", COVER, labels("common.cover")),
            Landmark("titlepage", TITLE, labels("epub.title_page")),
            Landmark("toc", f"{NAV}#toc", labels("common.contents")),
            Landmark("bodymatter", first, labels("epub.start")),
        ]
        further = navigation.lists(publication, link, label, labels) if lists else ()
        landmarks += [Landmark(each.type, f"{NAV}#{each.type}", each.title) for each in further]
        if self.endnotes:
            landmarks.append(Landmark("endnotes", NOTES, labels("common.notes")))
        landmarks.append(Landmark("colophon", ABOUT, labels("common.about")))
        nav = self._document(
            NAV, "nav.xhtml", labels("common.contents"), matter="frontmatter",
            contents=contents, lists=further, pages=listed, landmarks=landmarks,
        )  # fmt: skip
        points = navigation.points(contents)
        targets = navigation.page_targets(listed, navigation.count(points) + 1)
        ncx = frames.render(
            "toc.ncx",
            language=self.language,
            identifier=self.metadata.identifier,
            title=metadata.full_title(self.metadata),
            depth=navigation.depth(points),
            points=points,
            pages=targets,
            last_page=max((int(page.value) for page in targets if page.value), default=0),
        )
        return nav, File("toc.ncx", "ncx", NCX, ncx)

    @staticmethod
    def _entry(name: str, words: str) -> NavEntry:
        return NavEntry(name, words, words)
