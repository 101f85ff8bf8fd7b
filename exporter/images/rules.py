"""The rules that picture files have to keep; the words about them are the lint's."""

from __future__ import annotations

from exporter.findings import Rule, Severity

MISSING = Rule(
    id="image-missing",
    severity=Severity.ERROR,
    sentence="Every picture that the manuscript names is in the publication's folder.",
    advice="Put the file into the publication's folder, or mend its name in the manuscript.",
    clause="WCAG 1.1.1",
)
CASE = Rule(
    id="image-case",
    severity=Severity.WARNING,
    sentence="The name of a picture is written with the same capital and small letters as the file's.",
    advice="Write the name as the file has it: other computers do not find it otherwise.",
)
REMOTE = Rule(
    id="image-remote",
    severity=Severity.ERROR,
    sentence="Pictures lie in the publication's folder; nothing is fetched from the network.",
    advice="Save the picture into the publication's folder and name that file.",
    clause="EPUB 3.3, 3.6",
)
OUTSIDE = Rule(
    id="image-outside",
    severity=Severity.ERROR,
    sentence="The name of a picture is a path inside the publication's folder, with forward slashes.",
    advice="Copy the picture into the publication's folder and name it from there, such as img/chart.png.",
)
UNREADABLE = Rule(
    id="image-unreadable",
    severity=Severity.ERROR,
    sentence="Every picture file can be read to its end.",
    advice="Open the picture in a graphics program and save it again, or get a fresh copy of it.",
)
FORMAT = Rule(
    id="image-format",
    severity=Severity.ERROR,
    sentence="Pictures are PNG, JPEG, GIF, WebP, AVIF, TIFF, BMP or SVG.",
    advice="Save it as PNG (drawings, screenshots), JPEG (photographs) or SVG (charts).",
)
LIMIT = Rule(
    id="image-too-large",
    severity=Severity.ERROR,
    sentence="A picture has at most 80 million pixels and 100 MB.",
    advice="Scale it down: 3,000 pixels on its long side are enough for print across a page.",
)
UNSAFE = Rule(
    id="image-unsafe",
    severity=Severity.ERROR,
    sentence="An SVG drawing holds no scripts, no entities and nothing from outside its file.",
    advice="Save it as plain SVG with its pictures embedded, or as PNG.",
    clause="EPUB 3.3, 3.6",
)
TURNED = Rule(
    id="image-turned",
    severity=Severity.NOTE,
    sentence="Photographs are stored the way up in which they are seen.",
    advice="Nothing to do: the editions show it upright.",
)
LOCATED = Rule(
    id="image-location",
    severity=Severity.WARNING,
    sentence="No photograph gives away where it was taken.",
    advice="If the place could put somebody at risk, remove the location data and save the file again; the "
    "editions are made without them.",
)
MOVING = Rule(
    id="image-moving",
    severity=Severity.WARNING,
    sentence="Pictures stand still.",
    advice="Save the frame that matters as PNG: print, Word and PDF show the first frame alone, and moving pictures "
    "must be stoppable and must not flash.",
    clause="WCAG 2.2.2, 2.3.1",
)

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (MISSING, CASE, REMOTE, OUTSIDE, UNREADABLE, FORMAT, LIMIT, UNSAFE, TURNED, LOCATED, MOVING)
}
"""All of them by id."""
