"""Start of the studio: a server on this machine, opened in the browser by an address that works once."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

from exporter.config import styles_folder
from exporter.errors import UsageError
from exporter.studio.application import create_application
from exporter.studio.jobs import Jobs
from exporter.studio.page_frame import Studio
from exporter.studio.protection import Sessions
from exporter.studio.workspace import Workspace

ADDRESS = "127.0.0.1"
"""The only address on which the studio listens."""


def run(
    folder: Path | None, port: int, styles: Path | None, *, show: Callable[[str], None], opens_browser: bool = True
) -> None:
    """Run the studio until it is interrupted.

    Args:
        folder: Folder of its publications; None for one in the user's data folder.
        port: Port on this machine; 0 for any that is free.
        styles: Folder of styles; by default as `styles_folder` finds it.
        show: Receives the address that opens it.
        opens_browser: Whether to open that address in the browser.

    Raises:
        UsageError: The port is in use.
        OutputError: The folder cannot be used.
    """
    import uvicorn

    workspace = Workspace(folder or default_folder())
    sessions = Sessions(workspace.database)
    application = create_application(Studio(workspace, Jobs(workspace), styles_folder(styles)), sessions)
    # Nothing is logged: addresses contain tokens, and messages of errors may quote manuscripts.
    config = uvicorn.Config(
        application, log_level="critical", access_log=False, server_header=False, timeout_graceful_shutdown=3
    )
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ADDRESS, port))
        except OSError as error:
            raise UsageError(
                f"Port {port} is in use: {error.strerror}.",
                advice="The studio may be running already; or use --port 0.",
            ) from error
        address = f"http://{ADDRESS}:{listener.getsockname()[1]}/?token={sessions.new_token()}"
        show(address)
        if opens_browser:
            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[listener])


def default_folder() -> Path:
    """Return the folder of the studio in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("exporter", appauthor=False) / "studio"
