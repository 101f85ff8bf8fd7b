"""The Word edition: a WordprocessingML package that stays editable and accessible (ECMA-376, ISO/IEC 29500).

Each module writes one part or one kind of thing, with the clause of ECMA-376 part 1 that it obeys beside it. This one
only says what the edition is; the libraries are imported when it is written.

What Word has no element for is told by names that stay the same, so that the tree can be read back from the file:

=====================  ==============================================================================================
what                   where it stands
=====================  ==============================================================================================
metadata               core properties: title, description, keywords, dates, language, identifier. All fields of
                       `model.Metadata` that are not empty but `title`, `language`, `direction`, `source`: custom
                       properties `publication.<field>`, texts as they are, everything else as JSON; so too
                       `publication.voices`, the voice of each speaker by name
title block, imprint   paragraph styles Kind, Title, Subtitle, Author, Date, Cover; ImprintTitle, Imprint
contents               content control of the gallery "Table of Contents"; `front` stands before it. Where there is a
                       `front`, the bookmark `_Body` is in the first paragraph of `body`
ids                    bookmarks of that name on sections and on all that links point at; document variables
                       `bookmark:<name>` give the id where Word does not take it as a name
language of a block    `lang` of the paragraph mark; a `Span` only on its runs
sections               styles Heading1 to Heading9
lists                  `numPr`; each list has a `numId` of its own. Tight: items have `spacing after=60`. Further
                       paragraphs of an item: ListContinue, ListContinue2 ...
definitions            DefinitionTerm; Definition begins a definition, DefinitionContinue goes on with it
tables                 Caption above with `keepNext`; rows by `cnfStyle`: head firstRow, foot lastRow, body groups
                       oddHBand and evenHBand by turns; header cells by paragraph style: TableHeading (column),
                       TableHeadingRow, TableHeadingColumnGroup, TableHeadingRowGroup; a column whose width was asked
                       for has `tcW type=pct`; title and description: `tblCaption`, `tblDescription`
figures                style Figure, one paragraph a picture, all but the last one `keepNext`, the last one too when a
                       caption or description follows; Caption below. `pic:cNvPr name` is `Image.source`
long descriptions      DescriptionTitle (words of ours), then Description
quotes                 Quote, QuoteAttribution; the dash before the name has the style AttributionMark
asides                 Aside, AsideSummary, AsideRecommendations, AsideNotice, AsideWarning, AsideTestimony, PullQuote
                       by kind; first words in the style AsideTitle are the title, in AsideKind words of ours
transcripts            Speaker (the role in the style SpeakerRole, with what parts it from the name), Turn, Cue
code                   SourceCode; with a syntax, a style based on it whose name is "Source Code (syntax)"
verse, breaks          LineBlock (line breaks; no-break spaces for the indent), ThematicBreak; `PageBreak` is
                       `pageBreakBefore`, its label the bookmark `page_<label>`
containers             a quote, aside, transcript, turn, list item, definition or description that holds more than
                       paragraphs and simple lists of its own style, or that follows another one of its kind, stands in
                       a hidden content control with the tag `quote`, `aside` with its kind, `transcript`, `turn`,
                       `item`, `definition`, `description`, `definitions`
emphasis               styles Emphasis and Strong for the outermost, `b` and `i` inside it; Code: VerbatimChar
short quotations       the marks alone have the style QuotationMark
abbreviations          style Abbreviation; where it is written out, " (...)" has the style Expansion; otherwise the
                       document variable `abbreviation:<short form>` says what it stands for
words of ours          AttributionMark, AsideKind, QuotationMark, Expansion, DescriptionTitle: no part of the tree
captions with numbers  a number that the caption begins with ("Figure 3: ...") is a SEQ field with that result
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

NAME = "docx"
SUFFIX = ".docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = "Word"
KIND = EditionKind.WORD
ORDER = 50
SHOWN_FIRST = True
EXTRACTOR = "exporter.parity.docx:EXTRACTOR"
NEEDS: tuple[str, ...] = ()


class PageSize(StrEnum):
    """Paper of the pages."""

    A4 = "a4"
    LETTER = "letter"
    A5 = "a5"


class PageNumbers(StrEnum):
    """Whether the contents say on which page a heading stands."""

    AUTO = "auto"
    """Where LibreOffice is installed, which lays out the pages to find out; it costs some seconds."""
    NEVER = "never"
    """Word fills them in when it is told to (F9)."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the Word edition."""

    page_size: PageSize = PageSize.A4
    theme: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]*$")] = "house"
    """Name of a file in `styles/themes/`: colours and typefaces, as of the PDF."""
    contents_depth: Annotated[int, msgspec.Meta(ge=0, le=9)] = 3
    """Levels of headings in the contents; 0 leaves the contents out."""
    page_numbers: PageNumbers = PageNumbers.AUTO
    reference: str = ""
    """Word file of the house as a model, beside the manuscript or among the styles: its styles, theme, paper, running
    heads and feet are used; then `theme` and `page_size` mean nothing. Empty: the styles of the exporter."""


def option_files(options: Options) -> Mapping[str, str]:
    """Return the files that the options name."""
    return {"reference": options.reference} if options.reference else {}


def external_state(options: Options) -> Mapping[str, str]:
    """Return the state of the programs that decide what is written."""
    from exporter.writers.docx.libreoffice import state

    return {"libreoffice": state()} if options.page_numbers is PageNumbers.AUTO else {}


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the Word edition to `target`; the same input gives the same bytes.

    Raises:
        StepError: A picture cannot be converted, or the style files are broken.
    """
    from exporter.writers.docx.edition import write_edition

    return write_edition(publication, context, options, target)
