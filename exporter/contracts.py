"""What a reader and a writer are: the shapes that a plug-in module has to fit, checked by mypy.

A reader is a module with the names of `Reader`, a writer one with those of `Writer`. Everything else about a format
follows from these: its settings table, its name on the command line, its cache key, its row in `exporter formats`, its
place in the report, on the page and in the catalogue, and what reads back and checks its files.

A reader may also have `STYLES`, the names of files and folders of styles that it reads; `read` is then given the folder
of styles as `styles`. What a writer need not have bears its default in `Writer`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, Self

import msgspec

from exporter.findings import Finding
from exporter.labels import Labels
from exporter.model import Metadata, Publication


class ReadResult(msgspec.Struct, frozen=True):
    """What a reader makes of a manuscript."""

    publication: Publication
    """Without assets: pictures are only named; they are gathered afterwards."""
    findings: tuple[Finding, ...] = ()
    media: Mapping[str, bytes] = {}
    """Pictures that the manuscript carries inside itself, by the name that `Image.source` uses."""
    suggested: Metadata = Metadata()
    """What the properties of the file say of authors, publisher, description and subjects. Programs fill them in, often
    with names that nobody meant to publish: `exporter new --from` offers them, and no edition takes them."""
    options: Mapping[str, Any] = {}
    """What the manuscript asks of its editions: the table under `export` in its front matter, as it was written."""


class Reader(Protocol):
    """A manuscript format."""

    SUFFIXES: tuple[str, ...]
    """Lower-case file suffixes with the dot."""

    def read(self, data: bytes, file: str) -> ReadResult:
        """Turn a manuscript into a tree.

        Args:
            data: The bytes of the file.
            file: Its path inside the publication's folder, for `Source.file`.

        Raises:
            SourceError: The bytes are not a manuscript of this format.
        """
        ...


class Assets(Protocol):
    """Where the bytes of pictures lie."""

    def path(self, digest: str) -> Path:
        """Return the read-only file with these bytes (SHA-256 in hex)."""
        ...


class StepCache(Protocol):
    """Costly parts of a step, kept between runs: one spoken sentence, one converted picture."""

    def get(self, key: str) -> bytes | None:
        """Return what was kept under `key`; None when there is nothing."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`, which names every input that decides it."""
        ...


class WriteContext(msgspec.Struct, frozen=True):
    """What a writer may use besides the publication. It reads nothing else and fetches nothing."""

    assets: Assets
    memo: StepCache
    recordings: StepCache
    """What was spoken and encoded, for every edition that speaks; the libraries of `speech` decide it too."""
    labels: Labels
    """Fixed words in the language of the publication."""
    styles: Path
    """The folder of styles."""
    scratch: Path
    """An empty folder for this step alone, removed afterwards."""
    sidecars: Mapping[str, bytes] = {}
    """Side facts of the editions in `NEEDS`, as JSON by name such as `pdf.pages`; absent when that edition failed."""
    files: Mapping[str, bytes] = {}
    """Files that the options name, by that name."""
    settings: Mapping[str, Any] = {}
    """`Options` of the editions in `INHERITS_SETTINGS`, by name."""
    progress: Callable[[float], None] = lambda _share: None
    """To be called now and then with the share of the work done, 0-1."""


class WriteResult(msgspec.Struct, frozen=True):
    """What a writer has to say besides the file that it wrote."""

    findings: tuple[Finding, ...] = ()
    sidecars: Mapping[str, bytes] = {}
    """Side facts for other steps, as JSON, such as `pages`: the page of every node."""


class EditionKind(StrEnum):
    """Kinds of editions, as the criteria of the standards name them."""

    WEB = "web"
    PDF = "pdf"
    PRINT = "print"
    EPUB = "epub"
    WORD = "word"
    SOUND = "sound"
    DAISY = "daisy"
    CAPTIONS = "captions"
    DATA = "data"
    UNKNOWN = ""


class Writer(Protocol):
    """An edition. Attributes and functions with a value are optional; the value is what holds without them."""

    NAME: str
    """Name on the command line and of the settings table, such as `large-print`."""
    SUFFIX: str
    """What follows the slug in the file name, such as `-large-print.pdf`."""
    MEDIA_TYPE: str
    NEEDS: tuple[str, ...]
    """Names of the editions whose side facts this one uses when they are built too."""
    Options: type[Any]
    """A frozen msgspec Struct with a default for every field: what settings may say about this edition."""

    TITLE: str = ""
    """Name for people, in English, such as `Large print`; without one, `NAME`. In lists for readers, the label
    `editions.<NAME>` of their language comes first."""
    KIND: EditionKind = EditionKind.UNKNOWN
    """What it is for the standards; without one, what its media type says."""
    ORDER: int = 1000
    """Place in lists of editions, the lowest first."""
    SHOWN_FIRST: bool = False
    """Whether the catalogue names it at once, not only under “more formats”."""
    IS_RECORDING: bool = False
    """Whether it is heard from beginning to end, so is as long as the recording that it is made from."""
    FILE_TYPE: str = ""
    """Suffix of the edition whose files are read back and checked as its own are. Without one, it is the longest suffix
    of an edition with which `SUFFIX` ends."""
    EXTRACTOR: str = ""
    """The `parity.Extractor` that reads its files back, as `module:attribute`; without one, that of its file type."""
    VALIDATORS: tuple[str, ...] = ()
    """Validators of its own (`validate.validators.Validator`), each as `module:attribute`, besides those of its file
    type."""
    STYLES: tuple[str, ...] = ()
    """Names of folders of styles that belong to another writer and that it reads too."""
    INHERITS_SETTINGS: tuple[str, ...] = ()
    """Names of editions whose settings it uses besides its own, as the EPUB uses the voice of the audio edition."""

    @staticmethod
    def speaks(options: Any) -> bool:
        """Return whether it uses the settings of `INHERITS_SETTINGS`."""
        del options
        return True

    @staticmethod
    def external_state(options: Any) -> Mapping[str, str]:
        """Return by name the state of programs and files outside the exporter that decide what it writes.

        When one of them is installed or exchanged, the edition is rebuilt.
        """
        del options
        return {}

    @staticmethod
    def option_files(options: Any) -> Mapping[str, str]:
        """Return by setting the names of files, which lie in the publication's folder or among the styles."""
        del options
        return {}

    @staticmethod
    def network(options: Any) -> Mapping[str, str]:
        """Return by setting the service to which the text would be sent.

        That needs the user's consent, on the command line or in the publisher's settings.
        """
        del options
        return {}

    def write(self, publication: Publication, context: WriteContext, options: Any, target: Path) -> WriteResult:
        """Write the edition to `target`, a path in a folder that exists; the same input gives the same bytes.

        Raises:
            ExporterError: The edition cannot be made.
        """
        ...


class EditionDescription(msgspec.Struct, frozen=True):
    """Description of an edition by its writer, as data: for the packages that do not know writers."""

    name: str
    title: str
    kind: EditionKind = EditionKind.UNKNOWN
    order: int = Writer.ORDER
    shown_first: bool = False
    file_type: str = ""
    extractor: str = ""
    """Empty: nothing reads its files back."""
    validators: tuple[str, ...] = ()


class Editions(dict[str, EditionDescription]):
    """Descriptions by name; an edition that is not installed is described by its name alone."""

    @classmethod
    def of(cls, descriptions: Iterable[EditionDescription]) -> Self:
        """Return the descriptions by name."""
        return cls((edition.name, edition) for edition in descriptions)

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of those that have one, by name."""
        return {name: edition.title for name, edition in self.items() if edition.title != name}

    def __missing__(self, name: str) -> EditionDescription:
        return EditionDescription(name, title=name)
