"""Preparation of the tree for all editions: metadata completed, images collected, transforms applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec

from exporter.config import MetadataSettings
from exporter.findings import Finding, Rule, Severity, quoted
from exporter.images.limits import MAX_BYTES
from exporter.images.paths import Folder
from exporter.images.probe_result import ImageRefusedError
from exporter.model import Family, Metadata, Related, addresses
from exporter.model.text_keys import same_words
from exporter.pipeline.step import Action, Skip, Step, StepContext, Unkeyed
from exporter.pipeline.storage.results import StepResult, StoredObject
from exporter.pipeline.storage.store import Store
from exporter.readers.rules import LINK_UNSAFE

_WEB_ADDRESS = "Write an address that begins with https: or http:."
TITLE_REPLACED = Rule(
    id="title-replaced",
    severity=Severity.NOTE,
    sentence="The title in the settings is that of the manuscript.",
    advice="Nothing to do if this is intended; else write the other into subtitle, or delete title in the settings.",
)


class Prepare(Step):
    """Completion of the tree."""

    name = "prepare"
    title = "Preparing the text and its images"
    label = "images"
    follows_recordings = False
    reads_input = True
    goes_first = True
    typical_seconds = 2.0

    class Inputs(msgspec.Struct, frozen=True):
        tree: str
        """Digest of the raw tree."""
        media: Mapping[str, str]
        """Digests of the images inside the manuscript, by name."""
        folder: Unkeyed[Path]
        """The publication's folder."""
        slug: str
        overrides: MetadataSettings
        """Metadata that replace those of the manuscript."""
        defaults: MetadataSettings
        """Metadata for fields that the manuscript leaves empty."""
        family: Family | None = None
        """The family with all other members; None if it belongs to none."""

    def needs(self) -> Iterator[str]:
        """Yield the reading of the manuscript."""
        yield "parse"

    def needs_of_all(self) -> Iterator[str]:
        """Yield the reading of the manuscripts, which say who belongs to which family."""
        yield "parse"

    def action(self) -> Action | Skip:
        """Return the completion of the tree.

        Raises:
            SettingsError: A setting is invalid, in the manuscript or beside it.
        """
        parsed = self.publication.result("parse")
        settings = self.publication.settings_with_manuscript
        if parsed is None:
            return Skip("The manuscript could not be read.")
        folder = self.publication.manuscript.folder
        names = tuple(parsed.info["images"])
        inputs = self.Inputs(
            tree=parsed.outputs["tree"].digest,
            media=parsed.media(),
            folder=folder,
            slug=self.publication.manuscript.slug,
            overrides=settings.metadata_overrides,
            defaults=settings.metadata_defaults,
            family=self.publication.families.of(self.publication.manuscript.slug),
        )
        images = partial(self._image_states, folder, names)
        limit, size = settings.export.read_limit, parsed.outputs["tree"].size
        return Action(inputs, limit, size, state={"images": images()}, files=images)

    def _image_states(self, folder: Path, names: tuple[str, ...]) -> list[str]:
        """Return the state of the images to collect: for each name its file and digest, or why it is refused."""
        search = Folder(folder)
        states = []
        for name in names:
            try:
                path = (search.root / search.find(name)).resolve()
                size = path.stat().st_size
                if not path.is_relative_to(search.root):
                    states.append("outside")
                elif size > MAX_BYTES:
                    states.append(f"{path.relative_to(search.root)} {size}")
                else:
                    digest = self.context.fingerprints.digest(path, search.root)
                    states.append(f"{path.relative_to(search.root)} {digest}")
            except ImageRefusedError as refusal:
                states.append(f"{refusal.rule.id} {refusal.reason} {refusal.advice}")
            except (OSError, RuntimeError) as error:
                states.append(f"unreadable {error}")
        return states

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Complete a raw tree."""
        from exporter import images, transforms
        from exporter.model.serialisation import content_digest, decode, encode
        from exporter.model.walk import plain_text

        objects, overrides = Store(context.store), inputs.overrides
        raw = decode(objects.fetch(inputs.tree))
        metadata = _with_family(inputs.defaults.under(overrides.over(raw.metadata)), inputs.family)
        metadata, findings = _with_safe_addresses(metadata)
        publication = msgspec.structs.replace(raw, metadata=metadata)
        media = {name: objects.fetch(digest) for name, digest in inputs.media.items()}
        collected = images.collect(publication, inputs.folder, media)
        outputs: dict[str, StoredObject] = {}
        for digest, data in collected.blobs.items():
            stored = objects.put(data)
            assert stored == digest
            outputs[f"asset:{digest}"] = StoredObject(digest, len(data))
        complete = transforms.apply(collected.publication, inputs.slug)
        data = encode(complete)
        outputs["tree"] = StoredObject(objects.put(data), len(data))
        metadata = complete.metadata
        info = {
            "title": metadata.title,
            "language": metadata.language,
            "kind": metadata.kind or "",
            "content_digest": content_digest(data),
            "characters": sum(map(len, map(plain_text, (complete.front, complete.body, complete.notes)))),
            "translations": [other.target for other in (*metadata.members, *metadata.translations) if other.target],
            "related": [
                other.target for other in (*metadata.members, *metadata.translations, *metadata.related) if other.target
            ],
        }
        return StepResult(outputs, (*findings, *collected.findings, *_replaced_title(overrides, raw.metadata)), info)


def _with_family(metadata: Metadata, family: Family | None) -> Metadata:
    """Return metadata with the family, whose members are not listed again as translations."""
    members = {member.target for member in family.members} if family else set()
    outside = tuple(other for other in metadata.translations if not other.target or other.target not in members)
    return msgspec.structs.replace(metadata, family=family, translations=outside)


def _with_safe_addresses(metadata: Metadata) -> tuple[Metadata, tuple[Finding, ...]]:
    """Return metadata without addresses that are not those of web pages, and a finding for each of them."""
    unsafe: list[str] = []

    def safe(address: str) -> str:
        if addresses.scheme(address) in ("", *addresses.WEB):
            return address
        unsafe.append(address)
        return ""

    def related(others: tuple[Related, ...]) -> tuple[Related, ...]:
        return tuple(msgspec.structs.replace(other, target=safe(other.target)) for other in others)

    family = metadata.family and msgspec.structs.replace(metadata.family, members=related(metadata.family.members))
    contact = metadata.contact and msgspec.structs.replace(metadata.contact, url=safe(metadata.contact.url))
    metadata = msgspec.structs.replace(
        metadata,
        contact=contact,
        family=family,
        translations=related(metadata.translations),
        related=related(metadata.related),
    )
    messages = (f"Unsafe address {quoted(address)} in the metadata: it was removed." for address in unsafe)
    return metadata, tuple(LINK_UNSAFE.finding(message, metadata.source, advice=_WEB_ADDRESS) for message in messages)


def _replaced_title(overrides: MetadataSettings, metadata: Metadata) -> Iterator[Finding]:
    """Yield a finding if the title in the settings replaces a line of the manuscript with other words."""
    source = metadata.source
    is_line = source is not None and bool(source.line or source.place)
    if overrides.title and metadata.title and is_line and not same_words(overrides.title, metadata.title):
        message = f"The title {quoted(overrides.title)} in the settings replaces {quoted(metadata.title)}."
        yield TITLE_REPLACED.finding(message, source)
