"""Pictures (WCAG 1.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.validate.html.page import Element, Page, decorative, local, quote

MISSING = Rule(
    "markup-alt-missing",
    Severity.ERROR,
    "Every picture has an alt text, or says that it says nothing.",
    'Say what the picture says, or write alt="" and role="presentation" if it says nothing.',
    "WCAG 1.1.1",
)
NAME = Rule(
    "markup-alt-file",
    Severity.ERROR,
    "An alt text is no file name.",
    "Say what the picture says.",
    "WCAG 1.1.1 (failure F30)",
)
WORD = Rule(
    "markup-alt-word",
    Severity.WARNING,
    "An alt text says more than that there is a picture.",
    "Say what the picture says.",
    "WCAG 1.1.1 (failure F30)",
)
EMPTY = Rule(
    "markup-alt-empty",
    Severity.WARNING,
    "A picture that stands alone is described, or says that it says nothing.",
    'Say what the picture says, or write role="presentation" or class="decorative" beside alt="" if it says nothing.',
    "WCAG 1.1.1 (failure F38)",
)
DETAILS = Rule(
    "markup-details",
    Severity.ERROR,
    "The long description that a picture points at is there.",
    "Mend aria-details or aria-describedby, or write the description.",
    "WCAG 1.1.1; WAI-ARIA 1.2, 6.6",
)
RULES = (MISSING, NAME, WORD, EMPTY, DETAILS)
_FILE = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|avif|tiff?|bmp|eps|pdf|emf|wmf|heic)", re.IGNORECASE)
_CAMERA = re.compile(
    r"(?:img|dsc|dscn|p|image|screenshot|scan|foto|photo|fig|figure|picture|imagen|bild)[_ -]?\d+", re.IGNORECASE
)
_NOTHING = frozenset("image picture photo figure graphic chart alt bild imagen foto grafik graphique imagem".split())  # noqa: SIM905
_POINTERS = ("aria-details", "aria-describedby")


def check(page: Page) -> Iterator[Finding]:
    """Look at pictures, and at what points at a description."""
    for picture in page.all("img", "svg", "area"):
        yield from _picture(page, picture)
    for element in page.elements:
        for name in _POINTERS:
            lost = [target for target in (element.get(name) or "").split() if target not in page.ids]
            if lost:
                message = f"{name} points at {quote(lost[0])}, which is not in the page."
                yield DETAILS.finding(message, place=page.place(element))


def undescribed(page: Page) -> list[Element]:
    """Return the pictures that say nothing and do not say so, or whose alt text is a name."""
    return [picture for picture in page.all("img", "svg", "area") for _ in _picture(page, picture)]


def _picture(page: Page, picture: Element) -> Iterator[Finding]:
    alt = alternative(page, picture)
    if decorative(picture) or any(decorative(each) for each in picture.iterancestors()):
        return
    if alt is None:
        name = _name(picture)
        called = f" {quote(name)}" if name else ""
        yield MISSING.finding(f"The picture{called} has no alt text.", place=page.place(picture))
    elif not alt and local(picture) == "img" and _alone(picture) and "decorative" not in _classes(picture):
        name = _name(picture)
        called = f"The picture {quote(name)}" if name else "A picture"
        yield EMPTY.finding(f"{called} stands alone and has an empty alt text.", place=page.place(picture))
    elif _FILE.fullmatch(alt) or _CAMERA.fullmatch(alt):
        yield NAME.finding(f"A picture is described as {quote(alt)}.", place=page.place(picture))
    elif alt.strip(" .").casefold() in _NOTHING:
        yield WORD.finding(f"A picture is described as {quote(alt)}.", place=page.place(picture))


def _name(picture: Element) -> str:
    """Return the file name of a picture; empty for one that lies inside the page."""
    source = picture.get("src") or ""
    return "" if source.startswith("data:") else source.rpartition("/")[2]


def _classes(picture: Element) -> list[str]:
    return (picture.get("class") or "").split()


def _alone(picture: Element) -> bool:
    """Return whether a picture is all that its paragraph or figure holds, but for a caption."""
    parent = picture.getparent()
    while parent is not None and local(parent) in {"a", "span", "picture"}:
        parent = parent.getparent()
    if parent is None or local(parent) not in {"p", "div", "figure"}:
        return False
    said = "".join(parent.itertext())
    captions = ("".join(each.itertext()) for each in parent.iter() if local(each) == "figcaption")
    pictures = sum(local(each) == "img" for each in parent.iter())
    return pictures == 1 and not said.replace("".join(captions), "").strip()


def alternative(page: Page, picture: Element) -> str | None:
    """Return the words that stand for a picture; None when nobody says what they are."""
    label = picture.get("aria-label")
    if label and label.strip():
        return str(label).strip()
    for target in (picture.get("aria-labelledby") or "").split():
        if target in page.ids:
            return " ".join("".join(page.ids[target].itertext()).split())
    if local(picture) != "svg":
        alt = picture.get("alt")
        return None if alt is None else str(alt).strip()
    if any(local(each) == "svg" for each in picture.iterancestors()):
        return ""
    title = next((each for each in picture if local(each) == "title"), None)
    if title is not None and (title.text or "").strip():
        return str(title.text).strip()
    # An SVG that frames one picture, as covers do, is described by it; one of words is read as it is.
    inside = [each for each in picture.iter() if local(each) in {"image", "text"}]
    wrapped = [each for each in inside if (each.get("aria-label") or "").strip() or "".join(each.itertext()).strip()]
    return "described inside" if wrapped else None
