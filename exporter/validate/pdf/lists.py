"""Lists (ISO 14289-1, 7.6; ISO 32000-1, 14.8.4.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import PdfFile
from exporter.validate.pdf.locations import location_of, quote

_TAGS = "Fix the tags of the list."
SHAPE = Rule(
    "pdf-list-shape",
    Severity.ERROR,
    "A list holds items, an item holds its label and its body.",
    _TAGS,
    "ISO 14289-1, 7.6; MP 09-005",
)
LABEL = Rule(
    "pdf-list-label",
    Severity.WARNING,
    "The number or bullet of an item is its label.",
    "Tag it as Lbl.",
    "ISO 32000-1, 14.8.4.3.3",
)
NUMBERING = Rule(
    "pdf-list-numbering",
    Severity.ERROR,
    "A list with labels says how it is numbered.",
    "Set the ListNumbering of the list.",
    "ISO 14289-1, 7.6; MP 16-001; ISO 14289-2, 8.2.5.25",
)
RULES = (SHAPE, LABEL, NUMBERING)
_NUMBER = re.compile(r"\s*\(?(?:\d{1,4}(?:\.\d{1,3})*|[a-z]|[ivxlc]+)[.):]?\s*", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[•◦▪‣–—*·-]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])\s", re.IGNORECASE)


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with lists."""
    for node in file.structure.root.all("L"):
        numbering = node.attributes.get("ListNumbering")
        items = [kid for kid in node.nodes if kid.type == "LI"]
        for kid in node.nodes:
            if kid.type not in {"LI", "L", "Caption"}:
                yield SHAPE.finding(f"A {kid.type} is among the items of a list.", place=location_of(kid))
        labelled = [any(part.type == "Lbl" for part in item.nodes) for item in items]
        for item, label in zip(items, labelled, strict=True):
            for part in item.nodes:
                if part.type not in {"Lbl", "LBody"}:
                    message = f"A {part.type} is in an item, outside its label and body."
                    yield SHAPE.finding(message, place=location_of(part))
            words = file.text(item)
            numbered = numbering not in {None, "None"}
            if not label and (numbered or any(labelled) or _BULLET.match(words)):
                yield LABEL.finding(f"The item {quote(words)} has no label.", place=location_of(item))
        # PDF/UA-1 asks it of ordered lists, and an item alone has no order; bullets and terms are no numbers.
        # A letter may be a bullet, such as “o”, but then it is that of all items.
        labels = {file.text(part) for item in items for part in item.nodes if part.type == "Lbl"}
        is_unstated = numbering is None and len(labels) > 1 and any(map(_NUMBER.fullmatch, labels))
        if file.version >= "2.0":
            is_unstated = numbering in {None, "None"} and any(labelled)
        if is_unstated:
            yield NUMBERING.finding("The list has labels and does not say how it is numbered.", place=location_of(node))
