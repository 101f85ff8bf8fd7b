"""Files that settings name: from the publication's folder or the styles, never from elsewhere."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from exporter.config import SettingsLayer
from exporter.errors import SettingsError, UsageError
from exporter.pipeline.settings import PublicationSettings
from exporter.pipeline.steps.write import Write

SETTINGS = SettingsLayer("publication.toml", {"print": {"profile": "x"}}, '[print]\ntheme = "house"\nprofile = "x"\n')


def ask(folder: Path, name: str, layer: SettingsLayer = SETTINGS) -> bytes:
    """Return the bytes that an edition gets when its setting `profile` is `name`."""
    for root in ("publication", "styles"):
        (folder / root).mkdir(exist_ok=True)
    publication: Any = SimpleNamespace(
        context=SimpleNamespace(styles=folder / "styles"),
        manuscript=SimpleNamespace(folder=folder / "publication"),
        settings=PublicationSettings((layer,)),
    )
    writer = SimpleNamespace(option_files=lambda options: {"profile": options})
    edition: Any = SimpleNamespace(name="print", is_heard=False, writer=writer)
    return Write(publication, edition)._option_files(name)[name]


def put(folder: Path, place: str, data: bytes) -> None:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_the_file_of_the_publication_wins_over_that_of_the_house(tmp_path: Path) -> None:
    put(tmp_path, "styles/press.icc", b"house")
    assert ask(tmp_path, "press.icc") == b"house"
    put(tmp_path, "publication/press.icc", b"publication")
    assert ask(tmp_path, "press.icc") == b"publication"


@pytest.mark.parametrize(
    "name", ["../secret.icc", "/etc/hostname", "a/../../secret.icc", "https://example.org/x.icc", "..%2fsecret.icc"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    put(tmp_path, "secret.icc", b"secret")
    with pytest.raises(SettingsError) as caught:
        ask(tmp_path, name)
    assert name in caught.value.message
    assert str(caught.value.source) == "publication.toml:3"


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "secret.icc", b"secret")
    (tmp_path / "publication").mkdir()
    (tmp_path / "publication" / "press.icc").symlink_to(tmp_path / "secret.icc")
    with pytest.raises(SettingsError, match="leads out"):
        ask(tmp_path, "press.icc")


def test_a_missing_file_is_told_with_the_line_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(
        SettingsError, match="neither in the publication's folder nor in the folder of styles"
    ) as caught:
        ask(tmp_path, "press.icc")
    assert str(caught.value.source) == "publication.toml:3"
    with pytest.raises(UsageError):
        ask(tmp_path, "press.icc", SettingsLayer("", {"print": {"profile": "press.icc"}}))
