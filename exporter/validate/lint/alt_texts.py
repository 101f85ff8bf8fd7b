"""Text alternatives for images (WCAG 1.1.1): an error wherever readers who cannot see an image get no information."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from exporter.findings import Finding, FindingDetails, Rule, Severity, quoted
from exporter.lexicon.word_lists import folded, words
from exporter.model import Decorative, Described, Figure, Image, Link, Source, Undescribed
from exporter.model.east_asian import count_letters, format_length, has_characters
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.picture_names import is_camera_name, is_file_name

LONGEST = 250
"""Characters of an alt text; a screen reader cannot pause or go back within it."""

MISSING = Rule(
    id="alt-missing",
    severity=Severity.ERROR,
    sentence="Each picture is described, or marked as decorative.",
    advice="Write what it shows between the square brackets: ![What it shows](file.png); or, if it is decorative, "
    "![](file.png){.decorative}.",
    clause="WCAG 1.1.1, EN 301 549 10.1.1.1, ISO 14289-1 7.3",
)
FILE_NAME = Rule(
    id="alt-file-name",
    severity=Severity.ERROR,
    sentence="An alt text is not a file name.",
    advice="Write what the picture shows instead: ![What it shows](file.png).",
    clause="WCAG 1.1.1 F30",
)
PLACEHOLDER = Rule(
    id="alt-placeholder",
    severity=Severity.ERROR,
    sentence="An alt text says what the picture shows.",
    advice="Write what readers who cannot see the picture would miss: ![Women queue outside the court](file.png); "
    "or, if it is decorative, ![](file.png){.decorative}.",
    clause="WCAG 1.1.1 F30",
)
CAPTION = Rule(
    id="alt-is-caption",
    severity=Severity.ERROR,
    sentence="Alt text and caption say different things.",
    advice='All readers get the caption; write in alt="..." what the picture shows: ![Caption](file.png){alt="What it '
    'shows"}.',
    clause="WCAG 1.1.1, DAISY Knowledge Base: Image descriptions",
)
OPENING = Rule(
    id="alt-image-of",
    severity=Severity.WARNING,
    sentence="An alt text does not begin by saying that it is a picture.",
    advice="Begin with what the picture shows: screen readers say “image” themselves. Keep words that say more, such "
    "as “Map of”, “Bar chart” or “Painting”.",
    clause="WCAG 1.1.1, DAISY Knowledge Base: Image descriptions",
)
LONG = Rule(
    id="alt-long",
    severity=Severity.WARNING,
    sentence=f"An alt text has at most {LONGEST} characters; a picture that needs more has a long description.",
    advice="Shorten it to the essentials and put the rest into a block after the picture: ::: description … :::.",
    clause="WCAG 1.1.1 G92",
)
SAME = Rule(
    id="alt-same",
    severity=Severity.WARNING,
    sentence="Different pictures have different alt texts.",
    advice="Write how this picture differs from the other one.",
    clause="WCAG 1.1.1",
)
DECORATIVE = Rule(
    id="decorative-caption",
    severity=Severity.WARNING,
    sentence="A picture with a caption or a long description is not decorative.",
    advice='Describe the picture: ![Caption](file.png){alt="What it shows"}; or remove the caption.',
    clause="WCAG 1.1.1",
)
LINK = Rule(
    id="link-picture",
    severity=Severity.NOTE,
    sentence="The alt text of a picture that alone is a link names the target of the link.",
    advice="Check that the alt text names the target of the link; or add words beside the picture to the link.",
    clause="WCAG 2.4.4, 1.1.1 H30",
)

COVER_ADVICE = (
    "Write what the cover shows, without its title: as cover-alt: in the front matter, or where publication.toml names "
    'the cover, as in cover = { source = "cover.jpg", alt = "What it shows" }.'
)
"""Advice for manuscripts of all formats: the cover is set in the front matter or in the settings."""

RULES = (MISSING, FILE_NAME, PLACEHOLDER, CAPTION, OPENING, LONG, SAME, DECORATIVE, LINK)


class _ImageUse(NamedTuple):
    """An image of the text, or the cover, with its context."""

    name: str
    alt: Described | Decorative | Undescribed
    language: str
    source: Source | None
    figure: Figure | None = None
    is_cover: bool = False

    @property
    def label(self) -> str:
        """The image in messages, such as “The picture “map.png””."""
        subject = "The cover picture" if self.is_cover else "The picture"
        return subject if self.is_embedded else f"{subject} “{self.name}”"

    @property
    def is_embedded(self) -> bool:
        """Whether the image is inside a file without lines: its source says which it is, and its name is not known."""
        return bool(self.source and self.source.is_in_words)

    @property
    def short_label(self) -> str:
        """The image in the middle of a sentence."""
        if self.is_embedded:
            return "the cover picture" if self.is_cover else "the picture"
        return f"the cover “{self.name}”" if self.is_cover else f"“{self.name}”"

    @property
    def reference(self) -> str:
        """The image in a finding about another one."""
        return f"that at “{self.source.place}”" if self.source and self.is_embedded else self.short_label


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the alt texts of all images, including the cover."""
    first_by_text: dict[str, _ImageUse] = {}
    for image in _images(index):
        details = FindingDetails(image=image.name)
        yield from (msgspec.structs.replace(finding, details=details) for finding in _check(image, first_by_text))
    yield from _check_links(index)


def _check(image: _ImageUse, first_by_text: dict[str, _ImageUse]) -> Iterator[Finding]:
    match image.alt:
        case Undescribed():
            yield _missing(image)
        case Decorative():
            if image.figure and (image.figure.caption or image.figure.description):
                yield DECORATIVE.finding(
                    f"{image.label} is marked as decorative but has "
                    f"{'a caption' if image.figure.caption else 'a long description'}.",
                    image.source,
                )
        case Described(text):
            yield from _check_text(image, text)
            other = first_by_text.setdefault(folded(text), image)
            if other.name != image.name:
                subject = image.label if image.is_embedded else image.short_label
                yield SAME.finding(
                    f"{subject} has the same alt text as {other.reference}: {quoted(text)}.", image.source
                )


def _images(index: DocumentIndex) -> Iterator[_ImageUse]:
    cover = index.metadata.cover
    if cover is not None:
        yield _ImageUse(cover.source, cover.alt, index.language, index.metadata_source, is_cover=True)
    for image, indexed in index.of_type(Image):
        figure = indexed.parent.node if indexed.parent and isinstance(indexed.parent.node, Figure) else None
        yield _ImageUse(image.source, image.alt, indexed.language, indexed.source, figure)


def _missing(image: _ImageUse) -> Finding:
    message = f"{image.label} has no alt text."
    if image.figure and image.figure.caption:
        caption = plain_text(image.figure.caption)
        return MISSING.finding(
            message,
            image.source,
            advice="Keep the caption and write in braces what the picture shows: "
            f'![{_truncate(caption)}]({_markdown_target(image.name)}){{alt="What it shows"}}; or, if it is decorative, '
            "remove the caption and mark the picture {.decorative}.",
        )
    return _finding_with_name(MISSING, message, image)


def _finding_with_name(rule: Rule, message: str, image: _ImageUse) -> Finding:
    """Return a finding whose advice contains the name of the image, ready to copy."""
    if image.is_cover:
        return rule.finding(message, image.source, advice=COVER_ADVICE)
    return rule.finding(message, image.source, advice=rule.advice.replace("file.png", _markdown_target(image.name)))


def _markdown_target(name: str) -> str:
    """Return the name of an image as a Markdown link destination (CommonMark 0.31.2, 6.3)."""
    return f"<{name}>" if re.search(r"[\s()]", name) else name


def _check_text(image: _ImageUse, text: str) -> Iterator[Finding]:
    plain = folded(text)
    path = image.name.rpartition(".")[0]
    names = {folded(name) for name in (image.name, path, path.rpartition("/")[2])}
    if is_file_name(text) or (plain in names and _looks_like_a_name(text)):
        message = f"The alt text of {image.short_label} is a file name: {quoted(text)}."
        yield _finding_with_name(FILE_NAME, message, image)
        return
    if plain in words("alt_placeholders", image.language) or not re.search(r"[^\W_]", text) or is_camera_name(plain):
        message = f"The alt text {quoted(text)} does not say what {image.short_label} shows."
        yield _finding_with_name(PLACEHOLDER, message, image)
        return
    figure = image.figure
    if figure and figure.caption and folded(plain_text(figure.caption)) == plain:
        message = f"{image.label} has the same alt text as its caption: {quoted(text)}."
        yield CAPTION.finding(message, image.source)
    beginning = " ".join(text.casefold().split())
    for opening in sorted(words("alt_openings", image.language), key=len, reverse=True):
        if beginning.startswith(opening) and (
            opening[-1] in ":：'’ل"
            or has_characters(opening)
            or not beginning[len(opening) : len(opening) + 1].isalpha()
        ):
            message = f"The alt text of {image.short_label} begins with {quoted(text[: len(opening)])}."
            yield OPENING.finding(message, image.source)
            break
    if count_letters(text) > LONGEST and not (figure and figure.description):
        yield LONG.finding(f"The alt text of {image.short_label} has {format_length(text)}.", image.source)


def _looks_like_a_name(text: str) -> bool:
    """Return whether a text is not written for people: one word with digits or joining characters, or a path."""
    text = text.strip()
    return " " not in text and (re.search(r"[\d_./-]", text) is not None or text.islower())


def _check_links(index: DocumentIndex) -> Iterator[Finding]:
    for link, indexed in index.of_type(Link):
        images = [child for child in link.children if isinstance(child, Image)]
        if images and len(images) == len(link.children) and any(isinstance(i.alt, Described) for i in images):
            image = _ImageUse(images[0].source, images[0].alt, indexed.language, indexed.source)
            message = f"{image.label} alone is a link to {quoted(link.target)}."
            yield LINK.finding(message, indexed.source)


def _truncate(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40].rstrip()}…"
