"""Changes checked by reading the result: all else in the manuscript has to be the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from exporter import model as m
from exporter.errors import SourceError
from exporter.model.walk import children, images, plain_text, rewrite, walk
from exporter.revise import changes as c
from exporter.revise.checked_captions import adds_second_caption, wrong_captions
from exporter.revise.list_marks import NO_LIST, is_list, typed_markers
from exporter.revise.places import image_keys, position, table_keys
from exporter.revise.refusal import RefusedError, UnsupportedError

Attempt = Callable[[Sequence[c.Change]], tuple[bytes, Sequence[RefusedError | None]]]
Check = Callable[[m.Publication, m.Publication, Sequence[c.Change]], Sequence[c.Change]]
_MOST_READINGS = 12
"""Pairs of readings to find the change that makes others look wrong: LibreOffice takes seconds for each."""
_UNUSUAL = ("It is written in an unusual form.", "Change it there.")
_CAPTION = (
    "The caption would not belong to it.",
    "Write it in your document, directly below the picture or the table.",
)
_HAS_CAPTION = RefusedError("It has a caption.", "Change that one.")
_CAPTION_CHANGED = ("The caption would say something else than these words.", "Change it in your document.")


def apply(
    data: bytes,
    changes: Sequence[c.Change],
    before: m.Publication,
    attempt: Attempt,
    read: Callable[[bytes], m.Publication],
    *,
    check: Check,
) -> tuple[bytes, Sequence[RefusedError | None]]:
    """Return a manuscript with changes, and for each change why it was not made, or None.

    Args:
        data: The manuscript.
        changes: The changes.
        before: The manuscript as it was read.
        attempt: Makes changes; returns the manuscript, and for each change why it was not made, or None.
        read: Returns the tree of a changed manuscript.
        check: Returns which changes are wrong, from the tree before them and that after them.
    """

    def wrong_in(new: bytes, attempted: Sequence[c.Change]) -> Sequence[c.Change]:
        try:
            return check(before, read(new), attempted) if new != data else ()
        except SourceError:
            return attempted

    def culprits(wrong: Sequence[c.Change]) -> Sequence[c.Change]:
        """Return which of some changes are wrong, of which one may only have made the others look so.

        Of those that are wrong only together, the last are.
        """
        if len(wrong) < 2 or next(readings, None) is None:
            return wrong
        halves = wrong[: len(wrong) // 2], wrong[len(wrong) // 2 :]
        return [change for half in halves for change in culprits(wrong_in(attempt(half)[0], half))] or halves[1]

    readings = iter(range(_MOST_READINGS))
    refusals: list[RefusedError | None] = [
        _HAS_CAPTION if adds_second_caption(before, change) else None for change in changes
    ]
    while True:
        pending = [index for index, refusal in enumerate(refusals) if refusal is None]
        new, refused = attempt([changes[index] for index in pending])
        for index, refusal in zip(pending, refused, strict=True):
            refusals[index] = refusal
        if new == data:
            return data, refusals
        attempted = [changes[index] for index in pending if refusals[index] is None]
        wrong = culprits(wrong_in(new, attempted))
        if not wrong:
            return new, refusals
        for index in pending:
            if refusals[index] is None and changes[index] in wrong:
                refusals[index] = _reason(changes[index])


def _reason(change: c.Change) -> RefusedError:
    match change:
        case c.TypedList():
            return NO_LIST
        case c.HeadingLevel():
            return RefusedError("The cells of this table have no headings.", "Write the heading above the table.")
        case c.TableCaption() | c.FigureCaption() | c.CaptionParagraph():
            return UnsupportedError(*(_CAPTION_CHANGED if getattr(change, "old", "") else _CAPTION))
        case _:
            return UnsupportedError(*_UNUSUAL)


def wrong_headings(_before: m.Publication, after: m.Publication, changes: Sequence[c.Change]) -> Sequence[c.Change]:
    """Return the changes that should make a paragraph a heading, and have not."""
    # In Word, the paragraphs of a note have the position of the one that refers to it.
    nodes = walk((*after.front, *after.body))
    plain = {position(node.at.source) for node in nodes if isinstance(node, m.Paragraph) and node.at.source}
    headings = (change for change in changes if isinstance(change, c.HeadingLevel) and change.level)
    return [change for change in headings if position(change.source) in plain]


def wrong_changes(before: m.Publication, after: m.Publication, changes: Sequence[c.Change]) -> Sequence[c.Change]:
    """Return the changes that were not made as they should; all of them if anything else has changed."""
    expected = _alts(before, changes)
    actual = [image.alt for image in images(after)]
    untouched = [(old, new) for (change, old), new in zip(expected, actual, strict=False) if change is None]
    with_title = not any(isinstance(change, c.Title) for change in changes)
    if len(actual) != len(expected) or any(old != new for old, new in untouched):
        return changes
    words = _words(before, with_title=with_title)
    for change in changes:
        if isinstance(change, c.TableCaption | c.FigureCaption):
            words.subtract(change.old.split())
            words.update(change.text.split())
        elif isinstance(change, c.TypedList):
            for marked, rest in typed_markers(before, change):
                words.subtract([marked])
                words.update(rest.split())
    if +words != _words(after, with_title=with_title) or _structure(before, changes) != _structure(after, changes):
        return changes
    wrong = [change for (change, alt), new in zip(expected, actual, strict=True) if change is not None and alt != new]
    wrong += wrong_captions(before, after, changes)
    wrong += _wrong_tables(before, after, changes)
    wrong += _wrong_languages(before, after, changes)
    wrong += [change for change in changes if isinstance(change, c.TypedList) and not is_list(before, after, change)]
    return wrong + list(_wrong_descriptions(before, after, changes))


def _alts(before: m.Publication, changes: Sequence[c.Change]) -> list[tuple[c.Change | None, m.Alt]]:
    """Return the alternative that each image should have, with the change that is about it."""
    wanted = {
        (position(change.source), change.index): change
        for change in changes
        if isinstance(change, c.AltText | c.DecorativeImage)
    }
    expected: list[tuple[c.Change | None, m.Alt]] = []
    for image, key in image_keys(before):
        match wanted.get(key):
            case c.AltText(text=text) as change:
                words = " ".join(text.split())
                expected.append((change, m.Described(words) if words else m.Undescribed()))
            case c.DecorativeImage() as change:
                expected.append((change, m.Decorative()))
            case _:
                expected.append((None, image.alt))
    return expected


def _words(publication: m.Publication, *, with_title: bool) -> Counter[str]:
    """Return the words of a text without long descriptions."""
    tree = _without_descriptions(publication)
    title = publication.metadata.title if with_title else ""
    return Counter(f"{title} {plain_text((*tree.front, *tree.body, *tree.notes))}".split())


def _without_descriptions(publication: m.Publication) -> m.Publication:
    def without_description(node: m.Node) -> m.Node:
        return msgspec.structs.replace(node, description=()) if isinstance(node, m.Figure) else node

    return rewrite(publication, without_description)


def _structure(publication: m.Publication, changes: Sequence[c.Change]) -> Counter[tuple[str, ...]]:
    """Return how often there are blocks of each type, by what they are in; without those that the changes may add."""
    paths: Counter[tuple[str, ...]] = Counter()
    if any(isinstance(change, c.HeadingLevel) for change in changes):
        return paths
    ignored: tuple[type[m.Node], ...] = (m.Paragraph,)
    if any(isinstance(change, c.TypedList) for change in changes):
        ignored = (m.Paragraph, m.List, m.ListItem)
    stack: list[tuple[m.Node | m.Publication, tuple[str, ...]]] = [(_without_descriptions(publication), ())]
    while stack:
        node, path = stack.pop()
        for child in children(node):
            if not isinstance(child, m.Inline):
                inner = path if isinstance(child, ignored) else (*path, type(child).__name__)
                paths[inner] += inner != path
                stack.append((child, inner))
    return paths


def _wrong_tables(before: m.Publication, after: m.Publication, changes: Sequence[c.Change]) -> list[c.Change]:
    """Return the changes of header rows that their tables have not got; if others have changed theirs, all."""
    wanted = {(position(change.source), change.index): change for change in changes if isinstance(change, c.HeaderRows)}
    asked = {id(table): wanted[key] for table, key in table_keys(before) if key in wanted}
    wrong: list[c.Change] = []
    for old, new in zip(_tables(before), _tables(after), strict=False):
        change = asked.get(id(old))
        if len(new.head) != (change.count if change else len(old.head)):
            wrong += [change] if change else asked.values()
    return wrong


def _tables(publication: m.Publication) -> list[m.Table]:
    return [node for node in walk(publication) if isinstance(node, m.Table)]


def _wrong_languages(before: m.Publication, after: m.Publication, changes: Sequence[c.Change]) -> list[c.Change]:
    """Return the changes of languages, if other letters than those of their passages have changed theirs."""
    marked = [change for change in changes if isinstance(change, c.PassageLanguage)]
    wanted: dict[str, Counter[str]] = {}
    for change in marked:
        letters = Counter("".join(change.words.split())) or _letters_at(before, change.source)
        wanted.setdefault(change.tag, Counter()).update(letters)
    old, new = (_letters(tree) for tree in (before, after))
    is_right = all(new[tag] - old[tag] == letters for tag, letters in wanted.items())
    return [] if is_right else list(marked)


def _letters_at(publication: m.Publication, source: m.Source) -> Counter[str]:
    """Return the letters of a passage that are in no other language than it; none if several passages are there."""
    nodes = [node for node in walk(publication) if node.at.source and position(node.at.source) == position(source)]
    passages = [node for node in nodes if isinstance(node, m.Paragraph | m.Section)] or nodes[:1]
    if len(passages) != 1:
        return Counter()
    (passage,) = passages
    title = passage.title if isinstance(passage, m.Section) else ()
    return _letters(m.Paragraph(children=title) if title else msgspec.structs.replace(passage, at=m.At()))[""]


def _letters(node: m.Node | m.Publication) -> dict[str, Counter[str]]:
    """Return the letters of a text by the language that they are marked with."""
    letters: defaultdict[str, Counter[str]] = defaultdict(Counter)
    stack: list[tuple[m.Node | m.Publication, str]] = [(node, "")]
    while stack:
        part, language = stack.pop()
        if isinstance(part, m.Node):
            language = part.at.language or language
        if isinstance(part, m.Text):
            letters[language].update("".join(part.text.split()))
        stack.extend((child, language) for child in children(part))
    return letters


def _wrong_descriptions(before: m.Publication, after: m.Publication, changes: Sequence[c.Change]) -> Iterator[c.Change]:
    wanted = {change.source.line: change for change in changes if isinstance(change, c.LongDescription)}
    figures = ([node for node in walk(tree) if isinstance(node, m.Figure)] for tree in (before, after))
    for old, new in zip(*figures, strict=False):
        change = wanted.get(old.at.source.line) if old.at.source else None
        if change and plain_text(new.description) != " ".join(change.text.split()):
            yield change
