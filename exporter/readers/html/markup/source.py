"""Decoding of a page: its encoding, control characters, XHTML as HTML."""

from __future__ import annotations

import codecs
import re
from html.entities import html5

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.html.markup.limits import MAX_BYTES, MAX_TEXT
from exporter.readers.rules import CHARACTER_REMOVED, ENCODING_UNCLEAR, FindingCollector

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FORMATS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word file, an EPUB or another archive",
    b"\xd0\xcf\x11\xe0": "a Word file",
    b"{\\rtf": "a Rich Text file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "an archive",
    b"MIME-Version:": "a web archive (MHTML)",
    b"From: <Saved by": "a web archive (MHTML)",
}
_XML = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z][\w.:-]*)""", re.IGNORECASE)
_PRESCAN = 8192
"""Bytes in which the encoding is searched; browsers search 1,024, but some systems write it later."""
_LINE_END = re.compile(r"\r\n?")
# Form feeds are spaces in HTML.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_MAX_CONTROL_SHARE = 0.05
"""Fraction of control characters above which the file is not text."""
_DECLARATION = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[>]*\[.*?\]\s*>|[^>\[]*>)", re.IGNORECASE | re.DOTALL)
_TOKEN = re.compile(
    r"(?P<skip><!--|<!\[CDATA\[|<\?)|<(?P<name>[A-Za-z][\w.:-]*)|</(?P<end>[A-Za-z][\w.-]*:[\w.-]+)|&(?P<entity>[A-Za-z][A-Za-z0-9]{0,40});"
)
_REST = re.compile(r"""((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")
"""Rest of a tag after its name; XML has no `<` there (XML 1.0, 3.1)."""
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_PREFIX = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']http://www\.w3\.org/(?:1999/xhtml|1998/Math/MathML|2000/svg)["']""")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)


def decode(data: bytes, report: FindingCollector) -> str:
    """Return the text of a page, with line feeds as line ends.

    The encoding is that of the byte order mark, the XML declaration or `meta`, in this order, or else detected
    (HTML 13.2.3.2). A page without any of the first three is reported, unless it is UTF-8.

    Raises:
        SourceError: The page is too large or not text.
    """
    file = report.file
    if len(data) > MAX_BYTES:
        raise _unreadable(f"The page has {len(data) / 1e6:.0f} MB; the limit is {MAX_BYTES / 1e6:.0f} MB.", file)
    for magic, actual in _OTHER_FORMATS.items():
        if data.startswith(magic):
            raise _unreadable(f"The file is {actual}, despite its name.", file)
    text = _LINE_END.sub("\n", _decode_any(data, report).removeprefix("\ufeff"))
    return _without_control_characters(text, report)


def _decode_any(data: bytes, report: FindingCollector) -> str:
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if declaration := _XML.match(data) or _META.search(data, 0, _PRESCAN):
        name = declaration[1].decode("ascii")
        # A declaration in single bytes cannot be in UTF-16 (HTML 13.2.3.2, step 15).
        encoding = "utf-8" if name.lower().startswith(("utf-16", "utf-32")) else name
        if (decoded := _decode_as(data, encoding)) is not None:
            return decoded
        text, guess = _decode_detected(data)
        message = f"Wrong encoding: the page declares {name}, but is not in it; it was read as {guess}."
        report.add(ENCODING_UNCLEAR, 1, message)
        return text
    text, guess = _decode_detected(data)
    if guess != "UTF-8":
        report.add(ENCODING_UNCLEAR, 1, f"No encoding declared; the page was read as {guess}.")
    return text


def _decode_as(data: bytes, name: str) -> str | None:
    """Return the text in an encoding with a label of the Encoding Standard, or None if it is in another encoding."""
    from turbohtml import detect  # registers the codecs of the Encoding Standard too

    assert detect is not None
    if name.lower() in ("utf-8", "utf8"):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return None
    for label in (f"whatwg-{name.lower()}", _LABELS.get(name.lower(), name)):
        try:
            codec = codecs.lookup(label)
            # Some codecs of Python convert bytes to bytes or interpret escapes; they are not encodings.
            if not getattr(codec, "_is_text_encoding", True) or codec.name in _NO_ENCODINGS:
                return None
            text = codec.decode(data, "strict")[0]
        except UnicodeError:
            return None
        except (LookupError, ValueError):
            continue
        return text if "\ufffd" not in text else None
    return None


_LABELS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}
"""Encodings of labels whose meaning on the web differs from their name (Encoding Standard, 4.2)."""
_NO_ENCODINGS = frozenset({"unicode-escape", "raw-unicode-escape", "utf-7", "idna", "punycode", "undefined", "mbcs"})


def _decode_detected(data: bytes) -> tuple[str, str]:
    from turbohtml.detect import detect

    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        # A truncated file, or few invalid bytes among many valid ones, is still UTF-8.
        invalid = data.decode("utf-8", "replace").count("\ufffd")
        valid = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", data))
        if valid > 4 * invalid or error.start >= len(data) - 3:
            return data.decode("utf-8", "replace"), "UTF-8"
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) > len(data[:4096]) / 5:
        name = "utf-16-be" if even > odd else "utf-16-le"
        return data.decode(name, "replace"), name.upper()
    detected = detect(_META.sub(b"<meta", data[:200_000]))
    try:
        return data.decode(detected.codec or "cp1252", "replace"), detected.encoding or "windows-1252"
    except LookupError:
        return data.decode("cp1252", "replace"), "windows-1252"


def _without_control_characters(text: str, report: FindingCollector) -> str:
    count = len(_FORBIDDEN.findall(text))
    if not count:
        return text
    if count > _MAX_CONTROL_SHARE * len(text):
        raise _unreadable("The file has so many control characters that it is not text.", report.file)
    reported = 0
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if match := _FORBIDDEN.search(line):
            if reported < 20:
                report.add(CHARACTER_REMOVED, number, f"The control character U+{ord(match[0]):04X} was removed.")
                reported += 1
            lines[number - 1] = _FORBIDDEN.sub("", line)
    return "\n".join(lines)


def is_xhtml(text: str, file: str) -> bool:
    """Return whether a page is XHTML, by its suffix or first line."""
    return file.lower().endswith((".xhtml", ".xht")) or text.lstrip()[:5] == "<?xml"


def xhtml_to_html(text: str, file: str) -> str:
    """Return XHTML as HTML: with end tags for empty-element tags, CDATA as text, and without namespace prefixes.

    Raises:
        SourceError: The page defines entities.
    """
    begin = text[:100_000].upper().find("<!DOCTYPE")
    doctype = _DOCTYPE.match(text, begin, 100_000) if begin >= 0 else None
    if _DECLARATION.search(doctype[0] if doctype else text[:100_000]):
        raise SourceError(
            "The page defines entities (<!ENTITY), which are not supported.",
            advice="Write the characters themselves.",
            source=Source(file, 1),
        )
    prefixes = set(_PREFIX.findall(text))
    out: list[str] = []
    position = 0
    while token := _TOKEN.search(text, position):
        out.append(text[position : token.start()])
        html, position = _token_as_html(token, text, prefixes)
        out.append(html)
    return "".join((*out, text[position:]))


def _token_as_html(token: re.Match[str], text: str, prefixes: set[str]) -> tuple[str, int]:
    """Return an XML token as HTML, and the position after it."""
    position = token.end()
    if skip := token["skip"]:
        end = text.find(_ENDS[skip], position)
        end = len(text) if end < 0 else end
        content = text[position:end]
        if skip != "<![CDATA[":
            return "\n" * content.count("\n"), end + 3 - (skip == "<?")
        return content.replace("&", "&amp;").replace("<", "&lt;"), end + 3
    if entity := token["entity"]:
        return (token[0] if f"{entity};" in html5 else f"&amp;{entity};"), position
    if token["end"]:
        prefix, _, name = token["end"].partition(":")
        return (f"</{name}" if prefix in prefixes else token[0]), position
    prefix, _, name = token["name"].rpartition(":")
    if prefix not in prefixes:
        name = token["name"]
    rest = _REST.match(text, position)
    if rest is None or not rest[1].endswith("/"):
        return f"<{name}", position
    content = rest[1].removesuffix("/")
    return (f"<{name}{content}>" if name in _VOID else f"<{name}{content}></{name}>"), rest.end()


def refuse_long(text: str, file: str) -> None:
    """Refuse a page with more text than any publication has.

    Raises:
        SourceError: The page has more than MAX_TEXT characters.
    """
    if len(text) > MAX_TEXT:
        raise _unreadable(
            f"The page has {len(text) / 1e6:.0f} million characters; the limit is {MAX_TEXT / 1e6:.0f} million.", file
        )


def _unreadable(message: str, file: str) -> SourceError:
    return SourceError(message, advice="Save the page again as HTML in UTF-8.", source=Source(file))
