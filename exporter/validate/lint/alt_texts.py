"""What stands for pictures (WCAG 1.1.1): an error wherever somebody who cannot see them is left with nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Decorative, Described, Figure, Image, Link, Source, Undescribed
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.lint.word_lists import folded, words

LONGEST = 250
"""Characters of an alt text; a screen reader cannot pause or go back inside one."""

MISSING = Rule(
    id="alt-missing",
    severity=Severity.ERROR,
    sentence="Each picture is described, or marked as decorative.",
    advice="Write what it shows between the square brackets: ![What it shows](file.png); or, when it says nothing, "
    "![](file.png){.decorative}.",
    clause="WCAG 1.1.1, EN 301 549 10.1.1.1, ISO 14289-1 7.3",
)
FILE_NAME = Rule(
    id="alt-file-name",
    severity=Severity.ERROR,
    sentence="An alt text is not the name of a file.",
    advice="Write what the picture shows instead: ![What it shows](file.png).",
    clause="WCAG 1.1.1 F30",
)
PLACEHOLDER = Rule(
    id="alt-placeholder",
    severity=Severity.ERROR,
    sentence="An alt text says what the picture shows.",
    advice="Write what somebody would miss who does not see the picture: ![Women queue outside the court](file.png); "
    "or, when it says nothing, ![](file.png){.decorative}.",
    clause="WCAG 1.1.1 F30",
)
CAPTION = Rule(
    id="alt-is-caption",
    severity=Severity.ERROR,
    sentence="Alt text and caption say different things.",
    advice='Everybody reads the caption; write in alt="..." what the picture shows: ![Caption](file.png){alt="What it '
    'shows"}.',
    clause="WCAG 1.1.1, DAISY Knowledge Base: Image descriptions",
)
OPENING = Rule(
    id="alt-image-of",
    severity=Severity.WARNING,
    sentence="An alt text does not begin by saying that it is a picture.",
    advice="Begin with what is to be seen: screen readers say “image” themselves. Keep words that say more, such as "
    "“Map of”, “Bar chart” or “Painting”.",
    clause="WCAG 1.1.1, DAISY Knowledge Base: Image descriptions",
)
LONG = Rule(
    id="alt-long",
    severity=Severity.WARNING,
    sentence=f"An alt text has at most {LONGEST} characters; what needs more has a long description.",
    advice="Shorten it to what matters and put the rest into a block after the picture: ::: description … :::.",
    clause="WCAG 1.1.1 G92",
)
SAME = Rule(
    id="alt-same",
    severity=Severity.WARNING,
    sentence="Different pictures have different alt texts.",
    advice="Say what sets this picture apart from the other one.",
    clause="WCAG 1.1.1",
)
DECORATIVE = Rule(
    id="decorative-caption",
    severity=Severity.WARNING,
    sentence="A picture with a caption or a long description is not decorative.",
    advice='Describe the picture: ![Caption](file.png){alt="What it shows"}; or take the caption away.',
    clause="WCAG 1.1.1",
)
LINK = Rule(
    id="link-picture",
    severity=Severity.NOTE,
    sentence="Where a picture alone is a link, its alt text says where the link leads.",
    advice="See that the alt text says where the link leads; or put words beside the picture into the link.",
    clause="WCAG 2.4.4, 1.1.1 H30",
)

COVER_ADVICE = (
    "Say what the cover shows, its title left out: as cover-alt: in the front matter, or where publication.toml names "
    'it, as in cover = { source = "cover.jpg", alt = "What it shows" }.'
)
"""The cover is named in settings, whatever the manuscript is written in."""

RULES = (MISSING, FILE_NAME, PLACEHOLDER, CAPTION, OPENING, LONG, SAME, DECORATIVE, LINK)

_FILE = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|avif|tiff?|bmp|svg|heic|pdf|eps|ai|psd)", re.IGNORECASE)
_CAMERA = re.compile(
    r"(?:img|dsc[nf]?|dcim|pict?|p|imag|wa|pxl|mvi|scan|screenshot|screen shot|image|photo|foto|imagen|picture|figure|"
    r"fig)[-_ ]?\d[\d_ .:-]*(?:wa\d+)?",
    re.IGNORECASE,
)


class _Picture(NamedTuple):
    name: str
    what: str
    """"The picture" or "The cover picture"."""
    alt: Described | Decorative | Undescribed
    language: str
    source: Source | None
    figure: Figure | None


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Look at the alt texts of all pictures, the cover included."""
    first: dict[str, _Picture] = {}
    for picture in _pictures(index):
        match picture.alt:
            case Undescribed():
                yield _missing(picture)
            case Decorative():
                if picture.figure and (picture.figure.caption or picture.figure.description):
                    yield DECORATIVE.finding(
                        f"{picture.what} “{picture.name}” is marked as decorative but has "
                        f"{'a caption' if picture.figure.caption else 'a long description'}.",
                        picture.source,
                    )
            case Described(text):
                yield from _described(picture, text)
                other = first.setdefault(folded(text), picture)
                if other.name != picture.name:
                    yield SAME.finding(
                        f"“{picture.name}” has the same alt text as “{other.name}”: {quoted(text)}.", picture.source
                    )
    yield from _links(index)


def _pictures(index: DocumentIndex) -> Iterator[_Picture]:
    cover = index.metadata.cover
    if cover is not None:
        yield _Picture(cover.source, "The cover picture", cover.alt, index.language, index.place, None)
    for image, met in index.of(Image):
        figure = met.parent.node if met.parent and isinstance(met.parent.node, Figure) else None
        yield _Picture(image.source, "The picture", image.alt, met.language, met.source, figure)


def _missing(picture: _Picture) -> Finding:
    message = f"{picture.what} “{picture.name}” has no alt text."
    if picture.figure and picture.figure.caption:
        caption = plain_text(picture.figure.caption)
        return MISSING.finding(
            message,
            picture.source,
            advice="Its caption stays; write in braces what it shows: "
            f'![{_short(caption)}]({_target(picture.name)}){{alt="What it shows"}}; or, when it says nothing, take the '
            "caption away and mark it {.decorative}.",
        )
    return _named(MISSING, message, picture)


def _named(rule: Rule, message: str, picture: _Picture) -> Finding:
    """Return a finding whose advice names the picture: it can be copied as it stands."""
    if picture.what.startswith("The cover"):
        return rule.finding(message, picture.source, advice=COVER_ADVICE)
    return rule.finding(message, picture.source, advice=rule.advice.replace("file.png", _target(picture.name)))


def _target(name: str) -> str:
    """Return the name of a picture as Markdown wants it between parentheses (CommonMark 0.31.2, 6.3)."""
    return f"<{name}>" if re.search(r"[\s()]", name) else name


def _described(picture: _Picture, text: str) -> Iterator[Finding]:
    named = f"{picture.what} “{picture.name}”"
    plain = folded(text)
    path = picture.name.rpartition(".")[0]
    names = {folded(name) for name in (picture.name, path, path.rpartition("/")[2])}
    if _FILE.fullmatch(text.strip()) or (plain in names and _looks_like_a_name(text)):
        yield _named(FILE_NAME, f"{named} has the name of a file for an alt text: {quoted(text)}.", picture)
        return
    if (
        plain in words("alt_placeholders", picture.language)
        or not re.search(r"[^\W_]", text)
        or _CAMERA.fullmatch(plain)
    ):
        yield _named(PLACEHOLDER, f"The alt text {quoted(text)} does not say what “{picture.name}” shows.", picture)
        return
    figure = picture.figure
    if figure and figure.caption and folded(plain_text(figure.caption)) == plain:
        yield CAPTION.finding(f"{named} has the same alt text as its caption: {quoted(text)}.", picture.source)
    opening = " ".join(text.casefold().split())
    for words_ in sorted(words("alt_openings", picture.language), key=len, reverse=True):
        if opening.startswith(words_) and (
            words_[-1] in ":'’ل" or not opening[len(words_) : len(words_) + 1].isalpha()
        ):
            yield OPENING.finding(
                f"The alt text of “{picture.name}” begins with {quoted(text[: len(words_)])}.", picture.source
            )
            break
    if len(text) > LONGEST and not (figure and figure.description):
        yield LONG.finding(f"The alt text of “{picture.name}” has {len(text)} characters.", picture.source)


def _looks_like_a_name(text: str) -> bool:
    """Return whether nobody would write this for people: one word with digits or joins, or a path."""
    text = text.strip()
    return " " not in text and (re.search(r"[\d_./-]", text) is not None or text.islower())


def _links(index: DocumentIndex) -> Iterator[Finding]:
    for link, met in index.of(Link):
        pictures = [child for child in link.children if isinstance(child, Image)]
        if pictures and len(pictures) == len(link.children) and any(isinstance(p.alt, Described) for p in pictures):
            yield LINK.finding(
                f"The picture “{pictures[0].source}” alone is a link to {quoted(link.target)}.", met.source
            )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40].rstrip()}…"
