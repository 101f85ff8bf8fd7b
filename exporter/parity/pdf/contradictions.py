"""Contradictions of a PDF: entries, annotations and actions that our editions never have, and how it is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any
from unicodedata import bidirectional

from pikepdf import Dictionary

from exporter.findings import Finding
from exporter.inspect.pdf import Node, PdfFile, values
from exporter.inspect.pdf.navigation import tree_entries
from exporter.inspect.pdf.types import HEADINGS
from exporter.parity import rules
from exporter.parity.comparison.item_names import QUOTED
from exporter.parity.content import ContentItem, letters
from exporter.parity.extraction import DocumentMetadata, normal

_ENTRIES = {
    "catalogue": "Type Pages Names Outlines Lang MarkInfo StructTreeRoot ViewerPreferences Metadata PageLabels "
    "OutputIntents Extensions Version PageMode PageLayout OpenAction AF",
    "index of names": "Dests IDS EmbeddedFiles",
    "page": "Type Parent Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Annots StructParents Tabs Group "
    "Rotate UserUnit LastModified PieceInfo",
    "link": "Type Subtype Rect BS Border Dest A Contents StructParent F P NM Lang",
    "action": "Type S URI D SD",
    "bookmark": "Title Parent Prev Next First Last Count Dest A",
    "element": "Type S P K Pg A C Alt ActualText E Lang ID Ref NS R AF",
    "destination": "D SD S",
}
"""Entries that our editions have, or that change nothing (ISO 32000-2, tables 29, 31, 32, 151, 166, 176, 355)."""
_KNOWN = {kind: frozenset(f"/{entry}" for entry in entries.split()) for kind, entries in _ENTRIES.items()}
_ATTRIBUTES = frozenset(
    {
        "O",
        "NS",
        "BBox",
        "Placement",
        "Width",
        "Height",
        "WritingMode",
        "ListNumbering",
        "ContinuedList",
        "ContinuedFrom",
    }
    | {"Scope", "Headers", "ColSpan", "RowSpan", "NoteType"}
)
"""Attributes of elements that our editions have (ISO 32000-2, 14.8.5)."""
_ZOOM = 4
"""Index of the magnification in a destination (ISO 32000-2, table 149)."""
_PRINTED_LINK = 4
"""Flags of an annotation (ISO 32000-2, table 167): it is printed."""
_LOW = 1.0
"""Points of height below which an area cannot be hit."""
_DRAWN = ("Figure", "Formula")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
"""Classes of characters that turn the order of drawing (UAX #9, table 4)."""
_BESIDE = 5
"""Points by which words may be above a name beside them, which is smaller: less than a line."""
_IN_COLUMN = frozenset({"paragraph", "heading"})


def additions(file: PdfFile) -> Iterator[Finding]:
    """Yield annotations, actions, layers, boxes of pages and entries that our editions never have."""
    root = file.pdf.Root
    action = root.get("/OpenAction")
    if isinstance(action, Dictionary) and action.get("/S", "/GoTo") != "/GoTo":
        yield rules.KINDS.finding("The document does something when it is opened.")
    elif action is not None and _opened_page(file, action) not in {None, 0}:
        yield rules.KINDS.finding("The document opens at another page than the first one.")
    if root.get("/PageMode") == "/FullScreen":
        yield rules.KINDS.finding("The document opens over the whole screen.")
    if root.get("/OCProperties") is not None:
        yield rules.TEXT.finding("Parts of the document are in layers that can be switched off.")
    yield from _unknown(root, "catalogue", "The document", besides={"/OCProperties"})
    yield from _unknown(root.get("/Names"), "index of names", "The document")
    embedded = sum(1 for _ in tree_entries(values.get(root.get("/Names"), "/EmbeddedFiles"), "/Names"))
    if embedded > sum(bool(node.associated) for node in file.structure.root.all()):
        yield rules.KINDS.finding("The document has attached files that are not from the manuscript.")
    yield from _bookmarks(file)
    for name, target in file.navigation.names.items():
        parts = values.items(values.get(target, "/D") or target)
        if len(parts) > _ZOOM and values.plain(parts[_ZOOM]):
            yield rules.KINDS.finding(f"Links to “{name}” change how large the pages are shown.")
    yield from _elements(file)
    for number, page in enumerate(file.pdf.pages, 1):
        yield from _annotations(number, page)
        content = file.content(number - 1)
        drawn = (*content.runs.values(), *content.artifacts, *content.unmarked)
        if file.tagged and not drawn:
            yield rules.KINDS.finding(f"Page {number} is empty.")
        if page.get("/Dur") is not None or page.get("/Trans") is not None or page.get("/UserUnit", 1) != 1:
            # ISO 32000-2, 12.4.4: it turns by itself, or with an effect; 7.7.3.3: it has another size.
            yield rules.KINDS.finding(f"Page {number} is one of a presentation, or has units of its own.")
        if page.get("/Rotate", 0):
            yield rules.KINDS.finding(f"Page {number} is turned.")
        if page.get("/CropBox", page.MediaBox) != page.MediaBox:
            yield rules.KINDS.finding(f"Page {number} is cut.")
        yield from _unknown(page.obj, "page", f"Page {number}", besides={"/Dur", "/Trans"})


def _opened_page(file: PdfFile, action: Any) -> int | None:
    """Return the page at which a document opens; None if that is not known."""
    return file.navigation.destination(action.get("/D") if isinstance(action, Dictionary) else action).page


def _unknown(thing: Any, kind: str, what: str, besides: Collection[str] = ()) -> Iterator[Finding]:
    if isinstance(thing, Dictionary):
        for key in sorted(set(thing.keys()) - _KNOWN[kind] - set(besides)):
            message = f"{what} has an entry “{key[1:]}” that is not from the manuscript."
            yield rules.unexpected(rules.KINDS.finding(message))


def _annotations(number: int, page: Any) -> Iterator[Finding]:
    for annotation in page.get("/Annots", ()):
        words = values.text(annotation.get("/Contents")) or ""
        if annotation.get("/Subtype") != "/Link":
            yield rules.TEXT.finding(f"Page {number} has an annotation that is not in the manuscript: “{words}”.")
            continue
        what = f"The link “{words[:QUOTED]}” on page {number}"
        yield from _unknown(annotation, "link", what)
        yield from _action(annotation.get("/A"), what, {"/URI", "/GoTo"})
        if int(annotation.get("/F", 0)) & ~_PRINTED_LINK:
            yield rules.LINKS.finding(f"{what} is hidden or cannot be followed.")
        _, bottom, _, top = map(float, annotation.get("/Rect", (0, 0, 0, 0)))
        if abs(top - bottom) < _LOW:
            yield rules.LINKS.finding(f"{what} has no height, so that it cannot be clicked.")


def _action(action: Any, what: str, kinds: Collection[str]) -> Iterator[Finding]:
    if action is not None and action.get("/S") not in kinds:
        yield rules.LINKS.finding(f"{what} does something else than to lead to a place.")
    yield from _unknown(action, "action", what)


def _bookmarks(file: PdfFile) -> Iterator[Finding]:
    for entry, _ in file.navigation.outline_items():
        what = f"The bookmark “{(values.text(entry.get('/Title')) or '')[:QUOTED]}”"
        yield from _unknown(entry, "bookmark", what)
        yield from _action(entry.get("/A"), what, {"/GoTo"})


def _elements(file: PdfFile) -> Iterator[Finding]:
    for node in file.structure.root.all():
        unknown = {entry[1:] for entry in node.entries - _KNOWN["element"]}
        for name in sorted(unknown | (node.attributes.keys() - _ATTRIBUTES)):
            message = f"The element {node.path} has “{name}”, which is not from the manuscript."
            yield rules.unexpected(rules.KINDS.finding(message))


def drawings(file: PdfFile) -> Iterator[Finding]:
    """Yield figures and formulas in which nothing is drawn."""
    for node in _drawn(file):
        if not any(run.drawn or run.text for run in map(file.run, node.contents())):
            yield rules.PICTURES.finding(f"{_name(node)} has no picture ({node.path}).")


def picture_faults(file: PdfFile) -> Iterator[tuple[str, Finding]]:
    """Yield the alt texts of pictures that are drawn otherwise than they are, with findings."""
    for node in _drawn(file):
        for fault in dict.fromkeys(file.run(marked).picture_fault for marked in node.contents()):
            if fault:
                yield normal(node.alt or ""), rules.PICTURES.finding(f"{_name(node)} {fault} ({node.path}).")


def _drawn(file: PdfFile) -> Iterator[Node]:
    return (node for node in file.structure.root.all(*_DRAWN) if not node.within(*_DRAWN))


def _name(node: Node) -> str:
    return f"The {'figure' if node.type == 'Figure' else 'formula'} “{(node.alt or '')[:QUOTED]}”"


def page_order(items: Sequence[ContentItem]) -> Iterator[Finding]:
    """Yield paragraphs and headings that are above the one before them on their page."""
    for before, item in pairwise(item for item in items if item.kind in _IN_COLUMN):
        if before.path != item.path or before.page != item.page or before.y is None or item.y is None:
            continue
        if item.y > before.y + _BESIDE:
            message = f"“{item.text[:QUOTED]}” is read after, and printed above, “{before.text[:QUOTED]}”"
            yield rules.ORDER.finding(f"{message} ({item.location}).")


def beside_text(file: PdfFile) -> Iterator[Finding]:
    """Yield words on a page that are neither read nor the title, a heading there, a head of a table or its number.

    Words of layout are left out: decorative pictures contain words, and no list of what is generated is complete.
    """
    everywhere = set(map(letters, (file.title, *_repeated(file))))
    is_known: dict[str, bool] = {}
    for number, (label, titles) in enumerate(zip(_page_numbers(file), _titles_of_pages(file), strict=False)):
        here = {letters(label), *titles}
        for artifact in file.content(number).artifacts:
            if artifact.type == "Layout":
                continue
            words = letters(artifact.text)
            if words not in is_known:
                is_known[words] = _is_of(words, everywhere)
            if not is_known[words] and not _is_of(words, here):
                message = f"“{artifact.text[:QUOTED]}” is on page {number + 1}, and software does not read it there."
                yield rules.TEXT.finding(message)


def unnumbered(file: PdfFile) -> Iterator[Finding]:
    """Yield pages that do not show their number, between pages that do."""
    labels = [letters(label) for label in _page_numbers(file)]
    shown = [
        any(letters(artifact.text) == label for artifact in file.content(number).artifacts)
        for number, label in enumerate(labels[: len(file.pages)])
    ]
    for number, (before, own, after) in enumerate(zip(shown, shown[1:], shown[2:], strict=False), 2):
        if before and after and not own:
            yield rules.PAGES.finding(f"Page {number} does not show its number.")


def _is_of(words: str, texts: Collection[str]) -> bool:
    """Return whether words are one of some texts, or the part of one that is in one line or one style."""
    return any(words in text or words[::-1] in text for text in texts) or _is_reordered(words, texts)


def _titles_of_pages(file: PdfFile) -> Iterator[set[str]]:
    """Yield the letters of the headings on each page, and of those in whose sections it begins."""
    headings: dict[int, list[tuple[int, str]]] = {}
    for node in file.structure.root.all(*HEADINGS):
        if node.page is not None:
            headings.setdefault(node.page, []).append((int(node.type[1:] or 1), letters(file.text(node))))
    # Formulas, which are drawn in a heading, are characters in its bookmark.
    for bookmark in file.bookmarks:
        if bookmark.target is not None and bookmark.target.page is not None:
            headings.setdefault(bookmark.target.page, []).append((bookmark.level, letters(bookmark.title)))
    open_: list[tuple[int, str]] = []
    for page in range(len(file.pages)):
        titles = {title for _, title in open_}
        for level, title in headings.get(page, ()):
            titles.add(title)
            open_ = [(outer, name) for outer, name in open_ if outer < level] + [(level, title)]
        yield titles


def _repeated(file: PdfFile) -> Iterator[str]:
    """Yield what is drawn in heads and feet of tables, which later and earlier pages repeat."""
    for group in file.structure.root.all("THead", "TFoot"):
        yield "".join(file.run(marked).text for marked in group.contents())


def _is_reordered(words: str, known: Iterable[str]) -> bool:
    """Return whether words have the letters of a text in another order: that in which Arabic and Hebrew are drawn."""
    if not any(bidirectional(letter) in _RIGHT_TO_LEFT for letter in words):
        return False
    return any(Counter(words) <= Counter(text) for text in known)


def _page_numbers(file: PdfFile) -> Iterable[str]:
    return file.page_labels or map(str, range(1, len(file.pages) + 1))


def information(file: PdfFile, stated: DocumentMetadata | None) -> Iterator[Finding]:
    """Yield entries of the document information that are not those of the metadata stream (ISO 32000-2, 14.3.3)."""
    if stated is None:
        return
    entries = {
        "Author": ", ".join(stated.authors or ()),
        "Subject": stated.description or "",
        "Keywords": ", ".join(stated.subjects or ()),
        "CreationDate": "D:" + (stated.date or "").replace("-", ""),
    }
    for key, entry in entries.items():
        value = values.text(values.get(file.pdf.trailer.get("/Info"), f"/{key}"))
        actual, expected = (normal(text or "").replace(" ,", ",") for text in (value, entry))
        if value and actual[: len(expected) or None] != expected:
            yield rules.METADATA.finding(f"The document information has another {key}: “{value}”.")
