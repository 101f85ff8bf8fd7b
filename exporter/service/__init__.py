"""The use cases, and what a front end needs to call them and to show how they go: front ends import nothing below."""

from exporter.pipeline.events import (
    Advanced,
    AnyEvent,
    Done,
    Ended,
    Finished,
    Found,
    Listener,
    Noticed,
    Planned,
    Published,
    Removed,
    Started,
    State,
)
from exporter.pipeline.failures import name_of
from exporter.service.clean import clean
from exporter.service.doctor import Item, Need, doctor
from exporter.service.export import Outcome, PublicationOutcome, Request, check, export
from exporter.service.listing import EditionRow, EngineRow, FormatRow, LanguageRow, Setting, formats, voices, voices_of
from exporter.service.maintenance import keep_bug
from exporter.service.new import new
from exporter.service.new_from import new_from
from exporter.service.verify import Checking, FileVerdict, Standing, Verified, verify
from exporter.service.voice_file import voice_named
from exporter.service.voices import say

__all__ = [
    "Advanced",
    "AnyEvent",
    "Checking",
    "Done",
    "EditionRow",
    "Ended",
    "EngineRow",
    "FileVerdict",
    "Finished",
    "FormatRow",
    "Found",
    "Item",
    "LanguageRow",
    "Listener",
    "Need",
    "Noticed",
    "Outcome",
    "Planned",
    "PublicationOutcome",
    "Published",
    "Removed",
    "Request",
    "Setting",
    "Standing",
    "Started",
    "State",
    "Verified",
    "check",
    "clean",
    "doctor",
    "export",
    "formats",
    "keep_bug",
    "name_of",
    "new",
    "new_from",
    "say",
    "verify",
    "voice_named",
    "voices",
    "voices_of",
]
