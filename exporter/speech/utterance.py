"""What is said, in order: the utterances of a publication and the chapters that they fall into."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from exporter.model import Source


class UtteranceKind(StrEnum):
    """Why something is said."""

    OPENING = "opening"
    CLOSING = "closing"
    HEADING = "heading"
    TEXT = "text"
    ANNOUNCEMENT = "announcement"
    """Fixed words that the eye gets from the layout; never part of the manuscript."""
    MARKER = "marker"
    """What stands before an item of a numbered list."""
    ALT = "alt"
    CAPTION = "caption"
    DESCRIPTION = "description"
    """A long description."""
    HEADER = "header"
    """A header cell, said again before each cell that it heads."""
    CELL = "cell"
    ATTRIBUTION = "attribution"
    SPEAKER = "speaker"
    CUE = "cue"
    NOTE = "note"
    NOTE_REFERENCE = "note-reference"
    CODE = "code"
    MATHS = "maths"


class TextRange(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an utterance reads."""

    node: str
    """`At.id` of a node."""
    begin: int = 0
    end: int = 0
    """Places in the running text of the node (`model.text_positions`); both 0 for the node as a whole."""
    label: bool = False
    """Whether it reads what a layout may write for the node: the number of a note, the name of a speaker."""


class Utterance(msgspec.Struct, frozen=True, omit_defaults=True):
    """One sentence, or a part of one in a language of its own."""

    node: str
    """`At.id` of the nearest node that has one; empty for what is not in the tree."""
    text: str
    """What the eye reads, as it stands in the manuscript or in the labels."""
    language: str
    """BCP 47 tag."""
    kind: UtteranceKind
    spoken_form: str = ""
    """What the ear needs instead of `text`, before the lexicon has its turn; empty when that is `text`."""
    speaker: str = ""
    """Name of the speaker; empty for the narrator."""
    before: float = 0.0
    """Seconds of silence wanted before it; of two wishes that meet, the longer one counts."""
    after: float = 0.0
    """Seconds of silence wanted after it."""
    level: int = 0
    """Depth of the heading, from 1; 0 for everything else."""
    section: str = ""
    """`At.id` of the section that it stands in; empty outside sections."""
    chapter: int = 0
    """Place of its chapter in `Script.chapters`."""
    place: TextRange | None = None
    """What it reads; None for words that announce, close or repeat something that another utterance reads."""
    closing: bool = False
    """Whether it goes with what was said before it, as "End of table." does; others go with what follows."""
    continues: bool = False
    """Whether the sentence goes on in the next utterance, in another language."""
    source: Source | None = None
    """The place in the manuscript, for findings."""

    @property
    def spoken(self) -> str:
        """What the ear needs, before the lexicon has its turn."""
        return self.spoken_form or self.text


class Chapter(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of the recording that a player can jump to."""

    title: str
    level: int = 0
    """Depth of its heading, from 1; 0 for the opening and for what is said about the recording."""
    section: str = ""
    """`At.id` of the section that it reads; empty when it reads none."""


class Script(msgspec.Struct, frozen=True):
    """The whole recording in words."""

    utterances: tuple[Utterance, ...]
    chapters: tuple[Chapter, ...]
    """The opening, one for each heading in reading order, and "about this recording"."""


class Pauses(msgspec.Struct, frozen=True):
    """Silences in seconds, as listeners of talking books expect them."""

    phrase: float = 0.08
    """Around a passage in another language inside a sentence."""
    sentence: float = 0.3
    announcement: float = 0.35
    header: float = 0.12
    """Between a header cell and the cell that it heads."""
    cell: float = 0.3
    row: float = 0.5
    paragraph: float = 0.6
    heading: float = 0.9
    """After a heading."""
    chapter: tuple[float, ...] = (2.0, 1.6, 1.3, 1.1)
    """Before a heading of level 1, 2, 3, and 4 or deeper: the level is heard in the silence."""

    def before_heading(self, level: int) -> float:
        """Return the silence before a heading of `level`, from 1."""
        return self.chapter[min(level, len(self.chapter)) - 1]
