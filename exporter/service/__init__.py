"""The use cases, with the types that a front end needs to call them and to show progress: the only import of `cli`."""

from exporter.pipeline.direct_reading import locate
from exporter.pipeline.events import (
    Advanced,
    AnyEvent,
    Ended,
    Finished,
    Found,
    Listener,
    Notice,
    Planned,
    Published,
    Removed,
    Started,
    StepState,
)
from exporter.pipeline.execution.crash_reports import report_bug
from exporter.pipeline.execution.pool import StepPool
from exporter.pipeline.steps import is_end_shown, label_of_step, title_of_step
from exporter.report.formatting import join_names
from exporter.revise.history import restore
from exporter.revise.history import states as earlier_states
from exporter.service.content import edition_content, report_page, stored_image, stored_publication
from exporter.service.descriptions import (
    ImportedDescriptions,
    describe,
    write_descriptions,
)
from exporter.service.doctor import Item, Need, doctor
from exporter.service.export import OUTPUT, Request, check, export
from exporter.service.file_verdicts import FileStatus, FileVerdict, VerifyResult
from exporter.service.kept_processes import KeptProcesses, Pool
from exporter.service.listing import (
    EngineRow,
    LanguageRow,
    formats,
    main_languages,
    voices,
    voices_of,
)
from exporter.service.new import new, new_from, slug_of_title, template_language
from exporter.service.outcome import Outcome, PublicationOutcome
from exporter.service.pictures import pictures
from exporter.service.store_content import StoreContent, clean, store_content
from exporter.service.verify import Checking, verify
from exporter.service.voice_samples import say, voice_named
from exporter.service.watching import Watcher
