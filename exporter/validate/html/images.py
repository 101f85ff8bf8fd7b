"""Alternative texts and long descriptions of images (WCAG 1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.validate.html.page import Element, Page, is_decorative, local, quote
from exporter.validate.picture_names import is_camera_name, is_file_name

MISSING = Rule(
    "markup-alt-missing",
    Severity.ERROR,
    "Every picture has an alt text, or is marked as decorative.",
    'Write what the picture shows, or alt="" and role="presentation" if it is decorative.',
    "WCAG 1.1.1",
)
FILE_NAME = Rule(
    "markup-alt-file",
    Severity.ERROR,
    "An alt text is not a file name.",
    "Write what the picture shows.",
    "WCAG 1.1.1 (failure F30)",
)
PLACEHOLDER = Rule(
    "markup-alt-word",
    Severity.WARNING,
    "An alt text says what the picture shows.",
    "Write what the picture shows.",
    "WCAG 1.1.1 (failure F30)",
)
EMPTY = Rule(
    "markup-alt-empty",
    Severity.WARNING,
    "A picture that is not part of a text has an alt text, or is marked as decorative.",
    'Write what the picture shows, or add role="presentation" or class="decorative" to alt="" if it is decorative.',
    "WCAG 1.1.1 (failure F38)",
)
DETAILS = Rule(
    "markup-details",
    Severity.ERROR,
    "The long description to which a picture refers exists.",
    "Fix aria-details or aria-describedby, or write the description.",
    "WCAG 1.1.1; WAI-ARIA 1.2, 6.6",
)
RULES = (MISSING, FILE_NAME, PLACEHOLDER, EMPTY, DETAILS)
_PLACEHOLDERS = frozenset(
    {"image", "picture", "photo", "figure", "graphic", "chart", "alt", "bild", "imagen", "foto", "grafik"}
    | {"graphique", "imagem"}
)
_CONTROLS = frozenset({"a", "button", "label", "summary", "option"})
_CONTROL_ROLES = frozenset(
    {"button", "checkbox", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio", "scrollbar"}
    | {"slider", "spinbutton", "switch", "tab", "treeitem"}
)
_NOT_DRAWN = frozenset({"", "defs", "symbol", "title", "desc", "metadata", "style"})
"""Children of an SVG that are not drawn; comments have no name."""
_REFERENCES = ("aria-details", "aria-describedby")


def check(page: Page) -> Iterator[Finding]:
    """Check images, and references to long descriptions."""
    for image in page.visible_elements("img", "svg", "area"):
        yield from _check_image(page, image)
    for element in page.elements:
        for attribute in _REFERENCES:
            missing = [target for target in (element.get(attribute) or "").split() if target not in page.ids]
            if missing:
                message = f"{attribute} refers to {quote(missing[0])}, but nothing has that ID."
                yield DETAILS.finding(message, place=page.location_of(element))


def undescribed_images(page: Page) -> list[Element]:
    """Return the images without a usable alt text that are not marked as decorative."""
    return [image for image in page.visible_elements("img", "svg", "area") for _ in _check_image(page, image)]


def _check_image(page: Page, image: Element) -> Iterator[Finding]:
    alt = alternative_text(page, image)
    if is_decorative(image) or any(is_decorative(ancestor) for ancestor in image.iterancestors()):
        return
    name = _file_name(image)
    label = f"The picture {quote(name)}" if name else "The picture"
    if alt is None and (_draws_nothing(image) or _is_in_named_control(page, image)):
        return
    if alt is None:
        yield MISSING.finding(f"{label} has no alt text.", place=page.location_of(image))
    elif not alt and local(image) == "img" and _is_alone(image) and "decorative" not in _classes(image):
        message = f"{label} is not part of a text and has an empty alt text."
        yield EMPTY.finding(message, place=page.location_of(image))
    elif is_file_name(alt) or is_camera_name(alt):
        yield FILE_NAME.finding(f"The alt text is a file name: {quote(alt)}.", place=page.location_of(image))
    elif alt.strip(" .").casefold() in _PLACEHOLDERS:
        message = f"The alt text {quote(alt)} does not say what the picture shows."
        yield PLACEHOLDER.finding(message, place=page.location_of(image))


def _draws_nothing(image: Element) -> bool:
    """Return whether an SVG only has definitions for others."""
    return local(image) == "svg" and {local(child) for child in image} <= _NOT_DRAWN


def _is_in_named_control(page: Page, image: Element) -> bool:
    """Return whether an SVG without a role is the icon of a control that has a name of its own."""
    if local(image) != "svg" or image.get("role"):
        return False
    controls = (
        ancestor
        for ancestor in image.iterancestors()
        if local(ancestor) in _CONTROLS or (ancestor.get("role") or "") in _CONTROL_ROLES
    )
    return any(alternative_text(page, control) or "".join(control.itertext()).strip() for control in controls)


def _file_name(image: Element) -> str:
    """Return the file name of an image; empty for a data URL."""
    source = image.get("src") or ""
    return "" if source.startswith("data:") else source.rpartition("/")[2]


def _classes(image: Element) -> list[str]:
    return (image.get("class") or "").split()


def _is_alone(image: Element) -> bool:
    """Return whether an image is the only content of its paragraph or figure, apart from a caption."""
    parent = image.getparent()
    while parent is not None and local(parent) in {"a", "span", "picture"}:
        parent = parent.getparent()
    if parent is None or local(parent) not in {"p", "div", "figure"}:
        return False
    content = "".join(parent.itertext())
    captions = ("".join(element.itertext()) for element in parent.iter() if local(element) == "figcaption")
    images = sum(local(element) == "img" for element in parent.iter())
    return images == 1 and not content.replace("".join(captions), "").strip()


def alternative_text(page: Page, image: Element) -> str | None:
    """Return the text alternative of an image, or None if there is none."""
    label = image.get("aria-label")
    if label and label.strip():
        return str(label).strip()
    for target in (image.get("aria-labelledby") or "").split():
        if target in page.ids:
            return " ".join("".join(page.ids[target].itertext()).split())
    if local(image) != "svg":
        alt = image.get("alt")
        return None if alt is None else str(alt).strip()
    if any(local(ancestor) == "svg" for ancestor in image.iterancestors()):
        return ""
    title = next((child for child in image if local(child) == "title"), None)
    if title is not None and (title.text or "").strip():
        return str(title.text).strip()
    # An SVG around a single image, such as a cover, has the alternative text of that image; text in an SVG is read out.
    content = (element for element in image.iter() if local(element) in {"image", "text"})
    labelled = any((part.get("aria-label") or "").strip() or "".join(part.itertext()).strip() for part in content)
    return "described inside" if labelled else None
