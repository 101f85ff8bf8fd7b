"""Publications: metadata, text, notes and image files."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import msgspec

from exporter.model.alt import Alt
from exporter.model.block import Blocks
from exporter.model.node import Direction, Node, Source


class Kind(StrEnum):
    """Kind of a publication."""

    REPORT = "report"
    DISPATCH = "dispatch"
    COMMENTARY = "commentary"
    SUBMISSION = "submission"
    BRIEF = "brief"
    NEWS = "news"
    MANUAL = "manual"
    EASY_READ = "easy-read"
    """For people with learning disabilities, written and tested by people."""


_SCHEMA_TYPES: Mapping[Kind | None, str] = {
    Kind.REPORT: "Report",
    Kind.DISPATCH: "ReportageNewsArticle",
    Kind.COMMENTARY: "OpinionNewsArticle",
    Kind.SUBMISSION: "Report",
    Kind.BRIEF: "Report",
    Kind.NEWS: "NewsArticle",
    Kind.MANUAL: "TechArticle",
    Kind.EASY_READ: "Report",
}
AUTHOR = "aut"
"""MARC relator code of an author."""


class Contributor(msgspec.Struct, frozen=True, omit_defaults=True):
    name: str
    role: str = AUTHOR
    """MARC relator code: aut, edt, trl, ill, nrt ..."""


class Form(StrEnum):
    """Form of a publication in its family."""

    ORIGINAL = "original"
    TRANSLATION = "translation"
    EASY_READ = "easy-read"
    SIGN_LANGUAGE = "sign-language"
    """A video in a sign language."""
    SUMMARY = "summary"


class Related(msgspec.Struct, frozen=True, omit_defaults=True):
    """Another publication: a translation of this one, another member of its family, or one on the same subject."""

    title: str
    target: str = ""
    """Slug of a publication in the same folder, or a URL, or empty."""
    language: str = ""
    """BCP 47 tag of that publication; empty for the same language."""
    form: Form | None = None
    """Its form, if it is a member of the family."""


class Family(msgspec.Struct, frozen=True, omit_defaults=True):
    """Publications with the same content in other languages and forms."""

    form: Form | None = None
    """Form of this publication; as read None if it is not stated."""
    original: str = ""
    """Slug of the publication that this one was made from; empty for the original."""
    members: tuple[Related, ...] = ()
    """As read those outside exporter, such as a video; after the preparation all other members."""


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """Contact for requests of other formats."""

    name: str = ""
    email: str = ""
    url: str = ""
    phone: str = ""


class Cover(msgspec.Struct, frozen=True):
    source: str
    """`Asset.name`."""
    alt: Alt


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """Metadata of a publication; unknown values are empty."""

    title: str = ""
    subtitle: str = ""
    kind: Kind | None = None
    authors: tuple[Contributor, ...] = ()
    publisher: str = ""
    date: datetime.date | None = None
    language: str = ""
    """BCP 47 tag of the text (WCAG 3.1.1)."""
    direction: Direction = Direction.LTR
    """Direction of the language."""
    identifier: str = ""
    """Persistent URN, DOI or URL; by default derived from publisher, slug and date."""
    description: str = ""
    subjects: tuple[str, ...] = ()
    rights: str = ""
    series: str = ""
    place: str = ""
    """Place of origin of a dispatch."""
    family: Family | None = None
    translations: tuple[Related, ...] = ()
    """Those outside the family."""
    related: tuple[Related, ...] = ()
    contact: Contact | None = None
    cover: Cover | None = None
    certifier: str = ""
    """Person or body that certifies conformance (EPUB Accessibility 1.1, 2.3), or empty."""
    source: Source | None = None
    """Position of the metadata in the manuscript."""

    @property
    def members(self) -> tuple[Related, ...]:
        """The other members of the family."""
        return self.family.members if self.family else ()

    @property
    def form(self) -> Form | None:
        """The form in the family, or None if it belongs to none."""
        return self.family.form if self.family else None

    @property
    def creators(self) -> tuple[str, ...]:
        """Names of the authors, or of all contributors if there are none, as reading systems list only creators."""
        authors = tuple(person.name for person in self.authors if person.role == AUTHOR)
        return authors or tuple(person.name for person in self.authors)

    @property
    def schema_type(self) -> str:
        """Type of schema.org, a subtype of CreativeWork."""
        return _SCHEMA_TYPES.get(self.kind, "CreativeWork")

    @property
    def full_title(self) -> str:
        """Title and subtitle as one text, for formats that have no subtitle."""
        return ": ".join(filter(None, (self.title, self.subtitle)))


class NoteKind(StrEnum):
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"


class Note(Node, frozen=True, gc=False):
    """A note; `NoteReference.note` is its `id`. Its number is its position in `Publication.notes`, from 1."""

    id: str
    children: Blocks
    kind: NoteKind = NoteKind.FOOTNOTE


class Asset(msgspec.Struct, frozen=True, omit_defaults=True):
    """An image file; its bytes are in the store under `digest`."""

    name: str
    """Path as written in the manuscript."""
    digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the bytes."""
    media_type: str
    """IANA media type, by the bytes, not by the name."""
    width: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Pixels (for SVG: CSS px), or 0 if unknown."""
    height: Annotated[int, msgspec.Meta(ge=0)] = 0
    size: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Bytes."""


class Publication(msgspec.Struct, frozen=True, omit_defaults=True):
    """A publication, from which all editions are written."""

    metadata: Metadata
    front: Blocks = ()
    """Content before the table of contents: a dedication, an abstract."""
    body: Blocks = ()
    notes: tuple[Note, ...] = ()
    """In the order of their first references after the transforms."""
    assets: tuple[Asset, ...] = ()
    """Each file once, in the order of its first use."""
