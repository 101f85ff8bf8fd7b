"""Pages made to hurt: each is refused in a sentence, or read, in little time and memory."""

from __future__ import annotations

import base64
import codecs


def _page(text: str) -> bytes:
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title></head>'
    return f"{head}<body><main><h1>T</h1>{text}".encode()


def _xhtml(text: str, doctype: str = "<!DOCTYPE html>") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}</p></body></html>'.encode()


_LAUGHS = (
    "<!DOCTYPE html ["
    + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)

PAGES: dict[str, bytes] = {
    "100,000 tags inside each other": _page("<div>" * 100_000 + "x"),
    "100,000 lists inside each other": _page("<ul><li>" * 50_000 + "x"),
    "100,000 tables inside each other": _page("<table><tr><td>" * 33_000 + "x"),
    "150 quotations inside each other": _page("<blockquote>" * 150 + "x"),
    "150 lists inside each other": _page("<ul><li>" * 75 + "x"),
    "190 marks inside each other": _page("<p>" + "<em lang=es>" * 190 + "x"),
    "bold that is never closed": _page("<b>" * 100_000 + "x"),
    "fonts that are never closed": _page("".join(f"<font size={n}><p>x" for n in range(20_000))),
    "links that are never closed": _page("<a href=x><p>x" * 50_000),
    "marks around many blocks": _page("<b><i><u><s><q>" + "<div>x</div>" * 60_000),
    "a table with 100,000 rows": _page("<table>" + "<tr><td>a<td>b" * 100_000),
    "a table with a large span": _page("<table><tr><td colspan=99999999>x</table>"),
    "a table with rows that reach down": _page("<table>" + "<tr><td rowspan=65534 colspan=900>x" * 300 + "</table>"),
    "a table with many columns": _page("<table><tr>" + "<td>x" * 30_000),
    "columns without end": _page("<table><colgroup>" + "<col span=1000>" * 50_000 + "<tr><td>x"),
    "fields beside lists of choices": _page("<form>" + "<input value=a><select><option>b</select>" * 20_000),
    "100,000 attributes": _page("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x"),
    "a huge attribute": _page('<p title="' + "x" * 5_000_000 + '">x'),
    "a huge class": _page('<p class="' + "a b c " * 500_000 + '">x'),
    "entities without end": _page("&" * 3_000_000),
    "signs without end": _page("<" * 900_000),
    "too many tags": _page("<i>" * 1_100_000),
    "comments that open": _page("<!--" * 500_000),
    "a billion laughs": _xhtml("&a9;", _LAUGHS),
    "an entity from a file": _xhtml("&x;", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "a document type from elsewhere": _xhtml("x", '<!DOCTYPE html SYSTEM "http://example.org/x.dtd">'),
    "zero bytes": _page("x\0" * 1000),
    "nothing but zero bytes": b"\0" * 100_000,
    "control characters": _page("x\x01" * 10_000),
    "a picture of many megabytes inside": _page(f'<img alt=x src="data:image/png;base64,{"A" * 40_000_000}">'),
    "a thousand pictures inside": _page(
        "".join(f'<img alt=x src="data:image/png;base64,{base64.b64encode(b"%d" % n).decode()}">' for n in range(1000))
    ),
    "base64 that is none": _page('<img alt=x src="data:image/png;base64,%%%%====!!">'),
    "nothing": b"",
    "white space": b" \n\t ",
    "a head alone": b"<!doctype html><html><head><title>x</title>",
    "cut off in a tag": _page('<p>x</p><img alt="y'),
    "cut off in a comment": _page("<p>x</p><!-- y"),
    "cut off in a script": _page("<p>x</p><script>y"),
    "cut off in a character": _page("<p>é").removesuffix(b"\xa9"),
    "UTF-16 cut off": "<p>x".encode("utf-16")[:-1],
    "UTF-32": "<p>x</p>".encode("utf-32"),
    "UTF-7": b'<meta charset="utf-7"><p>+ADw-script+AD4-</p>',
    "an encoding that is none": b'<meta charset="rot13"><p>x</p>',
    "an encoding that packs": b'<meta charset="zip"><p>x</p>',
    "a mark and another encoding": codecs.BOM_UTF8 + b'<meta charset="utf-16"><p>x</p>',
    "a PDF file": b"%PDF-1.7 x",
    "an archive": b"PK\x03\x04" + b"x" * 100,
    "random bytes": bytes((n * 7919 + n // 251) % 256 for n in range(200_000)),
    "notes that refer to each other": _page(
        "".join(f'<p id="n{n}"><a href="#n{n + 1}"><sup>{n}</sup></a> x</p>' for n in range(2000))
    ),
    "100,000 marks of one note": _page(
        '<sup><a href="#fn1">1</a></sup>' * 50_000 + '<ol class="footnotes"><li id="fn1">x</ol>'
    ),
    "20,000 notes": _page(
        "".join(f'<sup><a id="r{n}" href="#fn{n}">{n}</a></sup>' for n in range(20_000))
        + '<ol class="footnotes">'
        + "".join(f'<li id="fn{n}">x <a href="#r{n}">↩</a>' for n in range(20_000))
    ),
    "20,000 formulas": _page("<math><mi>x</mi></math>" * 20_000),
    "a formula that is too deep": _page("<math>" + "<mrow>" * 190 + "<mi>x</mi>"),
    "a formula of TeX without end": _page('<span class="math inline">\\(' + "{" * 100_000 + "\\)</span>"),
    "20,000 pieces of bold": _page("<p>" + "<b>x</b>" * 100_000),
    "50,000 definitions": _page("<dl>" + "<dt>x<dd>y" * 50_000),
    "50,000 items": _page("<ol>" + "<li value=7>x" * 50_000),
    "100,000 line breaks": _page("<p>" + "x<br><br>" * 50_000),
    "100,000 anchors": _page("".join(f"<a name=a{n}></a>" for n in range(100_000)) + "<p>x"),
    "JSON that is deep": _page('<script type="application/ld+json">' + "[" * 200_000 + "</script><p>x"),
    "JSON that is wide": _page('<script type="application/ld+json">[' + '{"@graph":[]},' * 50_000 + "{}]</script><p>x"),
    "100,000 style rules": _page("<style>" + ".c{font-weight:700}" * 100_000 + "</style><p class=c>x"),
    "a style without braces": _page("<style>" + "x" * 1_000_000 + "</style><p>x"),
    "comments of XML that open": _xhtml("<!--" * 300_000),
    "marks of XML that open": _xhtml("<?x " * 300_000 + "<![CDATA[" * 100_000),
    "quotation marks of XML that open": _xhtml('<a "' * 200_000),
    "document types without end": b"<?xml version='1.0'?>" + b"<!DOCTYPE [" * 100_000,
    "a page label without end": _page('<p>x</p><div role="doc-pagebreak" aria-label="' + "a" * 99_000 + '!">'),
    "a style that never ends": _page("<style>" + "{" * 1_000_000 + "</style><p>x"),
    "hidden inside hidden": _page("<div aria-hidden=true><img alt=x src=x.png>" * 150 + "x"),
    "frames inside frames": _page("<div class=sidebar><p>words</p>" * 150 + "x"),
    "a srcset without end": _page('<img alt=x srcset="' + "a 1x," * 500_000 + '">'),
    "20,000 drawings": _page("<svg role=img aria-label=x><path d='M0 0'/></svg>" * 20_000),
}
"""By what they are."""
