"""Languages of passages (ISO 14289-1, 7.2; WCAG 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import Marked, Node, PdfFile
from exporter.validate.pdf.locations import location_of, quote
from exporter.validate.writing_systems import other_script

TAG = Rule(
    "pdf-language-tag",
    Severity.ERROR,
    "Every language is given by a valid tag.",
    "Write a language tag such as en, es-MX or zh-Hant.",
    "ISO 14289-1, 7.2; MP 11-005; BCP 47",
)
UNKNOWN = Rule(
    "pdf-language-unknown",
    Severity.WARNING,
    "Every language is one that is registered.",
    "Write a language tag such as en, es-MX or zh-Hant.",
    "BCP 47, 2.2.9",
)
SCRIPT = Rule(
    "pdf-language-script",
    Severity.WARNING,
    "A passage in another script has a language of its own.",
    "Give the passage its language, or it is read out in the wrong voice.",
    "WCAG 3.1.2; MP 11-001",
)
RULES = (TAG, UNKNOWN, SCRIPT)
_WELL_FORMED = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
"""A language tag by its form (ISO 32000-1, 14.9.2.2, after RFC 3066)."""


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with languages."""
    seen: set[str] = set()
    for node in file.structure.root.all():
        if node.lang is not None and node.lang not in seen:
            seen.add(node.lang)
            yield from _tag(node.lang, location=location_of(node))
    if file.language:
        yield from _tag(file.language, owner="; the document has it")
    for node in file.structure.root.all():
        language = (node.language if node.language is not None else file.language) or ""
        # The words of a picture are told by its description.
        if not language or node.type == "Figure" or node.within("TOC"):
            continue
        script = other_script(_own_words(file, node), language)
        if script:
            quoted = quote(file.text(node))
            message = f"{quoted} is written in {script.capitalize()} and said to be in “{language}”."
            yield SCRIPT.finding(message, place=location_of(node))


def _tag(tag: str, owner: str = "", location: str = "") -> Iterator[Finding]:
    """Yield what is wrong with a language tag."""
    import langcodes

    if not _WELL_FORMED.fullmatch(tag):
        yield TAG.finding(f"“{tag[:40]}” is not a valid language tag{owner}.", place=location)
    elif not langcodes.tag_is_valid(tag):
        yield UNKNOWN.finding(f"“{tag[:40]}” is not the tag of a registered language{owner}.", place=location)


def _own_words(file: PdfFile, node: Node) -> str:
    if node.actual is not None:
        return node.actual
    return " ".join(file.run(kid).text for kid in node.kids if isinstance(kid, Marked))
