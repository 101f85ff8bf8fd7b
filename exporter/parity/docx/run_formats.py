"""Formats of runs: style, language, and what makes text emphasised, raised or hidden (ISO/IEC 29500-1, 17.3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from exporter.inspect.docx.xml import Element, child_value, is_on, name
from exporter.parity.docx.styles import Roles, stated_in

_UNREADABLE = 4
"""Half points of text that nobody can read."""
_NARROWEST = 20
"""Percent of the width of characters (17.3.2.43 w) below which nobody can read them."""
_CROWDED = 100
"""Twentieths of a point: less between letters (17.3.2.35 spacing), or for a run (17.3.2.14 fitText), than they need."""

_NONE = etree.Element(name("rPr"))


class RunFormat(NamedTuple):
    """Properties of a run."""

    style: str
    language: str | None
    """None if it is that of the document."""
    code: bool
    hidden: bool
    styles: frozenset[str] = frozenset()
    """Of its text (`content.STYLES`)."""


def read_format(properties: Element | None, roles: Roles, paragraph: str = "") -> RunFormat:
    """Return the format of a run from its properties (17.3.2.28) and its styles.

    Args:
        properties: Those of the run.
        roles: The roles of the styles.
        paragraph: Style of its paragraph.
    """
    if properties is None:
        properties = _NONE
    style = child_value(properties, name("rStyle"))
    code = is_on(properties.find(name("noProof"))) or roles.has_role(style, "verbatimchar")
    stated = {**roles.stated(paragraph), **roles.stated(style), **stated_in(properties)}
    language = stated.get("bidi" if is_on(properties.find(name("rtl"))) else "val") or None
    size, width = child_value(properties, name("sz")), child_value(properties, name("w")).removesuffix("%")
    pitch, total = (child_value(properties, name(tag)) for tag in ("spacing", "fitText"))
    crowded = pitch.startswith("-") and pitch[1:].isdigit() and int(pitch[1:]) >= _CROWDED
    hidden = any(stated.get(tag) for tag in ("vanish", "specVanish", "webHidden")) or (
        (size.isdigit() and int(size) <= _UNREADABLE)
        or (width.isdigit() and int(width) < _NARROWEST)
        or (total.isdigit() and int(total) < _CROWDED)
        or crowded
    )
    return RunFormat(style, language, code=code, hidden=hidden, styles=_styles(properties, style, roles, stated))


def _styles(properties: Element, style: str, roles: Roles, stated: Mapping[str, str]) -> frozenset[str]:
    """Return the styles of text of a run; emphasis and capitals of its paragraph do not count."""
    shown = {
        "emphasis": _is_shown(properties, "i", roles, style, "emphasis"),
        "strong": _is_shown(properties, "b", roles, style, "strong"),
        "capitals": any(is_on(properties.find(name(tag))) for tag in ("caps", "smallCaps")),
        "strikethrough": any(stated.get(tag) for tag in ("strike", "dstrike")),
        "superscript": stated.get("vertAlign") == "superscript",
        "subscript": stated.get("vertAlign") == "subscript",
    }
    return frozenset(key for key, is_stated in shown.items() if is_stated)


def _is_shown(properties: Element, tag: str, roles: Roles, style: str, role: str) -> bool:
    """Return whether a run is emphasised by a property of its own, or by a style that shows it."""
    own = properties.find(name(tag))
    return is_on(own) if own is not None else roles.has_role(style, role) and roles.is_visible(style)
