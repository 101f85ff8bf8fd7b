"""Motion, blinking and possible flashes in a page (WCAG 2.2.2, 2.3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.archive import Archive
from exporter.inspect.motion import has_css_animation, is_moving, moving_elements
from exporter.validate.html.page import Page

MOVING = Rule(
    "markup-moving",
    Severity.WARNING,
    "Nothing moves, blinks or may flash.",
    "Use a still picture, or make sure that readers can stop it and that it does not flash.",
    "WCAG 2.2.2, 2.3.1",
)
RULES = (MOVING,)


def check(page: Page) -> Iterator[Finding]:
    """Check elements, styles and embedded pictures."""
    for element, what in moving_elements(page.root):
        yield MOVING.finding(f"The page contains {what}.", place=page.location_of(element))


def check_files(archive: Archive, names: Iterable[str], sheets: Iterable[str]) -> Iterator[Finding]:
    """Check images, or pages and images, of an archive, and style sheets."""
    for name in names:
        with archive.open_sound(name) as file:
            if is_moving(file):
                yield MOVING.finding("Something in this file is animated.", place=name)
    moving = (name for name in sheets if has_css_animation([archive.read(name).decode("utf-8", "replace")]))
    yield from (MOVING.finding("The style sheet contains a CSS animation.", place=name) for name in moving)
