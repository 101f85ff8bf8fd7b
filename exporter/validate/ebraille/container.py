"""The archive, the manifest and the spine (eBraille 1.0, 3 to 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.archive import resolve
from exporter.validate.ebraille import rules
from exporter.validate.ebraille.publication import ENTRY_PAGE, PACKAGE, XHTML, Publication, local

_MIMETYPE = b"application/epub+zip"
_FORBIDDEN = re.compile('["*:<>?\\\\|\x00-\x1f\x7f\ue000-\uf8ff]|\\.$')
"""Characters that names of files must not have (EPUB 3.3, 4.2.3)."""
_CORE = frozenset({
    "image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp", "audio/mpeg", "audio/mp4",
    "audio/ogg; codecs=opus", "text/css", "font/ttf", "application/font-sfnt", "font/otf",
    "application/vnd.ms-opentype", "font/woff", "application/font-woff", "font/woff2", XHTML, "application/javascript",
    "application/ecmascript", "text/javascript", "application/smil+xml", "application/pls+xml",
})  # fmt: skip
"""Core media types (EPUB 3.3, 3.2)."""
_NCX = "application/x-dtbncx+xml"
_LEGACY = frozenset({"guide", "bindings", "tours", "collection"})
_FIXED = re.compile(r"rendition:(?:layout-pre-paginated|orientation|spread|viewport|page-spread-\w+)")
_EMBEDDED = {"img": ("src",), "audio": ("src",), "source": ("src",), "embed": ("src",), "image": ("href",)}
"""Elements that show a resource and have no content of their own in its place."""


def check(publication: Publication) -> Iterator[Finding]:
    """Check what surrounds the documents."""
    yield from _archive(publication)
    yield from _manifest(publication)
    yield from _spine(publication)
    yield from _media_types(publication)


def _archive(publication: Publication) -> Iterator[Finding]:
    archive = publication.archive
    if publication.suffix.lower() != ".ebrl":
        yield rules.CONTAINER.finding(f"The file ends with “{publication.suffix}”; expected “.ebrl”.")
    if archive.names[:1] != ("mimetype",) or archive.read("mimetype").strip() != _MIMETYPE:
        yield rules.CONTAINER.finding("The archive does not begin with the file mimetype, application/epub+zip.")
    if publication.stated_package != PACKAGE:
        yield rules.CONTAINER.finding(f"The container names “{publication.stated_package}”; expected “{PACKAGE}”.")
    for name in (PACKAGE, ENTRY_PAGE):
        if name not in archive:
            yield rules.ROOT.finding(f"The root of the archive has no {name}.")
    seen: dict[str, str] = {}
    for name in archive.names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield rules.FILE_NAME.finding(f"“{name}” and “{other}” differ in capitals alone.", place=name)
        if any(_FORBIDDEN.search(part) for part in name.split("/")) or name.startswith("/") or ".." in name.split("/"):
            yield rules.FILE_NAME.finding(f"“{name}” has characters that some systems do not allow.", place=name)
    if "META-INF/encryption.xml" in archive:
        yield rules.OBFUSCATION.finding("Files are encrypted or obfuscated.", place="META-INF/encryption.xml")


def _manifest(publication: Publication) -> Iterator[Finding]:
    package = publication.package
    if package.get("version") != "3.0":
        yield rules.VALUE.finding(f"The version of the package is “{package.get('version')}”; expected “3.0”.")
    for item in publication.items.values():
        href = item.get("href") or ""
        if item.get("fallback"):
            yield rules.FALLBACK.finding(f"“{href}” has a fallback in the manifest.", place=publication.name)
        if item.get("media-type") == _NCX:
            yield rules.LEGACY.finding("The package has an NCX.", place=publication.name)
        if not _is_inside(href):
            yield rules.LOCATION.finding(
                f"The manifest lists “{href}”, outside the publication.", place=publication.name
            )
        elif publication.path(item) not in publication.archive:
            yield rules.LOCATION.finding(f"The manifest lists “{href}”, which is missing.", place=publication.name)
    for element in package.iter():
        name = local(element)
        if name in _LEGACY or (name == "meta" and element.get("name")):
            yield rules.LEGACY.finding(
                f"The package has the element {name} of an earlier version.", place=publication.name
            )
        if name == "spine" and element.get("toc"):
            yield rules.LEGACY.finding("The spine names an NCX.", place=publication.name)
    layouts = [value for value in publication.meta("rendition:layout") if value == "pre-paginated"]
    fixed = [name for name in ("orientation", "spread", "viewport") if publication.meta(f"rendition:{name}")]
    fixed += [
        reference.get("properties")
        for reference in publication.spine
        if _FIXED.search(reference.get("properties") or "")
    ]
    for name in (*layouts, *fixed):
        yield rules.LAYOUT.finding(f"The package fixes the layout: {name}.", place=publication.name)


def _spine(publication: Publication) -> Iterator[Finding]:
    if not publication.spine:
        yield rules.SPINE.finding("The spine is empty.", place=publication.name)
    for reference in publication.spine:
        item = publication.items.get(reference.get("idref"))
        if item is None or item.get("media-type") != XHTML:
            what = reference.get("idref") if item is None else item.get("href")
            yield rules.SPINE.finding(
                f"“{what}” in the spine is not an XHTML document of the manifest.", place=publication.name
            )
        elif publication.path(item) == ENTRY_PAGE:
            yield rules.ENTRY_IN_SPINE.finding(f"{ENTRY_PAGE} is in the spine.", place=publication.name)


def _media_types(publication: Publication) -> Iterator[Finding]:
    foreign = {
        publication.path(item): item.get("media-type")
        for item in publication.items.values()
        if item.get("media-type") not in _CORE
    }
    for document in publication.documents:
        for element in document.root.iter() if document.root is not None else ():
            for attribute in _EMBEDDED.get(local(element), ()):
                name = resolve(document.name, element.get(attribute) or "")
                if name in foreign and local(element.getparent()) not in {"picture", "object"}:
                    yield rules.MEDIA_TYPE.finding(f"“{name}” is of the type {foreign[name]}.", place=document.name)


def _is_inside(href: str) -> bool:
    """Return whether an address is relative."""
    return not href.startswith("/") and ":" not in href.partition("#")[0].partition("/")[0]
