"""Faults of the text of EPUB and HTML."""

from __future__ import annotations

from typing import Any

from tests.parity.faults.editing import (
    OPS_TYPE,
    Fault,
    Files,
    remove,
    rename,
    set_text,
    strike_out,
    swap,
    unwrap,
    wrap,
)


def _nav(files: Files, kind: str, number: int = 0) -> Any:
    nav = next(each for each in files.all("nav") if each.get(OPS_TYPE) == kind)
    return list(nav.iter("{*}a"))[number]


def _marks(files: Files) -> list[Any]:
    return [each for tag in ("div", "span") for each in files.all(tag, role="doc-pagebreak")]


def _move_page(files: Files) -> None:
    mark = next(each for each in files.all("div", role="doc-pagebreak"))
    target = files.one("p", "Nobody told me why")
    remove(mark)
    mark.tail = None
    target.addprevious(mark)


def _move_page_in_paragraph(files: Files) -> None:
    mark = _marks(files)[-1]
    target = files.one("p", "They came at night")
    remove(mark)
    mark.tail = None
    target.addprevious(mark)


def _details(files: Files) -> None:
    paragraph = files.one("p", "After the tables")
    wrap(paragraph, "details")


FAULTS = (
    # Inline marks
    Fault("superscript lost", lambda f: unwrap(f.one("sup", "6")), "marks"),
    Fault("subscript lost", lambda f: unwrap(f.one("sub")), "marks"),
    Fault("superscript is subscript", lambda f: rename(f.one("sup", "6"), "sub"), "marks"),
    Fault("emphasis lost", lambda f: unwrap(f.one("em", "stressed")), "marks"),
    Fault("strong lost", lambda f: unwrap(f.one("strong")), "marks"),
    Fault("emphasis added", lambda f: rename(next(f.one("p", "In Spanish").iter("{*}span")), "strong"), "marks"),
    Fault("strikethrough lost", lambda f: unwrap(f.one("s")), "marks"),
    Fault("quotation lost", lambda f: unwrap(f.one("q", "within", 0)), "marks"),
    Fault("a paragraph struck out", lambda f: strike_out(f.one("p", "I waited")), "marks"),
    # Formulas
    Fault("formula changed in its structure", lambda f: rename(f.one("mfrac"), "mrow"), "marks"),
    Fault("formula lost its exponent", lambda f: rename(f.one("msubsup"), "mrow"), "marks"),
    Fault(
        "formula's text alternative changed",
        lambda f: f.one("math", alttext="a over b").set("alttext", "b over a"),
        "marks",
    ),
    Fault(
        "formula's text alternative lost", lambda f: f.one("math", alttext="a over b").attrib.pop("alttext"), "marks"
    ),
    Fault("formula named otherwise", lambda f: f.one("math", alttext="a over b").set("aria-label", "x"), "marks"),
    # Targets
    Fault("link to another heading", lambda f: f.one("a", "the other place").set("href", "#go"), "links", ("html",)),
    Fault(
        "link to another heading",
        lambda f: f.one("a", "the other place").set(
            "href", f.one("a", "the other place").get("href").partition("#")[0] + "#go"
        ),
        "links",
        ("epub",),
    ),
    Fault("back link to another reference", lambda f: f.one("a", class_="backlink").set("href", "#ref-2-1"), "notes"),
    Fault(
        "both back links to one reference",
        lambda f: f.one("a", "b", class_="backlink").set("href", "#ref-1-1"),
        "notes",
    ),
    Fault(
        "list of figures: targets exchanged",
        lambda f: swap(_nav(f, "loi", 0), _nav(f, "loi", 1), "href"),
        "contents",
        ("epub",),
    ),
    Fault("list of figures: entry changed", lambda f: set_text(_nav(f, "loi", 0), "Another"), "contents", ("epub",)),
    Fault("list of figures: entry lost", lambda f: remove(_nav(f, "loi", 1).getparent()), "contents", ("epub",)),
    Fault(
        "list of tables: target changed",
        lambda f: _nav(f, "lot", 0).set("href", _nav(f, "loi", 0).get("href")),
        "contents",
        ("epub",),
    ),
    Fault(
        "landmark to another place",
        lambda f: _nav(f, "landmarks", 3).set("href", _nav(f, "landmarks", 6).get("href")),
        "contents",
        ("epub",),
    ),
    Fault(
        "contents of the NCX: target changed",
        lambda f: swap(f.one("content", number=1), f.one("content", number=2), "src"),
        "contents",
        ("epub",),
    ),
    Fault(
        "contents of the NCX: entry changed",
        lambda f: set_text(next(f.one("navPoint", number=1).iter("{*}text")), "Another"),
        "outline",
        ("epub",),
    ),
    # Hidden
    Fault("notes hidden by CSS", lambda f: f.style(".footnote, .endnotes li { display: none }"), "text"),
    Fault("a paragraph hidden by CSS", lambda f: f.style("#p10 { visibility: hidden }"), "text"),
    Fault("a paragraph off the screen", lambda f: f.style("p#p10 { position: absolute; left: -9999px }"), "text"),
    Fault("a paragraph of one pixel", lambda f: f.style("#p10 { font-size: 1px }"), "text"),
    Fault("letters upon each other", lambda f: f.style("#p10 { letter-spacing: -2em }"), "text"),
    Fault("letters as discs", lambda f: f.style("#p10 { -webkit-text-security: disc }"), "text"),
    Fault("a paragraph mirrored", lambda f: f.style("#p10 { transform: scaleX(-1) }"), "text"),
    Fault("a paragraph upside down", lambda f: f.style("#p10 { transform: scale(1, -1) }"), "text"),
    Fault("a paragraph mirrored by a property", lambda f: f.style("#p10 { scale: -1 1 }"), "text"),
    Fault("a paragraph in a closed dialog", lambda f: rename(f.one("p", "I waited"), "dialog"), "text"),
    Fault("another name beside a picture", lambda f: f.one("img", alt="A courthouse.").set("title", "A"), "pictures"),
    Fault("a link out of the order of keys", lambda f: f.one("a", "our site").set("tabindex", " +5"), "order"),
    Fault("a key of its own", lambda f: f.one("a", "our site").set("accesskey", "s"), "kinds"),
    Fault("a paragraph transparent", lambda f: f.style("#p10 { opacity: 0 }"), "text"),
    Fault("a paragraph of no size", lambda f: f.style("#p10 { font-size: 0 }"), "text"),
    Fault(
        "a paragraph hidden inline, transparent",
        lambda f: f.one("p", "I waited").set("style", "color: transparent"),
        "text",
    ),
    Fault("a paragraph clipped", lambda f: f.style("#p10 { clip-path: inset(50%); position: absolute }"), "text"),
    Fault("a figure hidden by CSS", lambda f: f.style("figure { display: none }"), "pictures"),
    Fault("words added by CSS", lambda f: f.style("#p10::before { content: 'Not true: ' }"), "text"),
    Fault("a paragraph folded away", _details, "nesting"),
    Fault("inert", lambda f: f.one("p", "I waited").set("inert", "inert"), "text"),
    # Roles
    Fault("table is presentation", lambda f: f.one("table", "Files by court").set("role", "presentation"), "nesting"),
    Fault("list is presentation", lambda f: f.one("ul", "Train them").set("role", "presentation"), "nesting"),
    Fault("items are no items", lambda f: f.one("li", "Train them").set("role", "none"), "nesting"),
    Fault(
        "heading is presentation",
        lambda f: f.one(f"h{2 if 'book.html' in f.data else 1}", "Measures").set("role", "none"),
        "headings",
    ),
    Fault("header cell has another role", lambda f: f.one("th", "Court").set("role", "cell"), "tables"),
    Fault(
        "picture is presentation", lambda f: f.one("img", alt="A courthouse.").set("role", "presentation"), "pictures"
    ),
    Fault("link is no link", lambda f: f.one("a", "our site").set("role", "presentation"), "links"),
    Fault("quotation is presentation", lambda f: f.one("blockquote").set("role", "presentation"), "nesting"),
    Fault("a paragraph is a heading", lambda f: f.one("p", "I waited").set("role", "heading"), "headings"),
    # Names
    Fault(
        "picture named otherwise",
        lambda f: f.one("img", alt="A courthouse.").set("aria-label", "A prison."),
        "pictures",
    ),
    Fault(
        "picture named by another element",
        lambda f: f.one("img", alt="A courthouse.").set("aria-labelledby", "p10"),
        "pictures",
    ),
    Fault("link named otherwise", lambda f: f.one("a", "our site").set("aria-label", "Buy now"), "text"),
    Fault("table named otherwise", lambda f: f.one("table", "Files by court").set("aria-label", "Prisons"), "text"),
    Fault(
        "heading named otherwise",
        lambda f: f.one(f"h{3 if 'book.html' in f.data else 2}", "Voices").set("aria-label", "Noises"),
        "headings",
    ),
    Fault("paragraph named otherwise", lambda f: f.one("p", "I waited").set("aria-label", "I slept"), "text"),
    Fault("cell named otherwise", lambda f: f.one("td", "71").set("aria-label", "17"), "text"),
    Fault(
        "a note's reference named otherwise",
        lambda f: f.one("a", class_="noteref").set("aria-label", "Note 9"),
        "notes",
    ),
    Fault("a box named otherwise", lambda f: f.one("aside", "Reform").set("aria-label", "Weather"), "metadata"),
    Fault(
        "heads before a cell changed", lambda f: f.one("td", "3,120").set("data-heads", "Cats: "), "tables", ("epub",)
    ),
    # Details
    Fault(
        "details of another figure",
        lambda f: f.one("img", aria_details="fig1-description").set("aria-details", "homicides-description"),
        "pictures",
    ),
    Fault(
        "details lost", lambda f: f.one("img", aria_details="fig1-description").attrib.pop("aria-details"), "pictures"
    ),
    Fault(
        "details of a table lost",
        lambda f: f.one("table", aria_details="homicides-description").attrib.pop("aria-details"),
        "pictures",
    ),
    # Directions
    Fault("direction lost", lambda f: f.one("p", "هذه").attrib.pop("dir"), "directions"),
    Fault("direction of a passage lost", lambda f: f.one("span", "قصير", dir="rtl").attrib.pop("dir"), "directions"),
    Fault("direction turned", lambda f: f.one("p", "I waited").set("dir", "rtl"), "directions"),
    Fault("letters turned", lambda f: wrap(f.one("em", "stressed"), "bdo", dir="rtl"), "directions"),
    Fault(
        "letters turned by CSS", lambda f: f.style("#p10 { direction: rtl; unicode-bidi: bidi-override }"), "directions"
    ),
    Fault("direction of the whole", lambda f: f.one("html", "Measures").set("dir", "rtl"), "directions"),
    Fault(
        "direction of the pages turned",
        lambda f: f.one("spine").set("page-progression-direction", "rtl"),
        "directions",
        ("epub",),
    ),
    # Pages
    Fault("page break moved", _move_page, "pages", ("epub",)),
    Fault("page break moved within a section", _move_page_in_paragraph, "pages", ("epub",)),
    Fault(
        "page list: targets exchanged",
        lambda f: swap(_nav(f, "page-list", 2), _nav(f, "page-list", 3), "href"),
        "pages",
        ("epub",),
    ),
    Fault("page break named otherwise", lambda f: _marks(f)[2].set("aria-label", "Page 99"), "pages", ("epub",)),
    # Order
    Fault(
        "chapter out of the reading order",
        lambda f: f.one("itemref", idref="text-02").set("linear", "no"),
        "headings",
        ("epub",),
    ),
    Fault(
        "chapters exchanged",
        lambda f: swap(f.one("itemref", idref="text-01"), f.one("itemref", idref="text-02"), "idref"),
        "order",
        ("epub",),
    ),
    Fault(
        "a chapter is not read aloud",
        lambda f: f.one("item", id="text-02").attrib.pop("media-overlay"),
        "clips",
        ("epub",),
    ),
    # Pictures
    Fault(
        "pictures exchanged",
        lambda f: swap(
            f.one("img", alt="A courthouse."), f.one("img", alt="Bar chart: cases rose from 4 to 88."), "src"
        ),
        "pictures",
    ),
    Fault(
        "picture of another file",
        lambda f: f.one("img", alt="A courthouse.").set("src", f.one("img", alt="A pen").get("src")),
        "pictures",
    ),
    # Lists, code
    Fault("items numbered otherwise", lambda f: f.one("ol", "alpha").set("start", "4"), "nesting"),
    Fault("code in one line", lambda f: set_text(f.one("code", "make export"), "make export indented <tag>"), "marks"),
    Fault("caption other than the name of its table", lambda f: _say(f.one("caption", "Intentional"), "Other"), "text"),
    Fault(
        "direction between turns is speech",
        lambda f: f.one("p", class_="cue").attrib.pop("class"),
        "nesting",
        ("epub", "html", "daisy"),
    ),
    Fault("captions exchanged", lambda f: _exchange_text(f, "caption"), "text"),
    Fault("scene break lost", lambda f: remove(f.one("hr")), "kinds"),
)


def _exchange_text(files: Files, tag: str) -> None:
    one, other = list(files.all(tag))[:2]
    leaves = [next(each for each in cell.iter() if (each.text or "").strip()) for cell in (one, other)]
    leaves[0].text, leaves[1].text = leaves[1].text, leaves[0].text


def _say(element: Any, words: str) -> None:
    next(inner for inner in element.iter() if (inner.text or "").strip()).text = words
