"""HTML pages that are hostile or merely huge."""

from __future__ import annotations

import base64
from collections.abc import Callable

from tests.hostile.kind import Kind, file
from tests.hostile.pictures import png


def _page(body: Callable[[], str] | str, head: str = "") -> Kind:
    def data() -> bytes:
        text = body if isinstance(body, str) else body()
        return f"<!doctype html><html lang=en><title>A title</title>{head}<body><h1>Part</h1><p>Text.{text}".encode()

    return file("manuscript.html", data)


def _data_picture() -> str:
    return f'<img alt="A" src="data:image/png;base64,{base64.b64encode(png(9_000, 8_800)).decode()}">'


def _notes() -> str:
    marks = "".join(f'<p>Word<a role="doc-noteref" href="#n{n}" id="r{n}">{n}</a>' for n in range(300))
    notes = "".join(f'<aside role="doc-footnote" id="n{n}">Note.<a href="#r{n}">b</a></aside>' for n in range(300))
    return marks + notes


KINDS: dict[str, Kind] = {
    "html-depth": _page(lambda: "<div>" * 100_000 + "a")._replace(cheap=True),
    "html-formatting-unclosed": _page(lambda: "<b><i>a<p>" * 1_000),
    "html-links-unclosed": _page(lambda: "<a href=x>a " * 40_000),
    "html-lists-nested": _page(lambda: "<ul><li>a" * 3_000)._replace(cheap=True),
    "html-quotes-nested": _page(lambda: "<blockquote>a" * 3_000),
    "html-spans": _page(lambda: "<table>" + "<tr><td colspan=1000 rowspan=65534>a" * 500 + "</table>"),
    "html-columns": _page("<table><tr><td colspan=99999999999>a<td>b</table>")._replace(cheap=True),
    "html-rows": _page(lambda: "<table>" + "<tr><td>a<td>b" * 30_000 + "</table>"),
    "html-tables-nested": _page(lambda: "<table><tr><td>a" * 800),
    "html-tables-in-paragraphs": _page(lambda: "<p>a<table><tr><td>a</table>" * 8_000),
    "html-foster-parenting": _page(lambda: "<table>" + "<b>a<tr>" * 8_000),
    "html-entities": _page(lambda: "&nbsp;&amp;" * 200_000),
    "html-characters": _page(lambda: "&#x110000;&#0;&#xD800;" * 20_000)._replace(cheap=True),
    "html-data-picture": _page(_data_picture),
    "html-data-60-mb": _page(lambda: f'<img alt="A" src="data:image/png;base64,{"A" * 60_000_000}">'),
    "html-style": _page("<p class=a>a", "<style>" + "div p .a:not(.b)>i~u{color:red}" * 40_000 + "</style>"),
    "html-script": _page(lambda: "<script>" + "a" * 20_000_000 + "</script>"),
    "html-inputs": _page(lambda: "<form>" + "<input value=a><select><option>b</select>" * 20_000),
    "html-mathml-depth": _page(
        lambda: "<math>" + "<mrow>" * 5_000 + "<mi>x</mi>" + "</mrow>" * 5_000 + "</math>"
    )._replace(cheap=True),
    "html-mathml-many": _page(lambda: "<math><msup><mi>x</mi><mn>2</mn></msup></math> " * 600),
    "html-svg": _page(lambda: '<svg viewBox="0 0 9 9">' + '<rect width="1" height="1"/>' * 100_000 + "</svg>"),
    "html-ids-same": _page(lambda: "<p id=a>a<a href=#a>b</a>" * 1_500),
    "html-notes": _page(_notes),
    "html-notes-in-each-other": _page(
        "<a role=doc-noteref href=#a>1</a><aside role=doc-footnote id=a>A<a role=doc-noteref href=#b>2</a></aside>"
        "<aside role=doc-footnote id=b>B<a role=doc-noteref href=#a>1</a></aside>"
    )._replace(cheap=True),
    "html-ruby": _page(lambda: "<ruby>a<rt>b" * 40_000),
    "html-details": _page(lambda: "<details><summary>a</summary>" * 2_000),
    "html-definitions": _page(lambda: "<dl>" + "<dt>a<dd>b" * 20_000),
    "html-headings": _page(lambda: "<h1>a</h1><h6>b</h6>" * 8_000),
    "html-heading-long": _page(lambda: f"<h2>{'x' * 200_000}</h2><p>a"),
    "html-comments": _page(lambda: "<!--a--><!-- -- -->" * 100_000),
    "html-utf-16": file(
        "manuscript.html", lambda: "<html lang=en><title>T</title><h1>A</h1><p>B".encode("utf-16"), cheap=True
    ),
    "html-charset-unknown": _page("caf\u00e9", "<meta charset=utf-7>")._replace(cheap=True),
    "html-nul": _page("a\0b<p\0>c")._replace(cheap=True),
    "html-frames": _page(lambda: "<iframe src=x></iframe><object data=x>a</object>" * 20_000),
    "html-captions": _page(lambda: "<figure><img src=a.png alt=A><figcaption>a</figcaption></figure>" * 600),
}
