"""How the document looks: our styles in the colours of a theme, or a model of the house over them."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from exporter.contracts import WriteContext
from exporter.errors import StepError
from exporter.findings import Finding
from exporter.model import Metadata
from exporter.writers.docx import Options, parts, reference_styles
from exporter.writers.docx import theme as themes
from exporter.writers.docx.numbering import Numbering
from exporter.writers.docx.package import Package
from exporter.writers.docx.reference import Reference
from exporter.writers.docx.reference_section import ReferenceSection
from exporter.writers.docx.sections import PAPERS
from exporter.writers.docx.stylesheet import Stylesheet
from exporter.writers.docx.xml import Element


class Design:
    """The parts that say how a document looks, put into its package.

    Raises:
        SettingsError: There is no such theme, or the model cannot be one.
        StepError: Our own files of styles are broken.
    """

    def __init__(self, package: Package, context: WriteContext, options: Options, metadata: Metadata) -> None:
        theme = themes.load(context.styles, options.theme)
        self.paper = PAPERS[options.page_size]
        self.house: ReferenceSection | None = None
        """Section of the model; None where there is no model."""
        self.findings: list[Finding] = []
        """What is wrong with the model."""
        files = {file: _read(context.styles, f"{file}.xml") for file in ("styles", "theme", "fonts")}
        elementses: tuple[list[Element], list[Element]] = ([], [])
        if options.reference:
            reference = Reference(context.files[options.reference], options.reference)
            self.findings = reference_styles.pale(reference)
            files["styles"], theme = reference_styles.take_over(files["styles"], theme, reference)
            files["theme"] = files["theme"] if reference.theme is None else reference.theme
            files["fonts"] = files["fonts"] if reference.fonts is None else reference.fonts
            elementses = reference.lists()
            self.paper = reference.paper(self.paper)
            if reference.section is not None:
                self.house = ReferenceSection(package, reference)
        else:
            theme.apply(files["styles"])
        theme.apply(files["theme"])
        styles = package.add_style("/word/styles.xml", parts.STYLES, parts.TO_STYLES, files["styles"])
        package.add_style("/word/theme/theme1.xml", parts.THEME, parts.TO_THEME, files["theme"])
        package.add_style("/word/fontTable.xml", parts.FONT_TABLE, parts.TO_FONT_TABLE, files["fonts"])
        numbers = package.add_story("/word/numbering.xml", parts.NUMBERING, parts.TO_NUMBERING, "numbering")
        self.stylesheet = Stylesheet(styles.element, theme)
        self.stylesheet.fit(
            language=metadata.language,
            direction=metadata.direction,
            width=self.paper.text_width,
            frame=self.house is None or not self.house.framed,
        )
        self.numbering = Numbering(numbers.element, self.stylesheet.colour("accent"))
        self.numbering.keep(*elementses)


def _read(styles: Path, file: str) -> Element:
    """Return the root of one of our files."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_blank_text=True)
    try:
        return etree.parse(styles / "docx" / file, parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise StepError(f"The style file “docx/{file}” cannot be used: {error}.", advice="Mend it.") from error
