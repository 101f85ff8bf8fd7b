"""Fixes that are carried over into a newer version of a manuscript, which was edited without them.

Three versions are compared: the one that was fixed, the same with the fixes, and the newer one. A fix is carried over
where the newer version still says what the fixed one said before the fix; what its author has changed counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

from exporter import model as m
from exporter.contracts import ReadResult
from exporter.model.walk import headings, plain_text, walk
from exporter.revise import changes as c
from exporter.revise.list_marks import items_of
from exporter.revise.places import image_keys, table_keys
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.lint.text import typed_lists


def carried_over(before: ReadResult, fixed: ReadResult, newer: ReadResult) -> tuple[c.Change, ...]:
    """Return the changes of a newer version that repeat the fixes.

    Args:
        before: The version that was fixed, as it was without the fixes.
        fixed: The same with them.
        newer: The newer version.
    """
    trees = before.publication, fixed.publication, newer.publication
    return (
        *_images(before, fixed, newer),
        *_metadata(*trees),
        *_captions(before, fixed, newer),
        *_tables(*trees),
        *_headings(*trees),
        *_lists(*trees),
        *_languages(*trees),
        *_speakers(*trees),
    )


def _images(before: ReadResult, fixed: ReadResult, newer: ReadResult) -> Iterator[c.Change]:
    old, with_fixes = _alts(before), _alts(fixed)
    for key, (alt, source, index) in _alts(newer).items():
        wanted = with_fixes.get(key)
        untouched = old[key][0] if key in old else m.Undescribed()
        if wanted is None or alt != untouched or wanted[0] == alt:
            continue
        match wanted[0]:
            case m.Described(text=text):
                yield c.AltText(source, text, index)
            case m.Decorative():
                yield c.DecorativeImage(source, index)


def _alts(read: ReadResult) -> Mapping[tuple[str, int], tuple[m.Alt, m.Source, int]]:
    """Return the alternatives of the images."""
    return {key: (image.alt, source, index) for key, (image, source, index) in _sources(read).items()}


def _sources(read: ReadResult) -> Mapping[tuple[str, int], tuple[m.Image, m.Source, int]]:
    """Return the images with their places, by content and position among those of the same content."""
    sources: dict[tuple[str, int], tuple[m.Image, m.Source, int]] = {}
    counts: dict[str, int] = {}
    for image, (_, index) in image_keys(read.publication):
        content = hashlib.sha256(read.media.get(image.source, image.source.encode())).hexdigest()
        number = counts[content] = counts.get(content, 0) + 1
        if image.at.source is not None:
            sources[content, number] = (image, image.at.source, index)
    return sources


def _captions(before: ReadResult, fixed: ReadResult, newer: ReadResult) -> Iterator[c.Change]:
    """Yield the captions of figures; a line that says the same in the newer version becomes the caption."""
    old, with_fixes = _figures(before), _figures(fixed)
    typed = _paragraphs_beside(newer.publication)
    for key, (figure, source, index) in _figures(newer).items():
        if key not in old or key not in with_fixes:
            continue
        known, wanted = old[key][0], with_fixes[key][0]
        caption = plain_text(wanted.caption)
        if _is_untouched(known, figure) and caption not in ("", plain_text(known.caption)):
            typed_line = None if figure.caption else _typed(typed.get((caption, id(figure))), figure.at.source)
            yield typed_line or c.FigureCaption(source, caption, index, plain_text(figure.caption))


def _is_untouched(before: m.Figure | m.Table, newer: m.Figure | m.Table) -> bool:
    """Return whether the newer version has the caption that there was before the fixes."""
    return plain_text(before.caption) == plain_text(newer.caption)


def _typed(paragraph: m.Node | None, owner: m.Source | None) -> c.CaptionParagraph | None:
    """Return the change that makes a line that is there already the caption, or None if there is none."""
    source = paragraph.at.source if paragraph else None
    return c.CaptionParagraph(source, owner) if source and owner else None


def _figures(read: ReadResult) -> Mapping[tuple[str, int], tuple[m.Figure, m.Source, int]]:
    """Return the figures by the content of their first image, each with the place of that image."""
    owners = {id(node.images[0]): node for node in walk(read.publication) if isinstance(node, m.Figure)}
    return {
        key: (owners[id(image)], source, index)
        for key, (image, source, index) in _sources(read).items()
        if id(image) in owners
    }


def _metadata(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[c.Change]:
    old, wanted, present = (_fields(tree.metadata) for tree in (before, fixed, newer))
    for name, value in wanted.items():
        if present[name] == old[name] != value and value:
            match name, value:
                case "title", str(text):
                    yield c.Title(text)
                case "lang", str(tag):
                    yield c.Language(tag)
                case _:
                    yield c.MetadataField(name, value)


def _fields(metadata: m.Metadata) -> Mapping[str, c.MetadataValue]:
    return {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "lang": metadata.language,
        "kind": metadata.kind.value if metadata.kind else "",
        "date": metadata.date.isoformat() if metadata.date else "",
        "authors": tuple(person.name for person in metadata.authors if person.role == m.AUTHOR),
        "publisher": metadata.publisher,
        "description": metadata.description,
    }


def _tables(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[c.Change]:
    old, wanted, typed = _tables_by_text(before), _tables_by_text(fixed), _paragraphs_beside(newer)
    for text, (table, index) in _tables_by_text(newer).items():
        if table.at.source is None or text not in old or text not in wanted:
            continue
        (known, _), (fixed_table, _) = old[text], wanted[text]
        caption = plain_text(fixed_table.caption)
        if _is_untouched(known, table) and caption not in ("", plain_text(table.caption)):
            typed_line = None if table.caption else _typed(typed.get((caption, id(table))), table.at.source)
            yield typed_line or c.TableCaption(table.at.source, caption, plain_text(table.caption), index)
        count = len(fixed_table.head)
        if len(table.head) == len(known.head) != count:
            yield c.HeaderRows(table.at.source, count, index)


def _tables_by_text(publication: m.Publication) -> Mapping[str, tuple[m.Table, int]]:
    """Return the tables by the text of their first row, since what is below it may have been edited."""
    tables: dict[str, tuple[m.Table, int]] = {}
    for table, (_, index) in table_keys(publication):
        row = next((row for group in table.groups for row in group), None)
        tables.setdefault(plain_text(row) if row else "", (table, index))
    return tables


def _headings(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[c.Change]:
    old = _paragraphs(before)
    levels = {plain_text(heading.section.title): heading.level for heading in headings(fixed)}
    for text, paragraph in _paragraphs(newer).items():
        if text in old and text in levels and paragraph.at.source is not None:
            yield c.HeadingLevel(paragraph.at.source, levels[text])


def _lists(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[c.Change]:
    new_lists = _list_texts(fixed) - _list_texts(before)
    for paragraphs, lines in typed_lists(DocumentIndex(newer)):
        sources = [paragraph.at.source for paragraph in paragraphs if paragraph.at.source]
        words = tuple(" ".join(item.split()) for item in items_of(lines))
        if words in new_lists and len(sources) == len(paragraphs):
            yield c.TypedList(sources[0], tuple(sources[1:]))


def _list_texts(publication: m.Publication) -> set[tuple[str, ...]]:
    """Return the texts of the items of each list."""
    return {
        tuple(" ".join(plain_text(item).split()) for item in node.items)
        for node in walk(publication)
        if isinstance(node, m.List)
    }


def _paragraphs(publication: m.Publication) -> Mapping[str, m.Node]:
    titles = {plain_text(node.title) for node in walk(publication) if isinstance(node, m.Section)}
    paragraphs: dict[str, m.Node] = {}
    for node in walk(publication):
        if isinstance(node, m.Paragraph) and (text := plain_text(node)) and text not in titles:
            paragraphs.setdefault(text, node)
    return paragraphs


def _paragraphs_beside(publication: m.Publication) -> Mapping[tuple[str, int], m.Node]:
    """Return the paragraphs before and after figures and tables, by their text and the identity of these."""
    pairs = chain.from_iterable(map(pairwise, DocumentIndex(publication).sibling_blocks()))
    return {
        (plain_text(paragraph), id(owner)): paragraph
        for pair in pairs
        for paragraph, owner in (pair, pair[::-1])
        if isinstance(paragraph, m.Paragraph) and isinstance(owner, m.Figure | m.Table)
    }


def _languages(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[c.Change]:
    old, wanted = _paragraphs(before), _paragraphs(fixed)
    for text, paragraph in _paragraphs(newer).items():
        if paragraph.at.source is None or text not in old or text not in wanted:
            continue
        known = _marked(old[text])
        if known == _marked(paragraph):
            marked = _marked(wanted[text]).items() - known.items()
            yield from (c.PassageLanguage(paragraph.at.source, tag, words) for words, tag in sorted(marked))


def _marked(paragraph: m.Node) -> Mapping[str, str]:
    """Return the languages of a paragraph and its passages, by their words; those of all of it by none."""
    marked = ((node, node.at.language) for node in walk(paragraph))
    return {"" if node is paragraph else plain_text(node): language for node, language in marked if language}


def _speakers(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[c.Change]:
    old, wanted = _turns(before), _turns(fixed)
    for text, turn in _turns(newer).items():
        if turn.at.source is None or text not in old or text not in wanted:
            continue
        name = wanted[text].speaker.name
        if turn.speaker.name == old[text].speaker.name != name:
            yield c.SpeakerName(turn.at.source, turn.speaker.name, name)


def _turns(publication: m.Publication) -> Mapping[str, m.Turn]:
    """Return the turns by what is said in them."""
    turns: dict[str, m.Turn] = {}
    for node in walk(publication):
        if isinstance(node, m.Turn):
            turns.setdefault(plain_text(node.children), node)
    return turns
