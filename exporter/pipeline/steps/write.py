"""Writing of an edition from the tree."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any

import msgspec

from exporter import budgets
from exporter.config import HOUSE_FILE, GateLevel
from exporter.contracts import EditionKind, PageLinks, Sound, WriteContext, Writer, WriteResult
from exporter.errors import StepError
from exporter.images.paths import Folder
from exporter.images.probe_result import ImageRefusedError
from exporter.images.rules import MISSING
from exporter.labels import Labels
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.execution.measurements import SpokenText
from exporter.pipeline.execution.worker import progress
from exporter.pipeline.file_writing import refuse, writing
from exporter.pipeline.page_links import links_of_edition
from exporter.pipeline.registry import Edition, inherited_editions, load
from exporter.pipeline.step import Action, EditionStep, Skip, StepContext, Unkeyed
from exporter.pipeline.storage.results import StepResult, StoredObject, step_key, used_memos
from exporter.pipeline.storage.store import Store

_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
RECORDING_FOLLOWS = "The recording follows."
NO_ORIGINAL = "Only a translation whose original can be read has this edition."
RECORDINGS = "recordings"
"""Name of the cache of recorded speech, which all editions share."""


class Write(EditionStep):
    """Creation of one edition."""

    name = "write"
    title = "Creating the edition “{}”"
    label = "{}"

    class Inputs(msgspec.Struct, frozen=True):
        tree: str
        """Digest of the complete tree."""
        writer: Unkeyed[str]
        """Module of the writer."""
        edition: str
        """Name of the edition, and of its cache."""
        options: Any
        """The writer's `Options`."""
        settings: Mapping[str, Any]
        """Options of the editions whose settings it inherits, by name."""
        sidecars: Mapping[str, str]
        """Digests of the sidecars of other editions, by name such as `pdf.pages`."""
        files: Mapping[str, str]
        """Digests of the files that the options name, by name."""
        links: PageLinks
        """Addresses of the pages beside the edition."""
        version: Unkeyed[str]
        """Digest of the code, styles, libraries and programs."""
        may_speak: Unkeyed[bool]
        """Whether text may be spoken; else all of it has to be spoken already."""

    def __init__(self, publication: PublicationRun, edition: Edition) -> None:
        super().__init__(publication, edition)
        # A recording that may not be spoken yet ends soon: it finds out how much has to be spoken.
        is_first = edition.is_heard and publication.before is None
        self.goes_first = is_first and not edition.writer.INHERITS_SETTINGS
        self.typical_seconds = 8.0 if not edition.is_heard else 1.0 if is_first else 12.0

    def needs(self) -> Iterator[str]:
        """Yield the check of the manuscript, and the editions whose sidecars or recordings this one uses."""
        yield "lint"
        if self.edition.writer.WITH_ORIGINAL:
            yield "parallel_tree"
        for name in dict.fromkeys((*self.edition.writer.NEEDS, *self.edition.writer.INHERITS_SETTINGS)):
            yield f"write:{name}"

    def action(self) -> Action | Skip:
        """Return the writing of the edition.

        Raises:
            SettingsError: The settings of the edition are invalid, or name a file that cannot be used.
        """
        publication, context = self.publication, self.context
        if not publication.requests(self.edition):
            return Skip("")
        prepared = publication.result("prepare")
        if prepared is None:
            return Skip("The manuscript could not be read.")
        if context.gate is not GateLevel.OFF and publication.result("lint") is None:
            return Skip("The manuscript could not be checked.")
        if context.gate is GateLevel.ERROR and publication.manuscript_errors:
            return Skip("Not exported: the manuscript has errors.")
        text = publication.text(self.edition)
        if text is None:
            return Skip(NO_ORIGINAL)
        settings = publication.settings
        options = publication.options(self.edition)
        follows = self.edition.speaks(options) and self._recording_follows()
        if follows:
            if self.edition.is_heard:
                return Skip(RECORDING_FOLLOWS, recording_follows=True)
            options = self.edition.with_sound(options, Sound.OFF)
        others = inherited_editions(context.registry, self.edition)
        for edition in (self.edition, *others) if self.edition.speaks(options) else (self.edition,):
            settings.refuse_network(context, edition)
        files = self._option_files(options)
        is_spoken, size = self._is_recording(options), text.outputs["tree"].size
        state = {
            "styles": context.fingerprints.folder(context.styles, [HOUSE_FILE, *self._styles_of_others()]),
            "external": dict(self.edition.writer.external_state(options)),
        }
        inputs = self.Inputs(
            tree=text.outputs["tree"].digest,
            writer=self.edition.module,
            edition=self.edition.name,
            options=options,
            settings={other.name: settings.options(other) for other in others},
            sidecars=dict(self._sidecars()),
            files={name: sha256(data).hexdigest() for name, data in files.items()},
            links=links_of_edition(publication, self.edition.description.kind),
            version=step_key("version", code=self.code, **state),
            may_speak=publication.before is not None,
        )
        return Action(
            inputs,
            limit=settings.export.time_limit or budgets.seconds(size, prepared.info["characters"] if is_spoken else 0),
            size=None if is_spoken else size,
            state=state,
            deferred=lambda: {"files": {name: context.store.put(data) for name, data in files.items()}},
            recording_follows=follows,
        )

    def _recording_follows(self) -> bool:
        """Return whether text has to be spoken first: for this edition, or for the one whose recording it uses."""
        if self.publication.before is not None:
            return False
        following = self.publication.following
        return self.unspoken is not None or any(name in following for name in self.edition.writer.INHERITS_SETTINGS)

    def _is_recording(self, options: Any) -> bool:
        """Return whether the edition contains its recording."""
        is_sound = self.edition.description.kind in (EditionKind.SOUND, EditionKind.DAISY)
        return is_sound or (bool(self.edition.writer.INHERITS_SETTINGS) and self.edition.speaks(options))

    def _sidecars(self) -> Iterator[tuple[str, str]]:
        """Yield the digests of the sidecars of the editions that this one needs, by name such as `pdf.pages`."""
        for need in self.edition.writer.NEEDS:
            result = self.publication.result(f"write:{need}")
            for name, output in (result.outputs if result else {}).items():
                if name.startswith("sidecar:"):
                    yield f"{need}.{name.removeprefix('sidecar:')}", output.digest

    def _styles_of_others(self) -> list[str]:
        """Return the folders of styles that only other writers read, named like their modules."""
        module = _module_name(self.edition.module)
        names = {_module_name(other.module) for other in self.context.registry.editions}
        return sorted(names - {module, *self.edition.writer.STYLES})

    def _option_files(self, options: Any) -> Mapping[str, bytes]:
        """Return the contents of the files that the options name, by name.

        Only the publication's folder and the folder of styles are searched.

        Raises:
            SettingsError: A file is not found, or its name points outside the folder.
            UsageError: The same, if the command line names it.
        """
        return {name: self._read(key, name) for key, name in self.edition.writer.option_files(options).items()}

    def _read(self, key: str, name: str) -> bytes:
        refusal = ImageRefusedError(MISSING, "is neither in the publication's folder nor in the folder of styles")
        for root in (self.publication.manuscript.folder, self.context.styles):
            folder = Folder(root)
            try:
                return folder.read(folder.find(name))
            except ImageRefusedError as error:
                if error.rule is not MISSING:
                    refusal = error
                    break
        table = self.edition.name
        raise self.publication.settings.layer_of(table, key).error(
            f"The file “{name}” {refusal.reason}.",
            advice="Put the file beside the manuscript or into the folder of styles, and use its path from there.",
            table=table,
            key=key,
        )

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Write one edition into the store.

        Raises:
            UnspokenError: Text has to be spoken.
        """
        from exporter.model.serialisation import decode

        objects, scratch = Store(context.store), context.scratch
        module: Writer = load(inputs.writer)
        publication = decode(objects.fetch(inputs.tree))
        objects.require(asset.digest for asset in publication.assets)
        # The name of the target must not make the output depend on the slug or the time.
        target = scratch / "target" / f"edition{module.SUFFIX}"
        with writing(scratch, "The scratch folder"):
            (scratch / "own").mkdir(parents=True)
            target.parent.mkdir()
        speech = SpokenText()
        memo, recordings = objects.memo(inputs.edition), objects.memo(RECORDINGS)
        write_context = WriteContext(
            assets=objects,
            memo=memo,
            recordings=recordings,
            labels=Labels.load(context.styles, publication.metadata.language),
            styles=context.styles,
            scratch=scratch / "own",
            version=inputs.version,
            sidecars={name: objects.fetch(digest) for name, digest in inputs.sidecars.items()},
            files={name: objects.fetch(digest) for name, digest in inputs.files.items()},
            settings=inputs.settings,
            links=inputs.links,
            progress=progress,
            may_speak=inputs.may_speak,
            processes=context.processes,
            spoken=speech.add,
        )
        try:
            result = module.write(publication, write_context, inputs.options, target)
        except OSError as error:
            # Only these are errors of the disk; any other is a bug in the writer.
            if error.errno in _DISK_ERRORS:
                refuse(target, f"The edition “{module.NAME}”", error)
            raise
        if not isinstance(result, WriteResult):
            raise StepError(f"The writer “{module.NAME}” returned {type(result).__name__} instead of WriteResult.")
        if target.is_symlink() or not target.is_file() or not target.stat().st_size:
            raise StepError(f"The writer “{module.NAME}” has written nothing.")
        outputs = {
            f"sidecar:{name}": StoredObject(objects.put(data), len(data)) for name, data in result.sidecars.items()
        }
        outputs["edition"] = StoredObject(*objects.take(target))
        info = _extent(result.sidecars) | speech.info() | ({"suffix": result.suffix} if result.suffix else {})
        used = used_memos(objects, memo, recordings)
        return StepResult(outputs, result.findings, info, cacheable=result.cacheable, memos=used)


class _Pages(msgspec.Struct):
    labels: list[str] = []


class _Clip(msgspec.Struct):
    end: float = 0.0


def _extent(sidecars: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the pages and seconds of an edition, as far as its sidecars contain them."""
    extent: dict[str, Any] = {}
    with suppress(msgspec.MsgspecError):
        if "pages" in sidecars:
            extent["pages"] = len(msgspec.json.decode(sidecars["pages"], type=_Pages).labels)
    with suppress(msgspec.MsgspecError):
        if "clips" in sidecars:
            clips = msgspec.json.decode(sidecars["clips"], type=list[_Clip])
            extent["seconds"] = max((clip.end for clip in clips), default=0.0)
    return extent


def _module_name(module: str) -> str:
    return module.partition(":")[0].rpartition(".")[2]
