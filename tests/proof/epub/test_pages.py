"""The page list is that of the PDF, page for page, and leads to the word with which the page begins."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
from lxml import etree

from exporter.parity.extraction import normal
from tests.proof.built_editions import BuiltEditions
from tests.writers.epub.books import NS, Book

WORDS = 5
"""Words after a mark that are looked for at the top of its page."""
TOP = 0.35
"""Share of a page's words among which they have to be; running heads and what is printed again stand before them."""


def test_every_page_of_the_pdf_is_listed_in_order(built: BuiltEditions, shown: str) -> None:
    book = Book(built.silent_book(shown))
    with pikepdf.open(built.silent_book(shown).with_suffix(".pdf")) as pdf:
        labels = [page.label for page in pdf.pages]
    nav = book.document("nav.xhtml").xpath("//h:nav[@e:type='page-list']//h:a", namespaces=NS)
    targets = list(book.document("toc.ncx").iter("{*}pageTarget"))
    assert [link.text for link in nav] == labels
    assert [target.findtext("{*}navLabel/{*}text") for target in targets] == labels
    order = [
        f"{name}#{mark.get('id')}"
        for name in book.spine()
        for mark in book.document(name).xpath("//*[@role='doc-pagebreak']")
    ]
    assert [link.get("href") for link in nav] == order
    assert [target.find("{*}content").get("src") for target in targets] == order


def test_a_mark_stands_at_the_word_with_which_its_page_begins(built: BuiltEditions, shown: str) -> None:
    book = Book(built.silent_book(shown))
    pdf = built.silent_book(shown).with_suffix(".pdf")
    links = book.document("nav.xhtml").xpath("//h:nav[@e:type='page-list']//h:a/@href", namespaces=NS)
    wrong = []
    compared = 0
    for number, href in enumerate(links, start=1):
        name, _, mark = href.partition("#")
        words = _words_after(book.document(name), mark)
        # Title page, contents and imprint are laid out otherwise, and a page may begin with a picture.
        if not name.startswith(("text", "front")) or len(words) < WORDS:
            continue
        compared += 1
        page = _page(pdf, number)
        top = _letters(page)[: max(400, int(len(page) * TOP))]
        # Word by word, since the text of a page from right to left has its numbers and marks in another order.
        if not all(_letters(word) in top for word in words[1:WORDS]):
            wrong.append((number, words[:WORDS], page[:300]))
    assert wrong == []
    assert compared


def _words_after(root: etree._Element, mark: str) -> list[str]:
    (element,) = root.xpath("//*[@id=$mark]", mark=mark)
    words: list[str] = []
    for text in element.xpath(
        "following::text()[not(ancestor::*[@role='doc-noteref' or local-name()='math' or local-name()='details'])]"
    ):
        # A word with a hyphen may be cut there, and its end stand elsewhere in the text of the page.
        words += normal(text).replace("-", " ").split()
        if len(words) > WORDS:
            break
    return words


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _page(pdf: Path, number: int) -> str:
    command = ["pdftotext", "-f", str(number), "-l", str(number), "-nopgbrk", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return normal(text)
