"""Any recording: one file of sound, sounds in an archive, a W3C audiobook, a DAISY talking book.

Every sound is decoded from its beginning to its end; no file is trusted to state its own length or loudness.
"""

from __future__ import annotations

from pathlib import Path

from exporter.findings import Finding
from exporter.inspect.archive import Archive
from exporter.inspect.limits import LimitError
from exporter.inspect.sound import NoAudioError
from exporter.validate.audio import archive, audiobook, daisy, rules, sound
from exporter.validate.audio.analysis import analyse
from exporter.validate.audio.rules import ALL

_TAGGED = frozenset({".m4b", ".m4a", ".mp3", ".opus", ".ogg", ".flac"})


def check(path: Path) -> tuple[Finding, ...]:
    """Check one file of sound."""
    try:
        analysis = analyse(path)
    except NoAudioError as error:
        return (rules.UNREADABLE.finding(f"It cannot be played: {error}."),)
    except OSError as error:
        return (rules.UNREADABLE.finding(f"It cannot be read: {error.strerror or error}."),)
    findings = list(sound.check(analysis))
    if path.suffix.lower() in _TAGGED:
        findings += sound.check_tags(analysis)
    silent = any(finding.rule == rules.SILENT.id for finding in findings)
    findings += sound.check_chapters(analysis.chapters, analysis.seconds, None if silent else analysis)
    return tuple(findings)


def check_archive(path: Path) -> tuple[Finding, ...]:
    """Check an archive of sounds: parts in MP3, a W3C audiobook or a DAISY talking book, by what lies in it."""
    from lxml import etree

    try:
        with Archive(path) as opened:
            if "publication.json" in opened:
                return tuple(audiobook.check(opened))
            if any(name.rpartition("/")[2].lower() == "ncc.html" for name in opened.names):
                return tuple(daisy.check(opened))
            return tuple(archive.check(opened))
    except LimitError as error:
        return (rules.UNREADABLE.finding(str(error)),)
    except (
        *(KeyError, OSError, ValueError, AttributeError, NotImplementedError, RuntimeError, EOFError, TypeError),
        etree.LxmlError,
    ) as error:
        reason = str(error).splitlines()[0].strip(" .,'") if str(error) else "it is damaged"
        return (rules.UNREADABLE.finding(f"The file cannot be read: {reason}."),)


__all__ = ["ALL", "check", "check_archive"]
