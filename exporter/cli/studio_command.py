"""The command that opens the studio."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.output import print_line
from exporter.cli.parameters import PATH, styles_option

_PORT = 8765


@click.command()
@click.argument("sources", type=PATH, nargs=-1, metavar="[FOLDER ...]")
@click.option("-o", "--output", type=PATH, metavar="FOLDER", help="Output folder into which editions can be published.")
@click.option(
    "--folder", type=PATH, metavar="FOLDER", help="Folder of its publications.  [default: in the user's data]"
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, help=f"Port on this machine; 0: any.  [default: {_PORT}]"
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    help="Address on which it listens. All but this machine's own need a password, and TLS in front.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="Host name under which it answers, too, such as that of the server in front.",
)
@click.option("--icon", is_flag=True, help="Put an icon on the desktop that opens the studio like this, and end.")
@click.option("--set-password", is_flag=True, help="Set the password of the studio, and end.")
@styles_option
def studio(
    *,
    sources: tuple[Path, ...],
    output: Path | None,
    folder: Path | None,
    port: int,
    no_open: bool,
    host: str,
    names: tuple[str, ...],
    icon: bool,
    set_password: bool,
    styles: Path | None,
) -> None:
    """Open the studio: from a manuscript to its editions in a browser.

    Manuscripts in the folders that are named can be opened in it; fixes are written into these files. Without --host,
    it runs on this machine only, until it is closed in the browser or with Ctrl-C.
    """
    from exporter.studio import server

    if set_password:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        server.change_password(folder, password)
        print_line("The password is set. Everybody who has opened the studio has to enter it again.")
        return
    if icon:
        from exporter.config import styles_folder
        from exporter.studio import desktop_icon

        named = {"-o": output, "--folder": folder, "--styles": styles}
        arguments = [str(source.resolve()) for source in sources]
        arguments += [word for name, path in named.items() if path for word in (name, str(path.resolve()))]
        arguments += ["--host", host, *(word for name in names for word in ("--name", name))]
        # A port that is free, unless another is named: nobody sees that the usual one is in use.
        arguments += ["--port", str(port if port != _PORT else 0)]
        files = desktop_icon.write(arguments, styles_folder(styles) / "studio" / "icon.svg")
        print_line(f"The studio is opened by the icon “{files[-1]}”.")
        return
    options = server.Options(
        folder=folder,
        opened=sources,
        published=output,
        host=host,
        names=names,
        port=port,
        styles=styles,
        opens_browser=not no_open,
    )
    try:
        server.run(options, show=print_line)
    except KeyboardInterrupt:
        print_line("The studio is closed. An export that was running goes on when you open it again.")
