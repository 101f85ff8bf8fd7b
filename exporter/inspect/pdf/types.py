"""Standard structure types, and the way to them through role maps and namespaces (ISO 32000-2, 14.8.4, 14.8.6)."""

from __future__ import annotations

from typing import Any

from exporter.inspect.pdf import values

PDF_1_7 = "http://iso.org/pdf/ssn"
PDF_2 = "http://iso.org/pdf2/ssn"
MATHML = "http://www.w3.org/1998/Math/MathML"
MAX_ROLES = 16
"""Steps through role maps; a longer chain goes round in circles."""

_COMMON = frozenset(
    {
        *("Document", "Part", "Sect", "Div", "NonStruct"),
        *("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"),
        *("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Caption"),
        *("Figure", "Formula", "Form", "Link", "Annot", "Span"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP"),
    }
)
STANDARD_1_7 = _COMMON | {
    *("Art", "BlockQuote", "TOC", "TOCI", "Index", "Private"),
    *("Quote", "Note", "Reference", "BibEntry", "Code"),
}
STANDARD_2 = _COMMON | {*("DocumentFragment", "Aside", "Title", "FENote", "Sub", "Em", "Strong", "Artifact")}

HEADINGS = frozenset({"H", *(f"H{level}" for level in range(1, 100))})
NOTES = frozenset({"Note", "FENote"})
INLINE = frozenset(
    {
        *("Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot", "Em", "Strong", "Sub"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    }
)
"""Types that stand in a line (ISO 32000-1, 14.8.4.4; a picture or a formula may stand alone as well)."""


class Roles:
    """Standard types of elements.

    Args:
        root: The root of the structure tree.
    """

    def __init__(self, root: Any) -> None:
        roles = values.get(root, "/RoleMap")
        self.map = {key[1:]: values.name(to) for key, to in roles.items()} if values.is_dictionary(roles) else {}
        self._known: dict[tuple[str, tuple[int, int]], tuple[str, str]] = {}

    def resolve(self, name: str, space: Any) -> tuple[str, str]:
        """Return the standard type of a name in a namespace, and the namespace as written.

        A name that leads to no standard type is given as it stands at the end of its chain.
        """
        key = (name, space.objgen if values.is_dictionary(space) else (0, 0))
        if key not in self._known or key[1] == (0, 0):
            self._known[key] = self._resolve(name, space)
        return self._known[key]

    def _resolve(self, name: str, space: Any) -> tuple[str, str]:
        written = values.text(values.get(space, "/NS")) or ""
        here = written
        for _ in range(MAX_ROLES):
            if is_standard(name, here):
                break
            target = values.get(values.get(space, "/RoleMapNS"), f"/{name}")
            if target is not None:
                parts = values.items(target)
                name = values.name(parts[0]) if parts else ""
                space = parts[1] if len(parts) > 1 else None
                here = values.text(values.get(space, "/NS")) or ""
            elif name in self.map:
                name, space, here = self.map[name], None, ""
            else:
                break
        return name, written

    def circles(self) -> list[str]:
        """Return the names whose way through the role map never ends."""
        return [name for name in self.map if not self._ends(name)]

    def _ends(self, name: str) -> bool:
        seen: set[str] = set()
        while name in self.map and name not in STANDARD_1_7:
            if name in seen:
                return False
            seen.add(name)
            name = self.map[name]
        return True


def is_standard(name: str, space: str) -> bool:
    """Return whether a type is standard in a namespace; without one, that of PDF 1.7 counts."""
    if space == PDF_2:
        return name in STANDARD_2 or name in HEADINGS
    if space == MATHML:
        return True
    return not space.replace(PDF_1_7, "") and (name in STANDARD_1_7 or name in HEADINGS)
