"""Rows of MathML elements as Office Math (ECMA-376-1, 22.1)."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.writers.docx.omml import structures
from exporter.writers.docx.omml.mathml_input import (
    UnknownFormulaError,
    all_text,
    characters,
    fence,
    local_name,
    operator,
)
from exporter.writers.docx.xml import Element, add, clean

_RELATIONS = frozenset("=≠<>≤≥≈≡∼≅∝→←↔⇒⇐⇔∈∉⊂⊃⊆⊇,;")


def add_row(parent: Element, nodes: Sequence[Element]) -> None:
    """Append a row of MathML elements."""
    index = 0
    while index < len(nodes):
        node = nodes[index]
        index += 1
        # The operand of a sum extends to the next relation; an empty one would be shown as a dotted box.
        end = index
        while structures.is_nary(node) and end < len(nodes) and operator(nodes[end]) not in _RELATIONS:
            end += 1
        if end > index:
            structures.add_nary(add_row, parent, node, nodes[index:end])
            index = end
        else:
            _add_element(parent, node)


def _add_element(parent: Element, node: Element) -> None:
    match local_name(node):
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            _add_characters(parent, node)
        case "mspace":
            _add_run(parent, "\u2009", plain=True)
        case "mrow" | "mstyle" | "mpadded" | "merror" | "mtd" | "math":
            _add_group(parent, node)
        case "mfrac":
            structures.add_fraction(add_row, parent, node)
        case "msup" | "msub" | "msubsup":
            structures.add_scripts(add_row, parent, node)
        case "munder" | "mover" | "munderover":
            structures.add_limits(add_row, parent, node)
        case "mmultiscripts":
            structures.add_multiscripts(add_row, parent, node)
        case "msqrt" | "mroot":
            structures.add_radical(add_row, parent, node)
        case "mtable":
            structures.add_matrix(add_row, parent, node)
        case "menclose":
            structures.add_enclosure(add_row, parent, node)
        case "mphantom":
            add_row(add(add(parent, "m:phant"), "m:e"), list(node))
        case "mfenced":
            fences = node.get("open", "("), node.get("close", ")")
            structures.add_delimiters(add_row, parent, fences, [[child] for child in node])
        case "semantics":
            _add_element(parent, node[0])
        case "none" | "mprescripts" | "annotation" | "annotation-xml" if not characters(node):
            pass
        case other:
            raise UnknownFormulaError(other)


def _add_characters(parent: Element, node: Element) -> None:
    """Append a run (22.1.2.87): identifiers of one letter are italic, everything else is upright."""
    shown = characters(node) if local_name(node) != "mtext" else all_text(node)
    if not shown:
        if local_name(node) == "mi":
            # An empty identifier is a placeholder before the relation in a line of an equation.
            _add_run(parent, "\u200b", plain=True)
        return
    variant = node.get("mathvariant", "")
    slanted = local_name(node) == "mi" and len(shown) == 1 and variant != "normal"
    _add_run(parent, shown, plain=not slanted, bold="bold" in variant, words=local_name(node) == "mtext")


def _add_run(parent: Element, text: str, *, plain: bool, bold: bool = False, words: bool = False) -> None:
    run = add(parent, "m:r")
    if words:
        add(add(run, "m:rPr"), "m:nor")
    elif plain or bold:
        # Runs are italic by default (22.1.2.111).
        add(add(run, "m:rPr"), "m:sty", {"m:val": "p" if not bold else "b" if plain else "bi"})
    add(add(run, "rPr"), "rFonts", {"w:ascii": "Cambria Math", "w:hAnsi": "Cambria Math"})
    add(run, "m:t", {"xml:space": "preserve"}, clean(text))


def _add_group(parent: Element, node: Element) -> None:
    fenced = fence(node)
    if fenced:
        structures.add_delimiters(add_row, parent, (fenced.opening, fenced.closing), [fenced.inner])
    else:
        add_row(parent, list(node))
