"""From the bytes of a page to its text: the encoding found, XHTML written as HTML, pictures inside it taken out."""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import NamedTuple

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.html.limits import MAX_BYTES, MAX_TEXT
from exporter.readers.rules import CHARACTER_REMOVED, ENCODING_UNCLEAR, FindingCollector

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word file, an EPUB or another archive",
    b"\xd0\xcf\x11\xe0": "a Word file",
    b"{\\rtf": "a Rich Text file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "an archive",
    b"MIME-Version:": "a web archive (MHTML)",
    b"From: <Saved by": "a web archive (MHTML)",
}
_XML = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z][\w.:-]*)""", re.IGNORECASE)
_PRESCAN = 8192
"""Bytes in which the encoding is looked for; browsers look in 1,024, and some systems put more before it."""
_LINE_END = re.compile(r"\r\n?")
# XML 1.0, 2.2: what no EPUB and no Word file may hold. A tab and a line end are fine.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_MANY = 0.05
"""Share of control characters from which the file is no text."""
_DECLARATION = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[>]*\[.*?\]\s*>|[^>\[]*>)", re.IGNORECASE | re.DOTALL)
_TOKEN = re.compile(
    r"(?P<skip><!--|<!\[CDATA\[|<\?)|<(?P<name>[A-Za-z][\w.:-]*)|</(?P<end>[A-Za-z][\w.-]*:[\w.-]+)|&(?P<entity>[A-Za-z][A-Za-z0-9]{0,40});"
)
_REST = re.compile(r"""((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")
"""What stands between the name of an element and the end of its tag; XML has no `<` there (XML 1.0, 3.1)."""
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_PREFIX = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']http://www\.w3\.org/(?:1999/xhtml|1998/Math/MathML|2000/svg)["']""")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)


class Page(NamedTuple):
    """A page on its way to elements."""

    text: str
    encoding: str


def decode(data: bytes, report: FindingCollector) -> Page:
    """Return the text of a page, with line feeds as line ends.

    The encoding is what a byte order mark says, then the XML declaration, then `meta`, then what the bytes look like
    (HTML 13.2.3.2). A page without any of the first three is reported, unless it is UTF-8.

    Raises:
        SourceError: Too large, or no text at all.
    """
    file = report.file
    if len(data) > MAX_BYTES:
        raise _unreadable(f"The page has {len(data) / 1e6:.0f} MB; the limit is {MAX_BYTES / 1e6:.0f} MB.", file)
    for magic, what in _OTHERS.items():
        if data.startswith(magic):
            raise _unreadable(f"The file is {what}, whatever its name says.", file)
    text, encoding = _decoded(data, report)
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    return Page(_without_control_characters(text, report), encoding)


def _decoded(data: bytes, report: FindingCollector) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name
    if said := _XML.match(data) or _META.search(data, 0, _PRESCAN):
        name = said[1].decode("ascii")
        # A page that says so in single bytes is not in two (HTML 13.2.3.2, step 15).
        wanted = "utf-8" if name.lower().startswith(("utf-16", "utf-32")) else name
        if (text := _as(data, wanted)) is not None:
            return text, wanted
        text, guess = _guessed(data)
        message = f"The page says that it is in {name}, and it is not; it was read as {guess}."
        report.add(ENCODING_UNCLEAR, 1, message)
        return text, guess
    text, guess = _guessed(data)
    if guess != "UTF-8":
        report.add(ENCODING_UNCLEAR, 1, f"The page does not say in which encoding it is; it was read as {guess}.")
    return text, guess


def _as(data: bytes, name: str) -> str | None:
    """Return the text in an encoding as the web understands its name; None when it is not in that encoding."""
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
            # Some codecs of Python turn bytes into bytes, and one runs escapes: none of them is an encoding.
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
"""What the web means by these names (Encoding Standard, 4.2)."""
_NO_ENCODINGS = frozenset({"unicode-escape", "raw-unicode-escape", "utf-7", "idna", "punycode", "undefined", "mbcs"})


def _guessed(data: bytes) -> tuple[str, str]:
    from turbohtml.detect import detect

    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        # A file that was cut off, or one wrong byte in much that is right, is no other encoding.
        wrong = data.decode("utf-8", "replace").count("\ufffd")
        right = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", data))
        if right > 4 * wrong or error.start >= len(data) - 3:
            return data.decode("utf-8", "replace"), "UTF-8"
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) > len(data[:4096]) / 5:
        name = "utf-16-be" if even > odd else "utf-16-le"
        return data.decode(name, "replace"), name.upper()
    plain = _META.sub(b"<meta", data[:200_000])
    found = detect(plain)
    try:
        return data.decode(found.codec or "cp1252", "replace"), found.encoding or "windows-1252"
    except LookupError:
        return data.decode("cp1252", "replace"), "windows-1252"


def _without_control_characters(text: str, report: FindingCollector) -> str:
    count = len(_FORBIDDEN.findall(text))
    if not count:
        return text
    if count > _MANY * len(text):
        raise _unreadable("The file holds so many control characters that it is no text.", report.file)
    reported = 0
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if found := _FORBIDDEN.search(line):
            if reported < 20:
                report.add(CHARACTER_REMOVED, number, f"The control character U+{ord(found[0]):04X} was taken out.")
                reported += 1
            lines[number - 1] = _FORBIDDEN.sub("", line)
    return "\n".join(lines)


def is_xhtml(text: str, file: str) -> bool:
    """Return whether a page is XML: by its suffix, or by its first line."""
    return file.lower().endswith((".xhtml", ".xht")) or text.lstrip()[:5] == "<?xml"


def from_xhtml(text: str, file: str) -> str:
    """Return XHTML as HTML: elements that close themselves closed, CDATA as text, prefixes of namespaces gone.

    Raises:
        SourceError: It defines entities.
    """
    begin = text[:100_000].upper().find("<!DOCTYPE")
    doctype = _DOCTYPE.match(text, begin, 100_000) if begin >= 0 else None
    if _DECLARATION.search(doctype[0] if doctype else text[:100_000]):
        raise SourceError(
            "The page defines entities (<!ENTITY), which are not read.",
            advice="Write the characters themselves.",
            source=Source(file, 1),
        )
    prefixes = set(_PREFIX.findall(text))
    out: list[str] = []
    position = 0
    while found := _TOKEN.search(text, position):
        out.append(text[position : found.start()])
        said, position = _as_html(found, text, prefixes)
        out.append(said)
    return "".join((*out, text[position:]))


def _as_html(found: re.Match[str], text: str, prefixes: set[str]) -> tuple[str, int]:
    """Return what a token of XML is in HTML, and where the text goes on."""
    position = found.end()
    if skip := found["skip"]:
        end = text.find(_ENDS[skip], position)
        end = len(text) if end < 0 else end
        inside = text[position:end]
        if skip != "<![CDATA[":
            return "\n" * inside.count("\n"), end + 3 - (skip == "<?")
        return inside.replace("&", "&amp;").replace("<", "&lt;"), end + 3
    if entity := found["entity"]:
        return (found[0] if f"{entity};" in html5 else f"&amp;{entity};"), position
    if found["end"]:
        prefix, _, name = found["end"].partition(":")
        return (f"</{name}" if prefix in prefixes else found[0]), position
    prefix, _, name = found["name"].rpartition(":")
    if prefix not in prefixes:
        name = found["name"]
    rest = _REST.match(text, position)
    if rest is None or not rest[1].endswith("/"):
        return f"<{name}", position
    inside = rest[1].removesuffix("/")
    return (f"<{name}{inside}>" if name in _VOID else f"<{name}{inside}></{name}>"), rest.end()


def refuse_long(text: str, file: str) -> None:
    """Refuse more text than any publication has.

    Raises:
        SourceError: It is.
    """
    if len(text) > MAX_TEXT:
        raise _unreadable(
            f"The page has {len(text) / 1e6:.0f} million characters; the limit is {MAX_TEXT / 1e6:.0f} million.", file
        )


def _unreadable(message: str, file: str) -> SourceError:
    return SourceError(message, advice="Save the page anew as HTML in UTF-8.", source=Source(file))
