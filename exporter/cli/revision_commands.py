"""The commands that change a manuscript, and return to its earlier states."""

from __future__ import annotations

from pathlib import Path

import click

from exporter import service
from exporter.cli.output import command_line, print_line
from exporter.cli.parameters import PATH
from exporter.errors import ExitCode


@click.command()
@click.argument("manuscript", type=PATH)
@click.argument("table", type=PATH, required=False, metavar="[FILE]")
@click.option("--output", "-o", type=PATH, metavar="FILE", help="The table.  [default: beside the manuscript]")
@click.option("--semicolons", is_flag=True, help="Separate columns by semicolons, as Excel does in many countries.")
def describe(*, manuscript: Path, table: Path | None, output: Path | None, semicolons: bool) -> None:
    """Exchange the alt texts of a manuscript as a table (CSV).

    Without FILE, write a table of all images, with the text around them. With FILE, that table filled in, write its alt
    texts into the manuscript; the earlier state of the manuscript is kept, and “exporter restore” returns to it.
    """
    if table is None:
        path, missing = service.write_descriptions(manuscript, output, separator=";" if semicolons else ",")
        print_line(f"Created: {path}; images without alt text: {missing}")
        print_line(f"Fill it in, then run: {command_line('describe', manuscript, path)}")
        return
    results, problems = service.describe(manuscript, table)
    for problem in (*problems, *(result.reason for result in results if result.reason)):
        print_line(problem)
    print_line(f"{manuscript}: alt texts changed: {sum(result.is_applied for result in results)}")
    if problems or not all(result.is_applied for result in results):
        click.get_current_context().exit(int(ExitCode.FINDINGS))


@click.command()
@click.argument("manuscript", type=PATH)
@click.argument("number", type=click.IntRange(min=1), required=False)
def restore(*, manuscript: Path, number: int | None) -> None:
    """List the earlier states of a manuscript, or return to one of them.

    exporter keeps a state each time it changes a manuscript. NUMBER is that of the state.
    """
    if number is not None:
        replaced = service.restore(manuscript, number)
        print_line(f"{manuscript}: as in state {number}. The state before is {replaced.number}.")
        return
    states = service.earlier_states(manuscript)
    for state in states:
        print_line(f"{state.number}: until {state.date.astimezone():%Y-%m-%d %H:%M}")
    if not states:
        print_line(f"{manuscript}: exporter has not changed it.")
