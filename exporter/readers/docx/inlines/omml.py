"""Conversion of Office Math to MathML (ISO/IEC 29500-1, 22.1; MathML 3, presentation elements)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape

from exporter.inspect.docx.xml import NAMESPACES, Element, is_on, name
from exporter.readers.docx.inlines.mathml_tokens import operator, tokens

_MATHML = "http://www.w3.org/1998/Math/MathML"
_M = f"{{{NAMESPACES['m']}}}"
_MVAL = f"{_M}val"
_WRAPPERS = frozenset(
    {name("ins"), name("moveTo"), name("smartTag"), name("customXml"), name("sdt"), name("sdtContent")}
)
_LEFT_OUT = frozenset({name("del"), name("moveFrom")})
_MAX_DEPTH = 120
"""Nested structures."""
_STYLES = {"b": "bold", "bi": "bold-italic", "p": "normal"}
_SCRIPTS = frozenset({"double-struck", "fraktur", "script", "sans-serif", "monospace"})

_SPACING = {
    "\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0305": "¯", "\u0306": "˘", "\u0307": "˙", "\u0308": "¨",
    "\u030c": "ˇ", "\u0301": "´", "\u0300": "`", "\u20d7": "→", "\u20d6": "←",
}  # fmt: skip
"""Spacing characters for combining accents."""
_QUAD = '<mspace width="2em"/>'


class _TooDeepError(Exception):
    """Too many nested structures."""


def mathml(formula: Element, *, display: bool = False) -> str:
    """Return `m:oMath` as a complete `math` element, or "" if it is empty."""
    try:
        inner = _row(formula, 0)
    except _TooDeepError:
        text = escape("".join(part.text or "" for part in formula.iter(f"{_M}t")))
        inner = f"<mtext>{text}</mtext>" if text else ""
    if not inner:
        return ""
    attributes = ' display="block"' if display else ""
    return f'<math xmlns="{_MATHML}"{attributes}>{inner}</math>'


def _row(parent: Element | None, depth: int) -> str:
    """Return the converted content of an element."""
    if parent is None:
        return ""
    if depth > _MAX_DEPTH:
        raise _TooDeepError
    parts: list[str] = []
    for child in parent:
        tag = str(child.tag)
        if tag in _LEFT_OUT:
            continue
        if tag in _WRAPPERS:
            parts.append(_row(child, depth + 1))
        elif tag.startswith(_M):
            convert = _STRUCTURES.get(tag[len(_M) :])
            if convert is not None:
                parts.append(convert(child, depth + 1))
        elif tag == name("r"):
            text = "".join(part.text or "" for part in child.iter(name("t")))
            parts += list(tokens(text, "", words=False))
    return "".join(parts)


def _argument(parent: Element, tag: str, depth: int) -> str:
    """Return an argument of a structure as one element."""
    inner = _row(parent.find(f"{_M}{tag}"), depth)
    return inner if _is_single_element(inner) else f"<mrow>{inner}</mrow>"


def _is_single_element(markup: str) -> bool:
    """Return whether markup is a single element."""
    depth = 0
    for index, match in enumerate(re.finditer(r"<(/?)[^>]*?(/?)>", markup)):
        if depth == 0 and index:
            return False
        depth += -1 if match[1] else 0 if match[2] else 1
    return bool(markup)


def _property(element: Element, holder: str, tag: str) -> Element | None:
    return element.find(f"{_M}{holder}/{_M}{tag}")


def _property_value(element: Element, holder: str, tag: str, default: str) -> str:
    prop = _property(element, holder, tag)
    return default if prop is None else prop.get(_MVAL) or ""


def _is_on(element: Element | None) -> bool:
    if element is None:
        return False
    return (element.get(_MVAL) or "1") not in ("0", "off", "false")


def _run(run: Element, _depth: int) -> str:
    properties = run.find(f"{_M}rPr")
    words = properties is not None and _is_on(properties.find(f"{_M}nor"))
    style = properties.find(f"{_M}sty") if properties is not None else None
    script = properties.find(f"{_M}scr") if properties is not None else None
    variant = _STYLES.get(style.get(_MVAL) or "", "") if style is not None else ""
    if script is not None and (script.get(_MVAL) or "") in _SCRIPTS:
        variant = script.get(_MVAL) or ""
    parts: list[str] = []
    for child in run:
        if child.tag in (f"{_M}t", name("t")):
            parts += list(tokens(child.text or "", variant, words=words))
        elif child.tag in (name("br"), name("tab")):
            parts.append('<mspace width="1em"/>')
    if is_on(run.find(f"{name('rPr')}/{name('vanish')}")):
        return ""
    return "".join(parts)


def _fraction(element: Element, depth: int) -> str:
    kind = _property_value(element, "fPr", "type", "bar")
    top, bottom = _argument(element, "num", depth), _argument(element, "den", depth)
    if kind == "lin":
        return f"<mrow>{top}{operator('/')}{bottom}</mrow>"
    attributes = ' linethickness="0"' if kind == "noBar" else ' bevelled="true"' if kind == "skw" else ""
    return f"<mfrac{attributes}>{top}{bottom}</mfrac>"


def _scripts(tag: str, *arguments: str) -> Callable[[Element, int], str]:
    def convert(element: Element, depth: int) -> str:
        return f"<{tag}>{''.join(_argument(element, argument, depth) for argument in arguments)}</{tag}>"

    return convert


def _prescripts(element: Element, depth: int) -> str:
    base, below, above = (_argument(element, tag, depth) for tag in ("e", "sub", "sup"))
    return f"<mmultiscripts>{base}<mprescripts/>{below}{above}</mmultiscripts>"


def _radical(element: Element, depth: int) -> str:
    degree = _row(element.find(f"{_M}deg"), depth)
    if _is_on(_property(element, "radPr", "degHide")) or not degree:
        return f"<msqrt>{_row(element.find(f'{_M}e'), depth)}</msqrt>"
    return f"<mroot>{_argument(element, 'e', depth)}{_argument(element, 'deg', depth)}</mroot>"


def _nary(element: Element, depth: int) -> str:
    symbol = operator(_property_value(element, "naryPr", "chr", "∫") or "∫")
    below = _row(element.find(f"{_M}sub"), depth)
    above = _row(element.find(f"{_M}sup"), depth)
    is_stacked = _property_value(element, "naryPr", "limLoc", "subSup") == "undOvr"
    low, high, both = ("munder", "mover", "munderover") if is_stacked else ("msub", "msup", "msubsup")
    if below and above:
        symbol = f"<{both}>{symbol}{_grouped(below)}{_grouped(above)}</{both}>"
    elif below:
        symbol = f"<{low}>{symbol}{_grouped(below)}</{low}>"
    elif above:
        symbol = f"<{high}>{symbol}{_grouped(above)}</{high}>"
    return symbol + _row(element.find(f"{_M}e"), depth)


def _grouped(inner: str) -> str:
    return inner if _is_single_element(inner) else f"<mrow>{inner}</mrow>"


def _delimiters(element: Element, depth: int) -> str:
    opening = _property_value(element, "dPr", "begChr", "(")
    closing = _property_value(element, "dPr", "endChr", ")")
    separator = _property_value(element, "dPr", "sepChr", "|")
    inside = operator(separator).join(_row(part, depth) for part in element.findall(f"{_M}e"))
    begin = f'<mo fence="true">{escape(opening)}</mo>'
    end = f'<mo fence="true">{escape(closing)}</mo>'
    return f"<mrow>{begin if opening else ''}{inside}{end if closing else ''}</mrow>"


def _function(element: Element, depth: int) -> str:
    function = _argument(element, "fName", depth)
    return f"<mrow>{function}<mo>\u2061</mo>{_argument(element, 'e', depth)}</mrow>"


def _accent(element: Element, depth: int) -> str:
    accent = _property_value(element, "accPr", "chr", "\u0302") or "\u0302"
    return f'<mover accent="true">{_argument(element, "e", depth)}{operator(_SPACING.get(accent, accent))}</mover>'


def _bar(element: Element, depth: int) -> str:
    top = _property_value(element, "barPr", "pos", "bot") == "top"
    inner = _argument(element, "e", depth)
    return f"<mover>{inner}{operator('¯')}</mover>" if top else f"<munder>{inner}{operator('_')}</munder>"


def _group_sign(element: Element, depth: int) -> str:
    symbol = operator(_property_value(element, "groupChrPr", "chr", "⏟") or "⏟", stretchy=True)
    inner = _argument(element, "e", depth)
    top = _property_value(element, "groupChrPr", "pos", "bot") == "top"
    return f"<mover>{inner}{symbol}</mover>" if top else f"<munder>{inner}{symbol}</munder>"


def _limit(tag: str) -> Callable[[Element, int], str]:
    def convert(element: Element, depth: int) -> str:
        inner = element.find(f"{_M}e")
        # A lower limit around an upper one is one operator with both (∑ from ... to ...).
        only = inner[0] if tag == "munder" and inner is not None and len(inner) == 1 else None
        if only is not None and only.tag == f"{_M}limUpp":
            base, above = _argument(only, "e", depth), _argument(only, "lim", depth)
            return f"<munderover>{base}{_argument(element, 'lim', depth)}{above}</munderover>"
        return f"<{tag}>{_argument(element, 'e', depth)}{_argument(element, 'lim', depth)}</{tag}>"

    return convert


def _lines(element: Element, depth: int) -> str:
    """Return an array of equations: `&` aligns them, and `#` stands before the number of one; Word shows neither."""
    lines = (_row(part, depth).replace(operator("&"), "") for part in element.findall(f"{_M}e"))
    rows = (line.replace(operator("#"), _QUAD) for line in lines)
    return f"<mtable>{''.join(f'<mtr><mtd>{row}</mtd></mtr>' for row in rows)}</mtable>"


def _matrix(element: Element, depth: int) -> str:
    rows = (
        "".join(f"<mtd>{_row(cell, depth)}</mtd>" for cell in row.findall(f"{_M}e"))
        for row in element.findall(f"{_M}mr")
    )
    return f"<mtable>{''.join(f'<mtr>{row}</mtr>' for row in rows)}</mtable>"


def _plain(element: Element, depth: int) -> str:
    return _row(element.find(f"{_M}e"), depth)


def _boxed(element: Element, depth: int) -> str:
    return f'<menclose notation="box">{_row(element.find(f"{_M}e"), depth)}</menclose>'


_STRUCTURES: Mapping[str, Callable[[Element, int], str]] = {
    "r": _run,
    "f": _fraction,
    "sSup": _scripts("msup", "e", "sup"),
    "sSub": _scripts("msub", "e", "sub"),
    "sSubSup": _scripts("msubsup", "e", "sub", "sup"),
    "sPre": _prescripts,
    "rad": _radical,
    "nary": _nary,
    "d": _delimiters,
    "func": _function,
    "acc": _accent,
    "bar": _bar,
    "groupChr": _group_sign,
    "limLow": _limit("munder"),
    "limUpp": _limit("mover"),
    "eqArr": _lines,
    "m": _matrix,
    "box": _plain,
    "phant": _plain,
    "borderBox": _boxed,
    "oMath": _row,
    "e": _row,
}


def display_formula(formulas: Iterable[Element]) -> str:
    """Return the formulas of `m:oMathPara` as one `math` element; several formulas become a table."""
    elements = filter(None, (mathml(formula) for formula in formulas))
    inner = [element.partition(">")[2].removesuffix("</math>") for element in elements]
    if not inner:
        return ""
    if len(inner) > 1:
        inner = ["<mtable>" + "".join(f"<mtr><mtd>{part}</mtd></mtr>" for part in inner) + "</mtable>"]
    return f'<math xmlns="{_MATHML}" display="block">{inner[0]}</math>'
