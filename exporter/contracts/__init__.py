"""The protocols of readers and writers, which plug-in modules implement; checked by mypy.

A reader is a module with the names of `Reader`, a writer one with those of `Writer`. Everything else about a format
is derived from these: its settings table, its name on the command line, its cache key, its row in `exporter formats`,
its position in the report, on the page and in the catalogue, and its extractor and validators.

A reader may also have `STYLES`, the names of files and folders of styles that it reads; `read` is then given the folder
of styles as `styles`. If it has `GUESSES_HEADINGS` and that is true, `read` is given the setting `guess_headings`. The
optional names of a writer have a default in `Writer`.
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
    """Result of reading a manuscript."""

    publication: Publication
    """The tree without assets: images are only named; they are collected later."""
    findings: tuple[Finding, ...] = ()
    media: Mapping[str, bytes] = {}
    """Images embedded in the manuscript, by the name in `Image.source`."""
    suggested: Metadata = Metadata()
    """Authors, publisher, description and subjects from the properties of the file. Programs fill them in, often with
    names not meant for publication: `exporter new --from` suggests them, and no edition uses them."""
    options: Mapping[str, Any] = {}
    """Options for its editions: the table under `export` in its front matter, unvalidated."""
    invalid_keys: tuple[str, ...] = ()
    """Keys of metadata whose values were reported as invalid, so that they are not reported as missing, too."""


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
    """Store of the bytes of images."""

    def path(self, digest: str) -> Path:
        """Return the read-only file with these bytes (SHA-256 in hex)."""
        ...


class StepCache(Protocol):
    """Cache of expensive parts of a step, such as a spoken sentence or a converted image."""

    def get(self, key: str) -> bytes | None:
        """Return the data cached under `key`, or None if there is none."""
        ...

    def holds(self, key: str) -> bool:
        """Return whether data is cached under `key`, without reading it."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Cache `data` under `key`, which contains every input that `data` depends on."""
        ...


class PageLinks(msgspec.Struct, frozen=True):
    """Addresses of the pages beside an edition; empty for a file that is written alone."""

    page: str = ""
    """The page of its publication."""
    catalogue: str = ""
    publications: Mapping[str, str] = {}
    """The pages of related publications that are published too, by slug."""
    conformance: str = ""
    """The page with the results of its checks, criterion by criterion."""


class WriteContext(msgspec.Struct, frozen=True):
    """The resources of a writer besides the publication. It reads nothing else and makes no network requests."""

    assets: Assets
    memo: StepCache
    recordings: StepCache
    """Cache of spoken and encoded audio for all editions; keyed also by the versions of the speech libraries."""
    labels: Labels
    """Labels in the language of the publication."""
    styles: Path
    """The folder of styles."""
    scratch: Path
    """An empty folder for this step alone, removed afterwards."""
    processes: int = 1
    """How many processes may work on the edition at a time."""
    version: str = ""
    """Digest of the code, styles, libraries and programs that decide the edition, for keys of `memo`; nothing that
    depends on them is cached if it is empty."""
    sidecars: Mapping[str, bytes] = {}
    """Sidecars of the editions in `NEEDS`, as JSON by name such as `pdf.pages`; absent if that edition failed."""
    files: Mapping[str, bytes] = {}
    """Files named in the options, by name."""
    settings: Mapping[str, Any] = {}
    """`Options` of the editions in `INHERITS_SETTINGS`, by name."""
    links: PageLinks = PageLinks()
    """All of them for web pages; for PDF, print and EPUB those of the publication itself, if it is on the web."""
    progress: Callable[[float], None] = lambda _fraction: None
    """Callback for progress, with the fraction done, 0-1."""
    spoken: Callable[[str, int, float, float], None] = lambda _engine, _characters, _sound, _work: None
    """Callback for what was spoken, on any thread: voice engine, characters, seconds of sound, seconds of work."""
    may_speak: bool = True
    """Whether text may be spoken; if not, an edition with text that is not in `recordings` raises `UnspokenError`."""


class WriteResult(msgspec.Struct, frozen=True):
    """Result of writing an edition, besides its file."""

    findings: tuple[Finding, ...] = ()
    sidecars: Mapping[str, bytes] = {}
    """Sidecars for other steps, as JSON, such as `pages`: the page of every node."""
    suffix: str = ""
    """End of its file name after the slug, if its settings or its language decide it; empty: `Writer.SUFFIX`."""
    cacheable: bool = True
    """Whether the same input gives the same file: not if something failed that may succeed next time."""


class Sound(StrEnum):
    """Values of `Writer.SOUND_OPTION`."""

    AUTO = "auto"
    """With a recording if an edition that is a recording is exported in the same run, or a voice is named for it."""
    ON = "on"
    OFF = "off"


class EditionKind(StrEnum):
    """Kinds of editions in the criteria of the standards."""

    WEB = "web"
    PDF = "pdf"
    PRINT = "print"
    EPUB = "epub"
    WORD = "word"
    SOUND = "sound"
    DAISY = "daisy"
    BRAILLE = "braille"
    EBRAILLE = "ebraille"
    CAPTIONS = "captions"
    DATA = "data"
    VIDEO = "video"
    UNKNOWN = ""


class Writer(Protocol):
    """An edition. Attributes and functions with a value are optional; the value is the default."""

    NAME: str
    """Name on the command line and in the settings, such as `large-print`."""
    SUFFIX: str
    """End of the file name after the slug, such as `-large-print.pdf`."""
    MEDIA_TYPE: str
    Options: type[Any]
    """Settings of this edition: a frozen msgspec Struct with a default for every field."""

    TITLE: str = ""
    """English title, such as `Large print`; `NAME` if empty. In lists for readers, the label
    `editions.<NAME>` of their language comes first."""
    KIND: EditionKind = EditionKind.UNKNOWN
    """Kind in the criteria of the standards; derived from the media type if unknown."""
    ORDER: int = 1000
    """Position in lists of editions, the lowest first."""
    SHOWN_FIRST: bool = False
    """Whether the catalogue shows it directly, not only under “more formats”."""
    IS_RECORDING: bool = False
    """Whether it contains the whole recording, and so has the same duration."""
    FILE_TYPE: str = ""
    """Suffix of the edition whose extractor and validators apply to its files. If empty, it is the longest suffix of an
    edition with which `SUFFIX` ends."""
    EXTRACTOR: str = ""
    """The `parity.Extractor` of its files, as `module:attribute`; if empty, that of its file type."""
    VALIDATORS: tuple[str, ...] = ()
    """Validators of its own (`validate.validators.Validator`), each as `module:attribute`, besides those of its file
    type."""
    NEEDS: tuple[str, ...] = ()
    """Names of the editions whose sidecars this one uses if they are built too."""
    STYLES: tuple[str, ...] = ()
    """Names of folders of styles of other writers that it reads too."""
    INHERITS_SETTINGS: tuple[str, ...] = ()
    """Names of editions whose settings it uses besides its own, as the EPUB uses the voice of the audio edition."""
    SOUND_OPTION: str = ""
    """Name of the option (`Sound`) that decides whether it has a recording; empty if it is a recording, or has none."""

    REQUIRED_OPTION: str = ""
    """Name of an option without which a publication does not have the edition; empty if it needs none."""
    WITH_ORIGINAL: bool = False
    """Whether it shows a translation beside its original: `write` is given both in one tree. Other publications do not
    have it."""

    @staticmethod
    def external_state(options: Any) -> Mapping[str, str]:
        """Return the state of the external programs and files that its output depends on, by name.

        When one of them is installed or changed, the edition is rebuilt.
        """
        del options
        return {}

    @staticmethod
    def option_files(options: Any) -> Mapping[str, str]:
        """Return the names of files in the options, by setting; they are in the publication's folder or the styles."""
        del options
        return {}

    @staticmethod
    def network(options: Any) -> Mapping[str, str]:
        """Return the services to which the text would be sent, by setting.

        That needs the user's consent, on the command line or in the publisher's settings.
        """
        del options
        return {}

    def write(self, publication: Publication, context: WriteContext, options: Any, target: Path) -> WriteResult:
        """Write the edition to `target`, a path in an existing folder; equal input gives equal bytes.

        Raises:
            UnavailableError: There is no such edition of this publication, or a program that it needs is not installed.
            MissingToolError: A font or a voice is not installed, or no voice speaks the language of the publication.
            EngineError: A voice engine returned no sound for an utterance.
            SettingsError: The options name what does not exist, or a file of the styles is missing or invalid.
            SourceError: An image cannot be read.
            StepError: An image cannot be converted.
            OutputError: The file cannot be written.
        """
        ...


class EditionDescription(msgspec.Struct, frozen=True):
    """Description of an edition by its writer, for packages that do not import writers."""

    name: str
    title: str
    kind: EditionKind = EditionKind.UNKNOWN
    order: int = Writer.ORDER
    shown_first: bool = False
    file_type: str = ""
    extractor: str = ""
    """Empty if its files cannot be read back."""
    validators: tuple[str, ...] = ()


class Editions(dict[str, EditionDescription]):
    """Descriptions by name; that of an edition that is not installed consists of its name."""

    @classmethod
    def of(cls, descriptions: Iterable[EditionDescription]) -> Self:
        """Return the descriptions by name."""
        return cls((edition.name, edition) for edition in descriptions)

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of the editions that have one, by name."""
        return {name: edition.title for name, edition in self.items() if edition.title != name}

    def __missing__(self, name: str) -> EditionDescription:
        return EditionDescription(name, title=name)
