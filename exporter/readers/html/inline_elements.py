"""What each inline element becomes, whoever parsed it."""

from __future__ import annotations

from collections.abc import Mapping

from exporter.findings import quoted
from exporter.model import (
    Abbreviation,
    At,
    Code,
    Direction,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Quotation,
    Source,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
)
from exporter.model.walk import plain_text
from exporter.readers import links
from exporter.readers.html import images
from exporter.readers.html.dom import one_space
from exporter.readers.rules import (
    ABBREVIATION_UNREADABLE,
    HTML_DROPPED,
    HTML_UNKNOWN,
    LINK_UNSAFE,
    MEDIA_LEFT_OUT,
    FindingCollector,
)

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""Elements that never hold anything."""
DROPPED = frozenset(
    """script style template iframe object embed applet svg math canvas audio video form input button select
    textarea link meta base title""".split()  # noqa: SIM905 - a list of forty quoted words reads worse
)
"""Elements that go, with all they hold."""

_MEDIA = {
    "video": "A film",
    "audio": "A recording",
    "iframe": "An embedded page",
    "frame": "An embedded page",
    "object": "An embedded file",
    "embed": "An embedded file",
    "applet": "A program",
}
NOT_READ = DROPPED | _MEDIA.keys()
"""Elements of which nothing is read."""
_SIMPLE: dict[str, type[Emphasis | Strong | Strikethrough | Superscript | Subscript | Quotation]] = {
    "em": Emphasis,
    "i": Emphasis,
    "cite": Emphasis,
    "dfn": Emphasis,
    "var": Emphasis,
    "strong": Strong,
    "b": Strong,
    "s": Strikethrough,
    "del": Strikethrough,
    "strike": Strikethrough,
    "sup": Superscript,
    "sub": Subscript,
    "q": Quotation,
}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_SPANS = frozenset(
    ("span", "bdi", "bdo", "time", "data", "label", "output", "legend", "nobr", "picture", "rb", "rt", "rp", "rtc")
) | {"noscript", "slot", "center", "meter", "progress", "note-marks"}
"""Elements that mean nothing but what `lang`, `dir` and `id` say."""
_LOSES = {
    "u": "underlining",
    "mark": "marking",
    "big": "size",
    "small": "size",
    "font": "typeface",
    "ruby": "ruby text",
    "ins": "marking",
}


def place(attributes: Mapping[str, str], line: int, report: FindingCollector) -> At:
    """Return the place of an element: its id, language and direction."""
    direction: Direction | None = None
    written = attributes.get("dir", "").strip().lower()
    if written in ("ltr", "rtl"):
        direction = Direction(written)
    elif written and written != "auto":
        report.add(
            HTML_UNKNOWN, line, f"The direction {quoted(written)} is neither ltr nor rtl.", advice="Mend or delete it."
        )
    return At(
        id=attributes.get("id", "").strip() or None,
        language=(attributes.get("lang") or attributes.get("xml:lang") or "").strip() or None,
        direction=direction,
        source=Source(report.file, line),
    )


def inline(tag: str, attributes: Mapping[str, str], children: Inlines, line: int, report: FindingCollector) -> Inlines:
    """Return what an inline element becomes; what it holds is kept unless the element is one that has to go."""
    if tag in _MEDIA:
        report.add(MEDIA_LEFT_OUT, line, f"{_MEDIA[tag]} (<{tag}>{_named(attributes)}) was left out.")
        return ()
    if tag in DROPPED:
        report.add(HTML_DROPPED, line, f"The element <{tag}> was left out.")
        return ()
    at = place(attributes, line, report)
    if tag in _LOSES:
        report.add(HTML_UNKNOWN, line, f"The {_LOSES[tag]} of <{tag}> is not carried; its words were kept.")
    node: Inline
    if kind := _SIMPLE.get(tag):
        return (kind(at=at, children=children),) if children else ()
    if tag in _CODE:
        return (Code(at=at, text=plain_text(children)),)
    if tag == "br":
        return (LineBreak(at=at),)
    if tag == "wbr":
        return ()
    if tag == "img":
        return _image(attributes, at, line, report)
    if tag == "a":
        return _link(attributes, children, at, line, report)
    if tag in ("abbr", "acronym"):
        return _abbreviation(attributes, children, at, line, report)
    # Names with a colon are the crumbs of Office programs.
    if tag not in _SPANS and tag not in _LOSES and ":" not in tag:
        report.add(HTML_UNKNOWN, line, f"The element <{tag}> is not known; what it holds was kept.")
    if at.id or at.language or at.direction:
        node = Span(at=at, children=children)
        return (node,)
    return children


def _named(attributes: Mapping[str, str]) -> str:
    said = one_space(attributes.get("title") or attributes.get("aria-label") or "").strip()
    source = attributes.get("src") or attributes.get("data") or ""
    shown = [f"“{said[:80]}”"] if said else []
    shown += [source.strip()[:100]] if source and not source.startswith("data:") else []
    return f", {', '.join(shown)}" if shown else ""


def _image(attributes: Mapping[str, str], at: At, line: int, report: FindingCollector) -> Inlines:
    found = images.image(attributes, at)
    if found is None:
        report.add(HTML_DROPPED, line, "An <img> without src was left out.", advice="Name the picture file in src.")
        return ()
    return (found,)


def _link(attributes: Mapping[str, str], children: Inlines, at: At, line: int, report: FindingCollector) -> Inlines:
    url = attributes.get("href", "").strip()
    if url and not links.is_safe(url):
        report.add(LINK_UNSAFE, line, f"The link to {quoted(url)} was taken away.")
        url = ""
    if url:
        return (Link(at=at, children=children, target=links.target(url), title=attributes.get("title", "")),)
    return (Span(at=at, children=children),) if at.id or at.language or at.direction else children


def _abbreviation(
    attributes: Mapping[str, str], children: Inlines, at: At, line: int, report: FindingCollector
) -> Inlines:
    expansion = one_space(attributes.get("title", "")).strip()
    if not expansion or not children:
        report.add(ABBREVIATION_UNREADABLE, line, "This <abbr> has no title, so it does not say what it stands for.")
        return children
    return (Abbreviation(at=at, text=plain_text(children), expansion=expansion),)
