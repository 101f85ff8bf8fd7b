"""Rules for recordings; those without a clause are good practice."""

from __future__ import annotations

from exporter.findings import Rule, Severity

_AGAIN = "Make the recording again."


def _rule(
    name: str, sentence: str, advice: str = _AGAIN, clause: str = "", severity: Severity = Severity.ERROR
) -> Rule:
    return Rule(id=f"audio-{name}", severity=severity, sentence=sentence, advice=advice, clause=clause)


_WARNING = Severity.WARNING
UNREADABLE = _rule("unreadable", "The recording can be opened and played.", "Get the file again, or create it again.")
DAMAGED = _rule("damaged", "The recording can be played to its end.", "Get the file again, or create it again.")
SILENT = _rule("silent", "A recording is not silent.")
CHAPTER_SILENT = _rule("chapter-silent", "No chapter is silent.")
PAUSE = _rule("pause", "No pause is so long that listeners think the end has come.", severity=_WARNING)
CLIPPED = _rule("clipped", "No sound is cut off at full scale.", "Record it again with less gain.", "ITU-R BS.1770-4")
PEAK = _rule(
    "peak",
    "No place is louder than -3 dBTP, so that no player and no encoder cuts it off.",
    "Put a limiter at -3 dBTP behind everything else.",
    "ITU-R BS.1770-4, annex 2; EBU R 128",
    _WARNING,
)
LOUDNESS = _rule(
    "loudness",
    "Speech is as loud as in other talking books: about -19 LUFS mono, -23 to -14 at the most.",
    "Bring the whole recording to one loudness.",
    "EBU R 128; ITU-R BS.1770-4",
    _WARNING,
)
TITLE = _rule("title", "A recording has a title.", "Write its title into its tags.", "WCAG 2.4.2")
LANGUAGE = _rule(
    "language", "A recording states its language.", "Write its tag into the file.", "WCAG 3.1.1", severity=_WARNING
)
NO_CHAPTERS = _rule(
    "no-chapters",
    "A long recording has chapters.",
    "Create a chapter for each heading.",
    "WCAG 2.4.1",
    _WARNING,
)
CHAPTER_TITLE = _rule("chapter-title", "Every chapter has a title.", "Write the text of its heading.", "WCAG 2.4.6")
CHAPTER_ORDER = _rule("chapter-order", "Chapters follow each other, and each ends after its beginning.")
CHAPTER_BEYOND = _rule("chapter-beyond", "Every chapter is within the recording.")
CHAPTER_SHORT = _rule("chapter-short", "A chapter lasts at least as long as it takes to say its title.")
LIST = _rule("list", "A playlist lists every sound, and only sounds that exist.", "Create the playlist again.")
MANIFEST = _rule(
    "manifest",
    "The manifest of an audiobook states its title, its language and its reading order.",
    "Add it to publication.json.",
    "Audiobooks, 3; Publication Manifest, 2",
)
AUTHOR = _rule(
    "author",
    "An audiobook says who it is from: its authors or its publisher.",
    "Add author or publisher to publication.json.",
    "Audiobooks, 5.2",
    _WARNING,
)
DURATION = _rule("duration", "The stated length of a sound is correct.", clause="Publication Manifest, 4.9.4")
DAISY = _rule(
    "daisy",
    "The navigation of a talking book points to its text and its sound.",
    clause="DAISY 2.02, 2.1, 2.2",
)
DAISY_DATA = _rule(
    "daisy-metadata",
    "A talking book states its title, language, format and length.",
    "Add them to ncc.html.",
    "DAISY 2.02, 2.1.2",
)
ALL = (
    *(UNREADABLE, DAMAGED, SILENT, CHAPTER_SILENT, PAUSE, CLIPPED, PEAK, LOUDNESS, TITLE, LANGUAGE),
    *(NO_CHAPTERS, CHAPTER_TITLE, CHAPTER_ORDER, CHAPTER_BEYOND, CHAPTER_SHORT),
    *(LIST, MANIFEST, AUTHOR, DURATION, DAISY, DAISY_DATA),
)
