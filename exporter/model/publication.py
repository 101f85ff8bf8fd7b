"""The publication: its metadata, its text, its notes and the pictures it uses."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from exporter.model.alt import Alt
from exporter.model.block import Blocks
from exporter.model.node import Direction, Node, Source


class Kind(StrEnum):
    """What sort of publication it is."""

    REPORT = "report"
    DISPATCH = "dispatch"
    COMMENTARY = "commentary"
    SUBMISSION = "submission"
    BRIEF = "brief"
    NEWS = "news"
    MANUAL = "manual"


AUTHOR = "aut"
"""MARC relator code of an author."""


class Contributor(msgspec.Struct, frozen=True, omit_defaults=True):
    name: str
    role: str = AUTHOR
    """MARC relator code: aut, edt, trl, ill, nrt ..."""


class Related(msgspec.Struct, frozen=True, omit_defaults=True):
    """Another publication: a translation of this one, or one on the same subject."""

    title: str
    target: str = ""
    """Slug of a publication beside this one, or a URL; empty when it is only named."""
    language: str = ""
    """BCP 47 tag of that publication; empty for the same language."""


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where to ask for another format."""

    name: str = ""
    email: str = ""
    url: str = ""
    phone: str = ""


class Cover(msgspec.Struct, frozen=True):
    source: str
    """`Asset.name`."""
    alt: Alt


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that is said about the publication outside its text. Empty means: not said."""

    title: str = ""
    subtitle: str = ""
    kind: Kind | None = None
    authors: tuple[Contributor, ...] = ()
    publisher: str = ""
    date: datetime.date | None = None
    language: str = ""
    """BCP 47 tag of the text (WCAG 3.1.1)."""
    direction: Direction = Direction.LTR
    """Follows from the language."""
    identifier: str = ""
    """A URN, DOI or URL that stays the same for ever; made from publisher, slug and date when not given."""
    description: str = ""
    subjects: tuple[str, ...] = ()
    rights: str = ""
    series: str = ""
    place: str = ""
    """Where a dispatch comes from."""
    translations: tuple[Related, ...] = ()
    related: tuple[Related, ...] = ()
    contact: Contact | None = None
    cover: Cover | None = None
    certifier: str = ""
    """Person or body that confirms conformance by name (EPUB Accessibility 1.1, 2.3); empty: nobody has."""
    source: Source | None = None
    """Where the metadata stand in the manuscript."""

    @property
    def creators(self) -> tuple[str, ...]:
        """Names of the authors; of everybody named where nobody is the author, as readers list the creators alone."""
        authors = tuple(person.name for person in self.authors if person.role == AUTHOR)
        return authors or tuple(person.name for person in self.authors)


class NoteKind(StrEnum):
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"


class Note(Node, frozen=True, gc=False):
    """A note; `NoteReference.note` names its `id`. Its number is its place in `Publication.notes`, from 1."""

    id: str
    children: Blocks
    kind: NoteKind = NoteKind.FOOTNOTE


class Asset(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture file; its bytes lie in the store under `digest`."""

    name: str
    """The path as the manuscript writes it."""
    digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the bytes."""
    media_type: str
    """IANA media type, found from the bytes, not from the name."""
    width: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Pixels (for SVG: CSS px); 0 when the file does not say."""
    height: Annotated[int, msgspec.Meta(ge=0)] = 0
    size: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Bytes."""


class Publication(msgspec.Struct, frozen=True, omit_defaults=True):
    """One publication: what every edition is made from."""

    metadata: Metadata
    front: Blocks = ()
    """What stands before the contents list: a dedication, an abstract."""
    body: Blocks = ()
    notes: tuple[Note, ...] = ()
    """In the order of their first references once the transforms have run."""
    assets: tuple[Asset, ...] = ()
    """Each file once, in order of first use."""
