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
from exporter.service.bugs import keep_bug
from exporter.service.clean import clean
from exporter.service.doctor import Item, Need, doctor
from exporter.service.export import Outcome, PublicationOutcome, Request, check, export
from exporter.service.listing import EditionRow, FormatRow, VoiceGroup, formats, voices
from exporter.service.new import new

__all__ = [
    "Advanced",
    "AnyEvent",
    "Done",
    "EditionRow",
    "Ended",
    "Finished",
    "FormatRow",
    "Found",
    "Item",
    "Listener",
    "Need",
    "Noticed",
    "Outcome",
    "Planned",
    "PublicationOutcome",
    "Published",
    "Removed",
    "Request",
    "Started",
    "State",
    "VoiceGroup",
    "check",
    "clean",
    "doctor",
    "export",
    "formats",
    "keep_bug",
    "name_of",
    "new",
    "voices",
]
