"""The package: documents in braille, the primary entry page, the style sheet, and metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from exporter import formulas
from exporter.braille.codes import Code, Grade, braille_language, code_of
from exporter.contracts import WriteContext
from exporter.findings import Finding
from exporter.lexicon import Lexicons
from exporter.model import Described, Direction, Metadata, Publication, Undescribed
from exporter.model.walk import images
from exporter.writers import stylesheets
from exporter.writers.braille.document import require_code
from exporter.writers.braille.rules import CHARACTER, FORMULA, LANGUAGE
from exporter.writers.braille.translation import Translator
from exporter.writers.ebraille import Options, metadata
from exporter.writers.ebraille.documents import FOLDER, EbrailleDocuments
from exporter.writers.ebraille.markup import CellLabels
from exporter.writers.ebraille.metadata import Transcription
from exporter.writers.ebraille.transcription import transcribe
from exporter.writers.xhtml import package_metadata, required_metadata, stacked_tables
from exporter.writers.xhtml.files import CSS, File
from exporter.writers.xhtml.inventory import inspect
from exporter.writers.xhtml.package import Package, SpineItem
from exporter.writers.xhtml.page_list import mark_pages

PACKAGE = "package.opf"
SHEET, TABLE_SHEET = "ebraille.css", "ebraille-tables.css"
_LOST = frozenset({CHARACTER.id, FORMULA.id, LANGUAGE.id})
"""Rules of what the transcription does not represent as the original does."""
_SIX_DOTS = 0x283F
"""Last of the cells of six dots."""


def build_package(
    publication: Publication, context: WriteContext, options: Options
) -> tuple[Package, tuple[Finding, ...]]:
    """Return the package with all its files, and the findings.

    Raises:
        UnavailableError: liblouis is not installed, has no code for the language, or required metadata are missing.
        SettingsError: A style sheet is missing.
    """
    publication = required_metadata.complete(publication, context.labels)
    about = publication.metadata
    code = require_code(about.language)
    metadata.require(about)
    grade = code.grade(options.grade)
    translator = Translator(
        code,
        grade,
        about.language,
        context.labels,
        formulas.names(publication, context.styles),
        addresses=False,
        notes={note.id: number for number, note in enumerate(publication.notes, 1)},
        signs=Lexicons(context.styles)(about.language).character_names,
    )
    paging = transcribe(mark_pages(publication, context.sidecars), translator)
    context.progress(0.6)
    labels = CellLabels(context.labels, translator)
    in_braille = msgspec.structs.replace(paging.publication, metadata=_in_braille(about, labels), assets=())
    documents = EbrailleDocuments(
        msgspec.structs.replace(paging, publication=in_braille), context, about, labels, translator
    )
    texts = [documents.front_page(tuple(_explanations(about, code, grade, labels, translator)))]
    texts += [documents.contents_page()] if documents.has_headings else []
    texts += documents.text()
    sheet = _stylesheet(context, documents.markup.stacked_widths)
    entry_page = documents.entry_page(PACKAGE)
    undescribed = sum(isinstance(image.alt, Undescribed) for image in images(publication))
    findings = (*translator.findings(), *documents.markup.findings)
    inventory = inspect([entry_page, *texts, sheet], {})
    transcription = Transcription(
        code,
        grade,
        languages=_languages(translator, about.language),
        systems=_systems(translator, code, grade),
        is_complete=not undescribed and not any(finding.rule in _LOST for finding in findings),
        has_eight_dots=any(ord(cell) > _SIX_DOTS for file in texts for cell in _cells(file)),
        producer=options.producer or about.publisher or ", ".join(about.creators),
    )
    summary = metadata.summarise(transcription, inventory, undescribed, context.labels)
    texts.append(documents.imprint(summary))
    package = Package(
        identifier=metadata.identifier(about, code, grade),
        language=about.language,
        direction=Direction.LTR,
        metadata=metadata.describe(about, transcription, inventory, summary, own_pages=bool(paging.marks)),
        files=(entry_page, *(_inside(file) for file in (*texts, sheet))),
        spine=tuple(SpineItem(file.id) for file in texts),
        modified=package_metadata.modified(about),
        name=PACKAGE,
    )
    return package, tuple(msgspec.structs.replace(finding, edition="ebraille") for finding in findings)


def _in_braille(about: Metadata, labels: CellLabels) -> Metadata:
    """Return the metadata that documents show, in cells."""
    return msgspec.structs.replace(
        about,
        title=labels.cells(about.title),
        subtitle=labels.cells(about.subtitle),
        description=labels.cells(about.description),
        language=braille_language(about.language),
        direction=Direction.LTR,
        place="",
        contact=None,
    )


def _explanations(
    about: Metadata, code: Code, grade: Grade, labels: CellLabels, translator: Translator
) -> Iterator[str]:
    """Yield what a reader has to know about the transcription, and the description of the cover, as cells."""
    # The label of a language names its code; labels in place of missing ones are in English.
    name = labels("braille.code") if labels.complete else labels.cells(code.system)
    yield f"{name}{labels.cells(', ')}{labels(f'braille.{grade.value}')}{labels.cells('.')}"
    yield labels("braille.transcriber", signs=translator.transcriber_note(" "))
    if languages := translator.other_languages():
        yield labels("braille.other_codes", languages=", ".join(languages))
    if about.cover and isinstance(about.cover.alt, Described):
        cover = labels("pdf.head", name=labels("common.cover"))
        yield translator.transcriber_note(f"{cover} {labels.cells(about.cover.alt.text)}")


def _languages(translator: Translator, first: str) -> tuple[str, ...]:
    """Return the languages of the text, that of the publication first, then those used most."""
    used = [language for (language, _, _), _ in translator.used.most_common() if code_of(language)]
    return tuple(dict.fromkeys((first, *used)))


def _systems(translator: Translator, code: Code, grade: Grade) -> tuple[str, ...]:
    """Return the codes with their grades, that of the publication first, then those used most."""
    used = [other.system_name(its_grade) for (_, other, its_grade), _ in translator.used.most_common()]
    return tuple(dict.fromkeys((code.system_name(grade), *used)))


def _cells(file: File) -> Iterable[str]:
    return (character for character in file.data.decode("utf-8") if "\u2800" <= character <= "\u28ff")


def _stylesheet(context: WriteContext, widths: set[int]) -> File:
    css = stylesheets.read(context.styles, SHEET)
    css += stacked_tables.style_sheet(stylesheets.read(context.styles, TABLE_SHEET), widths, "ch")
    return File(f"styles/{SHEET}", "style", CSS, css.encode())


def _inside(file: File) -> File:
    """Return a file in the folder of the content."""
    return msgspec.structs.replace(file, name=FOLDER + file.name)
