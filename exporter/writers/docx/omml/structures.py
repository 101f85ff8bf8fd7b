"""Structures of Office Math: fractions, scripts, limits, radicals, n-ary operators, delimiters, boxes, matrices.

ECMA-376-1, 22.1.2. The content of a structure is written by the argument `write`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exporter.writers.docx.omml.mathml_input import (
    GROUPS,
    UnknownFormulaError,
    characters,
    children_of,
    fence,
    local_name,
    operator,
)
from exporter.writers.docx.xml import Element, add

Write = Callable[[Element, Sequence[Element]], None]
"""Appends a row of MathML elements."""

_NARY = frozenset("∑∏∐∫∬∭∮∯∰⋀⋁⋂⋃⨀⨁⨂⨄⨆")
_INTEGRALS = frozenset("∫∬∭∮∯∰")
_ACCENTS = {"^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "→": "\u20d7", "⃗": "\u20d7", "˙": "\u0307"}
_ACCENTS |= {"¨": "\u0308", "ˇ": "\u030c", "´": "\u0301", "`": "\u0300", "˘": "\u0306", "\u20d7": "\u20d7"}
_BARS = frozenset("¯‾_\u00af\u0305―─")
_BRACES = frozenset("⏞⏟⎴⎵⏜⏝")
_LIMITS = frozenset({"lim", "max", "min", "sup", "inf", "limsup", "liminf", "lim sup", "lim inf", "arg max", "arg min"})
"""Functions with limits below their name."""
_STRIKES = {
    "updiagonalstrike": "strikeBLTR",
    "downdiagonalstrike": "strikeTLBR",
    "horizontalstrike": "strikeH",
    "verticalstrike": "strikeV",
}
_EXACTLY = 3
"""Rule for an exact gap (22.1.2.18 cGpRule)."""
_SIDES = ("top", "bottom", "left", "right")


def add_argument(write: Write, parent: Element, tag: str, node: Element | None) -> None:
    """Append an argument of a structure, such as `m:num`; an empty one would be shown as a dotted box."""
    holder = add(parent, f"m:{tag}")
    if node is not None:
        row = local_name(node) in {"mrow", "mstyle", "mpadded", "mtd"} and not fence(node)
        write(holder, list(node) if row else [node])
    if not len(holder) and tag not in _HIDDEN:
        add(add(holder, "m:r"), "m:t", text="\u200b")


_HIDDEN = frozenset({"sub", "sup"})
"""Arguments of n-ary operators that can be hidden."""


def add_delimiters(write: Write, parent: Element, fences: tuple[str, str], items: Sequence[Sequence[Element]]) -> None:
    """Append brackets that grow with their content (22.1.2.24 d)."""
    delimiters = add(parent, "m:d")
    properties = add(delimiters, "m:dPr")
    add(properties, "m:begChr", {"m:val": fences[0]})
    add(properties, "m:endChr", {"m:val": fences[1]})
    for item in items:
        write(add(delimiters, "m:e"), item)


def add_radical(write: Write, parent: Element, node: Element) -> None:
    """Append a radical (22.1.2.88 rad)."""
    radical = add(parent, "m:rad")
    if local_name(node) == "mroot":
        base, degree = children_of(node, 2)
        add_argument(write, radical, "deg", degree)
        add_argument(write, radical, "e", base)
        return
    add(add(radical, "m:radPr"), "m:degHide", {"m:val": 1})
    add(radical, "m:deg")
    write(add(radical, "m:e"), list(node))


def add_enclosure(write: Write, parent: Element, node: Element) -> None:
    """Append a box or strikethrough (22.1.2.11 borderBox)."""
    notation = (node.get("notation") or "longdiv").split()
    box = add(parent, "m:borderBox")
    lines = [side for side in _SIDES if side in notation]
    boxed = not set(notation) & {*_STRIKES, *_SIDES}
    properties = add(box, "m:borderBoxPr")
    for side, tag in zip(_SIDES, ("hideTop", "hideBot", "hideLeft", "hideRight"), strict=True):
        if not boxed and side not in lines:
            add(properties, f"m:{tag}", {"m:val": 1})
    for strike in ("horizontalstrike", "verticalstrike", "updiagonalstrike", "downdiagonalstrike"):
        if strike in notation:
            add(properties, f"m:{_STRIKES[strike]}", {"m:val": 1})
    write(add(box, "m:e"), list(node))


def add_multiscripts(write: Write, parent: Element, node: Element) -> None:
    """Append a base with scripts on both sides, one pair on each (22.1.2.99 sPre)."""
    children = list(node)
    marks = [index for index, child in enumerate(children) if local_name(child) == "mprescripts"]
    split = marks[0] if marks else len(children)
    after, before = children[1:split], children[split + 1 :]
    if not children or len(after) not in {0, 2} or len(before) not in {0, 2}:
        raise UnknownFormulaError("mmultiscripts")
    holder = parent
    if before:
        outer = add(parent, "m:sPre")
        add_argument(write, outer, "sub", before[0])
        add_argument(write, outer, "sup", before[1])
        holder = add(outer, "m:e")
    if after:
        inner = add(holder, "m:sSubSup")
        for role, child in zip(("e", "sub", "sup"), (children[0], *after), strict=True):
            add_argument(write, inner, role, child)
    else:
        write(holder, [children[0]])


def add_fraction(write: Write, parent: Element, node: Element) -> None:
    """Append a fraction (22.1.2.36 f), with or without its bar."""
    numerator, denominator = children_of(node, 2)
    fraction = add(parent, "m:f")
    if node.get("linethickness", "").rstrip("ptxem%") in {"0", "0.0"}:
        add(add(fraction, "m:fPr"), "m:type", {"m:val": "noBar"})
    add_argument(write, fraction, "num", numerator)
    add_argument(write, fraction, "den", denominator)


def add_scripts(write: Write, parent: Element, node: Element) -> None:
    """Append a base with subscript and superscript (22.1.2.103 sSubSup)."""
    name = local_name(node)
    children = children_of(node, 3 if name == "msubsup" else 2)
    if name == "msub" and characters(children[0]) in _LIMITS:
        limit = add(parent, "m:limLow")
        add_argument(write, limit, "e", children[0])
        add_argument(write, limit, "lim", children[1])
        return
    tag, names = {
        "msup": ("sSup", ("e", "sup")),
        "msub": ("sSub", ("e", "sub")),
        "msubsup": ("sSubSup", ("e", "sub", "sup")),
    }[name]
    structure = add(parent, f"m:{tag}")
    for part, role in zip(children, names, strict=True):
        add_argument(write, structure, role, part)


def add_limits(write: Write, parent: Element, node: Element) -> None:
    """Append a base with limits, bars, braces or accents over and under it (22.1.2.54 limLow)."""
    if local_name(node) == "munderover":
        base, below, above = children_of(node, 3)
        lower = add(parent, "m:limLow")
        upper = add(add(lower, "m:e"), "m:limUpp")
        add_argument(write, upper, "e", base)
        add_argument(write, upper, "lim", above)
        add_argument(write, lower, "lim", below)
        return
    base, script = children_of(node, 2)
    top = local_name(node) == "mover"
    character = operator(script)
    if character in _BARS and character:
        bar = add(parent, "m:bar")
        add(add(bar, "m:barPr"), "m:pos", {"m:val": "top" if top else "bot"})
        add_argument(write, bar, "e", base)
    elif character in _BRACES and character:
        brace = add(parent, "m:groupChr")
        properties = add(brace, "m:groupChrPr")
        add(properties, "m:chr", {"m:val": character})
        add(properties, "m:pos", {"m:val": "top" if top else "bot"})
        add(properties, "m:vertJc", {"m:val": "bot" if top else "top"})
        add_argument(write, brace, "e", base)
    elif top and character in _ACCENTS:
        accent = add(parent, "m:acc")
        add(add(accent, "m:accPr"), "m:chr", {"m:val": _ACCENTS[character]})
        add_argument(write, accent, "e", base)
    else:
        limit = add(parent, "m:limUpp" if top else "m:limLow")
        add_argument(write, limit, "e", base)
        add_argument(write, limit, "lim", script)


def is_nary(node: Element) -> bool:
    """Return whether an element is an n-ary operator, such as a sum or integral, with or without limits."""
    if local_name(node) in {"msub", "msup", "msubsup", "munder", "mover", "munderover"} and len(node):
        return operator(node[0]) in _NARY
    return operator(node) in _NARY


def add_nary(write: Write, parent: Element, node: Element, operand: Sequence[Element]) -> None:
    """Append an n-ary operator with its operand (22.1.2.70 nary)."""
    name = local_name(node)
    bounds = list(node)[1:] if name not in {"mo", *GROUPS} else []
    low = bounds[0] if bounds and name in {"msub", "munder", "msubsup", "munderover"} else None
    high = bounds[-1] if bounds and name in {"msup", "mover", "msubsup", "munderover"} else None
    character = operator(node[0] if bounds else node)
    nary = add(parent, "m:nary")
    properties = add(nary, "m:naryPr")
    add(properties, "m:chr", {"m:val": character})
    add(properties, "m:limLoc", {"m:val": "subSup" if character in _INTEGRALS else "undOvr"})
    if low is None:
        add(properties, "m:subHide", {"m:val": 1})
    if high is None:
        add(properties, "m:supHide", {"m:val": 1})
    add_argument(write, nary, "sub", low)
    add_argument(write, nary, "sup", high)
    write(add(nary, "m:e"), operand)


def add_matrix(write: Write, parent: Element, node: Element) -> None:
    """Append a matrix (22.1.2.60 m), or the lines of an equation as a matrix without gaps.

    Raises:
        UnknownFormulaError: It contains something other than rows.
    """
    rows = [row for row in node if local_name(row) in {"mtr", "mlabeledtr"}]
    if len(rows) != len(node) or not rows:
        raise UnknownFormulaError("mtable")
    matrix = add(parent, "m:m")
    width = max(len(row) for row in rows)
    properties = add(matrix, "m:mPr")
    # No dotted boxes in empty cells.
    add(properties, "m:plcHide", {"m:val": 1})
    if (node.get("columnspacing") or "").startswith("0"):
        add(properties, "m:cGpRule", {"m:val": _EXACTLY})
        add(properties, "m:cGp", {"m:val": 0})
    columns = add(properties, "m:mcs")
    for index in range(width):
        column = add(add(columns, "m:mc"), "m:mcPr")
        add(column, "m:count", {"m:val": 1})
        add(column, "m:mcJc", {"m:val": _alignment(node, rows, index)})
    for row in rows:
        line = add(matrix, "m:mr")
        for cell in (*row, *(None for _ in range(width - len(row)))):
            add_argument(write, line, "e", cell)


def _alignment(node: Element, rows: list[Element], column: int) -> str:
    """Return the alignment of a column, from its first cell or the table."""
    alignment = next((row[column].get("columnalign") for row in rows if len(row) > column), None)
    column_alignments = (node.get("columnalign") or "").split()
    if alignment is None and column_alignments:
        alignment = column_alignments[min(column, len(column_alignments) - 1)]
    return alignment if alignment in {"left", "right"} else "center"
