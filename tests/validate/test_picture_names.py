"""Names of pictures are told from sentences."""

from __future__ import annotations

import pytest

from exporter.validate.picture_names import is_camera_name, is_file_name


@pytest.mark.parametrize(
    "text",
    ["map.png", "map of wells.JPG", r"D:\our reports\map (final).png", "a/b c d.svg", "report.pdf", "logo.ai"],
)
def test_names_of_files(text: str) -> None:
    assert is_file_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "The start page of stability.ai",
        "The logo of Character.ai",
        "Icon of a file named report.pdf",
        "A well near Lima.",
    ],
)
def test_sentences(text: str) -> None:
    assert not is_file_name(text)


@pytest.mark.parametrize(("text", "is_name"), [("IMG_2041", True), ("Picture 1", True), ("Figure 8 skating", False)])
def test_names_that_cameras_and_programs_give(text: str, is_name: bool) -> None:
    assert is_camera_name(text) is is_name
