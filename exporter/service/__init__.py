"""The use cases, with the types that a front end needs to call them and to show progress: the only import of `cli`."""

from exporter.pipeline.events import (
    Advanced,
    AnyEvent,
    Ended,
    Finished,
    Found,
    Listener,
    Notice,
    Planned,
    PublicationFinished,
    Published,
    Removed,
    Started,
    StepState,
)
from exporter.pipeline.steps import label_of_step, title_of_step
from exporter.service.doctor import Item, Need, doctor
from exporter.service.export import OUTPUT, Request, check, export
from exporter.service.listing import (
    EditionRow,
    EngineRow,
    FormatRow,
    LanguageRow,
    Setting,
    formats,
    main_languages,
    voices,
    voices_of,
)
from exporter.service.maintenance import clean, report_bug
from exporter.service.new import new, new_from, template_language
from exporter.service.outcome import Outcome, PublicationOutcome
from exporter.service.verify import Checking, FileStatus, FileVerdict, VerifyResult, verify
from exporter.service.voice_samples import say, voice_named
from exporter.service.watching import Watcher

__all__ = [
    "OUTPUT",
    "Advanced",
    "AnyEvent",
    "Checking",
    "EditionRow",
    "Ended",
    "EngineRow",
    "FileStatus",
    "FileVerdict",
    "Finished",
    "FormatRow",
    "Found",
    "Item",
    "LanguageRow",
    "Listener",
    "Need",
    "Notice",
    "Outcome",
    "Planned",
    "PublicationFinished",
    "PublicationOutcome",
    "Published",
    "Removed",
    "Request",
    "Setting",
    "Started",
    "StepState",
    "VerifyResult",
    "Watcher",
    "check",
    "clean",
    "doctor",
    "export",
    "formats",
    "label_of_step",
    "main_languages",
    "new",
    "new_from",
    "report_bug",
    "say",
    "template_language",
    "title_of_step",
    "verify",
    "voice_named",
    "voices",
    "voices_of",
]
