"""Changes checked by reading the result: all else in the manuscript has to be the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import msgspec

from exporter import model as m
from exporter.errors import SourceError
from exporter.model.walk import children, images, plain_text, rewrite, walk
from exporter.revise.changes import (
    AltText,
    CaptionParagraph,
    Change,
    DecorativeImage,
    FigureCaption,
    HeaderRows,
    LongDescription,
    PassageLanguage,
    TableCaption,
    Title,
    TypedList,
)
from exporter.revise.list_marks import NO_LIST, is_list, typed_markers
from exporter.revise.places import Place, image_keys, position, table_keys
from exporter.revise.refusal import RefusedError, UnsupportedError

Attempt = Callable[[Sequence[Change]], tuple[bytes, Sequence[RefusedError | None]]]
_UNUSUAL = ("It is written in an unusual form.", "Change it there.")
_CAPTION = (
    "The caption would not belong to it.",
    "Write it in your document, directly below the picture or the table.",
)
_CAPTION_CHANGED = ("The caption would say something else than these words.", "Change it in your document.")


def apply(
    data: bytes,
    changes: Sequence[Change],
    before: m.Publication,
    attempt: Attempt,
    read: Callable[[bytes], m.Publication],
) -> tuple[bytes, Sequence[RefusedError | None]]:
    """Return a manuscript with changes, and for each change why it was not made, or None.

    Args:
        data: The manuscript.
        changes: The changes.
        before: The manuscript as it was read.
        attempt: Makes changes; returns the manuscript, and for each change why it was not made, or None.
        read: Returns the tree of a changed manuscript.
    """

    def wrong_in(new: bytes, attempted: Sequence[Change]) -> Sequence[Change]:
        try:
            return _wrong(before, read(new), attempted) if new != data else ()
        except SourceError:
            return attempted

    def culprits(wrong: Sequence[Change]) -> Sequence[Change]:
        """Return which of some changes are wrong, of which one may only have made the others look so."""
        halves = (wrong[: len(wrong) // 2], wrong[len(wrong) // 2 :]) if len(wrong) > 1 else ()
        return [change for half in halves for change in culprits(wrong_in(attempt(half)[0], half))] or wrong

    refusals: list[RefusedError | None] = [None] * len(changes)
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


def _reason(change: Change) -> RefusedError:
    match change:
        case TypedList():
            return NO_LIST
        case TableCaption() | FigureCaption() | CaptionParagraph():
            return UnsupportedError(*(_CAPTION_CHANGED if getattr(change, "old", "") else _CAPTION))
        case _:
            return UnsupportedError(*_UNUSUAL)


def _wrong(before: m.Publication, after: m.Publication, changes: Sequence[Change]) -> Sequence[Change]:
    """Return the changes that were not made as they should; all of them if anything else has changed."""
    expected = _alts(before, changes)
    actual = [image.alt for image in images(after)]
    untouched = [(old, new) for (change, old), new in zip(expected, actual, strict=False) if change is None]
    with_title = not any(isinstance(change, Title) for change in changes)
    if len(actual) != len(expected) or any(old != new for old, new in untouched):
        return changes
    words = _words(before, with_title=with_title)
    for change in changes:
        if isinstance(change, TableCaption | FigureCaption):
            words.subtract(change.old.split())
            words.update(change.text.split())
        elif isinstance(change, TypedList):
            words.subtract(typed_markers(before, change))
    if +words != _words(after, with_title=with_title):
        return changes
    wrong = [change for (change, alt), new in zip(expected, actual, strict=True) if change is not None and alt != new]
    wrong += _wrong_captions(before, after, changes)
    wrong += _wrong_tables(before, after, changes)
    wrong += _wrong_languages(before, after, changes)
    wrong += [change for change in changes if isinstance(change, TypedList) and not is_list(before, after, change)]
    return wrong + list(_wrong_descriptions(before, after, changes))


def _alts(before: m.Publication, changes: Sequence[Change]) -> list[tuple[Change | None, m.Alt]]:
    """Return the alternative that each image should have, with the change that is about it."""
    wanted = {
        (change.source.line, change.source.anchor, change.index): change
        for change in changes
        if isinstance(change, AltText | DecorativeImage)
    }
    expected: list[tuple[Change | None, m.Alt]] = []
    for image, key in image_keys(before):
        match wanted.get(key):
            case AltText(text=text) as change:
                words = " ".join(text.split())
                expected.append((change, m.Described(words) if words else m.Undescribed()))
            case DecorativeImage() as change:
                expected.append((change, m.Decorative()))
            case _:
                expected.append((None, image.alt))
    return expected


def _words(publication: m.Publication, *, with_title: bool) -> Counter[str]:
    """Return the words of a text without long descriptions."""

    def without_description(node: m.Node) -> m.Node:
        return msgspec.structs.replace(node, description=()) if isinstance(node, m.Figure) else node

    tree = rewrite(publication, without_description)
    title = publication.metadata.title if with_title else ""
    return Counter(f"{title} {plain_text((*tree.front, *tree.body, *tree.notes))}".split())


def _wrong_captions(before: m.Publication, after: m.Publication, changes: Sequence[Change]) -> list[Change]:
    """Return the changes of captions that their figures or tables have not got; if all have, and others too, all."""
    old, new = ([node for node in walk(tree) if isinstance(node, m.Table | m.Figure)] for tree in (before, after))
    captions = [change for change in changes if isinstance(change, TableCaption | FigureCaption | CaptionParagraph)]
    if len(old) != len(new):
        return list(captions)
    changed = {index for index, block in enumerate(old) if plain_text(block.caption) != plain_text(new[index].caption)}
    owners = {change: _owner(before, old, change, changed) for change in captions}
    without: list[Change] = [
        change
        for change, owner in owners.items()
        if owner is None
        or owner not in changed
        or (
            not isinstance(change, CaptionParagraph) and plain_text(new[owner].caption) != " ".join(change.text.split())
        )
    ]
    return without or (list(owners) if changed - set(owners.values()) else [])


def _owner(
    publication: m.Publication,
    blocks: Sequence[m.Table | m.Figure],
    change: TableCaption | FigureCaption | CaptionParagraph,
    changed: Collection[int],
) -> int | None:
    """Return the position of the figure or table of a caption; of nested ones that begin together, the innermost.

    A paragraph is the caption of the one that has changed.
    """
    if isinstance(change, CaptionParagraph):
        at = position(change.owner)
        owners = [n for n in changed if (source := blocks[n].at.source) and position(source) == at]
    elif isinstance(change, FigureCaption):
        image = _at(image_keys(publication), change)
        owners = [
            n for n, block in enumerate(blocks) if isinstance(block, m.Figure) and any(i is image for i in block.images)
        ]
    else:
        table = _at(table_keys(publication), change)
        owners = [n for n, block in enumerate(blocks) if block is table]
    return max(owners, default=None)


def _at(keys: Iterable[tuple[m.Node, Place]], change: TableCaption | FigureCaption) -> m.Node | None:
    """Return the image or table of a change."""
    key = (*position(change.source), change.index)
    return next((node for node, other in keys if other == key), None)


def _wrong_tables(before: m.Publication, after: m.Publication, changes: Sequence[Change]) -> list[Change]:
    """Return the changes of header rows that their tables have not got; if others have changed theirs, all."""
    wanted = {(*position(change.source), change.index): change for change in changes if isinstance(change, HeaderRows)}
    asked = {id(table): wanted[key] for table, key in table_keys(before) if key in wanted}
    wrong: list[Change] = []
    for old, new in zip(_tables(before), _tables(after), strict=False):
        change = asked.get(id(old))
        if len(new.head) != (change.count if change else len(old.head)):
            wrong += [change] if change else asked.values()
    return wrong


def _tables(publication: m.Publication) -> list[m.Table]:
    return [node for node in walk(publication) if isinstance(node, m.Table)]


def _wrong_languages(before: m.Publication, after: m.Publication, changes: Sequence[Change]) -> list[Change]:
    """Return the changes of languages, if other letters than those of their passages have changed theirs."""
    marked = [change for change in changes if isinstance(change, PassageLanguage)]
    wanted: dict[str, Counter[str]] = {}
    for change in marked:
        letters = Counter("".join(change.words.split())) or _letters_at(before, change.source)
        wanted.setdefault(change.tag, Counter()).update(letters)
    old, new = (_letters(tree) for tree in (before, after))
    is_right = all(new[tag] - old[tag] == letters for tag, letters in wanted.items())
    return [] if is_right else list(marked)


def _letters_at(publication: m.Publication, source: m.Source) -> Counter[str]:
    """Return the letters of a passage that are in no other language than it."""
    for node in walk(publication):
        if node.at.source is not None and position(node.at.source) == position(source) and plain_text(node):
            return _letters(msgspec.structs.replace(node, at=m.At()))[""]
    return Counter()


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


def _wrong_descriptions(before: m.Publication, after: m.Publication, changes: Sequence[Change]) -> Iterator[Change]:
    wanted = {change.source.line: change for change in changes if isinstance(change, LongDescription)}
    figures = ([node for node in walk(tree) if isinstance(node, m.Figure)] for tree in (before, after))
    for old, new in zip(*figures, strict=False):
        change = wanted.get(old.at.source.line) if old.at.source else None
        if change and plain_text(new.description) != " ".join(change.text.split()):
            yield change
