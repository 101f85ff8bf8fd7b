"""The parts of formulas, in a form in which MathML and Office Math can be compared.

Word keeps neither the nesting nor the order of MathML, and draws accents, bars and braces by properties. What is
compared is what readers are told: the signs of a formula, and those of each numerator, script, root and cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from exporter.parity.content import comparison_key

NOT_RENDERED = frozenset({"annotation", "annotation-xml", "maction"})
"""Elements within a formula that are not rendered (MathML 3, 5.1)."""
_ABOVE = frozenset("^ˆ~˜→⃗˙¨ˇ´`˘")
"""Accents above a sign, which are properties in Word."""
_BOTH = frozenset("¯‾_̅―─⏞⏟⎴⎵⏜⏝")
"""Bars and braces above or below, which are too."""
_THICKNESS_UNITS = re.compile("[ptxem%]+$")
_GROUPS = frozenset({"mrow", "mstyle", "mpadded", "math", "merror", "mtd"})
_SCRIPTS: dict[str, tuple[str, ...]] = {
    **{"msup": ("", "sup"), "msub": ("", "sub"), "msubsup": ("", "sub", "sup")},
    **{"mover": ("", "sup"), "munder": ("", "sub"), "munderover": ("", "sub", "sup"), "mroot": ("root", "degree")},
}
"""What the children of an element are."""


class Part(NamedTuple):
    """A part of a formula."""

    role: str
    """Such as `sup`; empty for the whole formula."""
    text: str


def describe(parts: Iterable[Part]) -> str:
    """Return parts with their signs in alphabetical order, without empty ones, for comparison."""
    described = ((part.role, _sorted_signs(part.text)) for part in parts)
    return "; ".join(sorted(f"{role} {signs}" for role, signs in described if signs.strip("/")))


def _sorted_signs(text: str) -> str:
    """Return the visible signs of each side of a fraction, or of a text, in alphabetical order."""
    return "/".join("".join(sorted(filter(_is_visible, _decomposed(side)))) for side in text.split("\n"))


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", comparison_key(text))


def _is_visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in {"Mn", "Cf"}


def of_mathml(root: Any) -> str:
    """Return the parts of a MathML element."""
    return describe((Part("", _text(root)), *_parts(root)))


def _parts(element: Any) -> Iterator[Part]:
    children = _children(element)
    tag = _name(element)
    if tag == "mfrac":
        is_barred = _THICKNESS_UNITS.sub("", element.get("linethickness") or "1") not in {"0", "0.0"}
        yield Part("fraction" if is_barred else "fraction without a bar", "\n".join(map(_text, children)))
    elif tag == "msqrt":
        yield Part("root", "".join(map(_text, children)))
    elif tag == "mtable":
        for row, line in enumerate(children):
            yield from (Part(f"cell {row} {column}", _text(cell)) for column, cell in enumerate(_children(line)))
    elif tag == "mmultiscripts":
        yield from _multiscripts(children)
    else:
        roles = zip(_SCRIPTS.get(tag, ()), children, strict=False)
        yield from (Part(role, _text(child)) for role, child in roles if role and not _is_mark(element, child))
    for child in children:
        yield from _parts(child)


def _multiscripts(children: list[Any]) -> Iterator[Part]:
    count = 0
    for child in children[1:]:
        if _name(child) == "mprescripts":
            count = 0
            continue
        yield Part(("sub", "sup")[count % 2], _text(child))
        count += 1


def _text(element: Any) -> str:
    """Return the signs of an element, without accents, bars and braces above or below others."""
    if _name(element) == "mfenced":
        inner = "".join(map(_text, _children(element)))
        return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"
    texts = (_text(child) for child in _children(element) if not _is_mark(element, child))
    return "".join((element.text or "", *texts)) if not _is_container(element) else "".join(texts)


def _is_container(element: Any) -> bool:
    return len(element) > 0 and not (element.text or "").strip()


def _is_mark(element: Any, child: Any) -> bool:
    """Return whether a child is an accent, a bar or a brace above or below another."""
    tag = _name(element)
    if tag not in {"mover", "munder"} or child is _children(element)[0]:
        return False
    while _name(child) in _GROUPS and len(child) == 1:
        child = child[0]
    sign = "".join(child.itertext()).strip()
    return _name(child) == "mo" and sign in (_BOTH | _ABOVE if tag == "mover" else _BOTH)


def _children(element: Any) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str) and _name(child) not in NOT_RENDERED]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
