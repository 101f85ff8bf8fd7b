"""Link text and link targets (WCAG 2.4.4, 2.4.9); readers refuse links with unsafe schemes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.lexicon.word_lists import folded, words
from exporter.model import Described, Link, Note
from exporter.model.walk import images, plain_text, walk
from exporter.validate.lint.document_index import DocumentIndex, IndexedNode, format_lines

EMPTY = Rule(
    id="link-empty",
    severity=Severity.ERROR,
    sentence="Each link has words.",
    advice="Name the target of the link between the square brackets: [The court's decision](https://...); "
    "or delete the link.",
    clause="WCAG 2.4.4, 4.1.2 F89",
)
VAGUE = Rule(
    id="link-vague",
    severity=Severity.WARNING,
    sentence="The words of a link, read alone, say where it leads.",
    advice="Make the name of the page or document the link: [the court's decision of 3 May](https://...).",
    clause="WCAG 2.4.4, 2.4.9 F84",
)
BARE = Rule(
    id="link-bare",
    severity=Severity.WARNING,
    sentence="The text of a link is words, not a web address.",
    advice="Make the name of the page or document the link: [the court's decision of 3 May](https://...).",
    clause="WCAG 2.4.4, 2.4.9",
)
BARE_NOTE = Rule(
    id="link-bare-in-note",
    severity=Severity.NOTE,
    sentence="The text of a link in a note is a title, not a web address.",
    advice="Make the title of the source the link; the print edition adds the address.",
    clause="WCAG 2.4.9",
)
TARGET_MISSING = Rule(
    id="link-target-missing",
    severity=Severity.ERROR,
    sentence="Each link inside the publication has its target.",
    advice="Add an ID to the intended heading, such as “# Findings {#findings}”, and link to [...](#findings).",
    clause="WCAG 2.4.4",
)
LOCAL = Rule(
    id="link-local",
    severity=Severity.WARNING,
    sentence="Links lead to targets that readers can reach.",
    advice="Write the whole address with https://; files next to the manuscript are not published with the editions.",
)
AMBIGUOUS = Rule(
    id="link-ambiguous",
    severity=Severity.NOTE,
    sentence="Links with the same words lead to the same place.",
    advice="Write in the words of each link how its target differs.",
    clause="WCAG 2.4.4, 3.2.4",
)

RULES = (EMPTY, VAGUE, BARE, BARE_NOTE, TARGET_MISSING, LOCAL, AMBIGUOUS)

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)\S+|\S+\.(?:org|com|net|int|edu|gov|mx|info|eu)(?:\.\w\w)?/\S*", re.IGNORECASE
)


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the links."""
    ids = {node.at.id for node in walk(index.publication) if node.at.id}
    first_by_name: dict[str, Link] = {}
    in_notes: list[IndexedNode] = []
    for link, indexed in index.of_type(Link):
        text = plain_text(link.children)
        name = " ".join(
            filter(None, (text, *(i.alt.text for i in images(link.children) if isinstance(i.alt, Described))))
        )
        if not name.strip():
            problem = "is a decorative picture" if any(images(link.children)) else "has no words"
            yield EMPTY.finding(f"The link to “{_truncate(link.target)}” {problem}.", indexed.source)
            continue  # the target is checked once the link has words
        if folded(name) in words("vague_links", indexed.language):
            yield VAGUE.finding(
                f"The link {quoted(name)} does not say where it leads ({_truncate(link.target)}).", indexed.source
            )
        elif _ADDRESS.fullmatch(text):
            if indexed.is_inside(Note):
                in_notes.append(indexed)
            else:
                yield BARE.finding(f"The text of the link is a web address: {quoted(text)}.", indexed.source)
        elif (first := first_by_name.setdefault(folded(name), link)).target != link.target:
            here, before = _truncate(link.target), _truncate(first.target)
            message = f"The link {quoted(name)} leads to {here} here and to {before} before."
            yield AMBIGUOUS.finding(message, indexed.source)
        yield from _check_target(link, indexed, ids)
    if in_notes:
        yield BARE_NOTE.finding(
            f"The text of links in notes is a web address: {format_lines(in_notes)}.", in_notes[0].source
        )


def _check_target(link: Link, indexed: IndexedNode, ids: set[str]) -> Iterator[Finding]:
    target = "".join(link.target.split())
    label = quoted(plain_text(link.children))
    if target.startswith("#"):
        if target[1:] not in ids:
            message = f"Broken link: {label} points to “{_truncate(target)}”, but nothing has that ID."
            yield TARGET_MISSING.finding(message, indexed.source)
        return
    if not target:
        yield TARGET_MISSING.finding(f"Broken link: {label} has no target.", indexed.source)
    elif target.startswith("//") or target.lower().startswith("www."):
        yield LOCAL.finding(f"The address “{_truncate(target)}” does not begin with https://.", indexed.source)
    elif not _SCHEME.match(target):
        yield LOCAL.finding(f"The link {label} leads to the file “{_truncate(target)}”.", indexed.source)


def _truncate(target: str) -> str:
    return target if len(target) <= 60 else f"{target[:60]}…"
