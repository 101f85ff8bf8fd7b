"""Conversion of inline elements, independent of the parser."""

from __future__ import annotations

from collections.abc import Mapping

from exporter import model as m
from exporter.findings import quoted
from exporter.model.walk import plain_text
from exporter.readers import links
from exporter.readers.html.inlines import images
from exporter.readers.html.markup.dom import collapse_spaces
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
"""Elements without content."""
DROPPED = frozenset(
    """script style template iframe object embed applet svg math canvas audio video form input button select
    textarea link meta base title""".split()  # noqa: SIM905 - a list of forty quoted words reads worse
)
"""Elements that are removed with their content."""

_MEDIA = {
    "video": "A video",
    "audio": "A recording",
    "iframe": "An embedded page",
    "frame": "An embedded page",
    "object": "An embedded file",
    "embed": "An embedded file",
    "applet": "A program",
}
NOT_READ = DROPPED | _MEDIA.keys()
"""Elements whose content is not read."""
_SIMPLE: dict[str, type[m.Emphasis | m.Strong | m.Strikethrough | m.Superscript | m.Subscript | m.Quotation]] = {
    "em": m.Emphasis,
    "i": m.Emphasis,
    "cite": m.Emphasis,
    "dfn": m.Emphasis,
    "var": m.Emphasis,
    "strong": m.Strong,
    "b": m.Strong,
    "s": m.Strikethrough,
    "del": m.Strikethrough,
    "strike": m.Strikethrough,
    "sup": m.Superscript,
    "sub": m.Subscript,
    "q": m.Quotation,
}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_SPANS = frozenset(
    ("span", "bdi", "bdo", "time", "data", "label", "output", "legend", "nobr", "picture", "rb", "rt", "rp", "rtc")
) | {"noscript", "slot", "center", "meter", "progress", "note-marks"}
"""Elements of which only `lang`, `dir` and `id` are read."""
_LOST_FORMATTING = {
    "u": "underlining",
    "mark": "marking",
    "big": "size",
    "small": "size",
    "font": "font",
    "ruby": "ruby text",
    "ins": "marking",
}


def read_at(attributes: Mapping[str, str], line: int, report: FindingCollector) -> m.At:
    """Return the id, language, direction and source of an element."""
    direction: m.Direction | None = None
    written = attributes.get("dir", "").strip().lower()
    if written in ("ltr", "rtl"):
        direction = m.Direction(written)
    elif written and written != "auto":
        report.add(
            HTML_UNKNOWN, line, f"Invalid direction {quoted(written)}: expected ltr or rtl.", advice="Fix or delete it."
        )
    return m.At(
        id=attributes.get("id", "").strip() or None,
        language=(attributes.get("lang") or attributes.get("xml:lang") or "").strip() or None,
        direction=direction,
        source=m.Source(report.file, line),
    )


def read_inline(
    tag: str, attributes: Mapping[str, str], children: m.Inlines, line: int, report: FindingCollector
) -> m.Inlines:
    """Return the inlines of an element; its content is kept unless the element is one to remove."""
    if tag in _MEDIA:
        report.add(MEDIA_LEFT_OUT, line, f"{_MEDIA[tag]} (<{tag}>{_label_of(attributes)}) was ignored.")
        return ()
    if tag in DROPPED:
        report.add(HTML_DROPPED, line, f"The element <{tag}> was ignored.")
        return ()
    at = read_at(attributes, line, report)
    if tag in _LOST_FORMATTING:
        report.add(HTML_UNKNOWN, line, f"The {_LOST_FORMATTING[tag]} of <{tag}> was ignored; its text was kept.")
    node: m.Inline
    if kind := _SIMPLE.get(tag):
        return (kind(at=at, children=children),) if children else ()
    if tag in _CODE:
        return (m.Code(at=at, text=plain_text(children)),)
    if tag == "br":
        return (m.LineBreak(at=at),)
    if tag == "wbr":
        return ()
    if tag == "img":
        return _image(attributes, at, line, report)
    if tag == "a":
        return _link(attributes, children, at, line, report)
    if tag in ("abbr", "acronym"):
        return _abbreviation(attributes, children, at, line, report)
    # Names with a colon are elements of Office programs.
    if tag not in _SPANS and tag not in _LOST_FORMATTING and ":" not in tag:
        report.add(HTML_UNKNOWN, line, f"Unknown element <{tag}>; its content was kept.")
    if at.id or at.language or at.direction:
        node = m.Span(at=at, children=children)
        return (node,)
    return children


def _label_of(attributes: Mapping[str, str]) -> str:
    title = collapse_spaces(attributes.get("title") or attributes.get("aria-label") or "").strip()
    source = attributes.get("src") or attributes.get("data") or ""
    parts = [f"“{title[:80]}”"] if title else []
    parts += [source.strip()[:100]] if source and not source.startswith("data:") else []
    return f", {', '.join(parts)}" if parts else ""


def _image(attributes: Mapping[str, str], at: m.At, line: int, report: FindingCollector) -> m.Inlines:
    image = images.read_image(attributes, at)
    if image is None:
        report.add(HTML_DROPPED, line, "An <img> without src was ignored.", advice="Name the image file in src.")
        return ()
    return (image,)


def _link(
    attributes: Mapping[str, str], children: m.Inlines, at: m.At, line: int, report: FindingCollector
) -> m.Inlines:
    url = attributes.get("href", "").strip()
    if url and not links.is_safe(url):
        report.add(LINK_UNSAFE, line, f"Unsafe link to {quoted(url)}: it was removed.")
        url = ""
    if url:
        return (m.Link(at=at, children=children, target=links.link_target(url), title=attributes.get("title", "")),)
    return (m.Span(at=at, children=children),) if at.id or at.language or at.direction else children


def _abbreviation(
    attributes: Mapping[str, str], children: m.Inlines, at: m.At, line: int, report: FindingCollector
) -> m.Inlines:
    expansion = collapse_spaces(attributes.get("title", "")).strip()
    if not expansion or not children:
        report.add(ABBREVIATION_UNREADABLE, line, "This <abbr> has no title with the long form.")
        return children
    return (m.Abbreviation(at=at, text=plain_text(children), expansion=expansion),)
