"""Links that make sense alone, and lead somewhere; those that run something are the readers' to refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Described, Link, Note
from exporter.model.walk import images, plain_text, walk
from exporter.validate.lint.document_index import DocumentIndex, IndexedNode, lines_of
from exporter.validate.lint.word_lists import folded, words

EMPTY = Rule(
    id="link-empty",
    severity=Severity.ERROR,
    sentence="Each link has words.",
    advice="Write between the square brackets where the link leads: [The court's ruling](https://...); "
    "or delete the link.",
    clause="WCAG 2.4.4, 4.1.2 F89",
)
VAGUE = Rule(
    id="link-vague",
    severity=Severity.WARNING,
    sentence="The words of a link say where it leads, read alone.",
    advice="Make the name of the page or document the link: [the court's ruling of 3 May](https://...).",
    clause="WCAG 2.4.4, 2.4.9 F84",
)
BARE = Rule(
    id="link-bare",
    severity=Severity.WARNING,
    sentence="In the text, links are called by words and not by their addresses.",
    advice="Make the name of the page or document the link: [the court's ruling of 3 May](https://...).",
    clause="WCAG 2.4.4, 2.4.9",
)
BARE_NOTE = Rule(
    id="link-bare-in-note",
    severity=Severity.NOTE,
    sentence="In a note, too, a source is easier to hear by its title than by its address.",
    advice="Make the title of the source the link; the print edition writes out the address by itself.",
    clause="WCAG 2.4.9",
)
NOWHERE = Rule(
    id="link-target-missing",
    severity=Severity.ERROR,
    sentence="Each link inside the publication has its target.",
    advice="Give the heading that is meant a name, such as “# Findings {#findings}”, and link to [...](#findings).",
    clause="WCAG 2.4.4",
)
LOCAL = Rule(
    id="link-local",
    severity=Severity.WARNING,
    sentence="Links lead to what readers can reach.",
    advice="Write the whole address with https://; a file beside the manuscript does not travel with the editions.",
)
AMBIGUOUS = Rule(
    id="link-ambiguous",
    severity=Severity.NOTE,
    sentence="Links with the same words lead to the same place.",
    advice="Say in the words of each link what sets its target apart.",
    clause="WCAG 2.4.4, 3.2.4",
)

RULES = (EMPTY, VAGUE, BARE, BARE_NOTE, NOWHERE, LOCAL, AMBIGUOUS)

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)\S+|\S+\.(?:org|com|net|int|edu|gov|mx|info|eu)(?:\.\w\w)?/\S*", re.IGNORECASE
)


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Look at the links."""
    ids = {node.at.id for node in walk(index.publication) if node.at.id}
    first: dict[str, Link] = {}
    in_notes: list[IndexedNode] = []
    for link, met in index.of(Link):
        text = plain_text(link.children)
        named = " ".join(
            filter(None, (text, *(i.alt.text for i in images(link.children) if isinstance(i.alt, Described))))
        )
        if not named.strip():
            why = "is a decorative picture" if any(images(link.children)) else "has no words"
            yield EMPTY.finding(f"The link to “{_short(link.target)}” {why}.", met.source)
            continue  # where it leads is looked at once it has words
        if folded(named) in words("vague_links", met.language):
            yield VAGUE.finding(
                f"The link {quoted(named)} does not say where it leads ({_short(link.target)}).", met.source
            )
        elif _ADDRESS.fullmatch(text):
            if met.inside(Note):
                in_notes.append(met)
            else:
                yield BARE.finding(f"The link is called by its address: {quoted(text)}.", met.source)
        elif first.setdefault(folded(named), link).target != link.target:
            here, there = _short(link.target), _short(first[folded(named)].target)
            yield AMBIGUOUS.finding(f"The link {quoted(named)} leads to {here} here and to {there} before.", met.source)
        yield from _target(link, met, ids)
    if in_notes:
        yield BARE_NOTE.finding(f"Links in notes show addresses, not words: {lines_of(in_notes)}.", in_notes[0].source)


def _target(link: Link, met: IndexedNode, ids: set[str]) -> Iterator[Finding]:
    target = "".join(link.target.split())
    if target.startswith("#"):
        if target[1:] not in ids:
            yield NOWHERE.finding(
                f"The link {_called(link)} leads to “{_short(target)}”, which nothing is called.", met.source
            )
        return
    if not target:
        yield NOWHERE.finding(f"The link {_called(link)} leads nowhere.", met.source)
    elif target.startswith("//") or target.lower().startswith("www."):
        yield LOCAL.finding(f"The address “{_short(target)}” lacks its beginning, https://.", met.source)
    elif not _SCHEME.match(target):
        yield LOCAL.finding(f"The link {_called(link)} leads to the file “{_short(target)}”.", met.source)


def _called(link: Link) -> str:
    return quoted(plain_text(link.children))


def _short(target: str) -> str:
    return target if len(target) <= 60 else f"{target[:60]}…"
