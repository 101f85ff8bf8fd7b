"""Formats of runs: style, language, and what makes text emphasised, raised or hidden (ISO/IEC 29500-1, 17.3.2)."""

from __future__ import annotations

from typing import NamedTuple

from exporter.inspect.docx.xml import Element, child_value, is_on, name
from exporter.parity.docx.styles import Roles

_UNREADABLE = 4
"""Half points of text that nobody can read."""


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
    size = child_value(properties, name("sz"))
    hidden = any(is_on(properties.find(name(tag))) for tag in ("vanish", "specVanish", "webHidden")) or (
        size.isdigit() and int(size) <= _UNREADABLE
    )
    return RunFormat(style, own, code=code, hidden=hidden, styles=_styles(properties, style, roles))


def _styles(properties: Element, style: str, roles: Roles) -> frozenset[str]:
    """Return the styles of text that the properties of a run set; those of its paragraph do not count."""
    vertical = child_value(properties, name("vertAlign"))
    stated = {
        "emphasis": is_on(properties.find(name("i"))) or roles.has_role(style, "emphasis"),
        "strong": is_on(properties.find(name("b"))) or roles.has_role(style, "strong"),
        "strikethrough": any(is_on(properties.find(name(tag))) for tag in ("strike", "dstrike")),
        "superscript": vertical == "superscript",
        "subscript": vertical == "subscript",
    }
    return frozenset(key for key, is_stated in stated.items() if is_stated)
