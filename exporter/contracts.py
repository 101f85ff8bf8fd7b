"""What a reader and a writer are: the shapes that a plug-in module has to fit, checked by mypy.

A reader is a module with `SUFFIXES` and `read`; a writer is a module with `NAME`, `SUFFIX`, `MEDIA_TYPE`, `NEEDS`,
`Options` and `write`. Everything else about a format follows from these: its settings table, its name on the command
line, its cache key and its row in `exporter formats`.

A reader may also have `STYLES`, the names of files and folders of styles that it reads; `read` is then given the folder
of styles as `styles`.

A writer may also have `STYLES`, the names of folders of styles that belong to another writer and that it reads too;
`external_state(options)`, which gives by name the state of programs and files outside the exporter that decide what it
writes: when one of them is installed or exchanged, the edition is made anew; and `option_files(options)`, which gives
by setting the names of files that the settings name: they are looked for in the publication's folder and among the
styles; `network(options)`, which returns by setting the service to which the text would be sent: that needs the user's
consent, on the command line or in the publisher's settings.

A writer may have `INHERITS_SETTINGS` too, the names of editions whose settings it follows besides its own, as the EPUB
does when it speaks with the voice of the audio edition; `speaks(options)` then returns whether it does, if it does not
always.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

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


class Writer(Protocol):
    """An edition."""

    NAME: str
    """Name on the command line and of the settings table, such as `large-print`."""
    SUFFIX: str
    """What follows the slug in the file name, such as `-large-print.pdf`."""
    MEDIA_TYPE: str
    NEEDS: tuple[str, ...]
    """Names of the editions whose side facts this one uses when they are built too."""
    Options: type[Any]
    """A frozen msgspec Struct with a default for every field: what settings may say about this edition."""

    def write(self, publication: Publication, context: WriteContext, options: Any, target: Path) -> WriteResult:
        """Write the edition to `target`, a path in a folder that exists; the same input gives the same bytes.

        Raises:
            ExporterError: The edition cannot be made.
        """
        ...
