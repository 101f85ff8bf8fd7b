"""Rules for image files; those for alt texts are in the lint."""

from __future__ import annotations

from exporter.findings import Rule, Severity

MISSING = Rule(
    id="image-missing",
    severity=Severity.ERROR,
    sentence="Every image of the manuscript is in the publication's folder.",
    advice="Copy the file to the publication's folder, or fix its name in the manuscript.",
    clause="WCAG 1.1.1",
)
CASE = Rule(
    id="image-case",
    severity=Severity.WARNING,
    sentence="The name of an image has the same capital and small letters as the file.",
    advice="Write the name exactly like that of the file; other computers do not find it otherwise.",
)
REMOTE = Rule(
    id="image-remote",
    severity=Severity.ERROR,
    sentence="Images are in the publication's folder; nothing is loaded from the network.",
    advice="Save the image in the publication's folder and write the name of that file.",
    clause="EPUB 3.3, 3.6",
)
OUTSIDE = Rule(
    id="image-outside",
    severity=Severity.ERROR,
    sentence="The name of an image is a path inside the publication's folder, with forward slashes.",
    advice="Copy the image to the publication's folder and write its path from there, such as img/chart.png.",
)
UNREADABLE = Rule(
    id="image-unreadable",
    severity=Severity.ERROR,
    sentence="Every image file can be read completely.",
    advice="Open the image in a graphics program and save it again, or get a new copy of it.",
)
FORMAT = Rule(
    id="image-format",
    severity=Severity.ERROR,
    sentence="Images are PNG, JPEG, GIF, WebP, AVIF, TIFF, BMP or SVG.",
    advice="Save it as PNG (drawings, screenshots), JPEG (photographs) or SVG (charts). In Word: right click the "
    "picture, Save as Picture, PNG; then right click, Change Picture, and choose that file.",
)
LIMIT = Rule(
    id="image-too-large",
    severity=Severity.ERROR,
    sentence="An image has at most 80 million pixels, a WebP 40 million, and 100 MB; a drawing 60,000 elements.",
    advice="Scale it down: 3,000 pixels on its long side are enough for print in the width of a page.",
)
SIMPLIFY = "Simplify the drawing in a graphics program, or save it as PNG with 3,000 pixels on its long side."
"""Advice for a drawing that is too complex."""
UNSAFE = Rule(
    id="image-unsafe",
    severity=Severity.ERROR,
    sentence="An SVG file has no scripts, no entities and no references outside of the file.",
    advice="Save it as plain SVG with embedded images, or as PNG.",
    clause="EPUB 3.3, 3.6",
)
TURNED = Rule(
    id="image-turned",
    severity=Severity.NOTE,
    sentence="Photographs are stored upright.",
    advice="No action needed: the editions show it upright.",
)
LOCATED = Rule(
    id="image-location",
    severity=Severity.WARNING,
    sentence="Photographs do not contain their location.",
    advice="If the location could put people at risk, remove the location data and save the file again; the "
    "editions do not contain them.",
)
MOVING = Rule(
    id="image-moving",
    severity=Severity.WARNING,
    sentence="Images are not animated.",
    advice="Save the most important frame as PNG: print, Word and PDF show only the first frame, and animations "
    "must be stoppable and must not flash.",
    clause="WCAG 2.2.2, 2.3.1",
)

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (MISSING, CASE, REMOTE, OUTSIDE, UNREADABLE, FORMAT, LIMIT, UNSAFE, TURNED, LOCATED, MOVING)
}
"""All rules by id."""
