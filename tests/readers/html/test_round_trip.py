"""What the exporter writes as HTML it reads back as the same tree, but for what is listed here.

Not compared, since the markup has no place for it: where the manuscript says something, ids that nothing links to, the
voices of speakers, whether lists are tight, widths of columns in part, the TeX of a formula (it stays as its name), and
language and direction by the node that says them (they are compared word by word).
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter import model as m
from exporter.labels import Labels, direction_of
from exporter.readers import html, markdown
from exporter.transforms import apply
from exporter.writers.markup.block import Markup
from exporter.writers.markup.options import NoteStyle
from tests import trees
from tests.trees import examples
from tests.write_context import STYLES

INPUT = Path(__file__).parent.parent.parent.parent / "input"
Around = tuple[str, str]
"""Language and direction."""


def written(publication: m.Publication) -> str:
    """Return a publication as a page in the exporter's own markup."""
    labels = Labels.load(STYLES, publication.metadata.language)
    markup = Markup(publication, labels, href=lambda name: name, notes=NoteStyle.DOCUMENT)
    body = markup.blocks((*publication.front, *publication.body))
    footnotes = markup.notes(publication.notes, kind=m.NoteKind.FOOTNOTE)
    endnotes = markup.notes(publication.notes, kind=m.NoteKind.ENDNOTE)
    language = publication.metadata.language
    head = f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>The title</title>'
    return f"{head}<body><main><h1>The title</h1>{body}\n{footnotes}\n{endnotes}</main>"


def there_and_back(publication: m.Publication) -> m.Publication:
    """Write a publication and read it again."""
    return apply(html.read(written(publication).encode(), "page.html").publication, "x")


def canonical(publication: m.Publication) -> list[Any]:
    """Return a tree in a form in which only what is compared is left."""
    language = publication.metadata.language
    around = (language.lower(), direction_of(language).value)
    numbers = {note.id: number for number, note in enumerate(publication.notes)}
    seen = [_block(node, around, numbers) for node in (*publication.front, *publication.body)]
    return [seen, [(note.kind, _blocks(note.children, _in(note, around), numbers)) for note in publication.notes]]


def _formula(mathml: str) -> str:
    """Return MathML without the name that the markup gives it, and without references to characters."""
    return "".join(unescape(re.sub(r' alttext="[^"]*"| display="\w+"', "", mathml)).split())


def _in(node: m.Node, around: Around) -> Around:
    language, direction = around
    if node.at.language:
        language, direction = node.at.language.lower(), direction_of(node.at.language).value
    return language, node.at.direction.value if node.at.direction else direction


def _blocks(nodes: Any, around: Around, numbers: dict[str, int]) -> list[Any]:
    return [_block(node, around, numbers) for node in nodes]


def _block(node: Any, around: Around, numbers: dict[str, int]) -> Any:
    around = _in(node, around)
    said: list[Any] = [type(node).__name__]
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if name in ("at", "tight", "tex") or value in ((), None):
            continue
        if isinstance(value, tuple) and isinstance(value[0], m.Node):
            if type(value[0]).__module__.endswith("inline") and not isinstance(node, m.Figure):
                said.append((name, _inlines(value, around, numbers)))
            elif name == "images":
                said.append((name, [(image.source, image.alt) for image in value]))
            elif name == "caption":
                said.append((name, _inlines(value, around, numbers)))
            else:
                said.append((name, _blocks(value, around, numbers)))
        elif name == "bodies":
            said.append((name, [_blocks(body, around, numbers) for body in value]))
        elif name == "speaker":
            said.append((name, value.name, value.role))
        elif name == "columns":
            said.append((name, [column.alignment for column in value]))
        elif name == "mathml":
            said.append(_formula(value))
        elif name in ("start", "delimiter") and getattr(node, "style", None) is m.ListStyle.BULLET:
            continue
        else:
            said.append((name, value))
    return said


def _inlines(nodes: Any, around: Around, numbers: dict[str, int], marks: tuple[str, ...] = ()) -> list[Any]:
    """Return words with all that holds for them: marks, links, language, direction."""
    out: list[Any] = []
    for node in nodes:
        for piece in _inline(node, _in(node, around), numbers, marks):
            if out and isinstance(piece[0], str) and isinstance(out[-1][0], str) and out[-1][1:] == piece[1:]:
                out[-1] = (out[-1][0] + piece[0], *piece[1:])
            elif piece[0] != "":
                out.append(piece)
    return out


def _inline(node: Any, around: Around, numbers: dict[str, int], marks: tuple[str, ...]) -> list[Any]:
    match node:
        case m.Text(text):
            return [(text, marks, around)]
        case m.LineBreak():
            return [(None, "break")]
        case m.NoteReference(note):
            return [(None, "note", numbers.get(note))]
        case m.Image(source, alt):
            return [(None, "image", source, alt)]
        case m.Math(mathml):
            return [(None, "math", _formula(mathml))]
        case m.Code(text) | m.Abbreviation(text):
            return [(None, type(node).__name__, text, getattr(node, "expansion", ""), marks, around)]
        case m.Span():
            return _inlines(node.children, around, numbers, marks)
        case m.Link():
            return _inlines(node.children, around, numbers, (*marks, f"Link {node.target} {node.title}"))
    return _inlines(node.children, around, numbers, tuple(dict.fromkeys((*marks, type(node).__name__))))


@pytest.mark.parametrize("slug", sorted(path.name for path in INPUT.iterdir()))
def test_a_publication_is_read_back_as_it_was(slug: str) -> None:
    publication = apply(markdown.read((INPUT / slug / "manuscript.md").read_bytes(), "manuscript.md").publication, slug)
    again = there_and_back(publication)
    for before, after in zip(canonical(publication)[0], canonical(again)[0], strict=False):
        assert after == before
    assert canonical(again) == canonical(publication)


PLAIN = st.text(st.characters(categories=("Lu", "Ll", "Lo", "Nd")), min_size=1, max_size=8)
WHERE = st.builds(
    m.At,
    st.none(),
    st.none() | trees.LANGUAGES,
    st.none(),
    st.none(),
)
"""Directions follow from languages: another one is no sentence of any language."""
LEAVES = st.one_of(
    st.builds(m.Text, PLAIN, at=WHERE),
    st.builds(m.Code, PLAIN, at=WHERE),
    st.builds(m.Abbreviation, PLAIN, PLAIN, at=WHERE),
    st.builds(m.Link, st.builds(m.Text, PLAIN).map(lambda text: (text,)), st.just("https://example.org/x"), at=WHERE),
    st.builds(m.Math, st.just(trees.MATHML), st.just("x")),
    st.builds(
        m.Image,
        st.just("img/a.png"),
        trees.ALTS.filter(lambda alt: getattr(alt, "text", "x").strip() == getattr(alt, "text", "x")),
    ),
)
MARKED = (m.Emphasis, m.Strong, m.Strikethrough, m.Superscript, m.Subscript, m.Span, m.Quotation)
WORDS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(*(st.builds(kind, trees.tuples(inner, 1), at=WHERE) for kind in MARKED)),
    max_leaves=5,
)
# A paragraph of nothing but pictures is a figure, so one of each begins with a word.
SENTENCE = st.builds(lambda first, rest: (first, *rest), st.builds(m.Text, PLAIN), trees.tuples(WORDS))


def _has_a_first_row_of_the_body(table: m.Table) -> bool:
    """Whether the first row has more than heads of columns: a row of these alone is read as the head of the table."""
    heads = (m.Scope.COLUMN, m.Scope.COLUMN_GROUP)
    return any(cell.scope not in heads for cell in table.bodies[0][0].cells)


def _in_order(blocks: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What stands behind a section at its level would belong to it: HTML knows sections by their headings."""
    return blocks.map(lambda some: tuple(sorted(some, key=lambda block: isinstance(block, m.Section))))


def _parents(block: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = _in_order(trees.tuples(block, 1, 3))
    cell = st.builds(m.Cell, some, st.none() | st.sampled_from((m.Scope.COLUMN, m.Scope.ROW)), at=WHERE)
    row = st.builds(lambda one, other: m.Row(cells=(one, other)), cell, cell)
    definition = st.builds(
        m.DefinitionItem,
        trees.tuples(st.builds(m.Term, SENTENCE, at=WHERE), 1, 2),
        trees.tuples(st.builds(m.Definition, some, at=WHERE), 1, 2),
    )
    turn = st.builds(m.Turn, st.builds(m.Speaker, PLAIN, st.just("") | PLAIN), some, at=WHERE)
    return st.one_of(
        st.builds(m.Section, SENTENCE, some, at=WHERE),
        st.builds(
            m.List,
            trees.tuples(st.builds(m.ListItem, some, at=WHERE), 1, 3),
            st.sampled_from(m.ListStyle),
            st.integers(-2, 40),
            st.sampled_from(m.ListDelimiter),
            at=WHERE,
        ),
        st.builds(m.DefinitionList, trees.tuples(definition, 1, 2), at=WHERE),
        st.builds(
            m.Table,
            st.just((m.Column(), m.Column())),
            st.just(()),
            trees.tuples(trees.tuples(row, 2, 3), 1, 2),
            st.just(()),
            st.just(()) | SENTENCE,
            at=WHERE,
        ).filter(_has_a_first_row_of_the_body),
        st.builds(m.Quote, some, st.just(()) | SENTENCE, at=WHERE),
        st.builds(m.Aside, some, st.sampled_from(m.AsideKind), st.just(()) | SENTENCE, at=WHERE),
        st.builds(m.Transcript, trees.tuples(turn | st.builds(m.Cue, SENTENCE, at=WHERE), 1, 3), at=WHERE),
    )


TEXTS = st.recursive(
    st.one_of(
        st.builds(m.Paragraph, SENTENCE, at=WHERE),
        st.builds(m.CodeBlock, PLAIN, st.just("") | st.just("python"), at=WHERE),
        st.builds(m.MathBlock, st.just(trees.MATHML.replace("<math", '<math display="block"')), st.just("x")),
        st.builds(m.LineBlock, trees.tuples(st.builds(m.Line, SENTENCE, st.integers(0, 8)), 1, 3), at=WHERE),
        st.builds(m.ThematicBreak),
        st.builds(m.PageBreak, st.just("") | st.integers(1, 99).map(str)),
    ),
    _parents,
    max_leaves=6,
)


@settings(max_examples=examples(20), suppress_health_check=list(HealthCheck))
@given(_in_order(trees.tuples(TEXTS, 1, 4)))
def test_a_generated_tree_is_read_back_as_it_was(body: tuple[m.Block, ...]) -> None:
    publication = apply(m.Publication(m.Metadata(language="en"), body=body), "x")
    assert canonical(there_and_back(publication)) == canonical(publication)
