"""Lists: formats and editions, voices, requirements."""

from __future__ import annotations

from exporter import service
from exporter.cli.output import print_line
from exporter.config import Location
from exporter.errors import MissingToolError


def formats() -> None:
    """Print manuscript formats, then editions with their settings."""
    readers, editions, problems = service.formats()
    print_line("Manuscripts", "bold")
    for reader in readers:
        print_line(f"  {reader.name}: {', '.join(reader.suffixes)}")
    for edition in editions:
        print_line()
        print_line(f"{edition.name}: SLUG{edition.suffix}", "bold")
        print_line(f"  {edition.about}")
        width = max((len(setting.name) for setting in edition.settings), default=0)
        for setting in edition.settings:
            print_line(f"    {setting.name:<{width}} = {setting.default or '(not set)'}")
            more = " ".join(filter(None, (setting.meaning, f"May be {setting.values}." if setting.values else "")))
            if more:
                print_line(f"    {'':<{width}}   {more}")
    print_line()
    print_line("Write settings into publication.toml, each below the name of its edition, for example:")
    print_line("  [pdf]")
    print_line('  page_size = "letter"')
    for problem in problems:
        print_line(f"warning: {problem}", "yellow")


_SHOWN = 7
"""Voices of a language that are listed without `--all`; with the other lines ten at most."""


def voices(*, everything: bool, store: Location | None) -> None:
    """Print the engines, then a line for each language; unless `everything` is requested, those with labels."""
    engines, languages = service.voices(store)
    if not everything:
        usable = [
            f"{engine.name} ({_format_work(engine)})" if engine.work_per_sound else engine.name
            for engine in engines
            if not engine.missing and not engine.network
        ]
        print_line(f"Voices on this machine: {', '.join(usable)}. In these languages, among others:", "bold")
        for row in service.main_languages(languages):
            _language(row, 0)
        print_line(f"All {len(languages)} languages: exporter voices --all")
        print_line("The voices of a language: exporter voices --lang TAG")
        return
    print_line("Engines", "bold")
    for engine in engines:
        network = "sends the text over the network; used only on request" if engine.network else "offline"
        network += f"; {_format_work(engine)}" if engine.work_per_sound else ""
        print_line(f"  {engine.name}: {engine.title}, {network}. {engine.missing}".rstrip(" ."))
        for problem in engine.problems:
            if problem != engine.missing:
                print_line(f"warning: {problem}", "yellow")
    print_line("Languages, with the number of voices", "bold")
    width = max((len(row.tag) for row in languages), default=0)
    for row in languages:
        _language(row, width)
    print_line("The voices of a language: exporter voices --lang TAG")


def _format_work(engine: service.EngineRow) -> str:
    return f"{engine.work_per_sound:.2g} seconds of work for a second of sound"


def _language(row: service.LanguageRow, width: int) -> None:
    counts = ", ".join(f"{name} {count}" for name, count in row.counts.items())
    print_line(f"  {row.tag:<{width}}  {row.name}: {counts}")


def voices_of(language: str, *, everything: bool) -> None:
    """Print the voices of one language, the best first, each with its name first; ten lines, or `everything`."""
    voices = service.voices_of(language)
    shown = voices if everything else voices[:_SHOWN]
    width = max(len(voice.name) for voice in shown)
    for voice in shown:
        # A voice with a name of its own has it in its title.
        more = (voice.language, voice.title, voice.gender, voice.quality, voice.licence)
        print_line(f"  {voice.name:<{width}}  {', '.join(more)}")
    if len(shown) < len(voices):
        print_line(f"All {len(voices)} voices: exporter voices --lang {language} --all")
    print_line(f"To use one: exporter export --voice {voices[0].name}")
    print_line(f'To hear one: exporter voices --voice {voices[0].name} --say "A sentence."')


def doctor(*, everything: bool) -> None:
    """Print what is installed and what is missing.

    Raises:
        MissingToolError: A requirement is missing.
    """
    missing = False
    for item in service.doctor():
        if item.installed:
            if everything or item.need is not service.Need.DETAIL:
                print_line(f"  ok        {item.name}: {item.description}")
        elif item.need is service.Need.SOMETIMES:
            print_line(f"  optional  {item.name}: {item.problem}. {item.description}. {item.install}", "yellow")
        else:
            missing = True
            print_line(f"  MISSING   {item.name}: {item.description}. {item.install}", "bold red")
    if missing:
        raise MissingToolError("Required software is missing.", advice="Install the items marked MISSING above.")
    print_line("All requirements are installed.")
