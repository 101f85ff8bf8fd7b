"""Title block and imprint: what the publication says of itself before and beside its text."""

from __future__ import annotations

from exporter.labels import direction_of
from exporter.model import Contact, Inline, Kind, Link, Related, Span, Strong, Text
from exporter.model.node import At
from exporter.writers.docx.context import BlockContext, Story, WriteState
from exporter.writers.docx.drawings import Pictures
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.xml import Element, Properties

_BOUND = frozenset({Kind.REPORT, Kind.SUBMISSION, Kind.MANUAL})
"""Kinds that have a title page; the others begin with their title on the first page of the text."""
_COVER = 0.58
"""Share of the height of the text that the cover's picture may take, so that it stands on the page with the title."""
_LEAST_COVER = 0.25
_TITLE_BLOCK = 5600
"""Height of a long title block, in twentieths of a point."""
_DROP: Properties = {"spacing": {"before": 2400, "after": 120}}
"""How far down a title page begins."""


def has_title_page(kind: Kind | None) -> bool:
    """Return whether a publication of this kind has a title page."""
    return kind is None or kind in _BOUND


class FrontWriter:
    """Writes what the metadata say."""

    def __init__(self, draft: WriteState, paragraphs: ParagraphWriter, pictures: Pictures) -> None:
        self._draft = draft
        self._paragraphs = paragraphs
        self._pictures = pictures

    def add_title_block(self, story: Story, parent: Element, place: BlockContext, *, page: bool) -> None:
        """Append kind, title, subtitle, authors, publisher, place and date, and the cover's picture.

        The title has the style Title and is no heading.
        """
        metadata = self._draft.metadata
        labels = self._draft.labels
        lines: list[tuple[str, str]] = []
        kind = [labels(f"kinds.{metadata.kind.value}")] if metadata.kind else []
        lines.append(("Kind", " · ".join([*kind, metadata.series] if metadata.series else kind)))
        lines += [("Title", metadata.title), ("Subtitle", metadata.subtitle)]
        authors = [author.name for author in metadata.authors]
        if authors and authors != [metadata.publisher]:
            lines += [("Author", line) for line in labels.credits(metadata.authors)]
        elif metadata.publisher:
            lines.append(("Author", metadata.publisher))
        published = metadata.publisher if authors and authors != [metadata.publisher] else ""
        date = labels.date(metadata.date) if metadata.date else ""
        lines.append(("Date", " · ".join(filter(None, (published, metadata.place, date)))))
        first = True
        for style, text in lines:
            if text:
                drop = _DROP if first and page and not metadata.cover else None
                self._paragraphs.add_words(story, parent, place, text, style, properties=drop)
                first = False
        if metadata.cover:
            asset = self._pictures.asset(metadata.cover.source)
            if asset is None:
                self._draft.not_carried(f"The cover “{metadata.cover.source}” is missing.", metadata.source)
                return
            paragraph = self._paragraphs.open(story, parent, place, "Cover")
            self._pictures.add_asset(
                story, paragraph, asset, metadata.cover.alt, room=place.room, tallest=self._cover_share()
            )
            self._paragraphs.close(paragraph)

    def _cover_share(self) -> float:
        """Return the share of the height of the text that is left for the cover's picture below the title."""
        left = 1 - _TITLE_BLOCK / self._draft.paper.text_height
        return max(min(_COVER, left), _LEAST_COVER)

    def add_imprint(self, story: Story, parent: Element, place: BlockContext) -> None:
        """Append rights, identifier, translations, related publications and the contact for other formats."""
        metadata = self._draft.metadata
        labels = self._draft.labels
        details: list[tuple[str, tuple[Inline, ...]]] = []
        for key in ("rights", "identifier"):
            value = getattr(metadata, key)
            if value:
                details.append((key, _linked(value)))
        for key, others in (("translations", metadata.translations), ("related", metadata.related)):
            details += [(key, self._related(other)) for other in others]
        if details:
            self._paragraphs.add_words(story, parent, place, labels("common.about"), "ImprintTitle")
        for key, words in details:
            before = labels("docx.detail", name=labels(f"common.{key}"))
            nodes = (Strong(children=(Text(text=before),)), Text(text=" "), *words)
            self._paragraphs.add(story, parent, place, nodes, "Imprint")
        if metadata.contact:
            self._add_contact(story, parent, place, metadata.contact)

    def _add_contact(self, story: Story, parent: Element, place: BlockContext, contact: Contact) -> None:
        labels = self._draft.labels
        self._paragraphs.add_words(story, parent, place, labels("common.contact"), "ImprintTitle")
        self._paragraphs.add_words(story, parent, place, labels("common.contact_text"), "Imprint")
        lines: list[Inline] = []
        if contact.name:
            lines.append(Text(text=contact.name))
        if contact.email:
            lines.append(Link(children=(Text(text=contact.email),), target=f"mailto:{contact.email}"))
        if contact.url:
            lines.append(Link(children=(Text(text=contact.url),), target=contact.url))
        if contact.phone:
            lines.append(Span(children=(Text(text=contact.phone),)))
        for line in lines:
            self._paragraphs.add(story, parent, place, (line,), "Imprint")

    def _related(self, other: Related) -> tuple[Inline, ...]:
        at = At(language=other.language, direction=direction_of(other.language)) if other.language else At()
        title = Span(children=(Text(text=other.title),), at=at)
        named: Inline = Link(children=(title,), target=other.target) if "://" in other.target else title
        if not other.language:
            return (named,)
        return (named, Text(text=f" ({self._draft.labels.language_name(other.language)})"))


def _linked(text: str) -> tuple[Inline, ...]:
    words = Text(text=text)
    return (Link(children=(words,), target=text),) if text.startswith(("https://", "http://")) else (words,)
