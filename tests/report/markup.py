"""A page taken apart as strictly as XHTML was: whatever is wrong with its markup raises."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"meta", "col", "br"})
ELEMENTS = VOID | frozenset(
    [
        "html",
        "head",
        "title",
        "style",
        "body",
        "a",
        "header",
        "main",
        "footer",
        "nav",
        "section",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "span",
        "b",
        "bdi",
        "strong",
        "code",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "div",
        "table",
        "caption",
        "colgroup",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
    ]
)
ATTRIBUTES = frozenset(
    [
        "lang",
        "dir",
        "charset",
        "name",
        "content",
        "class",
        "href",
        "id",
        "aria-labelledby",
        "aria-label",
        "aria-hidden",
        "role",
        "tabindex",
        "scope",
        "rowspan",
        "start",
        "type",
    ]
)
CLOSED_BY = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody"},
    "th": {"tr"},
    "td": {"tr"},
}
"""Where an element may stand, for those that may stand in few places."""
PHRASING_ONLY = frozenset({"p", "h1", "h2", "h3", "h4", "summary", "span", "b", "bdi", "a", "code", "caption", "dt"})
BLOCKS = frozenset({"p", "ul", "ol", "dl", "div", "table", "details", "section", "h1", "h2", "h3", "h4", "nav"})


class Page(HTMLParser):
    """Elements, identifiers, links and text of a page."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        text = data.decode("utf-8")
        assert text.startswith("<!DOCTYPE html>")
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.labels: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self._parts: list[str] = []
        self.elements: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids)), self.ids
        assert all(target[1:] in self.ids for target in self.targets if target.startswith("#"))
        assert set(self.labels) <= set(self.ids)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        names = [name for name, _ in attrs]
        assert set(names) <= ATTRIBUTES, names
        assert len(names) == len(set(names))
        given = dict(attrs)
        parent = self.open[-1] if self.open else ""
        assert parent in CLOSED_BY.get(tag, {parent}), (tag, parent)
        assert not (parent in PHRASING_ONLY and tag in BLOCKS), (tag, parent)
        if parent in {"ul", "ol"}:
            assert tag == "li"
        self.elements.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.labels += [given["aria-labelledby"] or ""] if "aria-labelledby" in given else []
        self.targets += [given["href"] or ""] if "href" in given else []
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append((tag, ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open[-1] == tag, (self.open, tag)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self._parts.append(data)
        for tag in ("h1", "h2", "h3", "h4"):
            if tag in self.open:
                self.headings[-1] = (tag, self.headings[-1][1] + data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def headings_of(self, tag: str) -> list[str]:
        return [" ".join(text.split()) for level, text in self.headings if level == tag]


def shown(text: str) -> str:
    """A text as a page shows it: white space does not count."""
    return " ".join(text.split())
