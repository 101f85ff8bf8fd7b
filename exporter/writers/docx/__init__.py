"""The Word edition: a WordprocessingML package that stays editable and accessible (ECMA-376, ISO/IEC 29500).

Each module writes one part of the package or one kind of content, with references to the clauses of ECMA-376 part 1.
This module only describes the edition; the libraries are imported when it is written.

What Word has no element for is marked by fixed names, so that the tree can be read back from the file:

=====================  ==============================================================================================
what                   how it is written
=====================  ==============================================================================================
metadata               core properties: title, description, keywords, dates, language, identifier. All fields of
                       `model.Metadata` that are not empty but `title`, `language`, `direction`, `source`: custom
                       properties `publication.<field>`, texts as they are, everything else as JSON; so too
                       `publication.voices`, the voice of each speaker by name
title block, imprint   paragraph styles Kind, Title, Subtitle, Author, Date, Cover; ImprintTitle, Imprint
contents               content control of the gallery "Table of Contents", after `front`. If there is a `front`, the
                       bookmark `_Body` is in the first paragraph of `body`
ids                    bookmarks of that name on sections and on all targets of links; document variables
                       `bookmark:<name>` contain the ID if it is not a valid name in Word
language of a block    `lang` of the paragraph mark; a `Span` only on its runs
sections               styles Heading1 to Heading9
lists                  `numPr`; each list has its own `numId`. Tight: items have `spacing after=60`. Further
                       paragraphs of an item: ListContinue, ListContinue2 ...
definitions            DefinitionTerm; the first paragraph of a definition is Definition, others DefinitionContinue
tables                 Caption above with `keepNext`; rows by `cnfStyle`: head firstRow, foot lastRow, body groups
                       oddHBand and evenHBand by turns; header cells by paragraph style: TableHeading (column),
                       TableHeadingRow, TableHeadingColumnGroup, TableHeadingRowGroup; a column with a given width
                       has `tcW type=pct`; title and description: `tblCaption`, `tblDescription`
figures                style Figure, one paragraph for each image, or for those that fit beside each other, all but the
                       last one `keepNext`, the last one too if a caption or description follows; Caption below.
                       `pic:cNvPr name` is `Image.source`
long descriptions      DescriptionTitle (generated text), then Description
quotes                 Quote, QuoteAttribution; the dash before the name has the style AttributionMark
asides                 Aside, AsideSummary, AsideRecommendations, AsideNotice, AsideWarning, AsideTestimony, PullQuote
                       by kind; a first run in the style AsideTitle is the title, in AsideKind generated text
transcripts            Speaker (the role, with its separator, in the style SpeakerRole), Turn, Cue
code                   SourceCode; with a syntax, a style based on it whose name is "Source Code (syntax)"
verse, breaks          LineBlock (line breaks; no-break spaces for the indent), ThematicBreak; `PageBreak` is
                       `pageBreakBefore`, its label the bookmark `page_<label>`
containers             a quote, aside, transcript, turn, list item, definition or description that contains more than
                       paragraphs and simple lists of its own style, or that follows another one of its kind, is inside
                       a hidden content control with the tag `quote`, `aside` with its kind, `transcript`, `turn`,
                       `item`, `definition`, `description`, `definitions`
emphasis               styles Emphasis and Strong for the outermost, `b` and `i` inside it; Code: VerbatimChar
short quotations       the marks alone have the style QuotationMark
abbreviations          style Abbreviation; if it is expanded, " (...)" has the style Expansion; otherwise the document
                       variable `abbreviation:<short form>` contains the expansion
generated text         AttributionMark, AsideKind, QuotationMark, Expansion, DescriptionTitle: not part of the tree
captions with numbers  a number at the start of the caption ("Figure 3: ...") is a SEQ field with that result
=====================  ==============================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers.stylesheets import DEFAULT_THEME, ThemeName

NAME = "docx"
SUFFIX = ".docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = "Word"
KIND = EditionKind.WORD
ORDER = 50
SHOWN_FIRST = True
EXTRACTOR = "exporter.parity.docx:EXTRACTOR"


class PageSize(StrEnum):
    """Paper size."""

    A4 = "a4"
    LETTER = "letter"
    A5 = "a5"


class PageNumbers(StrEnum):
    """Page numbers in the table of contents."""

    AUTO = "auto"
    """If LibreOffice is installed, which lays out the pages; it takes some seconds."""
    NEVER = "never"
    """None until the table of contents is updated in Word (F9)."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the Word edition."""

    page_size: PageSize = PageSize.A4
    theme: ThemeName = DEFAULT_THEME
    """Name of a file in `styles/themes/`: colours and fonts, as for the PDF."""
    contents_depth: Annotated[int, msgspec.Meta(ge=0, le=9)] = 3
    """Levels of headings in the table of contents; 0 omits it."""
    page_numbers: PageNumbers = PageNumbers.AUTO
    reference: str = ""
    """Reference document, in the folder of the manuscript or of the styles: its styles, theme, paper size, headers and
    footers replace `theme` and `page_size`. Empty: the default styles."""


def option_files(options: Options) -> Mapping[str, str]:
    """Return the files that the options name."""
    return {"reference": options.reference} if options.reference else {}


def external_state(options: Options) -> Mapping[str, str]:
    """Return the state of the programs on which the edition depends."""
    from exporter.libreoffice import state

    return {"libreoffice": state()} if options.page_numbers is PageNumbers.AUTO else {}


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the Word edition to `target`; the same input gives the same bytes."""
    from exporter.writers.docx.edition import write_edition

    return write_edition(publication, context, options, target)
