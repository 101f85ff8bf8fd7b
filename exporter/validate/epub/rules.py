"""Rules for media overlays beyond EPUBCheck."""

from __future__ import annotations

from exporter.findings import Rule, Severity

UNREADABLE = Rule(
    id="epub-unreadable",
    severity=Severity.ERROR,
    sentence="The EPUB can be opened and read.",
    advice="Create the file again; a broken transfer may be the reason.",
    clause="EPUB 3.3, 4.2",
)
MALFORMED = Rule(
    id="epub-malformed",
    severity=Severity.ERROR,
    sentence="Every document is well-formed XML.",
    advice="Fix its markup: many programs show nothing of such a document, or only its beginning.",
    clause="EPUB 3.3, 6.1",
)
TARGET = Rule(
    id="overlay-target",
    severity=Severity.ERROR,
    sentence="What an overlay points at is there: the document, the element, the sound.",
    advice="Make the EPUB again; its overlays belong to another text.",
    clause="EPUB 3.3, 9.2.2",
)
CLIP = Rule(
    id="overlay-clip",
    severity=Severity.ERROR,
    sentence="Each clip begins before it ends, and ends before its sound file does.",
    advice="Make the EPUB again; its overlays belong to another recording.",
    clause="EPUB 3.3, 9.2.2.8",
)
ORDER = Rule(
    id="overlay-order",
    severity=Severity.ERROR,
    sentence="Overlays read a document in the order of the document.",
    advice="Make the EPUB again.",
    clause="EPUB 3.3, 9.3.2",
)
COVERAGE = Rule(
    id="overlay-coverage",
    severity=Severity.ERROR,
    sentence="Every word and every alt text of a document that is read aloud is heard, and heard once.",
    advice="Make the EPUB again.",
    clause="European Accessibility Act, Annex I, IV (f) (i)",
)
DURATION = Rule(
    id="overlay-duration",
    severity=Severity.ERROR,
    sentence="The durations that the package names are those of the clips, and their sum.",
    advice="Make the EPUB again.",
    clause="EPUB 3.3, D.8.4",
)
SKIPPABLE = Rule(
    id="overlay-skippable",
    severity=Severity.WARNING,
    sentence="A listener can skip notes, their marks and page numbers, and leave tables and lists.",
    advice="Give the par or seq the epub:type of the element.",
    clause="EPUB 3.3, 9.3.3",
)
STYLE = Rule(
    id="overlay-style",
    severity=Severity.WARNING,
    sentence="What is heard can be seen: a style sheet knows the class that the package names for it.",
    advice="Name the class in media:active-class and give it a style.",
    clause="EPUB 3.3, 9.4",
)
RULES = (UNREADABLE, MALFORMED, TARGET, CLIP, ORDER, COVERAGE, DURATION, SKIPPABLE, STYLE)
