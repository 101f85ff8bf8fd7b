"""Pages put together by chance from elements and attributes, and pages of real kinds changed by chance."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from tests.soak.markdown_documents import LANGUAGES, PICTURES, WORDS
from tests.soak.mutation import changed

_PAGES = Path(__file__).parent.parent / "readers" / "html" / "pages"
_BLOCKS = (
    *(
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "blockquote",
        "figure",
        "figcaption",
    ),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td"),
    *("th", "h1", "h2", "h3", "h6", "pre", "hr", "details", "summary", "address", "hgroup", "form", "center", "menu"),
)
_INLINES = (
    *(
        "a",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "sup",
        "sub",
        "q",
        "cite",
        "abbr",
        "code",
        "br",
        "img",
        "ruby",
        "rt",
        "bdo",
    ),
    *(
        "math",
        "mi",
        "mfrac",
        "svg",
        "title",
        "script",
        "style",
        "video",
        "iframe",
        "input",
        "template",
        "noscript",
        "u",
    ),
    *("picture", "source", "object", "del", "ins", "mark", "time", "x-y", "o:p", "label", "button", "font", "wbr"),
)
_CLASSES = (
    *("footnote", "footnotes", "footnote-ref", "transcript", "turn", "speaker", "description", "aside", "line-block"),
    *("line", "page-break", "sidebar", "katex", "MathJax", "math inline", "MsoListParagraph", "lst-kix_a-1", "poem"),
    *("wp-caption", "thumb", "caption", "sidenote", "toc", "MsoQuote", "title", "pullquote", "admonition", "loose"),
)
_ROLES = (
    "doc-noteref",
    "doc-footnote",
    "doc-backlink",
    "presentation",
    "heading",
    "main",
    "doc-pagebreak",
    "none",
    "img",
)
_IDS = ("a", "b", "fn1", "fnref1", "_ftn1", "n", "")
_STYLES = (
    "display:none",
    "font-weight:bold",
    "page-break-before:always",
    "text-align:right",
    "margin-left:72pt",
    "width:40%",
)
_TEXTS = (
    "1",
    "[1]",
    "*",
    "↩",
    "·",
    "o",
    "1.",
    "(",
    "— A name",
    "\\(x^2\\)",
    "&nbsp;",
    "&amp;",
    "&bogus;",
    "<",
    "]]>",
    "\0",
)
_TOKENS = tuple(
    text.encode()
    for text in (
        *(f"<{tag}>" for tag in (*_BLOCKS, *_INLINES)),
        *(f"</{tag}>" for tag in (*_BLOCKS, *_INLINES)),
        *(f' class="{name}"' for name in _CLASSES),
        *(f' role="{name}"' for name in _ROLES),
        *(f' id="{name}" href="#{name}"' for name in _IDS),
        *_TEXTS,
        "<!--",
        "-->",
        "<![CDATA[",
        "<?xml version='1.0'?>",
        ' colspan="0"',
        ' rowspan="99999"',
        ' dir="rtl"',
        " hidden",
        "data:image/png;base64,",
        "\ufeff",
    )
)


@cache
def _seeds() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(_PAGES.iterdir()) if path.suffix != ".txt")


def document(seed: int) -> bytes:
    """Return the page with this number."""
    chance = random.Random(seed)
    if chance.random() < 0.6:
        return changed(chance, chance.choice(_seeds()), _seeds(), _TOKENS)
    text = f'<!doctype html><html lang="{chance.choice(LANGUAGES)}"><meta charset="utf-8"><title>T</title><body>'
    text += "".join(_element(chance, 0) for _ in range(chance.randint(1, 8)))
    data = text.encode("utf-8", "replace")
    return changed(chance, data, _seeds(), _TOKENS) if chance.random() < 0.2 else data


def _element(chance: random.Random, depth: int) -> str:
    tag = chance.choice(_BLOCKS if chance.random() < 0.6 else _INLINES)
    inside = "".join(
        _element(chance, depth + 1) if depth < 9 and chance.random() < 0.5 else _words(chance)
        for _ in range(chance.choice((0, 1, 1, 2, 3, 5)))
    )
    end = f"</{tag}>" if chance.random() < 0.9 else ""
    return f"<{tag}{_attributes(chance)}>{inside}{end}"


def _attributes(chance: random.Random) -> str:
    made = {
        "id": chance.choice(_IDS),
        "href": f"#{chance.choice(_IDS)}",
        "class": chance.choice(_CLASSES),
        "role": chance.choice(_ROLES),
        "style": chance.choice(_STYLES),
        "lang": chance.choice(LANGUAGES),
        "dir": chance.choice(("ltr", "rtl", "auto", "up")),
        "src": chance.choice(PICTURES),
        "alt": chance.choice(("", "words", "chart.png")),
        "colspan": chance.choice(("0", "1", "2", "9", "-1", "x", "99999")),
        "rowspan": chance.choice(("0", "1", "2", "9", "99999")),
        "scope": chance.choice(("row", "col", "rowgroup", "x")),
        "start": chance.choice(("3", "-3", "x", "99999999999")),
        "value": chance.choice(("3", "x")),
        "title": chance.choice(("", "words")),
        "display": "block",
        "name": chance.choice(_IDS),
        "aria-level": chance.choice(("1", "7", "x")),
        "aria-hidden": "true",
        "aria-label": "page 12",
        "srcset": "a.png 1x, b.png 2x",
        "type": chance.choice(("a", "I", "checkbox", "math/tex")),
        "hidden": "",
    }
    names = chance.sample(sorted(made), chance.choice((0, 0, 0, 1, 1, 2, 4)))
    return "".join(f' {name}="{made[name]}"' for name in names)


def _words(chance: random.Random) -> str:
    return (
        " ".join(chance.choice(WORDS if chance.random() < 0.7 else _TEXTS) for _ in range(chance.randint(0, 5))) + " "
    )
