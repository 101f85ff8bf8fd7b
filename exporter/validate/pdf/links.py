"""Links (ISO 14289-1, 7.18.5; WCAG 2.4.4)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import Node, PdfFile
from exporter.validate.pdf.locations import letters, location_of, on_page, quote

TAGGED = Rule(
    "pdf-link-tagged",
    Severity.ERROR,
    "Every link is tagged as one.",
    "Put the link annotation under a Link element.",
    "ISO 14289-1, 7.18.5; MP 28-011",
)
NAME = Rule(
    "pdf-link-name",
    Severity.ERROR,
    "Every link annotation has a name.",
    "Set its Contents to the text of the link.",
    "ISO 14289-1, 7.18.5; MP 28-004, 28-012",
)
ADDRESS = Rule(
    "pdf-link-address",
    Severity.WARNING,
    "The name of a link is its text, not its address.",
    "Set its Contents to the text of the link.",
    "WCAG 2.4.4",
)
NOWHERE = Rule(
    "pdf-link-nowhere",
    Severity.ERROR,
    "Every link has a target that exists.",
    "Fix the target of the link, or remove it.",
    "ISO 32000-1, 12.3.2; WCAG 2.4.4",
)
EMPTY = Rule(
    "pdf-link-empty",
    Severity.ERROR,
    "Every link has words, or a picture with an alt text.",
    "Put the words of the link into it.",
    "WCAG 2.4.4",
)
LABEL = Rule(
    "pdf-link-label",
    Severity.WARNING,
    "The name of a link contains the words that are shown.",
    "Set its Contents to the text of the link.",
    "WCAG 2.5.3 (failure F96)",
)
RULES = (TAGGED, NAME, ADDRESS, NOWHERE, EMPTY, LABEL)


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with links."""
    links = {annotation.number: node for node in file.structure.root.all() for annotation in _own(node)}
    for number, annotation in file.annotations.items():
        if annotation.type != "Link" or annotation.hidden:
            continue
        node = links.get(number)
        where = location_of(node) if node is not None else on_page(annotation.page)
        words = " ".join(file.text(node).split()) if node is not None else ""
        called = words or annotation.contents
        if node is None or not (node.type == "Link" or node.within("Link") or node.type == "Annot"):
            yield TAGGED.finding(f"The link to {annotation.address or 'a place'} is not tagged as a link.", place=where)
        # In PDF/UA-2, its words are enough.
        if not annotation.contents.strip() and not (words and file.version >= "2.0"):
            yield NAME.finding(f"{_named(called)} has no name (Contents).", place=where)
        elif node is not None and not _contains_label(node, annotation.contents, words):
            message = f"The link {quote(words)} is called “{annotation.contents[:80]}”."
            yield (ADDRESS if _is_address(annotation.contents) else LABEL).finding(message, place=where)
        if annotation.target is None and not annotation.address:
            yield NOWHERE.finding(f"{_named(called)} has no target.", place=where)
        elif annotation.target is not None and _leads_nowhere(file, annotation.target.page, annotation.target.element):
            yield NOWHERE.finding(f"{_named(called)} points to a target that does not exist.", place=where)
    for node in file.structure.root.all("Link"):
        described = any(element.alt or element.actual for element in node.all()) or any(
            file.annotations[own.number].contents.strip() for own in _own(node) if own.number in file.annotations
        )
        if not file.text(node).strip() and not described:
            yield EMPTY.finding("A link is empty.", place=location_of(node))


def _named(called: str) -> str:
    return f"The link {quote(called)}" if called.strip() else "A link"


def _own(node: Node) -> list:  # type: ignore[type-arg]  # records of two kinds, told apart here
    return [kid for kid in node.kids if not isinstance(kid, Node) and hasattr(kid, "number")]


def _leads_nowhere(file: PdfFile, page: int | None, element: tuple[int, int] | None) -> bool:
    return page is None if element is None else element not in file.structure.by_number


def _contains_label(node: Node, name: str, words: str) -> bool:
    """Return whether the name of a link contains its words; of an entry of the contents, without the page number.

    Between the words may be those for what is drawn, such as a formula.
    """
    label = words.rpartition(" ")[0] if node.within("TOCI") else words
    parts = label.split() if any(element.alt for element in node.all()) else [label]
    rest = letters(name)
    for part in map(letters, parts):
        _, is_there, rest = rest.partition(part) if part else ("", True, rest)
        if not is_there:
            return False
    return True


def _is_address(text: str) -> bool:
    label = text.strip().lower()
    return " " not in label and (
        label.startswith(("http:", "https:", "www.", "mailto:", "#", "file:")) or "://" in label
    )
