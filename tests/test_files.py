"""Files opened without trust: regular ones inside their folder, and never a wait."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from exporter.files import OutsideFolderError, UnsafeFileError, open_regular, read_regular


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"inside")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return folder


def test_a_file_is_read_up_to_the_limit(folder: Path) -> None:
    assert read_regular(folder / "a.txt", folder) == b"inside"
    assert read_regular(folder / "a.txt", folder, limit=2) == b"in"


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to("a.txt")
    assert read_regular(folder / "link.txt", folder) == b"inside"


def test_a_folder_that_is_a_link_itself_is_entered(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").symlink_to(folder)
    assert read_regular(tmp_path / "elsewhere" / "a.txt", tmp_path / "elsewhere") == b"inside"


@pytest.mark.parametrize("target", ["../secret.txt", "/etc/passwd"])
def test_a_link_out_of_the_folder_is_refused(folder: Path, target: str) -> None:
    (folder / "link.txt").symlink_to(target)
    with pytest.raises(OutsideFolderError, match="leads out"):
        open_regular(folder / "link.txt", folder)


def test_a_folder_inside_that_links_out_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "pictures").symlink_to(tmp_path)
    with pytest.raises(OutsideFolderError):
        open_regular(folder / "pictures" / "secret.txt", folder)


def test_a_file_that_the_user_names_may_lie_anywhere(folder: Path, tmp_path: Path) -> None:
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert read_regular(folder / "link.txt") == b"secret"


def test_pipes_sockets_devices_and_folders_are_refused_at_once(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "below").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(folder)  # the path of a socket is short
        try:
            listening.bind("socket")
        finally:
            os.chdir(before)
        for path in (folder / "pipe", folder / "below", folder / "socket", Path("/dev/null")):
            with pytest.raises(UnsafeFileError, match="not a file"):
                open_regular(path)


def test_links_in_a_circle_are_refused(folder: Path) -> None:
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    with pytest.raises(OSError, match=r"loop|Too many levels"):
        open_regular(folder / "a", folder)


def test_a_file_exchanged_for_a_pipe_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "pipe")
    status = os.lstat(folder / "a.txt")
    monkeypatch.setattr(Path, "lstat", lambda _path: status)
    with pytest.raises(UnsafeFileError):
        open_regular(folder / "pipe", folder)


def test_a_missing_file_is_a_missing_file(folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_regular(folder / "none.txt", folder)
