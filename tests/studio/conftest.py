"""A studio in a folder of its own, and a browser that has opened it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from exporter.config import styles_folder
from exporter.studio.application import create_application
from exporter.studio.jobs import Jobs
from exporter.studio.pages.page_frame import Studio
from exporter.studio.protection import Sessions
from exporter.studio.publisher import PublisherSettings
from exporter.studio.workspace import Workspace
from tests.pipeline.here import InThisProcess

ADDRESS = "http://127.0.0.1:8765"
OWN = {"Sec-Fetch-Site": "same-origin"}
"""What a browser sends with a form of the page itself."""


class Opened:
    """A studio with the parts that tests look at."""

    def __init__(self, folder: Path, *opened: Path, published: Path | None = None) -> None:
        self.workspace = Workspace(folder, opened, published)
        self.publisher = PublisherSettings(folder, styles_folder())
        self.jobs = Jobs(self.workspace, self.publisher, InThisProcess)
        self.sessions = Sessions(self.workspace.database)
        self.studio = Studio(self.workspace, self.jobs, styles_folder(), self.publisher)
        self.application = create_application(self.studio, self.sessions)

    def client(self, **options: object) -> TestClient:
        """Return a browser without a session."""
        return TestClient(self.application, base_url=ADDRESS, follow_redirects=False, **options)

    def browser(self) -> TestClient:
        """Return a browser with a session."""
        client = self.client(headers=OWN)
        assert client.get(f"/?token={self.sessions.new_token()}").status_code == 303
        return client


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    studio = Opened(tmp_path_factory.mktemp("studio") / "folder")
    yield studio
    studio.jobs.close()


@pytest.fixture
def browser(opened: Opened) -> TestClient:
    return opened.browser()
