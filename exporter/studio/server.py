"""Start of the studio: a server on this machine, opened in the browser by an address that works once."""

from __future__ import annotations

import ipaddress
import os
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import msgspec

from exporter.config import styles_folder
from exporter.errors import UsageError
from exporter.pipeline import file_lock
from exporter.studio.application import create_application
from exporter.studio.jobs import Jobs
from exporter.studio.pages.page_frame import Studio
from exporter.studio.password import set_password
from exporter.studio.protection import HOSTS, Sessions
from exporter.studio.publisher import PublisherSettings
from exporter.studio.workspace import Workspace

ADDRESS = "127.0.0.1"
"""The address on which the studio listens if none is given: no other machine reaches it."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Address, folders and styles of the studio."""

    folder: Path | None = None
    """Folder of its publications; None for one in the user's data folder."""
    opened: tuple[Path, ...] = ()
    """Folders or files of manuscripts that may be opened."""
    published: Path | None = None
    """Output folder into which editions may be published."""
    host: str = ADDRESS
    """Address on which it listens."""
    names: tuple[str, ...] = ()
    """Host names under which it answers besides its address."""
    port: int = 0
    """0 for any that is free."""
    styles: Path | None = None
    """Folder of styles; by default as `styles_folder` finds it."""
    opens_browser: bool = True


def run(options: Options, *, show: Callable[[str], None]) -> None:
    """Run the studio until it is closed or interrupted; if it is open already, show that one in the browser.

    Args:
        options: Its address, folders and styles.
        show: Receives lines for the user, such as the address that opens it.

    Raises:
        UsageError: The port is in use, or others could open the studio without a password.
        OutputError: The folder cannot be used.
    """
    workspace = Workspace(options.folder or default_folder(), options.opened, options.published)
    lock = os.open(workspace.root / "open.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if file_lock.lock(lock):
            workspace.database.set_origin("")
            _serve(workspace, options, show)
        else:
            show("The studio is open already, with the folders with which it was started.")
            if workspace.database.origin():
                _open(workspace, options, show)
    finally:
        os.close(lock)


def _serve(workspace: Workspace, options: Options, show: Callable[[str], None]) -> None:
    import uvicorn

    from exporter.studio.connections import MOST, Connection

    styles = styles_folder(options.styles)
    is_reachable = not _is_loopback(options.host)
    if is_reachable and not workspace.database.password():
        raise UsageError(
            f"Everybody who reaches {options.host} could open the studio.",
            advice="Set a password first: exporter studio --set-password",
        )
    publisher = PublisherSettings(workspace.root, styles)
    sessions = Sessions(workspace.database)
    studio = Studio(workspace, Jobs(workspace, publisher), styles, publisher, is_reachable)
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    host = f"[{options.host}]" if family is socket.AF_INET6 else options.host
    application = create_application(studio, sessions, (*HOSTS, host, *options.names))
    # Nothing is logged: addresses contain tokens, and messages of errors may quote manuscripts.
    config = uvicorn.Config(
        application,
        http=Connection,
        backlog=MOST,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((options.host, options.port))
            listener.listen()  # a browser that is opened at once waits, and is not refused
        except OSError as error:
            raise UsageError(
                f"{options.host}, port {options.port}, cannot be used: {error.strerror or error}.",
                advice="The studio may be running already; or use --port 0.",
            ) from error
        port = listener.getsockname()[1]
        if is_reachable:
            show(
                f"The studio listens on {options.host}, port {port}, without encryption: put a web server with TLS "
                "(HTTPS) in front of it, and let nobody else reach this port. It asks for the password."
            )
        else:
            workspace.database.set_origin(f"http://{host}:{port}")
            _open(workspace, options, show)
        uvicorn.Server(config).run(sockets=[listener])


def _open(workspace: Workspace, options: Options, show: Callable[[str], None]) -> None:
    address = f"{workspace.database.origin()}/?token={Sessions(workspace.database).new_token()}"
    show(f"Open this address in your browser: {address}")
    if options.opens_browser:
        webbrowser.open(address)


def change_password(folder: Path | None, password: str) -> None:
    """Set the password of the studio; everybody who has opened it has to enter it again.

    Raises:
        UsageError: It is too short.
        OutputError: The folder cannot be used.
    """
    set_password(Workspace(folder or default_folder()).database, password)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def default_folder() -> Path:
    """Return the folder of the studio in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("exporter", appauthor=False) / "studio"
