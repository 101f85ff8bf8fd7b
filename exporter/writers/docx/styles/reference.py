"""Reference document: styles, theme, paper size, headers and footers of an existing Word file.

It is opened like any untrusted file: with limits, and without macros, linked images, embedded objects or templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from exporter.errors import SettingsError
from exporter.inspect.docx import DocxError, Package, Relation
from exporter.inspect.docx.xml import NAMESPACES, name
from exporter.model import addresses
from exporter.writers.docx.styles.sections import Paper
from exporter.writers.docx.xml import Element

_EXTERNAL_FIELDS = frozenset({"INCLUDEPICTURE", "INCLUDETEXT", "DDE", "DDEAUTO", "LINK", "IMPORT", "DATABASE", "RD"})
"""Fields that insert external content (ECMA-376-1, 17.16.5)."""
_RELATION_NAMESPACE = f"{{{NAMESPACES['r']}}}"
_MIN_TEXT_SIZE = 2000
"""Minimum width and height of the text area, in twentieths of a point."""
_ADVICE = "Save it again in Word as .docx, and export again."


class Reference:
    """An open reference document.

    Args:
        data: Its bytes.
        file: Its name in messages.

    Raises:
        SettingsError: It is not a Word file, unsafe, or has no styles.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        try:
            self.package = Package(data)
            styles = self.package.related("styles")
            if styles is None:
                raise DocxError("It has no styles.")
            self.styles: Element = deepcopy(self.package.xml(styles))
            self.theme = self._copy("theme")
            self.fonts = self._copy("fontTable")
            self.numbering = self._copy("numbering")
            self.settings = self._copy("settings")
            sections = list(self.package.document().iter(name("sectPr")))
            self.section: Element | None = deepcopy(sections[-1]) if sections else None
        except DocxError as error:
            raise self.refusal(str(error)) from error
        if next(self.styles.iter(name("style")), None) is None:
            raise self.refusal("It has no styles.")
        if self.fonts is not None:
            _remove_embedded_fonts(self.fonts)
        self.renamed: dict[str, str] = {}
        """New identifiers of renamed styles, by their old ones."""

    def refusal(self, reason: str) -> SettingsError:
        """Return the error for a reference document that cannot be used."""
        return SettingsError(f"The reference document “{self.file}” cannot be used: {reason}", advice=_ADVICE)

    def _copy(self, kind: str) -> Element | None:
        part = self.package.related(kind)
        return deepcopy(self.package.xml(part)) if part else None

    def paper(self, default: Paper) -> Paper:
        """Return page size and margins (17.6.11, 17.6.13), or `default` if there are none.

        Raises:
            SettingsError: They are invalid, or the text area is too small.
        """
        size = self.section.find(name("pgSz")) if self.section is not None else None
        margins = self.section.find(name("pgMar")) if self.section is not None else None
        if size is None or margins is None:
            return default
        try:
            width, height = (_twips(size, side) for side in ("w", "h"))
            left, right, top, bottom, gutter = (
                abs(_twips(margins, side)) for side in ("left", "right", "top", "bottom", "gutter")
            )
        except ValueError as error:
            raise self.refusal("Its page size is invalid.") from error
        paper = Paper(width, height, left + gutter, right, top, bottom)
        if paper.text_width < _MIN_TEXT_SIZE or paper.text_height < _MIN_TEXT_SIZE:
            raise self.refusal("Its margins leave no space for text.")
        return paper

    def lists(self) -> tuple[list[Element], list[Element]]:
        """Return definitions and instances of the lists that its styles use (17.9.1, 17.9.15)."""
        if self.numbering is None:
            return [], []
        used = {element.get(name("w:val")) for element in self.styles.iter(name("numId"))}
        instances = [element for element in self.numbering.iter(name("num")) if element.get(name("w:numId")) in used]
        used_definitions = {
            link.get(name("w:val")) for instance in instances for link in instance.iter(name("abstractNumId"))
        }
        definitions = [
            element
            for element in self.numbering.iter(name("abstractNum"))
            if element.get(name("w:abstractNumId")) in used_definitions
        ]
        for definition in definitions:
            for bullet_image in list(definition.iter(name("lvlPicBulletId"))):
                _remove(bullet_image)
        return definitions, instances

    def headers_and_footers(self) -> Iterator[tuple[Element, str, Element]]:
        """Yield the header and footer references of the last section, each with its part name and a copy of the part.

        Raises:
            SettingsError: One of them cannot be used.
        """
        for reference in self.section if self.section is not None else ():
            if reference.tag not in {name("headerReference"), name("footerReference")}:
                continue
            relation = self.package.relations(self.package.main).get(reference.get(name("r:id")) or "")
            if relation is None or relation.external:
                continue
            try:
                root = deepcopy(self.package.xml(relation.target))
            except DocxError as error:
                raise self.refusal(str(error)) from error
            for code in root.iter(name("instrText")):
                if (code.text or "").split()[:1] and (code.text or "").split()[0].upper() in _EXTERNAL_FIELDS:
                    raise self.refusal("A header or footer has a field that inserts external content.")
            self._clean(root, relation.target)
            yield reference, relation.target, root

    def _clean(self, root: Element, part: str) -> None:
        """Remove what is not copied: objects, controls, external images, custom markup."""
        relations = self.package.relations(part)
        for element in list(root.iter()):
            relation_ids = [
                str(value) for key, value in element.attrib.items() if str(key).startswith(_RELATION_NAMESPACE)
            ]
            if all(self.is_copied(relations.get(relation_id)) for relation_id in relation_ids):
                continue
            if element.tag == name("hyperlink"):
                _unwrap(element)
            else:
                containers = (name("drawing"), name("pict"), name("object"), name("mc:AlternateContent"))
                _remove(next(element.iterancestors(*containers), element))

    def is_copied(self, relation: Relation | None) -> bool:
        """Return whether the target of a relationship is copied."""
        if relation is None:
            return False
        if relation.kind == "hyperlink":
            return relation.external and addresses.scheme(relation.target) in addresses.FOLLOWED
        return relation.kind == "image" and not relation.external and relation.target in self.package

    def read_image(self, relation: Relation) -> tuple[str, bytes]:
        """Return suffix and bytes of an image in a header or footer.

        Raises:
            SettingsError: It cannot be read.
        """
        try:
            return relation.target.rpartition(".")[2].lower(), self.package.read(relation.target)
        except DocxError as error:
            raise self.refusal(str(error)) from error


def _twips(element: Element, side: str) -> int:
    return round(float(element.get(name(f"w:{side}")) or "0"))


def _remove_embedded_fonts(fonts: Element) -> None:
    for element in list(
        fonts.iter(*(name(f"embed{variant}") for variant in ("Regular", "Bold", "Italic", "BoldItalic")))
    ):
        _remove(element)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        for child in list(element):
            element.addprevious(child)
        parent.remove(element)


def rename(roots: list[Element], names: dict[str, str]) -> None:
    """Rename style identifiers in styles and in all references to them."""
    tags = [
        name(tag) for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
    ]
    for root in roots:
        for element in root.iter(*tags):
            value = element.get(name("w:val")) or ""
            if value in names:
                element.set(name("w:val"), names[value])
        for style in root.iter(name("style")):
            identifier = style.get(name("w:styleId")) or ""
            if identifier in names:
                style.set(name("w:styleId"), names[identifier])
