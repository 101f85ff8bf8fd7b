"""The call for what readers meet in the folder of a publication besides its editions (see `steps/page`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from exporter.config import HOUSE_FILE, edition_options
from exporter.files import read_regular
from exporter.findings import Severity
from exporter.pipeline.action import Action, Skip, StepFunction
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.results import step_key
from exporter.report.model import Report
from exporter.site.entry import ENTRY, EditionFile

MODULE = "exporter.pipeline.steps.page"
TEXT = "html"
"""The edition whose text the page shows, where it stands there."""
FACTS = {"html": ("page",), "audio": ("chapters", "clips")}
"""Side facts that the page is made from, by edition."""
_LIMIT = 300.0
"""Seconds."""


def page(context: RunContext, publication_run: PublicationRun, report: str) -> Action | Skip:
    """Make the page of a publication and its entry in the catalogue, once its report says what will stand there.

    What the step makes is to be published as it is: its outputs bear the names of their files.

    Args:
        context: What publications share.
        publication_run: The publication; `PublicationRun.report` is there.
        report: File name of the report for people.
    """
    made = publication_run.made("prepare")
    if made is None or publication_run.report is None:
        return Skip("There is nothing to publish.")
    known = msgspec.json.decode(context.store.fetch(publication_run.report.digest), type=Report)
    if not known.published:
        return Skip("The publication has errors, so its page stays as it was.")
    files = tuple(_files(known))
    if not files:
        return Skip("There is no edition that could be shown.")
    text = any(one.name == TEXT and one.sha256 for one in known.editions)
    arguments = {
        "tree": made.outputs["tree"].digest,
        "slug": publication_run.manuscript.slug,
        "files": files,
        "epub": _epub(context, publication_run, known),
        "facts": _facts(publication_run),
        "gaps": _gaps(known),
        "published": tuple(
            slug for slug in made.info.get("translations", ()) if _stands(context, publication_run, slug)
        ),
        "report": report,
        "options": _options(context, publication_run, text=text),
        "text": text,
    }
    return Action(
        step_key(
            "page",
            source=context.provenance.of(MODULE),
            styles=context.provenance.folder(context.styles, [HOUSE_FILE]),
            **{name: msgspec.to_builtins(value) for name, value in arguments.items()},
        ),
        StepFunction(MODULE, _LIMIT),
        arguments
        | {
            "store": context.store.root,
            "styles": context.styles,
            "scratch": context.scratch / f"{publication_run.manuscript.slug}-page",
            "room": step_key("memo", edition=TEXT),
        },
    )


def _files(known: Report) -> Iterator[EditionFile]:
    """Yield the editions that will stand in the folder: of this run, and of earlier ones."""
    for one in known.editions:
        if one.sha256 and one.size:
            yield EditionFile(
                name=one.name,
                file=one.file,
                media_type=one.media_type,
                size=one.size,
                sha256=one.sha256,
                pages=one.pages,
                seconds=one.seconds,
            )


def _epub(context: RunContext, publication_run: PublicationRun, known: Report) -> str:
    """Return the digest of the EPUB, where the store has it; an earlier one is put there."""
    listed = next((one for one in known.editions if one.name == "epub" and one.sha256), None)
    if listed is None or context.output is None:
        return ""
    if context.store.path(listed.sha256).is_file():
        return listed.sha256
    try:
        folder = context.output / publication_run.manuscript.slug
        data = read_regular(folder / listed.file, folder)
    except OSError:
        return ""
    return context.store.put(data)


def _facts(publication_run: PublicationRun) -> Mapping[str, str]:
    found = {}
    for edition, names in FACTS.items():
        made = publication_run.made(f"write:{edition}")
        for name in names:
            if made is not None and f"fact:{name}" in made.outputs:
                found[f"{edition}.{name}"] = made.outputs[f"fact:{name}"].digest
    return found


def _gaps(known: Report) -> Mapping[str, tuple[str, ...]]:
    """Return what was found in each edition that readers should know: no mere notes."""
    gaps: dict[str, list[str]] = {}
    for finding in known.findings:
        if finding.edition and finding.severity is not Severity.NOTE:
            gaps.setdefault(finding.edition, []).append(finding.message)
    return {name: tuple(dict.fromkeys(sentences)) for name, sentences in gaps.items()}


def _stands(context: RunContext, publication_run: PublicationRun, slug: str) -> bool:
    """Return whether a translation is one of the house: its manuscript stands beside this one, or it is published."""
    if not re.fullmatch(r"[^/\\\x00]+", slug) or slug.startswith("."):
        return False
    beside = publication_run.manuscript.folder.parent / slug
    return beside.is_dir() or (context.output is not None and (context.output / slug / ENTRY).is_file())


def _options(context: RunContext, publication_run: PublicationRun, *, text: bool) -> object:
    """Return the options for what the page has of the HTML edition; without its text it is not worth typefaces."""
    writer = next(edition.writer for edition in context.registry.editions if edition.name == TEXT)
    options = edition_options(publication_run.layers, TEXT, writer.Options)
    return options if text else msgspec.structs.replace(options, fonts=False)
