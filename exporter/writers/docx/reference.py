"""A Word file of the house as a model: its styles, theme, paper, running heads and feet are taken over.

It is opened as any file from outside is: with limits, without macros, linked pictures, embedded objects or templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from exporter.errors import SettingsError
from exporter.inspect.docx import DocxError, Package, Relation
from exporter.writers.docx.sections import Paper
from exporter.writers.docx.xml import NAMESPACES, Element, name

_FETCHING = frozenset({"INCLUDEPICTURE", "INCLUDETEXT", "DDE", "DDEAUTO", "LINK", "IMPORT", "DATABASE", "RD"})
"""Fields that bring something in from outside (ECMA-376-1, 17.16.5)."""
_REFERRING = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
"""Elements that name a style."""
_RELATED = f"{{{NAMESPACES['r']}}}"
_NARROWEST = 2000
"""Width of lines below which nothing can be read, in twentieths of a point."""
_ADVICE = "Save it anew in Word as .docx, and name it again."


class Reference:
    """An opened model.

    Args:
        data: Its bytes.
        file: What to call it in messages.

    Raises:
        SettingsError: It is no Word file, hostile, or has nothing to take over.
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
            _without_embedded(self.fonts)
        self.renamed: dict[str, str] = {}
        """Styles whose identifiers have changed, by their old ones."""

    def refusal(self, why: str) -> SettingsError:
        """Return the error that says why the model cannot be used."""
        return SettingsError(f"The Word file “{self.file}” cannot be a model: {why}", advice=_ADVICE)

    def _copy(self, kind: str) -> Element | None:
        part = self.package.related(kind)
        return deepcopy(self.package.xml(part)) if part else None

    def paper(self, usual: Paper) -> Paper:
        """Return page and margins (17.6.11, 17.6.13); `usual` where nothing is said.

        Raises:
            SettingsError: They leave no room for text.
        """
        size = self.section.find(name("pgSz")) if self.section is not None else None
        margins = self.section.find(name("pgMar")) if self.section is not None else None
        if size is None or margins is None:
            return usual
        try:
            width, height = (_twips(size, side) for side in ("w", "h"))
            left, right, top, bottom, gutter = (
                abs(_twips(margins, side)) for side in ("left", "right", "top", "bottom", "gutter")
            )
        except ValueError as error:
            raise self.refusal("Its page has no size.") from error
        paper = Paper(width, height, left + gutter, right, top, bottom)
        if paper.text_width < _NARROWEST or paper.text_height < _NARROWEST:
            raise self.refusal("Its margins leave no room for text.")
        return paper

    def lists(self) -> tuple[list[Element], list[Element]]:
        """Return definitions and instances of the lists that styles of the model use (17.9.1, 17.9.15)."""
        if self.numbering is None:
            return [], []
        used = {each.get(name("w:val")) for each in self.styles.iter(name("numId"))}
        instances = [each for each in self.numbering.iter(name("num")) if each.get(name("w:numId")) in used]
        held = {link.get(name("w:val")) for instance in instances for link in instance.iter(name("abstractNumId"))}
        definitions = [
            each for each in self.numbering.iter(name("abstractNum")) if each.get(name("w:abstractNumId")) in held
        ]
        for definition in definitions:
            for picture in list(definition.iter(name("lvlPicBulletId"))):
                _remove(picture)
        return definitions, instances

    def frames(self) -> Iterator[tuple[Element, str, Element]]:
        """Yield the references of the last section to headers and footers, each with its part and a copy of it.

        Raises:
            SettingsError: One of them cannot be taken over.
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
                if (code.text or "").split()[:1] and (code.text or "").split()[0].upper() in _FETCHING:
                    raise self.refusal("A running head or foot has a field that fetches something from outside.")
            self._clean(root, relation.target)
            yield reference, relation.target, root

    def _clean(self, root: Element, part: str) -> None:
        """Take out what is not carried over: objects, controls, pictures that lie outside, custom markup."""
        relations = self.package.relations(part)
        for element in list(root.iter()):
            asked = [str(value) for key, value in element.attrib.items() if str(key).startswith(_RELATED)]
            if all(self.carried(relations.get(each)) for each in asked):
                continue
            if element.tag == name("hyperlink"):
                _unwrap(element)
            else:
                holders = (name("drawing"), name("pict"), name("object"), name("mc:AlternateContent"))
                _remove(next(element.iterancestors(*holders), element))

    def carried(self, relation: Relation | None) -> bool:
        """Return whether what a relation leads to is taken over."""
        if relation is None:
            return False
        if relation.kind == "hyperlink":
            return relation.external and relation.target.lower().startswith(("https://", "http://", "mailto:"))
        return relation.kind == "image" and not relation.external and relation.target in self.package

    def picture(self, relation: Relation) -> tuple[str, bytes]:
        """Return suffix and bytes of a picture in a running head or foot.

        Raises:
            SettingsError: It cannot be read.
        """
        try:
            return relation.target.rpartition(".")[2].lower(), self.package.read(relation.target)
        except DocxError as error:
            raise self.refusal(str(error)) from error


def _twips(element: Element, side: str) -> int:
    return round(float(element.get(name(f"w:{side}")) or "0"))


def _without_embedded(fonts: Element) -> None:
    for each in list(fonts.iter(*(name(f"embed{face}") for face in ("Regular", "Bold", "Italic", "BoldItalic")))):
        _remove(each)


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
    """Return styles other identifiers, wherever something refers to them."""
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
