"""The main language of Word files (ISO/IEC 29500-1, 17.3.2.20 lang, 17.7.5.5 rPrDefault)."""

from __future__ import annotations

from exporter.inspect.docx.edited_package import EditedPackage
from exporter.inspect.docx.xml_edits import after_tag, tags
from exporter.labels import direction_of
from exporter.model import Direction
from exporter.revise.docx.headings import styles_part
from exporter.revise.elements import Element, PartEdits, read

_EASTERN = frozenset({"zh", "ja", "ko", "yue", "cmn", "ii"})
_TEXTS = ("footnotes", "endnotes", "header", "footer")
AFTER_LANGUAGE = ("eastAsianLayout", "specVanish", "oMath", "rPrChange")
"""Elements of the properties of a run that come after `w:lang`."""


def set_language(edited: EditedPackage, tag: str, previous: str) -> None:
    """Set the language of a document by its defaults, and of text that is marked as in the previous main language.

    Args:
        edited: The file.
        tag: BCP 47 tag.
        previous: The main language so far; "" if it is unknown.
    """
    kind = language_attribute(tag)
    part = styles_part(edited)
    data = edited.read(part)
    edits = PartEdits(data)
    _set_defaults(edits, read(data), kind, tag)
    edited.replace(part, edits.result())
    for text in (part, *_texts(edited)):
        edited.replace(text, _replace_marks(edited.read(text), kind, tag, previous))


def _texts(edited: EditedPackage) -> list[str]:
    """Return the parts with text."""
    relations = edited.package.relations(edited.package.main).values()
    parts = [relation.target for relation in relations if relation.kind in _TEXTS and not relation.external]
    return [edited.package.main, *(part for part in dict.fromkeys(parts) if part in edited.package)]


def language_attribute(tag: str) -> str:
    """Return the attribute of `w:lang` for the script of a language."""
    if direction_of(tag) is Direction.RTL:
        return "bidi"
    return "eastAsia" if tag.partition("-")[0].lower() in _EASTERN else "val"


def _set_defaults(edits: PartEdits, root: Element, kind: str, tag: str) -> None:
    """Set the language of the document's defaults, and of its default style if that has one."""
    element: Element = root
    path = ("docDefaults", "rPrDefault", "rPr", "lang")
    for index, local in enumerate(path):
        inner = element.child(local)
        if inner is None:
            before = element.child(*AFTER_LANGUAGE) if local == "lang" else next(iter(element.children), None)
            edits.insert(element, _nested(root, path[index:], kind, tag), before)
            break
        element = inner
    else:
        edits.set_attribute(element, root.name.sibling("x")[1] + kind, tag)
    for style in root.children:
        is_default = style.local == "style" and style.attributes.get("default") in ("1", "true", "on")
        properties = style.child("rPr") if is_default and style.attributes.get("type") == "paragraph" else None
        language = properties.child("lang") if properties is not None else None
        if language is not None and kind in language.attributes:
            edits.set_attribute(language, kind, tag)


def _nested(root: Element, path: tuple[str, ...], kind: str, tag: str) -> str:
    name, prefix = root.name.sibling(path[0])
    if len(path) == 1:
        return f'<{name} {prefix}{kind}="{tag}"/>'
    return f"<{name}>{_nested(root, path[1:], kind, tag)}</{name.partition(' ')[0]}>"


def _replace_marks(data: bytes, kind: str, tag: str, previous: str) -> bytes:
    """Return a part in which text in the previous language is marked as in another; the region does not matter."""
    edits = PartEdits(data)
    primary = previous.partition("-")[0].lower()
    for language in tags(data):
        if language.name.local == "lang" and language.name.is_word and language.attributes and primary:
            element = Element(language, None, after_tag(data, language.position))
            if element.attributes.get(kind, "").partition("-")[0].lower() == primary:
                edits.set_attribute(element, kind, tag)
    return edits.result()
