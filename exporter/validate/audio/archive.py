"""Sounds in an archive: each heard, and the playlist held against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.findings import Finding
from exporter.inspect.archive import Archive, ArchiveError
from exporter.inspect.limits import LimitError
from exporter.inspect.sound import NoAudioError
from exporter.validate.audio import rules, sound
from exporter.validate.audio.analysis import AudioAnalysis, analyse

SOUNDS = (".mp3", ".m4a", ".m4b", ".opus", ".ogg", ".flac", ".wav", ".aac")
LISTS = (".m3u8", ".m3u")


def check(archive: Archive) -> Iterator[Finding]:
    """Check the parts of a recording."""
    names = [name for name in archive.names if name.lower().endswith(SOUNDS)]
    analyses, findings = hear(archive, names)
    yield from findings
    for name, analysis in analyses.items():
        yield from sound.check_tags(analysis, name)
        yield from sound.check_chapters(analysis.chapters, analysis.seconds, analysis) if analysis.chapters else ()
    lists = [name for name in archive.names if name.lower().endswith(LISTS)]
    if not lists and len(names) > 1:
        yield rules.LIST.finding("No playlist gives the order of the parts.")
    for name in lists:
        lines = archive.read(name).decode("utf-8-sig", "replace").splitlines()
        listed = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        lost = [sound_name for sound_name in listed if sound_name not in names]
        left = [sound_name for sound_name in names if sound_name not in listed]
        if lost:
            yield rules.LIST.finding(f"The playlist lists “{lost[0]}”, which was not found.", place=name)
        if left:
            yield rules.LIST.finding(f"The playlist does not list “{left[0]}”.", place=name)
        if not lost and not left and listed != sorted(listed):
            yield rules.LIST.finding("Sorted by name, the parts are in another order than in the playlist.", place=name)


def hear(archive: Archive, names: Iterable[str]) -> tuple[dict[str, AudioAnalysis], list[Finding]]:
    """Analyse and check sounds of an archive."""
    analyses: dict[str, AudioAnalysis] = {}
    findings: list[Finding] = []
    for name in dict.fromkeys(names):
        try:
            with archive.open_sound(name) as file:
                analyses[name] = analyse(file)
        except NoAudioError as error:
            findings.append(rules.DAMAGED.finding(f"It cannot be played: {error}.", place=name))
        except (KeyError, ArchiveError, LimitError, EOFError) as error:
            findings.append(rules.DAMAGED.finding(f"It cannot be unpacked: {str(error).strip(chr(39))}.", place=name))
        else:
            findings += sound.check(analyses[name], name)
    return analyses, findings
