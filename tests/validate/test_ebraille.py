"""Requirements of eBraille: each planted defect is found, and nothing in the good file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.validate import ebraille
from exporter.validate.builtin import VALIDATORS
from exporter.validate.file_types import FileTypes
from tests.writers.braille.made import needs_liblouis
from tests.writers.ebraille.made import MadeBook, make

pytestmark = needs_liblouis
OPF, INDEX, ONE, CSS, BOX = (
    "package.opf", "index.html", "ebraille/text-01.xhtml", "ebraille/styles/ebraille.css", "META-INF/container.xml",
)  # fmt: skip
Change = Callable[[dict[str, bytes]], None]


def sub(name: str, pattern: str, by: str) -> Change:
    """Return a change of a file."""

    def change(files: dict[str, bytes]) -> None:
        text, times = re.subn(pattern, by, files[name].decode(), count=1, flags=re.DOTALL)
        assert times, pattern
        files[name] = text.encode()

    return change


def meta(name: str, value: str) -> Change:
    """Return a change of the values of a property; an empty one removes them."""
    by = f'<meta property="{name}">{value}</meta>' if value else ""
    return sub(OPF, f'(?:<meta property="{name}">[^<]*</meta>\\s*)+', by)


def dublin(name: str, value: str) -> Change:
    """Return a change of the values of an element of Dublin Core; an empty one removes them."""
    pattern = rf"(?:<dc:{name}\b([^>]*)>[^<]*</dc:{name}>\s*)+"
    return sub(OPF, pattern, rf"<dc:{name}\1>{value}</dc:{name}>" if value else "")


def added(element: str, to: str = "metadata") -> Change:
    return sub(OPF, f"</{to}>", f"{element}</{to}>")


def body(markup: str) -> Change:
    return sub(ONE, "</h1>", f"</h1>{markup}")


def css(rule: str) -> Change:
    return sub(CSS, "^", f"{rule}\n")


def put(name: str, data: bytes) -> Change:
    return lambda files: files.update({name: data})


def without(name: str) -> Change:
    def change(files: dict[str, bytes]) -> None:
        del files[name]

    return change


def moved(files: dict[str, bytes]) -> None:
    """Put the media type behind the other files."""
    files["mimetype"] = files.pop("mimetype")


def renamed(files: dict[str, bytes]) -> None:
    files["content.opf"] = files.pop(OPF)
    files[BOX] = files[BOX].replace(b"package.opf", b"content.opf")


PAGE = '<div id="page-2" role="doc-pagebreak">⠼⠃</div>'
LIST = '<nav epub:type="page-list" role="doc-pagelist"><h2>⠏</h2><ol><li>{}</li></ol></nav></body>'
LINK = '<a href="ebraille/text-01.xhtml#page-2"{}>{}</a>'


def pages(entry: str, role: str = ' role="doc-pagelist"') -> Change:
    """Return a change that adds a page and its list."""

    def change(files: dict[str, bytes]) -> None:
        body(PAGE)(files)
        sub(INDEX, "</body>", LIST.format(entry).replace(' role="doc-pagelist"', role))(files)

    return change


DEFECTS: dict[str, tuple[str, Change]] = {
    "no package": ("unreadable", without(OPF)),
    "a broken package": ("unreadable", put(OPF, b"<package")),
    "a media type that is not the first": ("container", moved),
    "another media type": ("container", put("mimetype", b"application/ebrl+zip")),
    "a container that names another package": ("container", sub(BOX, "package.opf", "ebraille/package.opf")),
    "a package with another name": ("root", renamed),
    "no entry page": ("root", without(INDEX)),
    "a name with a colon": ("file-name", put("ebraille/a:b.txt", b"")),
    "names that differ in capitals": ("file-name", put("ebraille/Title.xhtml", b"<html/>")),
    "obfuscated fonts": ("obfuscation", put("META-INF/encryption.xml", b"<encryption/>")),
    "UTF-16": ("encoding", put("ebraille/notes.xml", "<a/>".encode("utf-16"))),
    "a style sheet in Latin-1": ("encoding", put(CSS, "p { content: '\u00e9' }".encode("latin-1"))),
    "markup that is not closed": ("malformed", sub(ONE, "</p>", "")),
    **{
        f"no {name}": ("metadata", dublin(name, ""))
        for name in ("title", "creator", "identifier", "language", "format", "date")
    },
    **{
        f"no {name}": ("metadata", meta(name, ""))
        for name in (
            "dcterms:dateCopyrighted", "dcterms:modified", "a11y:brailleCellType", "a11y:brailleSystem",
            "a11y:completeTranscription", "a11y:producer", "a11y:tactileGraphics",
        )
    },
    "two dates": ("metadata", added("<dc:date>2025</dc:date>")),
    "an empty producer": ("metadata", meta("a11y:producer", " ")),
    "an identifier that is not named": ("metadata", sub(OPF, 'unique-identifier="id"', 'unique-identifier="uid"')),
    "another format": ("metadata-value", dublin("format", "EPUB 3.3")),
    "a language in print": ("metadata-value", dublin("language", "en")),
    "a date in words": ("metadata-value", meta("dcterms:dateCopyrighted", "May 2026")),
    "a date that is none": ("metadata-value", meta("dcterms:dateCopyrighted", "2026-13")),
    "seven dots": ("metadata-value", meta("a11y:brailleCellType", "7")),
    "a transcription that is half complete": ("metadata-value", meta("a11y:completeTranscription", "partly")),
    "graphics without a format": ("metadata-value", meta("a11y:tactileGraphics", "true")),
    "minus one cell": ("metadata-value", added('<meta property="a11y:minimumCells">-1</meta>')),
    "another version": ("metadata-value", sub(OPF, 'version="3.0"', 'version="2.0"')),
    "no subject": ("recommended", dublin("subject", "")),
    "a code without a grade": ("system", meta("a11y:brailleSystem", "UEB")),
    "eight dots that are not stated": ("claim", body("<p>⣿⠁</p>")),
    "eight dots that are not there": ("claim", meta("a11y:brailleCellType", "6, 8")),
    "graphics that are not there": ("claim", meta("a11y:tactileGraphics", "SVG")),
    "graphics that are not stated": ("claim", body('<p><img src="a.png" alt="⠁"/></p>')),
    "a fallback": ("fallback", sub(OPF, '<item href="ebraille/title', '<item fallback="nav" href="ebraille/title')),
    "an NCX": ("legacy", added('<item id="ncx" href="a.ncx" media-type="application/x-dtbncx+xml"/>', "manifest")),
    "a guide": ("legacy", added("<guide/>", "package")),
    "a collection": ("legacy", added('<collection role="index"/>', "package")),
    "metadata of EPUB 2": ("legacy", added('<meta name="cover" content="a"/>')),
    "a spine that names an NCX": ("legacy", sub(OPF, "<spine", '<spine toc="ncx"')),
    "a fixed layout": ("layout", added('<meta property="rendition:layout">pre-paginated</meta>')),
    "pages side by side": ("layout", added('<meta property="rendition:spread">both</meta>')),
    "a fixed document": ("layout", sub(OPF, '<itemref', '<itemref properties="rendition:layout-pre-paginated"')),
    "a picture of another type": ("media-type", lambda files: (
        added('<item id="x" href="ebraille/a.tif" media-type="image/tiff"/>', "manifest")(files),
        body('<p><img src="a.tif" alt="⠁"/></p>')(files),
        files.update({"ebraille/a.tif": b""}),
    )[0]),
    "a document that is not listed": ("spine", sub(OPF, 'idref="text-01"', 'idref="text-99"')),
    "an entry page in the spine": ("entry-in-spine", sub(OPF, '<itemref idref="title"/>', '<itemref idref="nav"/>')),
    "a picture from the network": ("location", body('<p><img src="https://example.org/a.png" alt="⠁"/></p>')),
    "an absolute path": ("location", body('<p><a href="/a.html">⠁</a></p>')),
    "a file of the computer": ("location", body('<p><a href="file:///a.html">⠁</a></p>')),
    "a file that is missing": ("location", without("ebraille/title.xhtml")),
    "a script": ("script", body("<script></script>")),
    "a form": ("script", body('<form action="a"></form>')),
    "a script in an entry page that is read in order": ("script", lambda files: (
        sub(INDEX, "</body>", "<script></script></body>")(files),
        sub(OPF, '<itemref idref="title"/>', '<itemref idref="nav"/>')(files),
    )[0]),
    "no link to the package": ("publication-link", sub(INDEX, 'rel="publication"', 'rel="alternate"')),
    "no type of the link": ("publication-link", sub(INDEX, ' type="application/oebps-package.xml"', "")),
    "an entry page that is no navigation": ("navigation", sub(OPF, ' properties="nav"', "")),
    "contents without a role": ("navigation", sub(INDEX, ' role="doc-toc"', "")),
    "no contents": ("navigation", sub(INDEX, 'epub:type="toc"', 'epub:type="loi"')),
    "an entry that leads nowhere": ("navigation", sub(INDEX, "ebraille/text-01", "ebraille/text-77")),
    "a page list without a role": ("navigation", pages(LINK.format(' title="2"', "⠼⠃"), "")),
    "a page without its number in print": ("page-title", pages(LINK.format("", "⠼⠃"))),
    "a word before a number": ("page-list", pages(LINK.format(' title="2"', "⠏⠁⠛⠑ ⠼⠃"))),
    "a page that is not there": ("page-list", pages(LINK.format(' title="2"', "⠼⠃").replace("page-2", "page-3"))),
    "pages by chapter": ("page-list", pages(LINK.format(' title="2"', "⠼⠃") + "<ol><li/></ol>")),
    "a word in print": ("text", body("<p>Word</p>")),
    "an alternative text in print": ("text", body('<p><abbr title="Word">⠁</abbr></p>')),
    "lists without signs": ("list", sub(CSS, "list-style-type: none;", "")),
    "lists with signs of print": ("list", css("ul { list-style: disc }")),
    "words in a style sheet": ("css-text", css('p::before { content: "Note" }')),
    "a property with a prefix": ("css-prefix", css("p { -epub-hyphens: none }")),
    "a font": ("css-font", css("p { font-family: Braille }")),
    "a colour in an attribute": ("css-font", body('<p style="color: red">⠁</p>')),
    "pixels": ("css-length", css("p { margin: 3px }")),
    "a width in pixels": ("css-length", css("@media (max-width: 300px) { p { margin: 0 } }")),
    "a media type for braille": ("css-media", css("@media braille { p { margin: 0 } }")),
    "a grid": ("css-display", css("@media (grid) { p { margin: 0 } }")),
    "no access mode": ("accessibility", meta("schema:accessMode", "")),
    "a table without headers": ("accessibility", body("<table><tr><td>⠁</td></tr><tr><td>⠁</td></tr></table>")),
    "a skipped level": ("accessibility", body("<h4>⠁</h4>")),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeBook:
    return make(tmp_path_factory.mktemp("ebraille"))


def rules(made: MadeBook, change: Change, folder: Path) -> set[str]:
    files = dict(made.data)
    sub(OPF, "</metadata>", "<dc:subject>a</dc:subject></metadata>")(files)
    change(files)
    path = folder / "a.ebrl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return {finding.rule.removeprefix("ebraille-") for finding in ebraille.check(path)}


def test_nothing_but_recommendations_is_found_in_a_good_file(made: MadeBook) -> None:
    assert {finding.rule for finding in ebraille.check(made.path)} == {"ebraille-recommended"}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_found(defect: str, made: MadeBook, tmp_path: Path) -> None:
    rule, change = DEFECTS[defect]
    assert rule in rules(made, change, tmp_path)


def test_a_file_is_known_by_its_content(made: MadeBook, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(made.path.read_bytes())
    assert FileTypes({}).detect(path) == ".ebrl"
    assert [validator.TITLE for validator in VALIDATORS if ".ebrl" in validator.SUFFIXES] == [
        "Requirements of eBraille"
    ]


def test_another_suffix_is_found(made: MadeBook, tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(made.path.read_bytes())
    assert "ebraille-container" in {finding.rule for finding in ebraille.check(path)}


def test_every_rule_has_a_planted_defect() -> None:
    assert {rule.id for rule in ebraille.RULES} == {f"ebraille-{rule}" for rule, _ in DEFECTS.values()}
