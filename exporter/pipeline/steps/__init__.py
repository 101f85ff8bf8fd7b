"""The steps of an export, one file each, in the order in which a publication passes through them."""

from exporter.pipeline.step import Step
from exporter.pipeline.steps.barrier import Barrier
from exporter.pipeline.steps.check import Check
from exporter.pipeline.steps.check_page import CheckPage
from exporter.pipeline.steps.comments import Comments
from exporter.pipeline.steps.edition_comparison import EditionComparison
from exporter.pipeline.steps.gate import Gate
from exporter.pipeline.steps.lint import Lint
from exporter.pipeline.steps.original import Original
from exporter.pipeline.steps.page import Page
from exporter.pipeline.steps.parallel_tree import ParallelTree
from exporter.pipeline.steps.parity import Parity
from exporter.pipeline.steps.parse import Parse
from exporter.pipeline.steps.prepare import Prepare
from exporter.pipeline.steps.publish import Publish
from exporter.pipeline.steps.report import RenderReport
from exporter.pipeline.steps.translation_check import TranslationCheck
from exporter.pipeline.steps.write import Write
from exporter.pipeline.steps.write_file import WriteFile

STEPS: tuple[type[Step], ...] = (
    Parse,
    Barrier,
    Prepare,
    Lint,
    Original,
    TranslationCheck,
    ParallelTree,
    Write,
    Parity,
    Check,
    EditionComparison,
    Gate,
    Comments,
    RenderReport,
    CheckPage,
    Page,
    Publish,
    WriteFile,
)


def title_of_step(step: str) -> str:
    """Return what a step does, as the subject of a sentence.

    Args:
        step: Its ID, such as `parse` or `write:pdf`.
    """
    return _kind(step).title.format(step.partition(":")[2])


def label_of_step(step: str) -> str:
    """Return a step in a word or two, for a progress bar.

    Args:
        step: Its ID.
    """
    return _kind(step).label.format(step.partition(":")[2])


def is_end_shown(step: str, *, skipped: bool) -> bool:
    """Return whether the end of a step is worth a line.

    Args:
        step: Its ID.
        skipped: Whether it was not executed.
    """
    kind = _kind(step)
    return kind.end_is_shown and (kind.skip_is_shown or not skipped)


def _kind(step: str) -> type[Step]:
    return next(kind for kind in STEPS if kind.name == step.partition(":")[0])
