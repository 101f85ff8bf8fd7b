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
from exporter.pipeline.pool import StepPool
from exporter.pipeline.steps import label_of_step, title_of_step
from exporter.revise import ChangeResult
from exporter.revise.history import EarlierState, restore
from exporter.revise.history import states as earlier_states
from exporter.service.content import edition_content, stored_image, stored_publication
from exporter.service.descriptions import (
    ImportedDescriptions,
    describe,
    export_descriptions,
    import_descriptions,
    write_descriptions,
)
from exporter.service.doctor import Item, Need, doctor
from exporter.service.export import OUTPUT, Pool, Request, check, export
from exporter.service.file_verdicts import FileStatus, FileVerdict, VerifyResult
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
from exporter.service.pictures import PictureRow, pictures
from exporter.service.store_content import StoreContent, StoreRow, store_content
from exporter.service.verify import Checking, verify
from exporter.service.voice_samples import say, voice_named
from exporter.service.watching import Watcher

__all__ = [
    "OUTPUT",
    "Advanced",
    "AnyEvent",
    "ChangeResult",
    "Checking",
    "EarlierState",
    "EditionRow",
    "Ended",
    "EngineRow",
    "FileStatus",
    "FileVerdict",
    "Finished",
    "FormatRow",
    "Found",
    "ImportedDescriptions",
    "Item",
    "LanguageRow",
    "Listener",
    "Need",
    "Notice",
    "Outcome",
    "PictureRow",
    "Planned",
    "Pool",
    "PublicationFinished",
    "PublicationOutcome",
    "Published",
    "Removed",
    "Request",
    "Setting",
    "Started",
    "StepPool",
    "StepState",
    "StoreContent",
    "StoreRow",
    "VerifyResult",
    "Watcher",
    "check",
    "clean",
    "describe",
    "doctor",
    "earlier_states",
    "edition_content",
    "export",
    "export_descriptions",
    "formats",
    "import_descriptions",
    "label_of_step",
    "main_languages",
    "new",
    "new_from",
    "pictures",
    "report_bug",
    "restore",
    "say",
    "store_content",
    "stored_image",
    "stored_publication",
    "template_language",
    "title_of_step",
    "verify",
    "voice_named",
    "voices",
    "voices_of",
    "write_descriptions",
]
