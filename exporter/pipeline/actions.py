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


def parse(context: RunContext, publication_run: PublicationRun) -> Action | Skip:
    """Read the manuscript and, before it, the settings beside it."""
    manuscript = publication_run.manuscript
    names = [edition.name for edition in context.registry.editions]
    publication_run.publication_layer = read_toml(
        manuscript.folder / PUBLICATION_FILE, PUBLICATION_FILE, manuscript.folder
    )
    if publication_run.publication_layer:
        publication_run.publication_layer.check_names(names)
    publication_run.metadata_overrides = metadata_settings(publication_run.publication_layer)
    publication_run.metadata_defaults = metadata_settings(context.publisher_settings)
    resolve_settings(context, publication_run, {})
    found = context.registry.reader(manuscript.path.suffix.lower())
    assert found is not None

    def inputs() -> str:
        try:
            return context.fingerprints.digest(manuscript.path, manuscript.folder)
        except OSError as error:
            raise SourceError(
                f"The manuscript cannot be read: {error.strerror}.", source=Source(manuscript.file)
            ) from error

    return Action(
        step_key(
            "parse",
            source=context.provenance.of(found.module.partition(":")[0], module_of("parse")),
            manuscript=inputs(),
            file=manuscript.file,
            styles=reader_styles(context, found.reader),
        ),
        StepFunction(module_of("parse"), publication_run.settings.read_limit),
        {
            "store": context.store.root,
            "reader": found.module,
            "path": manuscript.path,
            "file": manuscript.file,
            "styles": context.styles,
        },
        inputs,
    )


def prepare(context: RunContext, publication_run: PublicationRun) -> Action | Skip:
    """Complete the tree."""
    made = publication_run.made("parse")
    if made is None:
        return Skip("The manuscript could not be read.")
    options = made.info.get("options", {})
    resolve_settings(context, publication_run, options)
    folder = publication_run.manuscript.folder
    names = tuple(made.info["pictures"])
    media = {
        name.removeprefix("media:"): output.digest for name, output in made.outputs.items() if name.startswith("media:")
    }

    def inputs() -> object:
        return pictures(context, folder, names)

    return Action(
        step_key(
            "prepare",
            source=context.provenance.of(module_of("prepare")),
            tree=made.outputs["tree"].digest,
            media=media,
            pictures=inputs(),
            slug=publication_run.manuscript.slug,
            over=publication_run.metadata_overrides,
            under=publication_run.metadata_defaults,
        ),
        StepFunction(module_of("prepare"), publication_run.settings.read_limit),
        {
            "store": context.store.root,
            "tree": made.outputs["tree"].digest,
            "media": media,
            "folder": folder,
            "slug": publication_run.manuscript.slug,
            "over": publication_run.metadata_overrides,
            "under": publication_run.metadata_defaults,
        },
        inputs,
    )


def lint(context: RunContext, publication_run: PublicationRun) -> Action | Skip:
    """Check the manuscript."""
    made = publication_run.made("prepare")
    if made is None:
        return Skip("The text could not be prepared.")
    if context.gate is Gate.OFF:
        return Skip("The command line says not to check.")
    tree = made.outputs["tree"].digest
    return Action(
        step_key("lint", source=context.provenance.of(module_of("lint")), tree=tree),
        StepFunction(module_of("lint"), publication_run.settings.read_limit),
        {"store": context.store.root, "tree": tree},
    )


def write(context: RunContext, publication_run: PublicationRun, edition: Edition) -> Action | Skip:
    """Make one edition."""
    if not is_requested(context, publication_run, edition):
        return Skip("")
    made = publication_run.made("prepare")
    if made is None:
        return Skip("The manuscript could not be read.")
    if context.gate is not Gate.OFF and publication_run.made("lint") is None:
        return Skip("The manuscript could not be checked.")
    if context.gate is Gate.ERROR and publication_run.manuscript_errors:
        return Skip("The manuscript has errors, which stop the export.")
    options = edition_options(publication_run.layers, edition.name, edition.writer.Options)
    others = followed(context.registry, edition)
    settings = {
        other.name: edition_options(publication_run.layers, other.name, other.writer.Options) for other in others
    }
    for each in (edition, *others) if edition.speaks(options) else (edition,):
        refuse_network(context, publication_run, each)
    facts = dict(side_facts(publication_run, edition))
    writer = edition.module.partition(":")[0]
    decides = {
        "source": context.provenance.of(writer, module_of("write")),
        "styles": context.provenance.folder(context.styles, [HOUSE_FILE, *styles_of_others(context, edition)]),
        "outside": edition.external_state(options),
    }
    files = named_files(context, publication_run, edition, options)
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
        StepFunction(module_of("write"), publication_run.settings.time_limit),
        {
            "store": context.store.root,
            "writer": edition.module,
            "tree": tree,
            "options": options,
            "settings": settings,
            "facts": facts,
            "files": files,
            "styles": context.styles,
            "scratch": context.scratch / f"{publication_run.manuscript.slug}-{edition.name}",
            # Memos name their own inputs; what they cannot know is the versions of the libraries.
            "room": step_key("memo", edition=edition.name, libraries=libraries(decides["source"])),
            "recordings": step_key("memo", libraries=libraries(context.provenance.of("exporter.speech.mix"))),
        },
    )


def report(context: RunContext, publication_run: PublicationRun, digest: str) -> Action:
    """Complete and render the report with this digest."""
    made = publication_run.made("prepare")
    tree = made.outputs["tree"].digest if made else ""
    return Action(
        step_key("report", source=context.provenance.of(module_of("report"), *MODULES), report=digest, tree=tree),
        StepFunction(module_of("report"), _REPORT_LIMIT),
        {"store": context.store.root, "report": digest, "tree": tree},
    )
