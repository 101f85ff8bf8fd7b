"""What each step of a publication asks for: its key, and the call that does the work."""

from __future__ import annotations

import msgspec

from exporter.config import HOUSE_FILE, PUBLICATION_FILE, Gate, edition_options, metadata_settings, read_toml
from exporter.errors import SourceError
from exporter.model import Source
from exporter.pipeline.action import Action, Skip, StepFunction, module_of
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.files import named_files
from exporter.pipeline.registry import Edition, followed
from exporter.pipeline.results import step_key
from exporter.pipeline.rule_index import MODULES
from exporter.pipeline.settings import is_requested, refuse_network, resolve_settings
from exporter.pipeline.step_inputs import libraries, pictures, reader_styles, side_facts, styles_of_others

_REPORT_LIMIT = 120.0
"""Seconds."""


def parse(house: RunContext, work: PublicationRun) -> Action | Skip:
    """Read the manuscript and, before it, the settings beside it."""
    manuscript = work.manuscript
    names = [edition.name for edition in house.registry.editions]
    work.publication_layer = read_toml(manuscript.folder / PUBLICATION_FILE, PUBLICATION_FILE, manuscript.folder)
    if work.publication_layer:
        work.publication_layer.check_names(names)
    work.metadata_overrides = metadata_settings(work.publication_layer)
    work.metadata_defaults = metadata_settings(house.publisher_settings)
    resolve_settings(house, work, {})
    found = house.registry.reader(manuscript.path.suffix.lower())
    assert found is not None

    def inputs() -> str:
        try:
            return house.fingerprints.digest(manuscript.path, manuscript.folder)
        except OSError as error:
            raise SourceError(
                f"The manuscript cannot be read: {error.strerror}.", source=Source(manuscript.file)
            ) from error

    return Action(
        step_key(
            "parse",
            source=house.provenance.of(found.module.partition(":")[0], module_of("parse")),
            manuscript=inputs(),
            file=manuscript.file,
            styles=reader_styles(house, found.reader),
        ),
        StepFunction(module_of("parse"), work.settings.read_limit),
        {
            "store": house.store.root,
            "reader": found.module,
            "path": manuscript.path,
            "file": manuscript.file,
            "styles": house.styles,
        },
        inputs,
    )


def prepare(house: RunContext, work: PublicationRun) -> Action | Skip:
    """Complete the tree."""
    made = work.made("parse")
    if made is None:
        return Skip("The manuscript could not be read.")
    options = made.info.get("options", {})
    resolve_settings(house, work, options)
    folder = work.manuscript.folder
    names = tuple(made.info["pictures"])
    media = {
        name.removeprefix("media:"): output.digest for name, output in made.outputs.items() if name.startswith("media:")
    }

    def inputs() -> object:
        return pictures(house, folder, names)

    return Action(
        step_key(
            "prepare",
            source=house.provenance.of(module_of("prepare")),
            tree=made.outputs["tree"].digest,
            media=media,
            pictures=inputs(),
            slug=work.manuscript.slug,
            over=work.metadata_overrides,
            under=work.metadata_defaults,
        ),
        StepFunction(module_of("prepare"), work.settings.read_limit),
        {
            "store": house.store.root,
            "tree": made.outputs["tree"].digest,
            "media": media,
            "folder": folder,
            "slug": work.manuscript.slug,
            "over": work.metadata_overrides,
            "under": work.metadata_defaults,
        },
        inputs,
    )


def lint(house: RunContext, work: PublicationRun) -> Action | Skip:
    """Check the manuscript."""
    made = work.made("prepare")
    if made is None:
        return Skip("The text could not be prepared.")
    if house.gate is Gate.OFF:
        return Skip("The command line says not to check.")
    tree = made.outputs["tree"].digest
    return Action(
        step_key("lint", source=house.provenance.of(module_of("lint")), tree=tree),
        StepFunction(module_of("lint"), work.settings.read_limit),
        {"store": house.store.root, "tree": tree},
    )


def write(house: RunContext, work: PublicationRun, edition: Edition) -> Action | Skip:
    """Make one edition."""
    if not is_requested(house, work, edition):
        return Skip("")
    made = work.made("prepare")
    if made is None:
        return Skip("The manuscript could not be read.")
    if house.gate is not Gate.OFF and work.made("lint") is None:
        return Skip("The manuscript could not be checked.")
    if house.gate is Gate.ERROR and work.manuscript_errors:
        return Skip("The manuscript has errors, which stop the export.")
    options = edition_options(work.layers, edition.name, edition.writer.Options)
    others = followed(house.registry, edition)
    settings = {other.name: edition_options(work.layers, other.name, other.writer.Options) for other in others}
    speaks = getattr(edition.writer, "speaks", lambda _options: True)
    for each in (edition, *others) if speaks(options) else (edition,):
        refuse_network(house, work, each)
    facts = dict(side_facts(work, edition))
    writer = edition.module.partition(":")[0]
    decides = {
        "source": house.provenance.of(writer, module_of("write")),
        "styles": house.provenance.folder(house.styles, [HOUSE_FILE, *styles_of_others(house, edition)]),
    }
    outside = getattr(edition.writer, "external_state", None)
    if outside is not None:
        decides["outside"] = outside(options)
    files = named_files(house, work, edition, options)
    tree = made.outputs["tree"].digest
    return Action(
        step_key(
            "write",
            edition=edition.name,
            tree=tree,
            options=msgspec.to_builtins(options),
            settings=msgspec.to_builtins(settings),
            facts=facts,
            files=files,
            **decides,
        ),
        StepFunction(module_of("write"), work.settings.time_limit),
        {
            "store": house.store.root,
            "writer": edition.module,
            "tree": tree,
            "options": options,
            "settings": settings,
            "facts": facts,
            "files": files,
            "styles": house.styles,
            "scratch": house.scratch / f"{work.manuscript.slug}-{edition.name}",
            # Memos name their own inputs; what they cannot know is the versions of the libraries.
            "room": step_key("memo", edition=edition.name, libraries=libraries(decides["source"])),
            "recordings": step_key("memo", libraries=libraries(house.provenance.of("exporter.speech.mix"))),
        },
    )


def report(house: RunContext, work: PublicationRun, digest: str) -> Action:
    """Complete and render the report with this digest."""
    made = work.made("prepare")
    tree = made.outputs["tree"].digest if made else ""
    return Action(
        step_key("report", source=house.provenance.of(module_of("report"), *MODULES), report=digest, tree=tree),
        StepFunction(module_of("report"), _REPORT_LIMIT),
        {"store": house.store.root, "report": digest, "tree": tree},
    )
