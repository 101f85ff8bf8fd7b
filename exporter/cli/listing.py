"""Lists: formats and editions, voices, what is installed."""

from __future__ import annotations

from exporter import service
from exporter.cli.output import say
from exporter.errors import MissingToolError


def formats() -> None:
    """Print manuscript formats, then editions with their settings."""
    readers, editions, problems = service.formats()
    say("Manuscripts", "bold")
    for reader in readers:
        say(f"  {reader.name}: {', '.join(reader.suffixes)}")
    for edition in editions:
        say()
        say(f"{edition.name}: SLUG{edition.suffix}", "bold")
        say(f"  {edition.about}")
        width = max((len(setting.name) for setting in edition.settings), default=0)
        for setting in edition.settings:
            say(f"    {setting.name:<{width}} = {setting.default or '(not set)'}")
            more = " ".join(filter(None, (setting.meaning, f"May be {setting.values}." if setting.values else "")))
            if more:
                say(f"    {'':<{width}}   {more}")
    say()
    say("Settings stand in publication.toml, each below the name of its edition, as in:")
    say("  [pdf]")
    say('  page_size = "letter"')
    for problem in problems:
        say(f"warning: {problem}", "yellow")


def voices() -> None:
    """Print the engines, then a line for each language."""
    engines, languages = service.voices()
    say("Engines", "bold")
    for engine in engines:
        network = "needs the network and sends the text out; used only when asked for" if engine.network else "offline"
        say(f"  {engine.name}: {engine.title}, {network}. {engine.missing}".rstrip(" ."))
        for complaint in engine.complaints:
            if complaint != engine.missing:
                say(f"warning: {complaint}", "yellow")
    say("Languages, with the number of voices", "bold")
    width = max((len(row.tag) for row in languages), default=0)
    for row in languages:
        counts = ", ".join(f"{name} {count}" for name, count in row.counts.items())
        say(f"  {row.tag:<{width}}  {row.name}: {counts}")
    say("The voices of a language: exporter voices --lang TAG")


def voices_of(language: str) -> None:
    """Print the voices of one language, one a line, the name to give first."""
    found = service.voices_of(language)
    width = max(len(voice.name) for voice in found)
    for voice in found:
        # An engine says in its title where a voice has a name of its own.
        more = (voice.language, voice.title, voice.gender, voice.quality, voice.licence)
        say(f"  {voice.name:<{width}}  {', '.join(more)}")
    say(f"To use one: exporter export --voice {found[0].name}")
    say(f'To hear one: exporter voices --voice {found[0].name} --say "A sentence."')


def doctor(*, everything: bool) -> None:
    """Print what is there and what is not.

    Raises:
        MissingToolError: Something that exporting needs is missing.
    """
    missing = False
    for item in service.doctor():
        if item.found:
            if everything or item.need is not service.Need.DETAIL:
                say(f"  ok        {item.name}: {item.what}")
        elif item.need is service.Need.SOMETIMES:
            say(f"  optional  {item.name}: not here. {item.what}. {item.install}", "yellow")
        else:
            missing = True
            say(f"  MISSING   {item.name}: {item.what}. {item.install}", "bold red")
    if missing:
        raise MissingToolError("Something that is needed is missing.", advice="Install what is marked MISSING above.")
    say("Everything that exporting needs is there.")
