"""An EPUB opened for checks: its manifest, its documents and its overlays."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from exporter.validate.decompression import look_into_archive, read_part

CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPF = "{http://www.idpf.org/2007/opf}"
HTML = "{http://www.w3.org/1999/xhtml}"
SMIL = "{http://www.w3.org/ns/SMIL}"
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
TEXTREF = "{http://www.idpf.org/2007/ops}textref"

_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d\d?):)?(\d+(?:\.\d+)?)(h|min|s|ms)?")
_UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001}


class Par(NamedTuple):
    """One step of an overlay."""

    document: str
    """Path in the archive."""
    target: str
    """Identifier; empty when it points at the whole document."""
    sound: str
    """Path in the archive; empty when it has none."""
    begin: float
    """Seconds."""
    end: float | None
    """Seconds; None for the end of the sound."""
    type: str
    around: frozenset[str]
    """The `epub:type` terms of the seqs around it."""


class Overlay(NamedTuple):
    """An overlay and the document that it reads."""

    id: str
    name: str
    """Path in the archive."""
    document: str
    pars: tuple[Par, ...]
    seqs: tuple[tuple[str, str], ...]
    """Document and identifier of each seq."""


class Package:
    """The package document of an open archive.

    Raises:
        KeyError, lxml.etree.XMLSyntaxError: It is no EPUB.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = frozenset(archive.namelist())
        look_into_archive(archive)
        rootfile = parse(read_part(archive, "META-INF/container.xml")).find(f".//{CONTAINER}rootfile")
        self.name: str = rootfile.get("full-path")
        self.root = parse(read_part(archive, self.name))
        self.items = {item.get("id"): item for item in self.root.iterfind(f"{OPF}manifest/{OPF}item")}

    def path(self, item: Any) -> str:
        """Return the path of an item of the manifest in the archive."""
        return resolve(self.name, item.get("href"))

    def sheets(self) -> Iterator[str]:
        """Yield every style sheet."""
        for item in self.items.values():
            if item.get("media-type") == "text/css" and self.path(item) in self.names:
                yield read_part(self.archive, self.path(item)).decode("utf-8", "replace")

    def metas(self, name: str) -> dict[str, str]:
        """Return the values of a property by what they refine; "" for the publication."""
        found = (meta for meta in self.root.iterfind(f"{OPF}metadata/{OPF}meta") if meta.get("property") == name)
        return {(meta.get("refines") or "").removeprefix("#"): (meta.text or "").strip() for meta in found}

    def overlays(self) -> Iterator[Overlay]:
        """Yield the overlays of all documents that name one."""
        for item in self.items.values():
            reference = item.get("media-overlay")
            if reference and (smil := self.items.get(reference)) is not None and self.path(smil) in self.names:
                name = self.path(smil)
                root = parse(read_part(self.archive, name))
                seqs = (resolve(name, seq.get(TEXTREF) or "").partition("#") for seq in root.iter(f"{SMIL}seq"))
                yield Overlay(
                    reference,
                    name,
                    self.path(item),
                    tuple(_par(name, par) for par in root.iter(f"{SMIL}par")),
                    tuple((document, target) for document, _, target in seqs),
                )

    def document(self, name: str) -> Any:
        """Return the root of a document."""
        return parse_leniently(read_part(self.archive, name))[0]


class NotXmlError(ValueError):
    """Nothing of a document can be read; the message says why."""


def parse(data: bytes) -> Any:
    """Return the root of an XML document; nothing is fetched and no entity is resolved."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def parse_leniently(data: bytes) -> tuple[Any, str]:
    """Return the root of a document as far as it can be read, and what is wrong with its XML; empty when nothing is.

    Entities of HTML, such as `&nbsp;`, are declared by document types that are not loaded: they are no mistake here.

    Raises:
        NotXmlError: Nothing of it can be read.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotXmlError(str(error).partition(" (<string>")[0]) from error
    if root is None:
        raise NotXmlError("It holds no element")
    undeclared = (etree.ErrorTypes.ERR_UNDECLARED_ENTITY, etree.ErrorTypes.WAR_UNDECLARED_ENTITY)
    wrong = [entry for entry in parser.error_log if entry.type not in undeclared and entry.level_name != "WARNING"]
    return root, f"line {wrong[0].line}: {wrong[0].message.strip().rstrip('.')}" if wrong else ""


def resolve(base: str, href: str) -> str:
    """Return an address inside the archive, its fragment included."""
    path, mark, fragment = href.partition("#")
    if not path:
        return base + mark + unquote(fragment)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) + mark + unquote(fragment)


def seconds(clock: str) -> float | None:
    """Return a clock value of SMIL 3.0 in seconds; None when it is none."""
    match = _CLOCK.fullmatch(clock.strip())
    if match is None:
        return None
    hours, minutes, rest, unit = match.groups()
    if unit:
        return None if minutes else float(rest) * _UNITS[unit]
    return float(hours or 0) * 3600 + float(minutes or 0) * 60 + float(rest)


def _par(name: str, par: Any) -> Par:
    text, audio = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
    document, _, target = resolve(name, text.get("src") or "").partition("#") if text is not None else ("", "", "")
    end = audio.get("clipEnd") if audio is not None else None
    around = (seq.get(OPS_TYPE) or "" for seq in par.iterancestors(f"{SMIL}seq", f"{SMIL}body"))
    return Par(
        document,
        target,
        resolve(name, audio.get("src") or "") if audio is not None else "",
        (seconds(audio.get("clipBegin") or "0") or 0.0) if audio is not None else 0.0,
        seconds(end) if end else None,
        par.get(OPS_TYPE) or "",
        frozenset(term for types in around for term in types.split()),
    )
