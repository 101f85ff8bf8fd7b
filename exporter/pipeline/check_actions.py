"""What is asked of an edition once it is made: that it says what the manuscript says, and that it keeps the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from exporter.config import Gate, Validators
from exporter.pipeline.action import Action, Skip, StepFunction, module_of
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.registry import Edition
from exporter.pipeline.results import StepResult, step_key

PLACES = "exporter.pipeline.source_map"


def parity(context: RunContext, publication_run: PublicationRun, edition: Edition) -> Action | Skip:
    """Compare one edition with the manuscript."""
    made, why = _made(context, publication_run, edition)
    if made is None:
        return Skip(why)
    extractor = edition.description.extractor
    arguments = _arguments(publication_run, edition, made) | {
        "extractor": extractor,
        "clips": _clips(publication_run, edition, made),
    }
    modules = [extractor.partition(":")[0]] if extractor else []
    source = context.provenance.of(module_of("parity"), PLACES, *modules)
    return Action(
        step_key("parity", source=source, **arguments),
        StepFunction(module_of("parity"), publication_run.settings.check_limit),
        arguments | {"store": context.store.root, "scratch": _scratch(context, publication_run, edition, "parity")},
    )


def check(context: RunContext, publication_run: PublicationRun, edition: Edition) -> Action | Skip:
    """Put one edition before our own checks and before the validators that are installed."""
    made, why = _made(context, publication_run, edition)
    if made is None:
        return Skip(why)
    outside = publication_run.settings.validators is Validators.INSTALLED
    states = edition.description
    arguments = _arguments(publication_run, edition, made) | {
        "file_type": states.file_type,
        "own": states.validators,
        "outside": outside,
    }
    modules = [where.partition(":")[0] for where in states.validators]
    source = context.provenance.of(module_of("check"), PLACES, *modules)
    installed = context.validators.installed(edition) if outside else {}
    return Action(
        step_key("check", source=source, installed=installed, **arguments),
        StepFunction(module_of("check"), publication_run.settings.check_limit),
        arguments | {"store": context.store.root, "scratch": _scratch(context, publication_run, edition, "check")},
        deferred_arguments=lambda: {"java": context.validators.java() if any(installed.values()) else None},
    )


def facts(context: RunContext, publication_run: PublicationRun) -> Action | Skip:
    """Put the editions side by side."""
    compared = {edition.name: publication_run.made(f"parity:{edition.name}") for edition in context.editions}
    read = {name: made for name, made in compared.items() if made is not None and "reason" not in made.info}
    tree = publication_run.made("prepare")
    if tree is None or not read:
        return Skip("No edition was compared with the manuscript.")
    amounts: Mapping[str, str] = {
        name: made.outputs["amounts"].digest if "amounts" in made.outputs else "" for name, made in read.items()
    }
    broken: Mapping[str, Sequence[str]] = {
        name: sorted({finding.rule for finding in made.findings}) for name, made in read.items()
    }
    arguments = {"tree": tree.outputs["tree"].digest, "amounts": amounts, "broken": broken}
    return Action(
        step_key("facts", source=context.provenance.of(module_of("facts")), **arguments),
        StepFunction(module_of("facts"), publication_run.settings.check_limit),
        arguments | {"store": context.store.root},
    )


def _made(context: RunContext, publication_run: PublicationRun, edition: Edition) -> tuple[StepResult | None, str]:
    """Return what was made of an edition, or why nothing can be asked of it."""
    result = publication_run.results[f"write:{edition.name}"]
    if result.made is None:
        return None, "The edition was not made." if result.reason else ""
    if context.gate is Gate.OFF:
        return None, "The command line says not to check."
    return result.made, ""


def _arguments(publication_run: PublicationRun, edition: Edition, made: StepResult) -> dict[str, Any]:
    tree = publication_run.made("prepare")
    assert tree is not None
    return {
        "tree": tree.outputs["tree"].digest,
        "edition": edition.name,
        "file": f"{publication_run.manuscript.slug}{edition.writer.SUFFIX}",
        "digest": made.outputs["edition"].digest,
    }


def _clips(publication_run: PublicationRun, edition: Edition, made: StepResult) -> str:
    """Return the digest of the utterances of an edition that is heard: its own, or those whose settings it follows."""
    others = (publication_run.made(f"write:{name}") for name in edition.inherits_settings)
    for one in (made, *others):
        if one is not None and "fact:clips" in one.outputs:
            return one.outputs["fact:clips"].digest
    return ""


def _scratch(context: RunContext, publication_run: PublicationRun, edition: Edition, step: str) -> Path:
    return context.scratch / f"{publication_run.manuscript.slug}-{edition.name}-{step}"
