"""Animated pictures, animations of SVG and CSS, and embedded pictures; what only readers start does not count."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from exporter.inspect.motion import has_css_animation, moves


def gif(frames: int) -> bytes:
    file = io.BytesIO()
    pictures = [Image.new("L", (4, 4), 90 * number) for number in range(frames)]
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=100)
    return file.getvalue()


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">{inside}</svg>'.encode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (gif(2), True),
        (gif(1), False),
        (b"nothing", False),
        (svg("<animate/>"), True),
        (svg("<set begin='0s;a.click'/>"), True),
        (svg("<set begin='a.end'/>"), True),
        (svg("<set begin='click'/>"), False),
        (svg("<set begin='a.click + 1s; indefinite'/>"), False),
        (svg("<text>animation: none; @keyframes a</text>"), False),
        (svg("<style>@keyframes a { to { r: 9 } } circle { animation: a 1s infinite }</style>"), True),
        (svg("<style>@keyframes a { to { r: 9 } }</style><circle style='animation: 1s a'/>"), True),
        (svg(f"<image x:href='data:image/gif;base64,{base64.b64encode(gif(2)).decode()}'/>"), True),
        (svg(f"<image x:href='data:image/gif;base64,{base64.b64encode(gif(1)).decode()}'/>"), False),
    ],
)
def test_what_moves_by_itself(data: bytes, expected: bool) -> None:
    assert moves(data) is expected


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        (["@keyframes a { 50% { opacity: 0 } }", "h1 { animation-name: b, a }"], True),
        (["@media screen { @-webkit-keyframes a {} } p { -webkit-animation : 2s a }"], True),
        (["@keyframes a {}"], False),
        (["@keyframes a {} p { animation: none; transition: a 1s }"], False),
        (["p { animation: a 1s }"], False),
    ],
)
def test_style_sheets_that_animate(sheets: list[str], expected: bool) -> None:
    assert has_css_animation(sheets) is expected
