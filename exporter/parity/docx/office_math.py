"""Parts of formulas in Word (ISO/IEC 29500-1, 22.1)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.inspect.docx.xml import Element, name
from exporter.parity.formula_parts import Part, describe

_T, _CHARACTER = name("m:t"), name("m:chr")
_ROLES = {name("m:sup"): "sup", name("m:sub"): "sub", name("m:deg"): "degree"}
_SCRIPTED = frozenset(map(name, ("m:sSup", "m:sSub", "m:sSubSup", "m:sPre", "m:nary", "m:rad")))
_LIMITS = {name("m:limUpp"): "sup", name("m:limLow"): "sub"}
_BRACKETS = {name("m:begChr"): "(", name("m:endChr"): ")"}


def parts(formula: Element) -> str:
    """Return the parts of a formula."""
    return describe((Part("", _text(formula)), *_parts(formula)))


def _parts(formula: Element) -> Iterator[Part]:
    for element in formula.iter():
        tag, parent = element.tag, element.getparent()
        outer = parent.tag if parent is not None else ""
        if tag in _ROLES:
            yield Part(_ROLES[tag] if outer in _SCRIPTED else "stray", _text(element))
        elif tag == name("m:lim"):
            yield Part(_LIMITS.get(str(outer), "limit"), _text(element))
        elif tag == name("m:f"):
            sides = (element.find(name(side)) for side in ("m:num", "m:den"))
            kind = element.find(f"{name('m:fPr')}/{name('m:type')}")
            is_barred = kind is None or kind.get(name("m:val")) != "noBar"
            yield Part(
                "fraction" if is_barred else "fraction without a bar",
                "\n".join(_text(side) if side is not None else "" for side in sides),
            )
        elif tag == name("m:e") and outer == name("m:rad"):
            yield Part("root", _text(element))
        elif tag == name("m:m"):
            for row, line in enumerate(element.findall(name("m:mr"))):
                cells = enumerate(line.findall(name("m:e")))
                yield from (Part(f"cell {row} {column}", _text(cell)) for column, cell in cells)


def _text(element: Element) -> str:
    """Return the signs of a part, with operators and brackets that are properties, without accents."""
    return "".join(_signs(element))


def _signs(element: Element) -> Iterator[str]:
    for inner in element.iter(_T, name("m:nary"), name("m:d")):
        if inner.tag == _T:
            yield inner.text or ""
        elif inner.tag == name("m:nary"):
            sign = inner.find(f"{name('m:naryPr')}/{_CHARACTER}")
            yield (sign.get(name("m:val")) or "") if sign is not None else "∫"
        else:
            for tag, default in _BRACKETS.items():
                sign = inner.find(f"{name('m:dPr')}/{tag}")
                yield (sign.get(name("m:val")) or "") if sign is not None else default
