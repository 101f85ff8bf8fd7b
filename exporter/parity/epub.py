"""Extraction from an EPUB, with zipfile and lxml, in the order of its spine (EPUB 3.3, 5.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from exporter.findings import Finding
from exporter.inspect.archive import Archive, resolve
from exporter.inspect.epub import DC, OPF, Package
from exporter.inspect.motion import moves
from exporter.inspect.xml import parse
from exporter.parity import covers, picture_files, xhtml
from exporter.parity.audio import overlay_structures
from exporter.parity.content import letters
from exporter.parity.extraction import DAY, DocumentMetadata, Extraction, Extractor, Heading, Picture, normal
from exporter.parity.picture_files import PictureFile
from exporter.parity.rules import CLIPS, METADATA, TITLE
from exporter.parity.xhtml import (
    Book,
    Document,
    active_content,
    claims,
    elements,
    references,
    unknown_markup,
)
from exporter.parity.xhtml.sheets import Sheets


def read(path: Path) -> Extraction:
    """Return the extraction of an EPUB."""
    with Archive(path) as archive:
        package = Package(archive)
        root = package.root
        names = {identifier: package.path(item) for identifier, item in package.items.items()}
        navs = [item.get("id") for item in package.navigation_items]
        skipped = {
            reference.get("idref")
            for reference in root.iterfind(f"{OPF}spine/{OPF}itemref")
            if reference.get("linear") == "no"
        }
        spine = [key for key in package.spine if key not in skipped]
        ncx = _ncx(archive, package)
        covers = [_picture(archive, package.path(item)).file for item in _cover_items(package)]
        pictures = {package.path(item): _picture(archive, package.path(item)) for item in _pictures(package)}
        roots = {key: parse(archive.read(names[key])) for key in dict.fromkeys((*package.spine, *navs[:1]))}
        sheets = Sheets(archive)
        unknown: list[Finding] = []
        for key, document in roots.items():
            own = sheets.of(document, names[key])
            unknown += unknown_markup.unexpected(document, own)
            xhtml.render(document, own)
    book = Book(
        [Document(names[key], _body(roots[key])) for key in spine],
        {name: picture.file for name, picture in pictures.items()},
    )
    language = root.findtext(f"{OPF}metadata/{DC}language")
    stated = elements.language(root, language or "")
    if language and stated != language:
        language = f"{language} and {stated}"
    nav = (names[navs[0]], roots[navs[0]]) if navs else None
    pages = _list(nav, "page-list", book)
    page_lines = None if pages is None else [(normal(elements.text(link)), goal) for link, _, goal in pages]
    frame = "".join(
        letters("".join(document.root.itertext())) for document in book.documents if elements.is_frame(document.root)
    )
    extraction = xhtml.extract(
        book,
        language or "",
        contents=_list(nav, "toc", book),
        pages=page_lines,
    )
    return msgspec.structs.replace(
        extraction,
        title=normal(root.findtext(f"{OPF}metadata/{DC}title") or ""),
        language=language,
        metadata=read_metadata(root),
        direction=_direction(root),
        covers=tuple(Picture(None, file=file.digest) for file in covers),
        frame=frame,
        around=" ".join(
            elements.around(document.root) for document in book.documents if elements.is_frame(document.root)
        ),
        navigation=tuple(_names_of_lists(nav)),
        second_outline=tuple(entry for entry, _ in ncx.entries) if ncx is not None else None,
        contradictions=(
            *references.descriptions(book),
            *dict.fromkeys(unknown),
            *active_content.check(roots[key] for key in spine),
            *references.heads(book),
            *references.captions(book, _list(nav, "loi", book), frozenset({"figure"})),
            *references.captions(book, _list(nav, "lot", book), frozenset({"table"})),
            *references.landmarks(book, _links(nav, "landmarks", book)),
            *references.pages(book, page_lines or ()),
            *references.titles((names[key], roots[key]) for key in spine),
            *_silent(package, spine, book),
            *claims.check_package(root, frame),
            *_claims(book, package, any(picture.moves for picture in pictures.values()), has_pages=bool(page_lines)),
            *(_check_ncx(ncx, root, _toc_addresses(nav)) if ncx is not None else ()),
        ),
    )


class _Picture(NamedTuple):
    file: PictureFile
    moves: bool


def _pictures(package: Package) -> Iterator[Any]:
    """Yield the items of pictures, without the cover."""
    for item in package.items.values():
        kind, kinds = item.get("media-type") or "", (item.get("properties") or "").split()
        if kind.startswith("image/") and "cover-image" not in kinds:
            yield item


def _cover_items(package: Package) -> Iterator[Any]:
    return (item for item in package.items.values() if "cover-image" in (item.get("properties") or "").split())


def _picture(archive: Archive, name: str) -> _Picture:
    if name not in archive:
        return _Picture(PictureFile(), False)
    with archive.open_sound(name) as file:
        data = file.read()
    return _Picture(picture_files.read(data), moves(data))


def _body(root: Any) -> Any:
    body = next((child for child in root if elements.name(child) == "body"), None)
    return root if body is None else body


def _silent(package: Package, spine: list[str], book: Book) -> Iterator[Finding]:
    """Yield documents that are not read aloud, in a book of which others are (EPUB 3.3, 9.3.5)."""
    silent = [
        document.name
        for key, document in zip(spine, book.documents, strict=True)
        if not package.items[key].get("media-overlay")
        and package.items[key] not in package.navigation_items
        and letters("".join(document.root.itertext()))
    ]
    if silent and any(item.get("media-overlay") for item in package.items.values()):
        yield CLIPS.finding(f"Other documents are read aloud, and not {', '.join(silent)}.")


def _claims(book: Book, package: Package, moving: bool, *, has_pages: bool) -> Iterator[Finding]:
    """Compare what the package claims about accessibility with the documents."""
    present = claims.contents([document.root for document in book.documents])
    sound = any(item.get("media-overlay") for item in package.items.values())
    expected = claims.expected(present, page_list=has_pages, sound=sound, moving=moving)
    stated = claims.stated(package.root)
    if present.frame_roles:
        expected |= stated & {"accessibilityFeature ARIA"}
    yield from claims.check(stated, expected)
    summaries = (meta for meta in package.root.iter(f"{OPF}meta") if meta.get("property") == claims.SUMMARY)
    for summary in summaries:
        yield from claims.check_summary(summary.text or "", present)


def _direction(root: Any) -> str:
    """Return the direction of the pages; both where that of the package is another."""
    spine = root.find(f"{OPF}spine")
    pages = spine.get("page-progression-direction") if spine is not None else None
    stated = {value for value in (pages, root.get("dir")) if value and value != "default"}
    return " and ".join(sorted(stated)) or "ltr"


class _Ncx(NamedTuple):
    entries: list[tuple[Heading, str]]
    title: str
    identifier: str


def _ncx(archive: Archive, package: Package) -> _Ncx | None:
    """Return the contents of the NCX (EPUB 3.3, D.2.3), or None if there is none."""
    items = (item for item in package.items.values() if item.get("media-type") == "application/x-dtbncx+xml")
    name = next(map(package.path, items), "")
    if not name:
        return None
    root = parse(archive.read(name))
    identifiers = (meta.get("content") or "" for meta in root.iter("{*}meta") if meta.get("name") == "dtb:uid")
    return _Ncx(
        [(entry, _address(name, href)) for entry, href in references.ncx(root)],
        normal("".join(text for title in root.iter("{*}docTitle") for text in title.itertext())),
        normal(next(identifiers, "")),
    )


def _check_ncx(ncx: _Ncx, package: Any, addresses: Sequence[str]) -> Iterator[Finding]:
    """Compare the NCX with the package and with the addresses of the table of contents."""
    yield from references.same_targets([address for _, address in ncx.entries], addresses)
    title, identifier = normal(package.findtext(f"{OPF}metadata/{DC}title") or ""), _identifier(package)
    if ncx.title != title:
        yield TITLE.finding(f"Title “{ncx.title}” in the NCX; expected “{title}”.")
    if ncx.identifier != identifier:
        yield METADATA.finding(f"Metadata, identifier: “{ncx.identifier}” in the NCX; expected “{identifier}”.")


def _address(base: str, href: str) -> str:
    _, mark, fragment = href.partition("#")
    return f"{resolve(base, href)}{mark}{fragment}"


def _toc_addresses(nav: tuple[str, Any] | None) -> list[str]:
    """Return where the entries of the table of contents lead."""
    if nav is None:
        return []
    name, root = nav
    tocs = list(_navs(root, "toc"))[:1]
    links = (link for toc in tocs for link in toc.iter() if elements.name(link) == "a" and link.get("href"))
    return [_address(name, link.get("href")) for link in links]


def _navs(root: Any, kind: str) -> Iterator[Any]:
    return (element for element in root.iter() if elements.name(element) == "nav" and kind in elements.kinds(element))


def _names_of_lists(nav: tuple[str, Any] | None) -> Iterator[tuple[str, str]]:
    """Yield the types and words of the headings of the lists of the navigation document, and of its landmarks."""
    for element in nav[1].iter() if nav is not None else ():
        tag, kinds = elements.name(element), (element.get(elements.OPS_TYPE) or "").split()
        named = element if tag == "a" else next((child for child in element if elements.level(child)), None)
        if kinds and tag in {"a", "nav"}:
            yield kinds[0], normal(elements.text(named)) if named is not None else ""


def _links(nav: tuple[str, Any] | None, kind: str, book: Book) -> list[tuple[Any, Any]]:
    """Return the links of a list of the navigation document with the elements that they lead to."""
    if nav is None:
        return []
    name, root = nav
    present = (link for element in _navs(root, kind) for link in element.iter() if elements.name(link) == "a")
    return [(link, book.target(link.get("href") or "", name)) for link in present]


def _list(nav: tuple[str, Any] | None, kind: str, book: Book) -> list[tuple[Any, int, Any]] | None:
    """Return the lines of a list of the navigation document, or None if it has no such list."""
    if nav is None:
        return None
    name, root = nav
    present = next(_navs(root, kind), None)
    return xhtml.lines(present, book, name) if present is not None else None


def read_metadata(package: Any) -> DocumentMetadata:
    """Return the metadata of a package document, besides title and language."""

    def values(name: str) -> Iterator[str]:
        return (normal("".join(element.itertext())) for element in package.iterfind(f"{OPF}metadata/{DC}{name}"))

    def named(name: str) -> str:
        elements_ = (meta for meta in package.iter(f"{OPF}meta") if meta.get("property") == name)
        return next((normal(meta.text or "") for meta in elements_), "")

    named_people = package.iter(f"{DC}creator", f"{DC}contributor")
    people = {element.get("id"): normal("".join(element.itertext())) for element in named_people}
    roles = [meta for meta in package.iter(f"{OPF}meta") if meta.get("property") == "role"]
    return DocumentMetadata(
        authors=tuple(values("creator")),
        contributors=tuple(values("contributor")),
        publisher=next(values("publisher"), ""),
        date=next(values("date"), ""),
        identifier=_identifier(package),
        description=next(values("description"), ""),
        subjects=tuple(values("subject")),
        rights=next(values("rights"), ""),
        series=named("belongs-to-collection"),
        modified=named("dcterms:modified")[:DAY],
        certifier=named("a11y:certifiedBy"),
        roles=tuple(f"{people.get((meta.get('refines') or '')[1:], '?')} {meta.text or ''}" for meta in roles),
    )


def _identifier(package: Any) -> str:
    """Return the unique identifier of a package (EPUB 3.3, 5.5.3.1)."""
    identifiers = package.iterfind(f"{OPF}metadata/{DC}identifier")
    unique = package.get("unique-identifier")
    return next((normal(identifier.text or "") for identifier in identifiers if identifier.get("id") == unique), "")


EXTRACTOR = Extractor(read, check=lambda path: (*overlay_structures.check(path), *covers.check_epub(path)))
