"""Properties of the whole document: tags, title, language, access, tab order."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import Marked, PdfFile, values
from exporter.validate.pdf.locations import on_page

_WRITER = "Set it in the program that made the file."

UNTAGGED = Rule(
    "pdf-untagged",
    Severity.ERROR,
    "A PDF is tagged, and marked as tagged.",
    "Export it again with tags; without them a screen reader can only guess.",
    "ISO 14289-1, 7.1; MP 06-001",
)
TITLE = Rule("pdf-title", Severity.ERROR, "A PDF has a title.", _WRITER, "ISO 14289-1, 7.1; MP 06-003; WCAG 2.4.2")
TITLE_SHOWN = Rule(
    "pdf-title-shown",
    Severity.ERROR,
    "The window shows the title, not the name of the file.",
    _WRITER,
    "ISO 14289-1, 7.1; MP 07-001",
)
TITLE_IS_FILE = Rule(
    "pdf-title-is-file", Severity.WARNING, "The title is not a file name.", "Write a title in words.", "WCAG 2.4.2"
)
LANGUAGE = Rule(
    "pdf-language", Severity.ERROR, "A PDF has a language.", _WRITER, "ISO 14289-1, 7.2; MP 11-006; WCAG 3.1.1"
)
LOCKED = Rule(
    "pdf-locked",
    Severity.ERROR,
    "Reading software may read a protected PDF.",
    "Allow access for accessibility, or remove the protection.",
    "ISO 14289-1, 7.16; MP 26-002",
)
TAB_ORDER = Rule(
    "pdf-tab-order",
    Severity.ERROR,
    "The tab key goes through links in the order of the structure.",
    "Set the tab order of the page to structure.",
    "ISO 14289-1, 7.18.3; MP 28-003; WCAG 2.4.3",
)
FONT = Rule(
    "pdf-font-embedded",
    Severity.ERROR,
    "Every font is embedded.",
    "Export it again with embedded fonts.",
    "ISO 14289-1, 7.21.4.1; MP 31-009",
)
UNMAPPED = Rule(
    "pdf-text-unmapped",
    Severity.ERROR,
    "All glyphs are mapped to characters.",
    "Export it again with another font or program.",
    "ISO 14289-1, 7.21.7; MP 31-027",
)
MOVING = Rule(
    "pdf-moving",
    Severity.WARNING,
    "Nothing moves, blinks or may flash.",
    "Use a still picture, or make sure that readers can stop it and that it does not flash.",
    "ISO 14289-1, 7.1; MP 03-002, 03-003; WCAG 2.2.2, 2.3.1",
)
RULES = (UNTAGGED, TITLE, TITLE_SHOWN, TITLE_IS_FILE, LANGUAGE, LOCKED, TAB_ORDER, FONT, UNMAPPED, MOVING)
_MEDIA = ("Screen", "Movie", "RichMedia", "3D")
"""Types of annotations that play something (ISO 32000-1, 12.5.6; ISO 32000-2, 13.7)."""
_SUFFIXES = (".pdf", ".doc", ".docx", ".odt", ".indd", ".md", ".html", ".rtf", ".tex")


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with the whole."""
    if not file.tagged:
        yield UNTAGGED.finding("The file is not marked as tagged, or has no structure tree.")
    elif file.has_suspects:
        yield UNTAGGED.finding("The file states that its tags may be wrong (Suspects).")
    title = file.title.strip()
    if not title:
        yield TITLE.finding("The file has no title.")
    elif file.xmp and not file.xmp_title.strip():
        yield TITLE.finding("The metadata of the file (XMP) have no title.")
    elif title.lower().endswith(_SUFFIXES):
        yield TITLE_IS_FILE.finding(f"The title is “{title[:80]}”.")
    if not file.shows_title:
        yield TITLE_SHOWN.finding("The window would show the name of the file (DisplayDocTitle is off).")
    if not (file.language or "").strip() and not _has_language_everywhere(file):
        yield LANGUAGE.finding("The file has no language.")
    if file.pdf.is_encrypted and not file.pdf.allow.accessibility:
        yield LOCKED.finding("The protection of the file keeps reading software out.")
    for index, page in enumerate(file.pages):
        annotations = values.items(values.get(page, "/Annots"))
        if annotations and values.name(values.get(page, "/Tabs")) != "S":
            yield TAB_ORDER.finding("The tab order does not follow the structure.", place=on_page(index))
        for kind in sorted({values.name(values.get(annotation, "/Subtype")) for annotation in annotations}):
            if kind in _MEDIA:
                yield MOVING.finding(f"The page plays something ({kind} annotation).", place=on_page(index))
    for font in file.fonts:
        if not font.embedded and font.is_drawn:
            yield FONT.finding(f"The font {font.name or '(without a name)'} is not embedded.")
        if not font.mapped and font.width == 2:
            yield UNMAPPED.finding(f"Words in {font.name or '(without a name)'} cannot be read out: no ToUnicode map.")


def _has_language_everywhere(file: PdfFile) -> bool:
    """Return whether all words have a language of their own, so that none falls back to that of the file."""
    runs = [
        file.run(kid).language or node.language
        for node in file.structure.root.all()
        for kid in node.kids
        if isinstance(kid, Marked) and file.run(kid).text.strip()
    ]
    return bool(runs) and all(runs)
