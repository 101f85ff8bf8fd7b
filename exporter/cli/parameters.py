"""Parameters that several commands share, and their types."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from errno import ENAMETOOLONG
from pathlib import Path
from typing import Any

import click

from exporter.cli.output import command_line
from exporter.cli.progress import Mode
from exporter.config import location
from exporter.errors import UsageError

_SHOWN = 60
"""Characters of a name that are shown if it is longer than any file may have."""


def _exists(name: str) -> bool:
    """Return whether a name is that of a file or folder; no file has one that is too long or has a null character."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


class _PathType(click.Path):
    """Parameter type: a path that a file of this system can have."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a path."""
        try:
            Path(value).lstat()
        except (OSError, ValueError) as error:
            if isinstance(error, ValueError) or error.errno == ENAMETOOLONG:
                self.fail(f"“{value[:_SHOWN]}…” is too long for the name of a file, or has a null character.")
        return super().convert(value, param, ctx)


class _LocationType(_PathType):
    """Parameter type: such a path, or an address such as s3://bucket/folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a path or an address."""
        path = location(str(value))
        return super().convert(value, param, ctx) if isinstance(path, Path) else path


PATH = _PathType(path_type=Path)
LOCATION = _LocationType(path_type=Path)
AMOUNT = click.IntRange(min=0)
AMOUNT.name = "number"


class EnumChoice(click.Choice):
    """Parameter type: one of the values of an enumeration."""

    def __init__(self, enumeration: type[StrEnum]) -> None:
        super().__init__([member.value for member in enumeration])
        self._enumeration = enumeration

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> StrEnum:
        """Return the member with a value."""
        return self._enumeration(super().convert(value, param, ctx))


class Commands(click.Group):
    """The commands; a misspelt command is answered with a suggestion."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command in a command line."""
        name = args[0]
        if name not in self.commands and not name.startswith("-") and _exists(name):
            advice = f"To export it: {command_line('export', *map(Path, args))}"
            raise UsageError(f"“{name}” is no command.", advice=advice)
        suggestions = get_close_matches(name, self.commands, 1)
        if suggestions and name not in self.commands and not name.startswith("-"):
            ctx.fail(f"No such command “{name}”. Did you mean “{suggestions[0]}”?")
        if len(name) > _SHOWN:
            ctx.fail(f"No such command “{name[:_SHOWN]}…”.")
        return super().resolve_command(ctx, args)


sources = click.argument("sources", nargs=-1, type=PATH, metavar="[SOURCE]...")
store_option = click.option(
    "--store",
    type=LOCATION,
    metavar="FOLDER",
    help="Folder for intermediate results, or its address, such as s3://bucket/store.",
)
cluster_option = click.option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help="Scheduler of a Dask cluster that creates the editions, such as tls://host:8786; needs a shared --store.",
)
store_limit_option = click.option(
    "--store-limit",
    default="",
    metavar="SIZE",
    help="Size of that folder, such as 500MB, 20GB or none; what was not used for longest is removed.  [default: 20GB]",
)
styles_option = click.option("--styles", type=PATH, metavar="FOLDER", help="Folder of styles to use instead.")
comments_option = click.option(
    "--comments",
    is_flag=True,
    help="Write the findings as comments into a copy of a Word manuscript, such as report-checked.docx.",
)
jobs_option = click.option(
    "--jobs",
    "-j",
    type=AMOUNT,
    default=0,
    metavar="NUMBER",
    help="Processes at a time; 0: one per processor.  [default: 0]",
)
memory_option = click.option(
    "--memory",
    type=AMOUNT,
    default=0,
    metavar="MB",
    help="Megabytes that a process may use at most; 0: a share of this computer's.  [default: 0]",
)
progress_option = click.option(
    "--progress",
    type=EnumChoice(Mode),
    default=Mode.AUTO,
    help="auto: a bar; plain: lines, for screen readers; json: for programs.  [default: auto]",
)
guess_headings_option = click.option(
    "--guess-headings",
    is_flag=True,
    help="Read lines that only look like headings as headings: bold ones, and in Word large ones and a title.",
)
report_folder_option = click.option(
    "--output",
    "-o",
    type=PATH,
    metavar="FOLDER",
    help="Folder of the report page, and of Word files with comments.  [default: output; the folder of the manuscript]",
)
