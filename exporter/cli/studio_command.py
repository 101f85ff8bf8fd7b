"""The command that opens the studio."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.output import print_line
from exporter.cli.parameters import PATH, styles_option


@click.command()
@click.option(
    "--folder", type=PATH, metavar="FOLDER", help="Folder of its publications.  [default: in the user's data]"
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, help="Port on this machine; 0: any.  [default: 8765]"
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@styles_option
def studio(*, folder: Path | None, port: int, no_open: bool, styles: Path | None) -> None:
    """Open the studio: from a manuscript to its editions in a browser.

    It runs on this machine only, until it is interrupted with Ctrl-C.
    """
    from exporter.studio import server

    def show(address: str) -> None:
        print_line(f"Open this address in your browser: {address}")

    try:
        server.run(folder, port, styles, show=show, opens_browser=not no_open)
    except KeyboardInterrupt:
        print_line("The studio is closed. An export that was running goes on when you open it again.")
