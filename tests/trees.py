"""Generated publications: hypothesis strategies for every node of the tree."""

from __future__ import annotations

import copy
import datetime
import os
from pathlib import Path

from hypothesis import strategies as st

from exporter import model as m
from tests.images.pictures import SVG, raster
from tests.write_context import Pictures

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=12)
LANGUAGES = st.sampled_from(["en", "es-MX", "ar", "fr", "he", "ru", "nah", "zh-Hant"])
NOTE_IDS = st.sampled_from(["a", "b", "c"])
"""Few, so that notes are referred to: from anywhere, more than once, or from notes alone."""
IDS = NOTE_IDS | st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
SOURCES = st.builds(m.Source, st.just("manuscript.md"), st.integers(0, 9999), st.just("") | WORDS)
AT = st.builds(
    m.At, st.none() | IDS, st.none() | LANGUAGES, st.none() | st.sampled_from(m.Direction), st.none() | SOURCES
)
MATHML = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
ALTS = st.builds(m.Described, WORDS.filter(str.strip)) | st.builds(m.Decorative) | st.builds(m.Undescribed)
IMAGES = st.builds(
    m.Image, st.sampled_from(["img/a.png", "img/b.svg"]), ALTS, st.sampled_from([None, None, 12.5]), at=AT
)


def tuples(strategy: st.SearchStrategy, min_size: int = 0, max_size: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, min_size=min_size, max_size=max_size).map(tuple)


def _inline_parents(inline: st.SearchStrategy) -> st.SearchStrategy:
    children = tuples(inline)
    return st.one_of(
        *(
            st.builds(kind, children, at=AT)
            for kind in (m.Emphasis, m.Strong, m.Strikethrough, m.Superscript, m.Subscript, m.Span, m.Quotation)
        ),
        st.builds(m.Link, children, st.sampled_from(["#a", "#b", "https://example.org/"]), st.just("") | WORDS, at=AT),
    )


INLINES_ONLY = st.recursive(
    st.one_of(
        st.builds(m.Text, WORDS, at=AT),
        st.builds(m.Code, WORDS, at=AT),
        st.builds(m.NoteReference, NOTE_IDS, at=AT),
        st.builds(m.Abbreviation, WORDS, WORDS, at=AT),
        IMAGES,
        st.builds(m.Math, st.just(MATHML), st.just("x"), at=AT),
        st.builds(m.LineBreak, at=AT),
    ),
    _inline_parents,
    max_leaves=5,
)
INLINES = tuples(INLINES_ONLY)
SPEAKERS = st.builds(m.Speaker, WORDS, st.just("") | WORDS, st.just("") | WORDS)


def _rows(blocks: st.SearchStrategy) -> st.SearchStrategy:
    cell = st.builds(
        m.Cell,
        blocks,
        st.none() | st.sampled_from(m.Scope),
        st.integers(1, 3),
        st.integers(1, 3),
        st.none() | st.sampled_from(m.Alignment),
        at=AT,
    )
    return tuples(st.builds(m.Row, tuples(cell), at=AT), max_size=2)


def _block_parents(block: st.SearchStrategy) -> st.SearchStrategy:
    blocks = tuples(block, max_size=2)
    rows = _rows(blocks)
    columns = tuples(st.builds(m.Column, st.sampled_from(m.Alignment), st.none() | st.floats(0.1, 1)), min_size=1)
    items = tuples(st.builds(m.ListItem, blocks, at=AT), max_size=2)
    definitions = st.builds(
        m.DefinitionItem,
        tuples(st.builds(m.Term, INLINES, at=AT), min_size=1, max_size=2),
        tuples(st.builds(m.Definition, blocks, at=AT), max_size=2),
        at=AT,
    )
    turns = st.builds(m.Turn, SPEAKERS, blocks, at=AT) | st.builds(m.Cue, INLINES, at=AT)
    return st.one_of(
        st.builds(m.Section, INLINES, blocks, at=AT),
        st.builds(
            m.List,
            items,
            st.sampled_from(m.ListStyle),
            st.integers(0, 99),
            st.sampled_from(m.ListDelimiter),
            st.booleans(),
            at=AT,
        ),
        st.builds(m.DefinitionList, tuples(definitions, max_size=2), at=AT),
        st.builds(m.Table, columns, rows, tuples(rows, max_size=2), rows, INLINES, blocks, at=AT),
        st.builds(m.Figure, tuples(IMAGES, min_size=1, max_size=2), INLINES, blocks, at=AT),
        st.builds(m.Quote, blocks, INLINES, at=AT),
        st.builds(m.Aside, blocks, st.sampled_from(m.AsideKind), INLINES, at=AT),
        st.builds(m.Transcript, tuples(turns), at=AT),
    )


BLOCKS_ONLY = st.recursive(
    st.one_of(
        st.builds(m.Paragraph, INLINES, at=AT),
        st.builds(m.CodeBlock, WORDS, st.just("") | WORDS, at=AT),
        st.builds(m.MathBlock, st.just(MATHML), st.just("x"), at=AT),
        st.builds(m.LineBlock, tuples(st.builds(m.Line, INLINES, st.integers(0, 8), at=AT), max_size=2), at=AT),
        st.builds(m.ThematicBreak, at=AT),
        st.builds(m.PageBreak, st.just("") | WORDS, at=AT),
    ),
    _block_parents,
    max_leaves=6,
)
BLOCKS = tuples(BLOCKS_ONLY)
FORMS = st.none() | st.sampled_from(m.Form)
RELATED = st.builds(m.Related, WORDS, st.just("") | WORDS, st.just("") | LANGUAGES, FORMS)
METADATA = st.builds(
    m.Metadata,
    title=WORDS,
    subtitle=st.just("") | WORDS,
    kind=st.none() | st.sampled_from(m.Kind),
    authors=tuples(st.builds(m.Contributor, WORDS, st.sampled_from(["aut", "trl"]))),
    publisher=st.just("") | WORDS,
    date=st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)),
    language=LANGUAGES,
    direction=st.sampled_from(m.Direction),
    subjects=tuples(WORDS),
    family=st.none() | st.builds(m.Family, FORMS, st.just("") | WORDS, tuples(RELATED)).filter(m.Family().__ne__),
    translations=tuples(RELATED),
    related=tuples(RELATED),
    contact=st.none() | st.builds(m.Contact, WORDS, WORDS, WORDS, WORDS),
    cover=st.none() | st.builds(m.Cover, st.just("img/a.png"), ALTS),
    source=st.none() | SOURCES,
)
ASSETS = st.builds(
    m.Asset,
    st.sampled_from(["img/a.png", "img/b.svg"]),
    st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    st.sampled_from(["image/png", "image/svg+xml"]),
    st.integers(0, 9999),
    st.integers(0, 9999),
    st.integers(0, 10**7),
)
NOTES = st.builds(m.Note, NOTE_IDS, BLOCKS, st.sampled_from(m.NoteKind), at=AT)
_PUBLICATIONS = st.builds(m.Publication, METADATA, BLOCKS, BLOCKS, tuples(NOTES), tuples(ASSETS))


@st.composite
def _publications(draw: st.DrawFn) -> m.Publication:
    # Told as the calls that built it, a tree that fails a test takes for ever to print; a copy is told as what it is.
    return copy.deepcopy(draw(_PUBLICATIONS))


PUBLICATIONS = _publications()
"""Any publication that the types allow, sensible or not."""


def examples(usual: int, few: int = 0) -> int:
    """Return how many trees a test draws: `few` or a sixth, all in `make proof`, or what EXPORTER_TREES says."""
    number = usual if os.environ.get("EXPORTER_PROOF") else few or -(-usual // 6)
    return int(os.environ.get("EXPORTER_TREES") or number)


def pictures_of_trees(folder: Path) -> tuple[Pictures, tuple[m.Asset, ...]]:
    """Return the pictures that generated publications may name, in `folder/pictures`."""
    pictures = Pictures(folder / "pictures")
    drawing = SVG.format("<path d='M0 0h9'/>").encode()
    return pictures, (
        pictures.add("img/a.png", raster(), "image/png", 40, 20),
        pictures.add("img/b.svg", drawing, "image/svg+xml", 40, 20),
    )
