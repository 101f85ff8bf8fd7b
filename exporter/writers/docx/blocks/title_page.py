"""Title block and imprint."""

from __future__ import annotations

from exporter.labels import direction_of, own_language_name
from exporter.model import Contact, Inline, Kind, Link, Related, Span, Strong, Text
from exporter.model.node import At
from exporter.writers.docx.blocks.paragraphs import ParagraphWriter
from exporter.writers.docx.context import BlockContext, WriteState
from exporter.writers.docx.inlines.drawings import DrawingWriter
from exporter.writers.docx.xml import Element, Properties

_WITH_TITLE_PAGE = frozenset({Kind.REPORT, Kind.SUBMISSION, Kind.MANUAL})
"""Kinds of publication that have a title page; others have their title on the first page of the text."""
_MAX_COVER_HEIGHT = 0.58
"""Maximum height of the cover image as a fraction of the text height, so that it fits on the page of the title."""
_MIN_COVER_HEIGHT = 0.25
_TITLE_BLOCK = 5600
"""Height of a long title block, in twentieths of a point."""
_TITLE_SPACING: Properties = {"spacing": {"before": 2400, "after": 120}}
"""Spacing of the title on a title page."""


def has_title_page(kind: Kind | None) -> bool:
    """Return whether a publication of this kind has a title page."""
    return kind is None or kind in _WITH_TITLE_PAGE


class TitlePageWriter:
    """Writer of the title block and the imprint."""

    def __init__(self, state: WriteState, paragraphs: ParagraphWriter, drawings: DrawingWriter) -> None:
        self._state = state
        self._paragraphs = paragraphs
        self._drawings = drawings

    def add_title_block(self, parent: Element, context: BlockContext, *, page: bool) -> None:
        """Append kind, title, subtitle, authors, publisher, place and date, and the cover image.

        The title has the style Title and is not a heading.
        """
        metadata = self._state.metadata
        labels = self._state.labels
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
                spacing = _TITLE_SPACING if first and page and not metadata.cover else None
                self._paragraphs.add_text(parent, context, text, style, properties=spacing)
                first = False
        if metadata.cover:
            asset = self._drawings.asset(metadata.cover.source)
            if asset is None:
                self._state.report_not_carried(f"The cover “{metadata.cover.source}” is missing.", metadata.source)
                return
            paragraph = self._paragraphs.open(parent, context, "Cover")
            self._drawings.add_asset(
                context.story,
                paragraph,
                asset,
                metadata.cover.alt,
                available_width=context.available_width,
                max_height=self._cover_share(),
            )
            self._paragraphs.close(paragraph)

    def _cover_share(self) -> float:
        """Return the maximum height of the cover image below the title, as a fraction of the text height."""
        remaining = 1 - _TITLE_BLOCK / self._state.paper.text_height
        return max(min(_MAX_COVER_HEIGHT, remaining), _MIN_COVER_HEIGHT)

    def add_imprint(self, parent: Element, context: BlockContext) -> None:
        """Append rights, identifier, translations, related publications and the contact for other formats."""
        metadata = self._state.metadata
        labels = self._state.labels
        details: list[tuple[str, tuple[Inline, ...]]] = []
        for key in ("rights", "identifier"):
            value = getattr(metadata, key)
            if value:
                details.append((key, _link_if_url(value)))
        for key, others in (
            ("family", metadata.members),
            ("translations", metadata.translations),
            ("related", metadata.related),
        ):
            details += [(key, self._related(other)) for other in others]
        if details:
            self._paragraphs.add_text(parent, context, labels("common.about"), "ImprintTitle")
        for key, inlines in details:
            label = labels("docx.detail", name=labels(f"common.{key}"))
            nodes = (Strong(children=(Text(text=label),)), Text(text=" "), *inlines)
            self._paragraphs.add(parent, context, nodes, "Imprint")
        if metadata.contact:
            self._add_contact(parent, context, metadata.contact)

    def _add_contact(self, parent: Element, context: BlockContext, contact: Contact) -> None:
        labels = self._state.labels
        self._paragraphs.add_text(parent, context, labels("common.contact"), "ImprintTitle")
        self._paragraphs.add_text(parent, context, labels("common.contact_text"), "Imprint")
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
            self._paragraphs.add(parent, context, (line,), "Imprint")

    def _related(self, other: Related) -> tuple[Inline, ...]:
        at = At(language=other.language, direction=direction_of(other.language)) if other.language else At()
        title = Span(children=(Text(text=other.title),), at=at)
        linked_title: Inline = Link(children=(title,), target=other.target) if "://" in other.target else title
        labels, own_name = self._state.labels, own_language_name(other.language)
        details: list[tuple[Inline, ...]] = []
        if own_name:
            details.append((Span(children=(Text(text=own_name),), at=at),))
        elif other.language:
            details.append((Text(text=labels.language_name(other.language)),))
        if form := labels.form(other.form):
            details.append((Text(text=form),))
        if not details:
            return (linked_title,)
        first, *rest = details
        following = (inline for detail in rest for inline in (Text(text=labels.comma), *detail))
        return (linked_title, Text(text=" ("), *first, *following, Text(text=")"))


def _link_if_url(text: str) -> tuple[Inline, ...]:
    words = Text(text=text)
    return (Link(children=(words,), target=text),) if text.startswith(("https://", "http://")) else (words,)
