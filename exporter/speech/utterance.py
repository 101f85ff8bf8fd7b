"""Script of a recording: the utterances of a publication in order, and its chapters."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from exporter.model import Source


class UtteranceKind(StrEnum):
    """Role of an utterance."""

    OPENING = "opening"
    CLOSING = "closing"
    HEADING = "heading"
    TEXT = "text"
    ANNOUNCEMENT = "announcement"
    """A spoken label for what the layout shows; never part of the manuscript."""
    MARKER = "marker"
    """The number of a list item."""
    ALT = "alt"
    CAPTION = "caption"
    DESCRIPTION = "description"
    """A long description."""
    HEADER = "header"
    """A header cell in its row."""
    REPEATED_HEADER = "repeated-header"
    """A header cell, or its words outside brackets, before one of its data cells."""
    CELL = "cell"
    ATTRIBUTION = "attribution"
    SPEAKER = "speaker"
    CUE = "cue"
    NOTE = "note"
    NOTE_REFERENCE = "note-reference"
    CODE = "code"
    MATHS = "maths"


class TextRange(msgspec.Struct, frozen=True, omit_defaults=True):
    """A node, or a range of its running text."""

    node: str
    """`At.id` of a node."""
    begin: int = 0
    end: int = 0
    """Positions in the running text of the node (`model.text_positions`); both 0 for the whole node."""
    label: bool = False
    """Whether it is the label that a layout may write for the node: the number of a note, the name of a speaker."""


class Utterance(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sentence, or a part of one in another language."""

    node: str
    """`At.id` of the nearest node that has one; empty for text that is not in the tree."""
    text: str
    """Written form, from the manuscript or the labels."""
    language: str
    """BCP 47 tag."""
    kind: UtteranceKind
    spoken_form: str = ""
    """What is spoken instead of `text`, before normalisation; empty if it is `text`."""
    transcription: str = ""
    """What a transcript shows instead of `text`, such as a formula in words; empty if it is `text`."""
    language_runs: tuple[tuple[str, str], ...] = ()
    """Text by language, if its voice reads words in other languages; otherwise empty."""
    speaker: str = ""
    """Name of the speaker; empty for the narrator."""
    before: float = 0.0
    """Seconds of silence before it; between two utterances, the longer pause counts."""
    after: float = 0.0
    """Seconds of silence after it."""
    level: int = 0
    """Depth of the heading, from 1; 0 for everything else."""
    section: str = ""
    """`At.id` of its section; empty outside sections."""
    chapter: int = 0
    """Index of its chapter in `Script.chapters`."""
    text_range: TextRange | None = None
    """What it reads; None for announcements and for repetitions of what another utterance reads."""
    closing: bool = False
    """Whether it belongs to the utterance before it, as "End of table." does; others belong to the next one."""
    continues: bool = False
    """Whether the sentence continues in the next utterance, in another language."""
    source: Source | None = None
    """Its source in the manuscript, for findings."""

    @property
    def spoken(self) -> str:
        """The spoken form, before normalisation."""
        return self.spoken_form or self.text


class Chapter(msgspec.Struct, frozen=True, omit_defaults=True):
    """A chapter mark of the recording."""

    title: str
    level: int = 0
    """Depth of its heading, from 1; 0 for the opening and closing credits."""
    section: str = ""
    """`At.id` of its section; empty if there is none."""


class Script(msgspec.Struct, frozen=True):
    """The utterances and chapters of a whole recording."""

    utterances: tuple[Utterance, ...]
    chapters: tuple[Chapter, ...]
    """The opening, one for each heading in reading order, and "about this recording"."""


class Pauses(msgspec.Struct, frozen=True):
    """Pauses in seconds, as is usual in talking books."""

    phrase: float = 0.08
    """Around a passage in another language inside a sentence."""
    sentence: float = 0.3
    announcement: float = 0.35
    header: float = 0.12
    """Between a header cell and its data cell."""
    cell: float = 0.3
    row: float = 0.5
    paragraph: float = 0.6
    heading: float = 0.9
    """After a heading."""
    chapter: tuple[float, ...] = (2.0, 1.6, 1.3, 1.1)
    """Before a heading of level 1, 2, 3, and 4 or deeper, so that listeners can tell the level."""

    def before_heading(self, level: int) -> float:
        """Return the pause before a heading of `level`, from 1."""
        return self.chapter[min(level, len(self.chapter)) - 1]
