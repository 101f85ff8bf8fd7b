"""Look of paragraphs: size, bold and the like, with what they inherit (ISO/IEC 29500-1, 17.3.2 and 17.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exporter.inspect.docx.xml import Element, child_value, is_on, name, number
from exporter.readers.docx.styles import StyleFormats
from exporter.readers.heading_levels import LONGEST

_R, _R_PR, _R_STYLE, _P, _T = map(name, ("r", "rPr", "rStyle", "p", "t"))
_DEFAULT_SIZE = 20
"""Half-points of text for which no size is set (17.3.2.38)."""


class Look(NamedTuple):
    """The look of a paragraph; the more it stands out, the greater it is."""

    size: int
    """In half-points."""
    bold: bool = False
    capitals: bool = False
    underlined: bool = False
    upright: bool = True

    def __str__(self) -> str:
        names = ("bold", self.bold), ("capitals", self.capitals), ("underlined", self.underlined)
        words = [word for word, is_set in (*names, ("italic", not self.upright)) if is_set]
        return ", ".join([*words, f"{self.size / 2:g} pt"])


def read_look(styles: StyleFormats, paragraph: Element, style: str) -> Look | None:
    """Return the look that all runs of a paragraph with text have in common, or None if it has no text.

    Of a paragraph that is too long for a heading it is the look of the first run.
    """
    look: Look | None = None
    length = 0
    for run in paragraph.iter(_R):
        text = "".join(part.text or "" for part in run.iter(_T))
        if not text.strip() or next(run.iterancestors(_P), None) is not paragraph:
            continue
        own = _run_look(styles, run.find(_R_PR), style, text)
        look = own if look is None else Look(max(look.size, own.size), *map(min, look[1:], own[1:]))
        length += len(text)
        if length > LONGEST:
            break
    return look


def _run_look(styles: StyleFormats, properties: Element | None, style: str, text: str) -> Look:
    chain = [properties] if properties is not None else []
    chain += styles.run_properties(child_value(properties, _R_STYLE), style)

    def is_set(tag: str) -> bool:
        return is_on(next(_children(chain, tag), None))

    is_complex = is_set("rtl")
    size = next(_children(chain, "szCs" if is_complex else "sz"), None)
    underline = next(_children(chain, "u"), None)
    return Look(
        number(size.get(name("val")), _DEFAULT_SIZE) if size is not None else _DEFAULT_SIZE,
        is_set("bCs" if is_complex else "b"),
        is_set("caps") or is_set("smallCaps") or (text.isupper() and len(text.strip()) > 1),
        underline is not None and underline.get(name("val")) not in (None, "none"),
        not is_set("i"),
    )


def _children(chain: list[Element], tag: str) -> Iterator[Element]:
    return (child for properties in chain for child in properties.iterchildren(name(tag)))
