"""Defects planted one by one in a good EPUB, each with the rule that has to find it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Change = Callable[[str], str | None]


class Defect(NamedTuple):
    """One thing made worse."""

    name: str
    rule: str
    part: str
    """File of the book, below EPUB/."""
    change: Change
    follows: tuple[str, ...] = ()
    """Rules that find it too, or what comes of it."""


def sub(pattern: str, by: str, count: int = 1) -> Change:
    def change(text: str) -> str:
        changed, times = re.subn(pattern, by, text, count=count, flags=re.DOTALL)
        assert times, f"{pattern} is not in the good book"
        return changed

    return change


def after_heading(markup: str) -> Change:
    """Return a change that puts something below the first heading of a chapter."""
    return sub("</h1>", f"</h1>{markup}")


def meta(name: str, value: str) -> Change:
    """Return a change that puts a property into the package."""
    return sub("</metadata>", f'<meta property="{name}">{value}</meta></metadata>')


def feature(value: str) -> Change:
    return meta("schema:accessibilityFeature", value)


def plant(good: Path, defect: Defect, target: Path) -> Path:
    """Write the book with the defect in it."""
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data: bytes | None = old.read(entry)
            if entry.filename == f"EPUB/{defect.part}":
                text = defect.change(old.read(entry).decode("utf-8", "surrogateescape"))
                data = None if text is None else text.encode("utf-8", "surrogateescape")
                assert data != old.read(entry), "nothing was changed"
            if data is not None:
                new.writestr(entry, data)
    return target


ONE, TWO, NAV, OPF, ENDNOTES = "text-01.xhtml", "text-02.xhtml", "nav.xhtml", "content.opf", "notes.xhtml"
_ALT = r'alt="Bars rise from 4 to 88\."'
_CLAIMS = ("epub-claim", "epub-claim-alternative-text")
_BREAK = '<span id="page-13" role="doc-pagebreak" epub:type="pagebreak" aria-label="Page 13"></span>'
_HEADLESS = "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
DEFECTS = (
    # The nine of which validators from outside see few
    Defect(
        "alternative texts claimed for a picture without one",
        "epub-claim-alternative-text",
        ONE,
        sub(_ALT, ""),
        ("epub-claim", "markup-alt-missing"),
    ),
    Defect("a page that the list does not have", "epub-page-list", ONE, after_heading(_BREAK)),
    Defect("an alt text that is a file name", "markup-alt-file", ONE, sub(_ALT, 'alt="chart-01.png"'), _CLAIMS),
    Defect(
        "a passage that lost its language",
        "markup-language-script",
        ONE,
        sub(r'<span lang="ar" xml:lang="ar"', "<span"),
    ),
    Defect("an empty head cell", "markup-table-head-empty", ONE, sub("Head 1", "")),
    Defect("a link called by its address", "markup-link-address", ONE, sub(">a page<", ">https://example.org/?a=1<")),
    Defect("a note that leads nowhere back", "epub-note-return", TWO, sub(r'<a class="backlink"[^>]*>2</a>', "2")),
    Defect("a voice claimed that is not there", "epub-claim", OPF, feature("synchronizedAudioText")),
    Defect(
        "a standard claimed that nobody looked at",
        "epub-claim-conformance",
        OPF,
        meta("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"),
    ),
    # Pictures
    Defect("a picture without an alt text", "markup-alt-missing", ONE, sub(_ALT, ""), _CLAIMS),
    Defect("a camera's name for an alt text", "markup-alt-file", ONE, sub(_ALT, 'alt="IMG_2041"'), _CLAIMS),
    Defect("an alt text that says nothing", "markup-alt-word", ONE, sub(_ALT, 'alt="Picture"'), _CLAIMS),
    Defect(
        "a picture that is neither described nor decoration",
        "markup-alt-empty",
        ONE,
        sub('alt="" role="presentation"', 'alt=""'),
        _CLAIMS,
    ),
    Defect(
        "a drawing in the text without a name",
        "markup-alt-missing",
        ONE,
        after_heading('<p><svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg></p>'),
        _CLAIMS,
    ),
    Defect(
        "a long description that is gone",
        "markup-details",
        ONE,
        sub('<details id="fig-1-description"', '<details id="gone"'),
    ),
    # Headings
    Defect("a document without a title", "markup-title", TWO, sub("<title>[^<]*</title>", "")),
    Defect("an empty heading", "markup-heading-empty", ONE, after_heading("<h2> </h2>")),
    Defect("a skipped level", "markup-heading-skipped", TWO, sub("<h2>(.*?)</h2>", r"<h4>\1</h4>")),
    # Tables
    Defect("a table without head cells", "markup-table-heads", ONE, after_heading(_HEADLESS)),
    Defect(
        "a cell that names no head",
        "markup-table-headers",
        ONE,
        sub('<td id="narrow-d1"', '<td headers="gone" id="narrow-d1"'),
    ),
    # Links
    Defect("a link without words", "markup-link-empty", ONE, sub(">a page<", "><")),
    Defect("a link called here", "markup-link-word", ONE, sub(">a page<", ">here<")),
    Defect(
        "a link that software calls otherwise",
        "markup-link-label",
        ONE,
        sub(r">a page<", ' aria-label="Buy now">a page<'),
    ),
    Defect("a link to nothing", "markup-link-nowhere", ONE, after_heading('<p><a href="#gone">On the method</a></p>')),
    # Languages
    Defect("a document without a language", "markup-language-missing", TWO, sub(r' lang="en-GB" xml:lang="en-GB"', "")),
    Defect(
        "a language that is none",
        "markup-language-tag",
        ONE,
        sub('<span lang="ar" xml:lang="ar"', '<span lang="arabic" xml:lang="arabic"'),
        ("markup-language-script",),
    ),
    Defect(
        "two languages at once",
        "markup-language-tag",
        ONE,
        sub('<span lang="ar" xml:lang="ar"', '<span lang="ar" xml:lang="fa"'),
    ),
    Defect(
        "a passage in Spanish of which nothing is said",
        "markup-language-passage",
        ONE,
        after_heading("<p>El Estado es responsable de las personas que están bajo su custodia en una prisión.</p>"),
    ),
    Defect(
        "a quotation in French of which nothing is said",
        "markup-language-passage",
        ONE,
        after_heading("<p>They said <i>nous sommes pour la paix avec vous</i> to us.</p>"),
    ),
    Defect(
        "Arabic from left to right",
        "markup-direction",
        TWO,
        sub('lang="en-GB" xml:lang="en-GB" dir="ltr"', 'lang="ar" xml:lang="ar" dir="ltr"'),
    ),
    # Navigation
    Defect(
        "contents that point at nothing", "epub-nav-target", NAV, sub("text-02.xhtml#two-one", "text-02.xhtml#gone")
    ),
    Defect(
        "a chapter that the contents forget",
        "epub-toc",
        NAV,
        sub(r'<li><a href="text-03.xhtml#three">Two</a></li>', ""),
    ),
    Defect(
        "contents in another order",
        "epub-toc",
        NAV,
        sub(r'(<li><a href="notes.xhtml">Notes</a></li>)\s*(<li><a href="about.xhtml">.*?</li>)', r"\2\1"),
    ),
    Defect("contents in other words", "epub-toc", NAV, sub(">Two point one<", ">Something else<")),
    Defect(
        "a list of pages that is gone",
        "epub-page-list",
        NAV,
        sub(r'<nav epub:type="page-list".*?</nav>', ""),
        ("epub-claim",),
    ),
    Defect("a page of another number", "epub-page-list", NAV, sub(">12</a>", ">14</a>")),
    Defect(
        "a page where none begins",
        "epub-page-mark",
        NAV,
        sub("text-01.xhtml#page-12", "text-01.xhtml#one"),
        ("epub-page-list",),
    ),
    Defect(
        "pages of which edition nobody knows",
        "epub-page-source",
        OPF,
        sub(r'<meta property="pageBreakSource">.*?</meta>', ""),
    ),
    # Notes
    Defect(
        "a mark that leads to no note",
        "epub-note-lost",
        TWO,
        sub('href="#note-b"', 'href="#gone"'),
        ("epub-note-unreferred", "markup-link-nowhere"),
    ),
    Defect(
        "an endnote that leads nowhere back", "epub-note-return", ENDNOTES, sub(r'<a class="backlink"[^>]*>3</a>', "3")
    ),
    Defect(
        "a note that nothing refers to",
        "epub-note-unreferred",
        TWO,
        sub('<aside id="note-b"', '<aside id="note-c" epub:type="footnote"><p>Alone.</p></aside><aside id="note-b"'),
    ),
    Defect(
        "a document that would read another file",
        "epub-malformed",
        TWO,
        sub("<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    ),
    # Metadata
    Defect(
        "nothing said of modes",
        "epub-metadata-missing",
        OPF,
        sub(r'<meta property="schema:accessMode">[^<]*</meta>', "", 0),
    ),
    Defect(
        "no summary", "epub-metadata-summary", OPF, sub(r'<meta property="schema:accessibilitySummary">.*?</meta>', "")
    ),
    Defect("dangers that contradict each other", "epub-hazard", OPF, meta("schema:accessibilityHazard", "flashing")),
    Defect(
        "no danger claimed, and a drawing that moves",
        "epub-hazard",
        ONE,
        after_heading(
            '<p><svg xmlns="http://www.w3.org/2000/svg" aria-label="Dot"><circle r="9"><animate attributeName="r" '
            'values="1;9" dur="0.2s" repeatCount="indefinite"/></circle></svg></p>'
        ),
        ("markup-moving",),
    ),
    Defect(
        "no danger claimed, and a style sheet that animates",
        "markup-moving",
        "styles/epub.css",
        lambda text: f"{text}@keyframes flash {{ 50% {{ opacity: 0 }} }} h1 {{ animation: flash 0.2s infinite }}",
        ("epub-hazard",),
    ),
    Defect(
        "a video", "markup-moving", ONE, after_heading('<video src="a.mp4"></video>'), ("epub-hazard", "epub-claim")
    ),
    Defect("sound claimed that is not there", "epub-claim", OPF, meta("schema:accessMode", "auditory")),
    Defect("an index claimed that is not there", "epub-claim", OPF, feature("index")),
    Defect("captions claimed that are not there", "epub-claim", OPF, feature("captions")),
    Defect("pronunciation claimed that is not there", "epub-claim", OPF, feature("ttsMarkup")),
)
