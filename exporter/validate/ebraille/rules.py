"""Rules for eBraille publications, one for each requirement of the specification that a program can check."""

from __future__ import annotations

from exporter.findings import Rule, Severity

_AGAIN = "Create the file again."


def _rule(name: str, severity: Severity, sentence: str, advice: str, section: str) -> Rule:
    return Rule(f"ebraille-{name}", severity, sentence, advice, f"eBraille 1.0, {section}")


def _must(name: str, sentence: str, section: str, advice: str = _AGAIN) -> Rule:
    return _rule(name, Severity.ERROR, sentence, advice, section)


def _should(name: str, sentence: str, section: str, advice: str = _AGAIN) -> Rule:
    return _rule(name, Severity.WARNING, sentence, advice, section)


UNREADABLE = _must(
    "unreadable",
    "The file can be opened and read.",
    "4.7",
    "Create the file again; a broken transfer may be the reason.",
)
CONTAINER = _must(
    "container", "The archive begins with its media type, stored, and its container names package.opf.", "4.7"
)
ROOT = _must("root", "The root of the archive has package.opf and index.html.", "4.2")
FILE_NAME = _must("file-name", "Names of files work on every system.", "4.3", "Rename the file.")
OBFUSCATION = _should(
    "obfuscation", "Fonts are not obfuscated.", "4.7", "Leave the fonts out: braille displays do not use them."
)
ENCODING = _must("encoding", "XML files and style sheets are in UTF-8.", "3.8", "Save the file as UTF-8.")
MALFORMED = _must("malformed", "Every document is well-formed XML.", "6.2", "Fix its markup.")
METADATA = _must(
    "metadata", "The package has all required metadata, each as often as it may.", "5.3.3", "State it in the package."
)
VALUE = _must(
    "metadata-value", "Metadata have the values that eBraille defines.", "5.3.3", "Correct the value in the package."
)
RECOMMENDED = _rule(
    "recommended",
    Severity.NOTE,
    "The package has the recommended metadata.",
    "State it in the manuscript if it is known.",
    "5.3.4",
)
SYSTEM = _should(
    "system",
    "Braille codes have their names in the registry of codes.",
    "5.3.3.2",
    "Write name and grade, such as UEB grade2.",
)
CLAIM = _must(
    "claim",
    "What the package says of cells and tactile graphics is true.",
    "5.3.3",
    "Correct the value in the package.",
)
FALLBACK = _must("fallback", "The manifest has no fallbacks.", "3.4", "Use the fallbacks of HTML elements.")
LEGACY = _must("legacy", "The package has no deprecated or legacy features and no collections.", "5.6", "Remove them.")
LAYOUT = _must("layout", "The layout is not fixed.", "7", "Remove the properties of fixed layouts.")
MEDIA_TYPE = _must(
    "media-type", "Resources have core media types or a fallback in HTML.", "3.3", "Convert the resource."
)
SPINE = _must(
    "spine", "The reading order consists of XHTML documents, none of which is missing.", "6.1", "Correct the spine."
)
ENTRY_IN_SPINE = _should(
    "entry-in-spine",
    "The primary entry page is not in the reading order.",
    "8.2",
    "Add a document of its own for the contents.",
)
LOCATION = _must(
    "location",
    "All resources are inside the publication, with relative addresses.",
    "3.5",
    "Add the resource, or remove the reference.",
)
SCRIPT = _must("script", "Documents have no scripts and forms that are sent.", "6.2.3", "Remove them.")
PUBLICATION_LINK = _must(
    "publication-link", "The primary entry page links to the package.", "8.2", "Add the link with rel, href and type."
)
NAVIGATION = _must(
    "navigation",
    "The primary entry page is the navigation document, its lists have their roles.",
    "8.3",
    "Add the epub:type and the role.",
)
PAGE_TITLE = _must(
    "page-title", "Each entry of the page list has the page number of print as its title.", "8.3.2", "Add the title."
)
PAGE_LIST = _must(
    "page-list",
    "Each entry of the page list is the number of a page alone, and leads to the start of the page.",
    "8.3.2",
    "Correct the entry.",
)
TEXT = _should(
    "text", "Text and alternative texts consist of braille cells and white space.", "6.2.1", "Translate the text."
)
LIST = _should(
    "list",
    "Numbers and signs of list items are in their text.",
    "6.2.2",
    "Write them in braille, and set list-style-type to none.",
)
CSS_TEXT = _should(
    "css-text", "Style sheets add nothing but braille cells.", "6.2.1", "Remove the text, or write it in braille."
)
CSS_PREFIX = _must("css-prefix", "Style sheets have no properties with the prefix -epub-.", "6.3.2", "Remove them.")
CSS_FONT = _should(
    "css-font", "Style sheets do not change the shape, size or colour of cells.", "6.3.2", "Remove the property."
)
CSS_LENGTH = _should("css-length", "Lengths in style sheets depend on the font.", "6.3.2", "Use ch and em.")
CSS_MEDIA = _must("css-media", "No media query is for the media type braille.", "6.3.3", "Ask for the width in ch.")
CSS_DISPLAY = _should(
    "css-display",
    "Media queries do not distinguish braille displays from screens.",
    "6.3.3",
    "Ask for the width in ch.",
)
ACCESSIBILITY = _should(
    "accessibility",
    "The package states access modes, features and hazards; headings and tables have their structure.",
    "10",
    "State them, and mark headings and header cells.",
)
RULES = (
    UNREADABLE, CONTAINER, ROOT, FILE_NAME, OBFUSCATION, ENCODING, MALFORMED, METADATA,
    VALUE, RECOMMENDED, SYSTEM, CLAIM, FALLBACK, LEGACY, LAYOUT, MEDIA_TYPE,
    SPINE, ENTRY_IN_SPINE, LOCATION, SCRIPT, PUBLICATION_LINK, NAVIGATION, PAGE_TITLE, PAGE_LIST,
    TEXT, LIST, CSS_TEXT, CSS_PREFIX, CSS_FONT, CSS_LENGTH, CSS_MEDIA, CSS_DISPLAY,
    ACCESSIBILITY,
)  # fmt: skip
