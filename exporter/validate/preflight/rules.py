"""Rules of a preflight for print.

ISO 15930-7 (PDF/X-4) narrows PDF 1.6; the clause of ISO 32000-1 beside it is where the thing itself is defined. Rules
without it are craft.
"""

from __future__ import annotations

from exporter.findings import Rule, Severity

_REPORT = "Fix it in the program that created the file; if that was exporter, please report it."


def _rule(name: str, sentence: str, clause: str, severity: Severity = Severity.ERROR, advice: str = _REPORT) -> Rule:
    return Rule(id=name, severity=severity, sentence=sentence, advice=advice, clause=clause)


READABLE = _rule(
    "press-unreadable",
    "The file is a PDF that can be read to its end.",
    "ISO 32000-1, 7.5",
    advice="Create the file again; a broken transfer may be the reason.",
)
VERSION = _rule("press-version", "The file is PDF 1.6 or older.", "ISO 15930-7; ISO 32000-1, 7.5.2")
ENCRYPTED = _rule("press-encrypted", "The file is not encrypted.", "ISO 15930-7; ISO 32000-1, 7.6")
IDENTIFIED = _rule("press-identified", "The file has an identifier.", "ISO 15930-7; ISO 32000-1, 14.4")
CLAIM = _rule("press-claim", "The metadata claim PDF/X-4.", "ISO 15930-7; ISO 32000-1, 14.3.2")
METADATA = _rule(
    "press-metadata", "The metadata have the title, the dates and an identifier.", "ISO 15930-7; ISO 16684-1, 8"
)
TRAPPED = _rule("press-trapped", "The file states whether it is trapped.", "ISO 15930-7; ISO 32000-1, 14.11.6")
INTENT = _rule("press-intent", "One output intent names the printing condition.", "ISO 15930-7; ISO 32000-1, 14.11.5")
BOXES = _rule(
    "press-boxes",
    "Each page has a trim box inside its bleed box inside its media box.",
    "ISO 15930-7; ISO 32000-1, 14.11.2",
)
BLEED = _rule(
    "press-bleed", "Colours may reach 3 mm beyond the trim.", "", Severity.WARNING, "Set `bleed` to 3 or more."
)
FONT = _rule("press-font", "Every font is embedded.", "ISO 15930-7; ISO 32000-1, 9.9")
ANNOTATION = _rule("press-annotation", "No annotation is on the printed page.", "ISO 15930-7; ISO 32000-1, 12.5")
ACTION = _rule("press-action", "The file has no actions and no scripts.", "ISO 15930-7; ISO 32000-1, 12.6")
EXTERNAL = _rule(
    "press-outside", "All that is printed is in the file.", "ISO 15930-7; ISO 32000-1, 7.3.8, 8.9.5.4, 8.10.4"
)
STATE = _rule("press-state", "No transfer curve and no halftone of its own.", "ISO 15930-7; ISO 32000-1, 10.4, 10.5")
BLENDING = _rule(
    "press-blending", "Transparency is blended in the inks of the press.", "ISO 15930-7; ISO 32000-1, 11.3.5, 11.6.6"
)
COLOUR = _rule("press-colour", "Every colour is in inks, none in RGB.", "ISO 15930-7; ISO 32000-1, 8.6")
INK = _rule("press-ink", "No part has more ink than the paper can dry.", "ISO 12647-2", Severity.ERROR)
BLACK = _rule("press-black", "Black type is printed in black ink alone.", "", Severity.WARNING)
RESOLUTION = _rule(
    "press-resolution",
    "Images have at least 150 pixels per inch where they are printed.",
    "",
    Severity.WARNING,
    "Use a larger version of the image, or print it smaller.",
)
RGB = _rule(
    "press-rgb",
    "The print edition is in the inks of the press (PDF/X-4).",
    "ISO 15930-7",
    Severity.NOTE,
    "Let the printer convert the colours, or install Ghostscript and export again.",
)
OF_PDF_X = frozenset(
    rule.id for rule in (VERSION, IDENTIFIED, CLAIM, METADATA, TRAPPED, INTENT, BLENDING, COLOUR, BLACK)
)
"""Rules that a file in RGB cannot keep."""
ALL = (
    READABLE,
    VERSION,
    ENCRYPTED,
    IDENTIFIED,
    CLAIM,
    METADATA,
    TRAPPED,
    INTENT,
    BOXES,
    BLEED,
    FONT,
    ANNOTATION,
    ACTION,
    EXTERNAL,
    STATE,
    BLENDING,
    COLOUR,
    INK,
    BLACK,
    RESOLUTION,
    RGB,
)
