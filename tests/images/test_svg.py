"""Drawings are rebuilt before any edition contains them: only what draws them is left."""

from __future__ import annotations

import base64

import pytest

from exporter.images import svg
from exporter.images.limits import MAX_EDITION_PIXELS
from exporter.images.prepare import for_editions
from exporter.images.probe import probe
from exporter.images.probe_result import ImageRefusedError
from tests.hostile.pictures import png
from tests.images import pictures


def rebuilt(inside: str, before: str = "") -> str:
    return svg.read(before.encode() + pictures.svg(inside)).data.decode()


def chart(inside: str) -> str:
    """Return a drawing of 1,000 by 800 with something inside, rebuilt."""
    root = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 800">'
    return svg.read(f"{root}{inside}</svg>".encode()).data.decode()


@pytest.mark.parametrize(
    "inside",
    [
        '<rect srcset="https://example.org/a.png 2x" formaction="x" data-x="1" width="1"/>',
        '<g xml:base="https://example.org/"><rect width="1"/></g>',
        '<a href="#a"><animate attributeName="href" to="javascript:alert(1)"/><rect width="1"/></a>',
        '<a href="#a"><set attributeName="xlink:href" to="javascript:alert(1)"/><rect width="1"/></a>',
        '<metadata><x xmlns="urn:x" y="https://example.org/"/></metadata><rect width="1"/>',
        '<x xmlns="urn:x"><rect xmlns="http://www.w3.org/2000/svg" width="1"/></x><rect width="1"/>',
        '<unknown href="#b" value="example.org javascript"/><rect width="1"/>',
    ],
)
def test_what_draws_nothing_is_left_out(inside: str) -> None:
    data = rebuilt(inside)
    assert not any(word in data for word in ("example.org", "javascript", "data-x", "formaction", "animate", "<set"))
    assert data.count('width="1"') == 1


def test_a_document_type_is_left_out() -> None:
    data = rebuilt("<rect/>", '<!DOCTYPE svg SYSTEM "https://example.org/svg.dtd">')
    assert "DOCTYPE" not in data
    assert "<rect/>" in data


def test_what_draws_is_kept() -> None:
    inside = (
        '<title>Queues</title><style>.a &gt; b { fill: url(#g) }</style><defs><linearGradient id="g"/></defs>'
        '<text x="1" aria-label="n" xml:lang="es" style="font-weight: 700">one <tspan dy="2">two</tspan> three</text>'
        '<a xlink:href="https://example.org/" role="link"><use xlink:href="#g"/></a>'
    )
    assert inside in rebuilt(inside)


def test_key_frames_are_left_out_and_the_rest_of_the_style_is_kept() -> None:
    sheet = "a{fill:red}@media all{@keyframes f{to{r:9}}b{fill:blue}}@-webkit-keyframes f{to{r:9}}c{animation:f 1s}"
    drawing = svg.read(pictures.svg(f"<style>{sheet}</style>"))
    assert drawing.is_animated
    assert b"a{fill:red}@media all{b{fill:blue}}c{animation:f 1s}" in drawing.data


def test_text_behind_what_is_left_out_is_kept() -> None:
    assert "<text>one two</text>" in rebuilt("<text>one <animate/>two</text>")


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<style>a { background: \\75rl(https://example.org/a) }</style>", "example.org"),
        ("<style>@\\69mport 'https://example.org/a.css';</style>", "example.org"),
        ("<rect style=\"fill: image-set('https://example.org/a' 1x)\"/>", "example.org"),
        ('<rect fill="-webkit-image-set(url(https://example.org/a) 1x)"/>', "example.org"),
        ('<form xmlns="http://www.w3.org/1999/xhtml" action="https://example.org/"/>', "form"),
        ('<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0; https://example.org/"/>', "meta"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "outside"),
        ('<image href="data:image/png;base64,AAAA"/>', "inside"),
        (f'<image href="data:image/png;base64,{base64.b64encode(pictures.giant_png()).decode()}"/>', "80 million"),
        (f'<image href="data:image/png;base64,{base64.b64encode(pictures.svg("")).decode()}"/>', "inside"),
    ],
)
def test_a_reference_that_is_hidden_is_found(inside: str, words: str) -> None:
    with pytest.raises(ImageRefusedError, match=words):
        rebuilt(inside)


def test_a_style_sheet_before_the_drawing_is_found() -> None:
    with pytest.raises(ImageRefusedError, match="style sheet"):
        rebuilt("", '<?xml-stylesheet href="https://example.org/a.css"?>')


MARKER = '<marker id="m">' + "<rect/>" * 500 + "</marker>"


@pytest.mark.parametrize(
    "inside",
    [
        f'<defs>{MARKER}</defs><path d="M0 0{"L9 9" * 200}" marker-mid="url(#m)"/>',
        f'<defs>{MARKER}</defs><g style="marker: url(#m)"><path d="M0 0{"L9 9" * 200}"/></g>',
        f'<defs>{MARKER}</defs><style>path {{ marker-mid: url(#m) }}</style><path d="M0 0{"L9 9" * 200}"/>',
        f'<defs>{MARKER}</defs><g clip-path="url(#m)">{"<g/>" * 200}</g>',
        f"<text>{'x' * 10_000}</text>",
        f'<path d="M0 0{"L9 9" * 15_000}"/>',
    ],
)
def test_parts_are_counted_as_they_are_drawn(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.images.svg_complexity.MAX_SVG_PARTS", 900)
    with pytest.raises(ImageRefusedError, match="900 elements"):
        rebuilt(inside)


def test_an_arrow_at_the_end_of_each_line_is_no_repetition() -> None:
    lines = "".join(f'<path d="M0 0{"L9 9" * 50}" marker-end="url(#m)"/>' for _ in range(20))
    assert "marker-end" in rebuilt(f"<defs>{MARKER}</defs>{lines}")


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="9" height="9" filter="url(#f)"/>' * 20,
        '<rect width="9" height="9" style="filter: url(#f)"/>' * 20,
        "<style>rect { filter: url(#f) }</style>" + '<rect width="9" height="9"/>' * 20,
    ],
)
def test_effects_are_counted_for_each_element_that_has_them(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.images.svg_complexity.MAX_SVG_PARTS", 900)
    with pytest.raises(ImageRefusedError, match="900 elements"):
        rebuilt(f'<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>{inside}')


def test_a_path_of_arcs_of_which_the_renderer_crashes_is_refused() -> None:
    with pytest.raises(ImageRefusedError, match="arcs"):
        rebuilt(f'<path d="M0 0{"A9 9 0 1 1 5 5" * 20_000}"/>')


def test_a_long_path_with_one_arc_is_drawn() -> None:
    assert "A9 9" in rebuilt(f'<path d="M0 0A9 9 0 1 1 5 5{"L9 9" * 36_000}"/>')


@pytest.mark.parametrize(
    ("count", "size", "effects"),
    [
        (
            500,
            (8, 200),
            "<feGaussianBlur stdDeviation='2'/><feOffset dx='2'/><feMerge><feMergeNode/>"
            "<feMergeNode in='SourceGraphic'/></feMerge>",
        ),
        (
            40,
            (200, 150),
            "<feFlood/><feColorMatrix/><feOffset/><feGaussianBlur stdDeviation='8'/><feComposite/><feColorMatrix/>"
            "<feBlend/><feBlend/>",
        ),
    ],
)
def test_shadows_of_bars_and_cards_are_drawn(count: int, size: tuple[int, int], effects: str) -> None:
    width, height = size
    bars = f'<rect width="{width}" height="{height}" filter="url(#f)"/>' * count
    assert "feGaussianBlur" in chart(f'<filter id="f">{effects}</filter>{bars}')


def test_each_bar_may_have_a_shadow_of_its_own() -> None:
    bar = (
        '<filter id="f{0}"><feGaussianBlur stdDeviation="2"/><feOffset dx="2"/>'
        "<feMerge><feMergeNode/></feMerge></filter>"
        '<rect width="8" height="200" filter="url(#f{0})"/>'
    )
    assert "f499" in chart("".join(bar.format(number) for number in range(500)))


@pytest.mark.parametrize("effect", ["feGaussianBlur", "feOffset", "feMorphology"])
def test_effects_of_thousands_of_elements_are_refused(effect: str) -> None:
    bars = '<rect width="9" height="9" filter="url(#f)"/>' * 5_000
    with pytest.raises(ImageRefusedError, match="elements"):
        rebuilt(f'<filter id="f"><{effect}/></filter>{bars}')


_ALL = 'filterUnits="userSpaceOnUse" x="0" y="0" '


@pytest.mark.parametrize(
    ("region", "element"),
    [
        (f'{_ALL}width="1000" height="800"', '<path d="M0 0h1" {}/>'),
        (f'{_ALL}width="100%" height="100%"', "<text {}>a</text>"),
        (f'{_ALL}width="10" height="8"', '<g transform="scale(100)"><rect width="1" height="1" {}/></g>'),
        (f'{_ALL}width="10" height="8"', '<rect transform="matrix(100 0 0 100 0 0)" width="1" height="1" {}/>'),
        ('width="20000%" height="200"', '<rect width="9" height="9" {}/>'),
        ("", '<rect width="100%" height="100%" {}/>'),
        ("", '<circle r="500" {}/>'),
        ("", '<path d="m0 0h900v700H0z" {}/>'),
        ("", '<path d="M0 0c0 0 500 500 900 700" {}/>'),
        ("", '<g {}><g transform="scale(100)"><polygon points="0,0 9,0 9,7"/></g></g>'),
        ("", '<g {}><rect width="9" height="9"/><path transform="translate(990 790)" d="M0 0h9v9"/></g>'),
        ("", '<text style="font-size: 400px" {}>abcd</text>'),
        ("", '<style>.t {{ font: bold 400px serif }}</style><text class="t" {}>abcd</text>'),
        ("", '<text {}><tspan x="10" y="10">a</tspan><tspan x="95%" y="790">b</tspan></text>'),
        ("", '<svg viewBox="0 0 1 1"><rect width="1" height="1" {}/></svg>'),
        ("", '<defs><rect id="r" width="999" height="799"/></defs><use href="#r" {}/>'),
        ("", '<symbol id="r" viewBox="0 0 1 1"><rect width="1" height="1"/></symbol><use href="#r" {}/>'),
    ],
)
def test_many_effects_on_a_region_as_large_as_the_drawing_are_refused(region: str, element: str) -> None:
    effects = '<feGaussianBlur stdDeviation="9"/><feOffset/>'
    drawn = element.format('filter="url(#f)"')
    assert "feOffset" in chart(f'<filter id="f" {region}>{effects}</filter>{drawn * 4}')
    with pytest.raises(ImageRefusedError, match="elements"):
        chart(f'<filter id="f" {region}>{effects}</filter>{drawn * 40}')


_SHADOW = '<feGaussianBlur stdDeviation="2"/><feOffset dx="2"/><feMerge><feMergeNode/></feMerge>'
_HALO = '<feMorphology operator="dilate"/><feFlood/><feComposite/><feMerge><feMergeNode/></feMerge>'
_LABEL = '<text font-size="14" {}>Northern Province</text>'
_CARD = '<g {}><rect width="200" height="150"/>' + '<text x="9" y="40" font-size="12">Eleven cases</text>' * 4 + "</g>"
_CURVE = '<path d="M50 700C200 650 300 50 450 300S800 500 950 60" fill="none" {}/>'


@pytest.mark.parametrize(
    ("size", "count", "drawn", "effects"),
    [
        ('viewBox="0 0 1000 800"', 60, _LABEL, _HALO),
        ('viewBox="0 0 1000 800"', 130, _LABEL, _SHADOW),
        (
            'viewBox="0 0 1000 800"',
            130,
            "<style>text {{ font: 400 14px serif }}</style><text {}>Northern</text>",
            _SHADOW,
        ),
        ('viewBox="0 0 1000 800"', 40, _CARD, f"<feFlood/><feColorMatrix/><feBlend/>{_SHADOW}"),
        ('viewBox="0 0 1000 800"', 10, _CURVE, _SHADOW),
        ('width="8in" height="6in"', 40, '<rect width="150" height="90" {}/>', _SHADOW),
        ('width="210mm" height="150mm"', 40, '<rect width="40mm" height="20mm" {}/>', _SHADOW),
        ('width="100%"', 40, _LABEL, _HALO),
    ],
)
def test_effects_of_labels_cards_and_curves_are_drawn(size: str, count: int, drawn: str, effects: str) -> None:
    inside = drawn.format('filter="url(#f)"') * count
    root = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    assert "feMerge" in svg.read(f'{root}<filter id="f">{effects}</filter>{inside}</svg>'.encode()).data.decode()


@pytest.mark.parametrize(
    "transform", ["rotate(1e999)", "scale(1e999)", "skewX(1e999)", "matrix(1e300 1e300 1e300 1e300 0 0)"]
)
def test_numbers_too_large_to_tell_are_the_whole_drawing(transform: str) -> None:
    huge = '<rect x="1e999" width="1e999" height="-1e999" filter="url(#f)"/><path d="M1e999 0L-1e999 1"/>' * 40
    with pytest.raises(ImageRefusedError, match="elements"):
        chart(f'<filter id="f">{_SHADOW}</filter><g transform="{transform}">{huge}</g>')


def test_a_style_sheet_gives_sizes_and_filters_to_the_elements_that_it_names() -> None:
    style = "<style>.title { font: bold 60px serif } .label { font-size: 14px; filter: url(#f) }</style>"
    labels = '<g><text class="label">Northern Province</text></g>' * 80
    assert "feMerge" in chart(f'{style}<filter id="f">{_SHADOW}</filter><text class="title">Cases</text>{labels}')
    with pytest.raises(ImageRefusedError, match="elements"):
        chart(f'{style}<filter id="f">{_SHADOW}</filter>' + '<rect class="label" width="999" height="799"/>' * 20)


def test_a_shadow_of_a_group_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.images.svg_complexity.MAX_SVG_PARTS", 5_000)
    shapes = '<rect width="9" height="9"/>' * 500
    shadow = '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>'
    assert "feGaussianBlur" in rebuilt(f'{shadow}<g filter="url(#f)">{shapes}</g>')


def test_an_element_with_thousands_of_attributes_is_refused() -> None:
    with pytest.raises(ImageRefusedError, match="attributes"):
        rebuilt("<rect " + " ".join(f"a{number}='1'" for number in range(3_000)) + "/>")


def test_a_png_with_more_pixels_than_it_says_is_refused() -> None:
    with pytest.raises(ImageRefusedError, match="more pixels"):
        probe(png(10, 10, rows=5_000), "a.png")


@pytest.mark.parametrize(("mode", "depth"), [(2, 8), (6, 8), (3, 8), (0, 1), (0, 16)])
def test_a_very_large_image_is_scaled_down_once_for_all_editions(
    mode: int, depth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exporter.images.prepare.MAX_EDITION_PIXELS", 10_000)
    data = png(400, 200, mode=mode, depth=depth)
    asset = probe(for_editions(data, probe(data, "a.png")), "a.png").asset
    assert (asset.width, asset.height) == (134, 67)
    assert MAX_EDITION_PIXELS > 20_000_000
