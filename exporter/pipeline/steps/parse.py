"""Reading of the manuscript into a raw tree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from exporter.contracts import Reader, ReadResult
from exporter.errors import SourceError
from exporter.findings import Finding
from exporter.model import Publication, Source
from exporter.model.characters import first_forbidden, without_forbidden
from exporter.pipeline.manuscript_file import read_manuscript, refuse_larger
from exporter.pipeline.registry import Format, external_state_of, guesses_headings, load, styles_of
from exporter.pipeline.step import Action, Step, StepContext, Unkeyed
from exporter.pipeline.storage.results import StepResult, StoredObject
from exporter.pipeline.storage.store import Store
from exporter.readers.rules import CHARACTER_REMOVED

MAXIMUM_TREE = 96_000_000
"""Bytes of the tree; 1,500 pages have 8.5 million, and ten times as many are read."""


class Parse(Step):
    """Reading of the manuscript.

    Invalid settings do not stop it: the next step reports them together with those in the manuscript.
    """

    name = "parse"
    title = "Reading the manuscript"
    label = "reading"
    follows_recordings = False
    reads_input = True
    goes_first = True
    typical_seconds = 2.0

    class Inputs(msgspec.Struct, frozen=True):
        reader: Unkeyed[str]
        """Module of the reader."""
        path: Unkeyed[Path]
        """The manuscript."""
        file: str
        """Its path inside the publication's folder."""
        guess: bool = False
        """Whether lines that only look like headings are headings; its reader can tell."""

    @property
    def code(self) -> str:
        """The digest of the code that determines the result, including that of the reader."""
        return self.context.code.digest(self._format.module)

    @property
    def _format(self) -> Format:
        reader = self.context.registry.reader(self.publication.manuscript.path.suffix.lower())
        assert reader is not None, "manuscripts are found by the suffixes of readers"
        return reader

    def action(self) -> Action:
        """Return the reading of the manuscript.

        Raises:
            SourceError: The manuscript cannot be opened.
        """
        manuscript = self.publication.manuscript
        settings, reader = self.publication.settings, self._format.reader
        guess = settings.export.guess_headings and guesses_headings(reader)
        digest, programs = self._digest(), external_state_of(reader)
        return Action(
            self.Inputs(reader=self._format.module, path=manuscript.path, file=manuscript.file, guess=guess),
            limit=settings.export.read_limit,
            size=manuscript.path.stat().st_size,
            state={"manuscript": digest, "styles": self._styles(), "programs": programs},
            files=self._digest,
        )

    def _digest(self) -> str:
        manuscript = self.publication.manuscript
        try:
            # A file of many gigabytes would be read to its end, while all other publications wait.
            refuse_larger(manuscript.path.stat().st_size, manuscript.file)
            return self.context.fingerprints.digest(manuscript.path, manuscript.folder)
        except OSError as error:
            raise SourceError(
                f"The manuscript cannot be read: {error.strerror}.", source=Source(manuscript.file)
            ) from error

    def _styles(self) -> Mapping[str, str]:
        """Return the digests of the style files that the reader reads."""
        used = styles_of(self._format.reader)
        files = self.context.fingerprints.folder(self.context.styles) if used else {}
        return {name: digest for name, digest in files.items() if any(Path(name).is_relative_to(path) for path in used)}

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Read a manuscript.

        Raises:
            SourceError: It cannot be read.
        """
        from exporter.model import walk

        objects, file = Store(context.store), inputs.file
        module: Reader = load(inputs.reader)
        options: dict[str, Any] = {"styles": context.styles} if styles_of(module) else {}
        if inputs.guess:
            options["guess_headings"] = True
        read = _without_forbidden_characters(module.read(read_manuscript(inputs.path, file), file, **options), file)
        tree = _encoded(read.publication, file)
        outputs = {"tree": StoredObject(objects.put(tree), len(tree))}
        for name, data in read.media.items():
            outputs[f"media:{name}"] = StoredObject(objects.put(data), len(data))
        metadata = read.publication.metadata
        names = [metadata.cover.source] if metadata.cover else []
        names += [image.source for image in walk.images(read.publication)]
        images = [name for name in dict.fromkeys(names) if name not in read.media]
        return StepResult(
            outputs,
            read.findings,
            {
                "images": images,
                "options": dict(read.options),
                "invalid": read.invalid_keys,
                "metadata": {
                    "title": metadata.title,
                    "kind": metadata.kind,
                    "language": metadata.language,
                    "family": metadata.family,
                },
            },
        )


def _encoded(publication: Publication, file: str) -> bytes:
    """Return a tree as JSON.

    Raises:
        SourceError: It or one of its tables or lists is so large, or a paragraph so long, that no edition could be laid
            out.
    """
    from exporter.model.oversized import find_oversized
    from exporter.model.serialisation import encode
    from exporter.model.unbroken import find_unbroken

    if unbroken := find_unbroken(publication):
        raise SourceError(
            f"This paragraph has {unbroken.reason}; no program could break it into lines.",
            advice="Divide it by spaces, or publish it as a data file.",
            source=unbroken.node.at.source or Source(file),
        )
    if oversized := find_oversized(publication):
        raise SourceError(oversized.message, advice=oversized.advice, source=oversized.node.at.source or Source(file))
    tree = encode(publication)
    if len(tree) > MAXIMUM_TREE:
        raise SourceError(
            f"The manuscript is too large: its text and addresses have {len(tree) / 1e6:,.0f} MB.",
            advice="Split it into several publications, or shorten addresses that are repeated.",
            source=Source(file),
        )
    return tree


def _without_forbidden_characters(read: ReadResult, file: str) -> ReadResult:
    """Return what was read without the characters that no edition can contain, wherever a format can hide them."""
    texts = (read.publication, read.findings, read.options, read.invalid_keys)
    character = first_forbidden(texts)
    if not character:
        return read
    publication, findings, options, invalid = without_forbidden(msgspec.to_builtins(texts))
    message = f"The control character U+{ord(character):04X} was removed."
    return ReadResult(
        msgspec.convert(publication, Publication),
        (*msgspec.convert(findings, tuple[Finding, ...]), CHARACTER_REMOVED.finding(message, Source(file))),
        read.media,
        options=options,
        invalid_keys=tuple(invalid),
    )
