"""Motion in an EPUB, and hazards in its metadata (EPUB Accessibility 1.1, 2.2; WCAG 2.2.2, 2.3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.validate.epub.publication import Publication
from exporter.validate.html import motion

HAZARD = Rule(
    "epub-hazard",
    Severity.ERROR,
    "What is said of dangers does not contradict itself or the content.",
    "Say none, or unknown, or name the dangers.",
    "EPUB Accessibility 1.1, 2.2",
)
RULES = (HAZARD,)
_SAFE = {"none", "noFlashingHazard", "noMotionSimulationHazard"}


def check(book: Publication) -> Iterator[Finding]:
    """Check pictures, style sheets and documents, and the dangers that the package names."""
    moving = list(_moving(book))
    yield from moving
    location = book.package.name
    named = set(book.meta("schema:accessibilityHazard", "accessibilityHazard"))
    alone = named & {"none", "unknown"}
    if alone and len(named) > 1:
        yield HAZARD.finding(f"It is said at once: {', '.join(sorted(named))}.", place=location)
    for danger in ("flashing", "motionSimulation", "sound"):
        opposite = f"no{danger[0].upper()}{danger[1:]}Hazard"
        if {danger, opposite} <= named:
            yield HAZARD.finding(f"It is said at once: {danger} and {opposite}.", place=location)
    seen = [*moving, *(finding for page in book.pages for finding in motion.check(page))]
    if seen and named & _SAFE:
        message = f"“{sorted(named & _SAFE)[0]}” is said, and something moves and may flash: {seen[0].place}."
        yield HAZARD.finding(message, place=location)


def _moving(book: Publication) -> Iterator[Finding]:
    """Yield what moves outside of the documents, whose own rules find what moves in them."""
    package = book.package
    kinds = {package.path(item): item.get("media-type") or "" for item in package.items.values()}
    for name in (name for name, kind in kinds.items() if kind.startswith("video/")):
        yield motion.MOVING.finding("The book contains a video.", place=name)
    files = {name: kind for name, kind in kinds.items() if name in package.archive}
    yield from motion.check_files(
        package.archive,
        [name for name, kind in files.items() if kind.startswith("image/")],
        [name for name, kind in files.items() if kind == "text/css"],
    )
