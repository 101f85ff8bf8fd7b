"""Rows of MathML as Office Math: each element by its rule (ECMA-376-1, 22.1)."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.writers.docx.omml import structures
from exporter.writers.docx.omml.mathml_input import UnknownFormulaError, characters, fence, kind, operator, text
from exporter.writers.docx.omml.matrices import add_matrix
from exporter.writers.docx.xml import Element, add, clean

_RELATIONS = frozenset("=≠<>≤≥≈≡∼≅∝→←↔⇒⇐⇔∈∉⊂⊃⊆⊇,;")


def add_all(parent: Element, nodes: Sequence[Element]) -> None:
    """Append a row of MathML elements."""
    index = 0
    while index < len(nodes):
        node = nodes[index]
        index += 1
        if structures.is_nary(node):
            # The operand of a sum reaches up to the next relation; an empty one would show as a dotted box.
            end = index
            while end < len(nodes) and operator(nodes[end]) not in _RELATIONS:
                end += 1
            structures.add_nary(add_all, parent, node, nodes[index:end])
            index = end
        else:
            _add_one(parent, node)


def _add_one(parent: Element, node: Element) -> None:
    match kind(node):
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            _add_characters(parent, node)
        case "mspace":
            _add_run(parent, "\u2009", plain=True)
        case "mrow" | "mstyle" | "mpadded" | "merror" | "mtd" | "math":
            _add_group(parent, node)
        case "mfrac":
            structures.add_fraction(add_all, parent, node)
        case "msup" | "msub" | "msubsup":
            structures.add_scripts(add_all, parent, node)
        case "munder" | "mover" | "munderover":
            structures.add_limits(add_all, parent, node)
        case "mmultiscripts":
            structures.add_multiscripts(add_all, parent, node)
        case "msqrt" | "mroot":
            structures.add_radical(add_all, parent, node)
        case "mtable":
            add_matrix(add_all, parent, node)
        case "menclose":
            structures.add_enclosure(add_all, parent, node)
        case "mphantom":
            add_all(add(add(parent, "m:phant"), "m:e"), list(node))
        case "mfenced":
            fences = node.get("open", "("), node.get("close", ")")
            structures.add_delimiters(add_all, parent, fences, [[child] for child in node])
        case "semantics":
            _add_one(parent, node[0])
        case "none" | "mprescripts" | "annotation" | "annotation-xml" if not characters(node):
            pass
        case other:
            raise UnknownFormulaError(other)


def _add_characters(parent: Element, node: Element) -> None:
    """Append a run (22.1.2.87): a name of one letter slants, everything else stands upright."""
    said = characters(node) if kind(node) != "mtext" else text(node)
    if not said:
        if kind(node) == "mi":
            # An empty name is a place that is held, before the sign of a line of an equation.
            _add_run(parent, "\u200b", plain=True)
        return
    variant = node.get("mathvariant", "")
    slanted = kind(node) == "mi" and len(said) == 1 and variant != "normal"
    _add_run(parent, said, plain=not slanted, bold="bold" in variant, words=kind(node) == "mtext")


def _add_run(parent: Element, text: str, *, plain: bool, bold: bool = False, words: bool = False) -> None:
    run = add(parent, "m:r")
    if words:
        add(add(run, "m:rPr"), "m:nor")
    elif plain or bold:
        # Slanted is what a run is when nothing is said (22.1.2.111).
        add(add(run, "m:rPr"), "m:sty", {"m:val": "p" if not bold else "b" if plain else "bi"})
    add(add(run, "rPr"), "rFonts", {"w:ascii": "Cambria Math", "w:hAnsi": "Cambria Math"})
    add(run, "m:t", {"xml:space": "preserve"}, clean(text))


def _add_group(parent: Element, node: Element) -> None:
    found = fence(node)
    if found:
        structures.add_delimiters(add_all, parent, (found.opening, found.closing), [found.inner])
    else:
        add_all(parent, list(node))
