"""Design of the document: the default styles in the colours of a theme, or those of a reference document."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from exporter.contracts import WriteContext
from exporter.errors import StepError
from exporter.findings import Finding
from exporter.model import Kind, Metadata
from exporter.writers.docx import Options, parts
from exporter.writers.docx.package import Package
from exporter.writers.docx.styles import reference_styles
from exporter.writers.docx.styles import theme as themes
from exporter.writers.docx.styles.numbering import Numbering
from exporter.writers.docx.styles.reference import Reference
from exporter.writers.docx.styles.reference_section import ReferenceSection
from exporter.writers.docx.styles.sections import PAPERS
from exporter.writers.docx.styles.stylesheet import Stylesheet, adapt_for_easy_read
from exporter.writers.docx.xml import Element
from exporter.xml_parser import xml_parser


class Design:
    """The parts for styles, theme, fonts and numbering, added to a package.

    Raises:
        SettingsError: There is no such theme, or the reference document cannot be used.
        StepError: The default style files are invalid.
    """

    def __init__(self, package: Package, context: WriteContext, options: Options, metadata: Metadata) -> None:
        theme = themes.load(context.styles, options.theme)
        is_easy_read = metadata.kind is Kind.EASY_READ and not options.reference
        self.paper = PAPERS[options.page_size].with_short_lines() if is_easy_read else PAPERS[options.page_size]
        self.reference_section: ReferenceSection | None = None
        """Section of the reference document, or None if there is none."""
        self.findings: list[Finding] = []
        """Findings about the reference document."""
        roots = {file: _read(context.styles, f"{file}.xml") for file in ("styles", "theme", "fonts")}
        if is_easy_read:
            adapt_for_easy_read(roots["styles"])
        reference_lists: tuple[list[Element], list[Element]] = ([], [])
        if options.reference:
            reference = Reference(context.files[options.reference], options.reference)
            self.findings = reference_styles.check_contrast(reference)
            roots["styles"], theme = reference_styles.merge_styles(roots["styles"], theme, reference)
            roots["theme"] = roots["theme"] if reference.theme is None else reference.theme
            roots["fonts"] = roots["fonts"] if reference.fonts is None else reference.fonts
            reference_lists = reference.lists()
            self.paper = reference.paper(self.paper)
            if reference.section is not None:
                self.reference_section = ReferenceSection(package, reference)
        else:
            theme.apply(roots["styles"])
        theme.apply(roots["theme"])
        styles = package.add_style("/word/styles.xml", parts.STYLES, parts.TO_STYLES, roots["styles"])
        package.add_style("/word/theme/theme1.xml", parts.THEME, parts.TO_THEME, roots["theme"])
        package.add_style("/word/fontTable.xml", parts.FONT_TABLE, parts.TO_FONT_TABLE, roots["fonts"])
        numbering = package.add_story("/word/numbering.xml", parts.NUMBERING, parts.TO_NUMBERING, "numbering")
        self.stylesheet = Stylesheet(styles.element, theme)
        self.stylesheet.adapt(
            language=metadata.language,
            direction=metadata.direction,
            width=self.paper.text_width,
            own_headers=self.reference_section is None or not self.reference_section.has_headers,
        )
        self.numbering = Numbering(numbering.element, self.stylesheet.colour("accent"))
        self.numbering.keep_reference_lists(*reference_lists)


def _read(styles: Path, file: str) -> Element:
    """Return the root of a default style file."""
    parser = xml_parser(remove_comments=True, remove_blank_text=True)
    try:
        return etree.parse(styles / "docx" / file, parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise StepError(f"Invalid style file “docx/{file}”: {error}.", advice="Fix or restore the file.") from error
