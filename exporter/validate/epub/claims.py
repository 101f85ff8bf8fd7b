"""Accessibility metadata of an EPUB, compared with the book (EPUB Accessibility 1.1, 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from exporter.findings import Finding, Rule, Severity
from exporter.validate.epub.publication import Publication
from exporter.validate.html.images import undescribed_images
from exporter.validate.html.page import Page, is_decorative, local

MISSING = Rule(
    "epub-metadata-missing",
    Severity.ERROR,
    "The metadata say how the book can be read.",
    "Write the schema.org properties of accessibility into the package, as far as they are true.",
    "EPUB Accessibility 1.1, 2.2",
)
SUMMARY = Rule(
    "epub-metadata-summary",
    Severity.WARNING,
    "A summary tells people in words how the book can be read.",
    "Write schema:accessibilitySummary, with what is missing.",
    "EPUB Accessibility 1.1, 2.2",
)
ALTERNATIVES = Rule(
    "epub-claim-alternative-text",
    Severity.ERROR,
    "A book that claims alternative texts has one for every picture.",
    "Describe the pictures, or take the claim out of the metadata.",
    "EPUB Accessibility 1.1, 2.2; WCAG 1.1.1",
)
CLAIM = Rule(
    "epub-claim",
    Severity.ERROR,
    "Metadata claim nothing that the book does not have.",
    "Take the claim out of the metadata, or put into the book what it says.",
    "EPUB Accessibility 1.1, 2.2",
)
CERTIFIED = Rule(
    "epub-claim-conformance",
    Severity.ERROR,
    "A book that claims a standard of accessibility keeps it, and says who has looked.",
    "Fix the findings, name who certified it (a11y:certifiedBy), or remove the claim.",
    "EPUB Accessibility 1.1, 2.3, 2.4",
)
RULES = (MISSING, SUMMARY, ALTERNATIVES, CLAIM, CERTIFIED)
_MUST = ("accessMode", "accessibilityFeature", "accessibilityHazard")


def check(book: Publication) -> Iterator[Finding]:
    """Check that the metadata are complete and true."""
    location = book.package.name
    stated = {name: _values(book, name) for name in (*_MUST, "accessModeSufficient", "accessibilitySummary")}
    for name in _MUST:
        if not stated[name]:
            yield MISSING.finding(f"Nothing is said of schema:{name}.", place=location)
    if not stated["accessibilitySummary"]:
        yield SUMMARY.finding("There is no summary of how the book can be read.", place=location)
    bare = [(page, picture) for page in book.pages for picture in undescribed_images(page)]
    features = set(stated["accessibilityFeature"])
    if "alternativeText" in features and bare:
        page, picture = bare[0]
        message = f"Alternative texts are claimed, and {_many(len(bare))} without a good one."
        yield ALTERNATIVES.finding(message, place=page.location_of(picture))
    for feature, (there, lacks) in FEATURES.items():
        if feature in features and not there(book):
            yield CLAIM.finding(f"The feature “{feature}” is claimed, and {lacks}.", place=location)
    for mode, (there, lacks) in MODES.items():
        if mode in stated["accessMode"] and not there(book):
            yield CLAIM.finding(f"The mode “{mode}” is claimed, and {lacks}.", place=location)
    enough = {frozenset(part.strip() for part in value.split(",")) for value in stated["accessModeSufficient"]}
    if frozenset({"textual"}) in enough and bare:
        message = f"Text alone is said to be enough, and {_many(len(bare))} without a good alt text."
        yield CLAIM.finding(message, place=location)
    if frozenset({"auditory"}) in enough and not _sound(book):
        yield CLAIM.finding("Sound alone is said to be enough, and nothing can be heard.", place=location)
    if _conforms(book) and not book.package.metas("a11y:certifiedBy"):
        yield CERTIFIED.finding(
            "A standard of accessibility is claimed, and nobody is named who has looked.", place=location
        )


def check_conformance(book: Publication, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Check a claim of conformance against all other findings."""
    broken = sorted({f.rule for f in findings if f.severity is Severity.ERROR and "WCAG" in f.clause})
    if broken and _conforms(book):
        message = f"A standard of accessibility is claimed and not kept: {', '.join(broken)}."
        yield CERTIFIED.finding(message, place=book.package.name)


def _conforms(book: Publication) -> bool:
    links = [
        element.get("href") or "" for element in book.package.root.iter() if element.get("rel") == "dcterms:conformsTo"
    ]
    conformance = [value.casefold() for value in (*book.meta("dcterms:conformsTo"), *links)]
    return any("accessib" in value or "wcag" in value or "a11y" in value for value in conformance)


def _values(book: Publication, name: str) -> list[str]:
    return book.meta(f"schema:{name}", name)


def _many(count: int) -> str:
    return "one picture is" if count == 1 else f"{count} pictures are"


def _any(*names: str) -> Callable[[Publication], bool]:
    return lambda book: bool(book.named(*names))


def _type(*kinds: str) -> Callable[[Publication], bool]:
    return lambda book: bool(book.marked(*kinds))


def _listed(kind: str) -> Callable[[Publication], bool]:
    return lambda book: bool(book.links(kind))


def _contents(book: Publication) -> bool:
    """Return whether there are contents; in EPUB 2 they are an NCX (OPF 2.0.1, 2.4.1)."""
    old = (book.package.root.get("version") or "").startswith("2")
    ncx = any(item.get("media-type") == "application/x-dtbncx+xml" for item in book.package.items.values())
    return bool(book.links("toc")) or (old and ncx)


def _overlays(book: Publication) -> bool:
    return any(item.get("media-overlay") in book.package.items for item in book.package.items.values())


def _sound(book: Publication) -> bool:
    kinds = [item.get("media-type") or "" for item in book.package.items.values()]
    return any(kind.startswith(("audio/", "video/")) for kind in kinds) or bool(book.named("audio", "video"))


def _described_at_length(book: Publication) -> bool:
    pointed = any(
        element.get(name) for page in book.pages for element in page.elements for name in ("aria-details", "longdesc")
    )
    return pointed or bool(book.named("details")) or any(_described_by(page) for page in book.pages)


def _described_by(page: Page) -> bool:
    return any(
        local(element) in {"img", "svg", "figure", "table"} and element.get("aria-describedby")
        for element in page.elements
    )


def _seen(book: Publication) -> bool:
    """Return whether there is something that only eyes take in: a picture that is not decoration, a video."""
    pictures = [(page, image) for page, image in book.named("img", "svg", "canvas", "picture")]
    return (
        bool(book.named("video"))
        or book.has_drawn_documents
        or any(not is_decorative(image) and image.get("alt") != "" for _, image in pictures)
    )


def _headings(book: Publication) -> bool:
    return bool(book.named("h1", "h2", "h3", "h4", "h5", "h6"))


def _pronunciation(book: Publication) -> bool:
    lexicon = any(item.get("media-type") == "application/pls+xml" for item in book.package.items.values())
    sheets = any("speak-as" in sheet or "-epub-speak" in sheet for sheet in book.package.sheets())
    marked = any("ssml" in key for page in book.pages for element in page.elements for key in element.attrib)
    return lexicon or sheets or marked


def _aria(book: Publication) -> bool:
    named = (key for page in book.pages for element in page.elements for key in element.attrib)
    return any(key == "role" or key.startswith("aria-") for key in named)


_Test = tuple[Callable[[Publication], bool], str]
_PAGES = "the navigation has no list of pages"
_MARKS = "no document has a mark where a page begins"
FEATURES: dict[str, _Test] = {
    "longDescription": (_described_at_length, "nothing is described at length"),
    "MathML": (_any("math"), "there is no MathML"),
    "describedMath": (_any("math", "img"), "there are no formulas"),
    "synchronizedAudioText": (_overlays, "no document is read aloud"),
    "pageNavigation": (_listed("page-list"), _PAGES),
    "printPageNumbers": (_type("pagebreak"), _MARKS),
    "pageBreakMarkers": (_type("pagebreak"), _MARKS),
    "tableOfContents": (_contents, "the navigation has no contents"),
    "structuralNavigation": (_headings, "no document has a heading"),
    "index": (_type("index"), "there is no index"),
    "ttsMarkup": (_pronunciation, "nothing says how words are pronounced"),
    "captions": (_any("track"), "nothing that is seen has captions"),
    "closedCaptions": (_any("track"), "nothing that is seen has captions"),
    "rubyAnnotations": (_any("ruby"), "there are no ruby annotations"),
    "ARIA": (_aria, "no element has a role or a label"),
}
"""Features whose content can be found, with what is said when it is not."""
MODES: dict[str, _Test] = {
    "auditory": (_sound, "nothing can be heard"),
    "visual": (_seen, "there is no picture that says something"),
    "textual": (
        lambda book: book.has_drawn_documents or any("".join(page.root.itertext()).strip() for page in book.pages),
        "there is no text",
    ),
}
