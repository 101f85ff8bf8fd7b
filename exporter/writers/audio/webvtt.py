"""Transcript as WebVTT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.contracts import WriteContext
from exporter.lexicon import Lexicon, Lexicons
from exporter.model.east_asian import count_letters, line_parts
from exporter.speech.normalise import normalise
from exporter.writers.audio.timing import TimedUtterance

LINE_LENGTH = 42
"""Characters in a line of a cue; Chinese ones count twice."""
MAX_LINES = 2
"""Lines of a cue."""
_MARKS = tuple(",;:.?!…،؛؟，；：。？！、")


def format_webvtt(utterances: Iterable[TimedUtterance], language: str, context: WriteContext) -> str:
    """Return the transcript as WebVTT: cues of at most two lines, each with its speaker and language (W3C WebVTT 3).

    The identifiers of cues (3.1) begin with the number of their utterance, whose time they share by what is read.
    """
    lexicons = Lexicons(context.styles)
    cues = ["WEBVTT\n"]
    for number, timed in enumerate(utterances, start=1):
        utterance = timed.utterance
        parts = list(_split(utterance.transcription or utterance.text or utterance.spoken))
        ends = _end_times(timed, parts, lexicons(utterance.language))
        begin = timed.begin
        for index, (lines, end) in enumerate(zip(parts, ends, strict=True), start=1):
            cue_text = "\n".join(map(_escape, lines))
            if utterance.language != language and utterance.language:
                cue_text = f"<lang {utterance.language}>{cue_text}</lang>"
            if utterance.speaker:
                cue_text = f"<v {_escape(utterance.speaker)}>{cue_text}"
            cues.append(f"{number}.{index}\n{_clock(begin)} --> {_clock(max(end, begin + 0.001))}\n{cue_text}\n")
            begin = end
    return "\n".join(cues)


def _split(text: str) -> Iterator[list[str]]:
    """Yield the lines of each cue, which ends after a mark of punctuation where its second half has one."""
    words = line_parts(text)
    while words:
        lines, count = _fill(words)
        if count < len(words):
            marks = [index for index in range(count // 2, count) if words[index].rstrip().endswith(_MARKS)]
            count = marks[-1] + 1 if marks else count
            lines, _ = _fill(words[:count])
        yield lines
        words = words[count:]


def _fill(words: list[str]) -> tuple[list[str], int]:
    """Return the lines that the first words fill, and their number. A word longer than a line has one for itself."""
    lines: list[str] = []
    for count, word in enumerate(words):
        if lines and count_letters(f"{lines[-1]}{word}".rstrip()) <= LINE_LENGTH:
            lines[-1] += word
        elif len(lines) < MAX_LINES:
            lines.append(word)
        else:
            return [line.rstrip() for line in lines], count
    return [line.rstrip() for line in lines], len(words)


def _end_times(timed: TimedUtterance, parts: list[list[str]], lexicon: Lexicon) -> Iterator[float]:
    """Yield the end of each part, in proportion to the length of its words as they are read."""
    lengths = [max(1, len(normalise(" ".join(lines), lexicon))) for lines in parts]
    position = 0
    for length in lengths:
        position += length
        yield timed.begin + (timed.end - timed.begin) * position / sum(lengths)


def _escape(text: str) -> str:
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
