"""Formats of runs: style, language, and what makes text emphasised, raised or hidden (ISO/IEC 29500-1, 17.3.2)."""

from __future__ import annotations

from typing import NamedTuple

from exporter.inspect.docx.xml import Element, child_value, is_on, name
from exporter.parity.docx.styles import Roles

_UNREADABLE = 4
"""Half points of text that nobody can read."""
_NARROWEST = 20
"""Percent of the width of characters (17.3.2.43 w) below which nobody can read them."""
_CROWDED = 100
"""Twentieths of a point: less between letters (17.3.2.35 spacing), or for a run (17.3.2.14 fitText), than they need."""


class RunFormat(NamedTuple):
    """Properties of a run."""

    style: str
    language: str | None
    """None if it is that of the document."""
    code: bool
    hidden: bool
    styles: frozenset[str] = frozenset()
    """Of its text (`content.STYLES`)."""


def read_format(properties: Element | None, roles: Roles) -> RunFormat:
    """Return the format of a run from its properties (17.3.2.28)."""
    if properties is None:
        return RunFormat("", None, code=False, hidden=False)
    style = child_value(properties, name("rStyle"))
    code = is_on(properties.find(name("noProof"))) or roles.has_role(style, "verbatimchar")
    language = properties.find(name("lang"))
    kind = "bidi" if is_on(properties.find(name("rtl"))) else "val"
    own = language.get(name(kind)) if language is not None else None
    size, width = child_value(properties, name("sz")), child_value(properties, name("w")).removesuffix("%")
    pitch, total = (child_value(properties, name(tag)) for tag in ("spacing", "fitText"))
    crowded = pitch.startswith("-") and pitch[1:].isdigit() and int(pitch[1:]) >= _CROWDED
    hidden = any(is_on(properties.find(name(tag))) for tag in ("vanish", "specVanish", "webHidden")) or (
        (size.isdigit() and int(size) <= _UNREADABLE)
        or (width.isdigit() and int(width) < _NARROWEST)
        or (total.isdigit() and int(total) < _CROWDED)
        or crowded
    )
    return RunFormat(style, own, code=code, hidden=hidden, styles=_styles(properties, style, roles))


def _styles(properties: Element, style: str, roles: Roles) -> frozenset[str]:
    """Return the styles of text that the properties of a run set; those of its paragraph do not count."""
    vertical = child_value(properties, name("vertAlign"))
    stated = {
        "emphasis": _is_shown(properties, "i", roles, style, "emphasis"),
        "strong": _is_shown(properties, "b", roles, style, "strong"),
        "capitals": any(is_on(properties.find(name(tag))) for tag in ("caps", "smallCaps")),
        "strikethrough": any(is_on(properties.find(name(tag))) for tag in ("strike", "dstrike")),
        "superscript": vertical == "superscript",
        "subscript": vertical == "subscript",
    }
    return frozenset(key for key, is_stated in stated.items() if is_stated)


def _is_shown(properties: Element, tag: str, roles: Roles, style: str, role: str) -> bool:
    """Return whether a run is emphasised by a property of its own, or by a style that shows it."""
    own = properties.find(name(tag))
    return is_on(own) if own is not None else roles.has_role(style, role) and roles.is_visible(style)
