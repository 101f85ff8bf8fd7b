"""The tree as the HTML of the CommonMark specification, and HTML made comparable. For tests only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

from exporter.model import (
    Code,
    CodeBlock,
    Described,
    Emphasis,
    Figure,
    Image,
    LineBreak,
    Link,
    List,
    ListStyle,
    Node,
    Paragraph,
    Quote,
    Strikethrough,
    Strong,
    Text,
    ThematicBreak,
)
from exporter.model.walk import plain_text
from exporter.readers.sections import Heading


def render(nodes: Iterable[Node], *, tight: bool = False) -> str:
    return "".join(_render(node, tight=tight) for node in nodes)


def _render(node: Node, *, tight: bool) -> str:
    match node:
        case Text(text=text):
            return escape(text)
        case Emphasis(children=children):
            return f"<em>{render(children)}</em>"
        case Strong(children=children):
            return f"<strong>{render(children)}</strong>"
        case Strikethrough(children=children):
            return f"<s>{render(children)}</s>"
        case Code(text=text):
            return f"<code>{escape(text)}</code>"
        case LineBreak():
            return "<br>"
        case Link(children=children, target=target, title=title):
            return f'<a href="{escape(target)}"{_title(title)}>{render(children)}</a>'
        case Image():
            return _image(node, "")
        case Figure(images=images, caption=caption):
            return f"<p>{' '.join(_image(image, plain_text(caption)) for image in images)}</p>"
        case Paragraph(children=children):
            return render(children) + "\n" if tight else f"<p>{render(children)}</p>"
        case Heading(title=title, level=level):
            return f"<h{level}>{render(title)}</h{level}>"
        case Quote(children=children, attribution=attribution):
            return f"<blockquote>{render(children)}{render(attribution)}</blockquote>"
        case CodeBlock(text=text, syntax=syntax):
            kind = f' class="language-{escape(syntax)}"' if syntax else ""
            return f"<pre><code{kind}>{escape(text + chr(10) if text else '')}</code></pre>"
        case ThematicBreak():
            return "<hr>"
        case List(items=items, style=style, start=start, tight=close):
            inside = "".join(f"<li>{render(item.children, tight=close)}</li>" for item in items)
            if style is ListStyle.BULLET:
                return f"<ul>{inside}</ul>"
            first = f' start="{start}"' if start != 1 else ""
            return f"<ol{first}>{inside}</ol>"
        case _:
            return f"<{type(node).__name__}>"


def _title(title: str) -> str:
    return f' title="{escape(title)}"' if title else ""


def _image(image: Image, title: str) -> str:
    alt = image.alt.text if isinstance(image.alt, Described) else ""
    return f'<img src="{escape(image.source)}" alt="{escape(alt)}"{_title(title)}>'


_BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "div", "table"]
)


class _Normal(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pre = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.pre += tag == "pre"
        written = "".join(
            f" {name}={unquote(value or '')!r}" for name, value in sorted(attrs, key=lambda attribute: attribute[0])
        )
        self.parts.append(f"\n<{tag}{written}>\n" if tag in _BLOCKS else f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        self.pre -= tag == "pre"
        self.parts.append(f"\n</{tag}>\n" if tag in _BLOCKS else f"</{tag}>")

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        # Line ends inside `pre` count; elsewhere one is a space. A stand-in keeps the two apart.
        self.parts.append(data.replace("\n", "\x01") if self.pre else re.sub(r"[ \t]*\n[ \t]*", " ", data))

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")


def normal(html: str) -> str:
    """Return HTML in a form in which equal documents are equal texts."""
    parser = _Normal()
    # A tag that is never closed is text; some versions of Python drop it.
    parser.feed(re.sub(r"<(?=[^>]*\Z)", "&lt;", html))
    parser.close()
    text = re.sub(r" *\n[ \n]*", "\n", "".join(parser.parts))
    return re.sub(r" *<br> *", "<br>", text).strip(" \n")
