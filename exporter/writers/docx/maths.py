"""MathML as Office Math (ECMA-376-1, 22.1; MathML 3, presentation elements)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from exporter.writers.docx.xml import Element, add, clean, name

_NARY = frozenset("∑∏∐∫∬∭∮∯∰⋀⋁⋂⋃⨀⨁⨂⨄⨆")
_INTEGRALS = frozenset("∫∬∭∮∯∰")
_RELATIONS = frozenset("=≠<>≤≥≈≡∼≅∝→←↔⇒⇐⇔∈∉⊂⊃⊆⊇,;")
_OPENING = frozenset("([{|‖⟨⌈⌊")
_CLOSING = frozenset(")]}|‖⟩⌉⌋")
_ACCENTS = {"^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "→": "\u20d7", "⃗": "\u20d7", "˙": "\u0307"}
_ACCENTS |= {"¨": "\u0308", "ˇ": "\u030c", "´": "\u0301", "`": "\u0300", "˘": "\u0306", "\u20d7": "\u20d7"}
_BARS = frozenset("¯‾_\u00af\u0305―─")
_BRACES = frozenset("⏞⏟⎴⎵⏜⏝")
_GROUPS = frozenset({"mrow", "mstyle", "mpadded", "math", "merror", "mtd", "msqrt", "menclose", "mphantom"})
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")


class _UnknownFormulaError(Exception):
    """The formula holds an element that has no rule here."""


def add_formula(parent: Element, mathml: str, *, display: bool = False) -> bool:
    """Append a formula to a paragraph.

    Args:
        parent: The paragraph or hyperlink.
        mathml: A complete `<math>` element.
        display: Whether the formula stands on a line of its own (22.1.2.78 oMathPara).

    Returns:
        Whether it was appended; nothing was when the formula is not understood.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    holder = etree.Element(name("m:oMathPara" if display else "m:oMath"))
    formula = add(holder, "m:oMath") if display else holder
    try:
        math = etree.fromstring(mathml, parser)
        _add_all(formula, list(math))
    except (etree.XMLSyntaxError, _UnknownFormulaError, RecursionError):
        return False
    if not len(formula):
        return False
    parent.append(holder)
    return True


def linear(mathml: str) -> str:
    """Give the characters of a formula in a row, for when nothing better can be shown."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    math = etree.fromstring(mathml, parser)
    return "" if math is None else " ".join(_text(math).split())


def _kind(node: Element) -> str:
    return etree.QName(node).localname


def _characters(node: Element) -> str:
    return _text(node).strip().translate(_INVISIBLE)


def _text(node: Element) -> str:
    return "".join(str(part) for part in node.itertext())


def _operator(node: Element) -> str:
    """Give the sign of an operator, looked for inside groups of one; empty for anything else."""
    while _kind(node) in _GROUPS and len(node) == 1:
        node = node[0]
    return _characters(node) if _kind(node) == "mo" else ""


def _add_all(parent: Element, nodes: Sequence[Element]) -> None:
    """Append a row of MathML elements."""
    index = 0
    while index < len(nodes):
        node = nodes[index]
        index += 1
        if _is_nary(node):
            # The operand of a sum reaches up to the next relation; an empty one would show as a dotted box.
            end = index
            while end < len(nodes) and _operator(nodes[end]) not in _RELATIONS:
                end += 1
            _add_nary(parent, node, nodes[index:end])
            index = end
        else:
            _add_one(parent, node)


def _argument(parent: Element, tag: str, node: Element | None) -> None:
    """Append an argument of a structure, such as `m:num`."""
    holder = add(parent, f"m:{tag}")
    if node is not None:
        _add_all(holder, list(node) if _kind(node) in {"mrow", "mstyle", "mpadded"} and not _fence(node) else [node])


def _parts(node: Element, count: int) -> list[Element]:
    parts = list(node)
    if len(parts) != count:
        raise _UnknownFormulaError(_kind(node))
    return parts


def _add_one(parent: Element, node: Element) -> None:
    match _kind(node):
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            _add_characters(parent, node)
        case "mspace":
            _add_run(parent, "\u2009", plain=True)
        case "mrow" | "mstyle" | "mpadded" | "merror" | "mtd" | "math":
            _add_group(parent, node)
        case "mfrac":
            _add_fraction(parent, node)
        case "msup" | "msub" | "msubsup":
            _add_scripts(parent, node)
        case "munder" | "mover" | "munderover":
            _add_limits(parent, node)
        case "msqrt":
            radical = add(parent, "m:rad")
            add(add(radical, "m:radPr"), "m:degHide", {"m:val": 1})
            add(radical, "m:deg")
            _add_all(add(radical, "m:e"), list(node))
        case "mroot":
            base, degree = _parts(node, 2)
            radical = add(parent, "m:rad")
            _argument(radical, "deg", degree)
            _argument(radical, "e", base)
        case "mtable":
            _add_matrix(parent, node)
        case "menclose":
            _add_all(add(add(parent, "m:borderBox"), "m:e"), list(node))
        case "mphantom":
            _add_all(add(add(parent, "m:phant"), "m:e"), list(node))
        case "mfenced":
            _add_delimiters(parent, node.get("open", "("), node.get("close", ")"), list(node))
        case "semantics":
            _add_one(parent, node[0])
        case "none" | "mprescripts" | "annotation" | "annotation-xml" if not _characters(node):
            pass
        case other:
            raise _UnknownFormulaError(other)


def _add_characters(parent: Element, node: Element) -> None:
    """Append a run (22.1.2.87): a name of one letter slants, everything else stands upright."""
    text = _characters(node) if _kind(node) != "mtext" else _text(node)
    if not text:
        return
    variant = node.get("mathvariant", "")
    slanted = _kind(node) == "mi" and len(text) == 1 and variant != "normal"
    _add_run(parent, text, plain=not slanted, bold="bold" in variant, words=_kind(node) == "mtext")


def _add_run(parent: Element, text: str, *, plain: bool, bold: bool = False, words: bool = False) -> None:
    run = add(parent, "m:r")
    if words:
        add(add(run, "m:rPr"), "m:nor")
    elif plain or bold:
        # Slanted is what a run is when nothing is said (22.1.2.111).
        add(add(run, "m:rPr"), "m:sty", {"m:val": "p" if not bold else "b" if plain else "bi"})
    add(add(run, "rPr"), "rFonts", {"w:ascii": "Cambria Math", "w:hAnsi": "Cambria Math"})
    add(run, "m:t", {"xml:space": "preserve"}, clean(text))


def _fence(node: Element) -> tuple[str, str] | None:
    """Give the pair of fences when the first and the last child of a row are one."""
    parts = list(node)
    if len(parts) < 2 or _kind(parts[0]) != "mo" or _kind(parts[-1]) != "mo":
        return None
    first, last = _characters(parts[0]), _characters(parts[-1])
    marked = any(part.get("fence") == "true" or part.get("stretchy") == "true" for part in (parts[0], parts[-1]))
    if marked and (not first or first in _OPENING) and (not last or last in _CLOSING):
        return first, last
    return None


def _add_group(parent: Element, node: Element) -> None:
    fence = _fence(node)
    if fence:
        _add_delimiters(parent, *fence, [list(node)[1:-1]])
    else:
        _add_all(parent, list(node))


def _add_delimiters(parent: Element, opening: str, closing: str, items: Sequence[Element | Sequence[Element]]) -> None:
    """Append brackets that grow with what they hold (22.1.2.24 d)."""
    delimiters = add(parent, "m:d")
    properties = add(delimiters, "m:dPr")
    add(properties, "m:begChr", {"m:val": opening})
    add(properties, "m:endChr", {"m:val": closing})
    for item in items:
        _add_all(add(delimiters, "m:e"), [item] if isinstance(item, etree._Element) else item)


def _add_fraction(parent: Element, node: Element) -> None:
    numerator, denominator = _parts(node, 2)
    fraction = add(parent, "m:f")
    if node.get("linethickness", "").rstrip("ptxem%") in {"0", "0.0"}:
        add(add(fraction, "m:fPr"), "m:type", {"m:val": "noBar"})
    _argument(fraction, "num", numerator)
    _argument(fraction, "den", denominator)


def _add_scripts(parent: Element, node: Element) -> None:
    kind = _kind(node)
    parts = _parts(node, 3 if kind == "msubsup" else 2)
    tag, names = {
        "msup": ("sSup", ("e", "sup")),
        "msub": ("sSub", ("e", "sub")),
        "msubsup": ("sSubSup", ("e", "sub", "sup")),
    }[kind]
    structure = add(parent, f"m:{tag}")
    for part, role in zip(parts, names, strict=True):
        _argument(structure, role, part)


def _add_limits(parent: Element, node: Element) -> None:
    if _kind(node) == "munderover":
        base, below, above = _parts(node, 3)
        lower = add(parent, "m:limLow")
        upper = add(add(lower, "m:e"), "m:limUpp")
        _argument(upper, "e", base)
        _argument(upper, "lim", above)
        _argument(lower, "lim", below)
        return
    base, script = _parts(node, 2)
    top = _kind(node) == "mover"
    sign = _operator(script)
    if sign in _BARS and sign:
        bar = add(parent, "m:bar")
        add(add(bar, "m:barPr"), "m:pos", {"m:val": "top" if top else "bot"})
        _argument(bar, "e", base)
    elif sign in _BRACES and sign:
        brace = add(parent, "m:groupChr")
        properties = add(brace, "m:groupChrPr")
        add(properties, "m:chr", {"m:val": sign})
        add(properties, "m:pos", {"m:val": "top" if top else "bot"})
        add(properties, "m:vertJc", {"m:val": "bot" if top else "top"})
        _argument(brace, "e", base)
    elif top and sign in _ACCENTS:
        accent = add(parent, "m:acc")
        add(add(accent, "m:accPr"), "m:chr", {"m:val": _ACCENTS[sign]})
        _argument(accent, "e", base)
    else:
        limit = add(parent, "m:limUpp" if top else "m:limLow")
        _argument(limit, "e", base)
        _argument(limit, "lim", script)


def _is_nary(node: Element) -> bool:
    if _kind(node) in {"msub", "msup", "msubsup", "munder", "mover", "munderover"} and len(node):
        return _operator(node[0]) in _NARY
    return _operator(node) in _NARY


def _add_nary(parent: Element, node: Element, operand: Sequence[Element]) -> None:
    """Append a sum, a product, an integral with what it runs over (22.1.2.70 nary)."""
    kind = _kind(node)
    bounds = list(node)[1:] if kind not in {"mo", *_GROUPS} else []
    low = bounds[0] if bounds and kind in {"msub", "munder", "msubsup", "munderover"} else None
    high = bounds[-1] if bounds and kind in {"msup", "mover", "msubsup", "munderover"} else None
    sign = _operator(node[0] if bounds else node)
    nary = add(parent, "m:nary")
    properties = add(nary, "m:naryPr")
    add(properties, "m:chr", {"m:val": sign})
    add(properties, "m:limLoc", {"m:val": "subSup" if sign in _INTEGRALS else "undOvr"})
    if low is None:
        add(properties, "m:subHide", {"m:val": 1})
    if high is None:
        add(properties, "m:supHide", {"m:val": 1})
    _argument(nary, "sub", low)
    _argument(nary, "sup", high)
    _add_all(add(nary, "m:e"), operand)


def _add_matrix(parent: Element, node: Element) -> None:
    """Append rows and columns (22.1.2.60 m)."""
    rows = [row for row in node if _kind(row) in {"mtr", "mlabeledtr"}]
    if len(rows) != len(node) or not rows:
        raise _UnknownFormulaError("mtable")
    matrix = add(parent, "m:m")
    width = max(len(row) for row in rows)
    column = add(add(add(matrix, "m:mPr"), "m:mcs"), "m:mc")
    properties = add(column, "m:mcPr")
    add(properties, "m:count", {"m:val": width})
    add(properties, "m:mcJc", {"m:val": "center"})
    for row in rows:
        line = add(matrix, "m:mr")
        for cell in row:
            _add_all(add(line, "m:e"), [cell])
        for _ in range(width - len(row)):
            add(line, "m:e")
