"""Typed lists that become lists, in manuscripts of four formats; each is read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from exporter import model as m
from exporter.model.typed_lists import levels_of, numbering_of
from exporter.model.walk import plain_text, walk
from exporter.pipeline import direct_reading
from exporter.revise import TypedList, odt
from exporter.validate.lint import lint
from tests.readers.docx.files import item, numbering, p, package, part, r, zipped
from tests.report.test_word_comments import parts_of
from tests.revise import test_odt, test_text, test_word
from tests.revise.test_captions import PAGE

LISTS = [
    (("- one", "- two & three", "- four"), m.ListStyle.BULLET, m.ListDelimiter.PERIOD, 1),
    (("3. one", "4. two", "5. three"), m.ListStyle.DECIMAL, m.ListDelimiter.PERIOD, 3),
    (("a) one", "b) two"), m.ListStyle.LOWER_ALPHA, m.ListDelimiter.PARENTHESIS, 1),
    (("(i) one", "(ii) two", "(iii) three"), m.ListStyle.LOWER_ROMAN, m.ListDelimiter.PARENTHESES, 1),
]


def found_list(tree: m.Publication) -> TypedList:
    """Return the change that the only finding about a typed list asks for."""
    (finding,) = [finding for finding in lint(tree) if finding.rule == "list-by-hand"]
    assert finding.details is not None
    first, *others = finding.details.items
    return TypedList(first, tuple(others))


def lists(tree: m.Publication) -> list[m.List]:
    return [node for node in walk(tree) if isinstance(node, m.List)]


def assert_is_list(tree: m.Publication, case: tuple[tuple[str, ...], m.ListStyle, m.ListDelimiter, int]) -> None:
    lines, style, delimiter, start = case
    (block,) = lists(tree)
    assert (block.style, block.delimiter, block.start) == (style, delimiter, start)
    assert [plain_text(item) for item in block.items] == [line.partition(" ")[2] for line in lines]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;")


@pytest.mark.parametrize("case", LISTS)
@pytest.mark.parametrize("strict", [False, True])
def test_typed_paragraphs_become_a_list_in_word(
    tmp_path: Path, case: tuple[tuple[str, ...], m.ListStyle, m.ListDelimiter, int], strict: bool
) -> None:
    first, *others = (escaped(line) for line in case[0])
    mark, _, words = first.partition(" ")
    split = p(r(mark) + f"<w:r><w:tab/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r>")
    data = package(p("We need:") + split + "".join(map(p, others)) + p("The end."), strict=strict)
    change = found_list(test_word.read_again(data))
    revision, after = test_word.revised(tmp_path, data, change)
    assert revision.results[0].is_applied, revision.results[0].reason
    assert_is_list(test_word.read_again(after), case)
    assert "<w:b/>" in parts_of(after)["word/document.xml"].decode()
    allowed = {"word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert test_word.changed_parts(data, after) <= allowed


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (("1．尊重；", "2．保护。"), m.ListDelimiter.PERIOD),
        (("1、尊重；", "2、保护。"), m.ListDelimiter.PERIOD),
        (("（1）尊重；", "（2）保护。"), m.ListDelimiter.PARENTHESES),
    ],
)
def test_marks_as_wide_as_chinese_characters_need_no_space(
    tmp_path: Path, lines: tuple[str, ...], delimiter: m.ListDelimiter
) -> None:
    data = package(p("国家应当：") + "".join(map(p, lines)) + p("完。"))
    _, after = test_word.revised(tmp_path, data, found_list(test_word.read_again(data)))
    (block,) = lists(test_word.read_again(after))
    assert (block.style, block.delimiter) == (m.ListStyle.DECIMAL, delimiter)
    assert [plain_text(item) for item in block.items] == ["尊重；", "保护。"]


@pytest.mark.parametrize("case", LISTS)
def test_typed_lines_become_a_list_in_word(
    tmp_path: Path, case: tuple[tuple[str, ...], m.ListStyle, m.ListDelimiter, int]
) -> None:
    lines = "".join(f"<w:br/><w:t>{escaped(line)}</w:t>" for line in case[0])
    properties = '<w:keepNext/><w:spacing w:after="0"/>'
    data = package(
        p(f"<w:r><w:rPr><w:i/></w:rPr><w:t>We need:</w:t>{lines}</w:r>", properties=properties) + p("The end.")
    )
    revision, after = test_word.revised(tmp_path, data, found_list(test_word.read_again(data)))
    assert revision.results[0].is_applied, revision.results[0].reason
    tree = test_word.read_again(after)
    assert_is_list(tree, case)
    assert [plain_text(node) for node in tree.body if isinstance(node, m.Paragraph)] == ["We need:", "The end."]
    document = parts_of(after)["word/document.xml"].decode()
    assert document.count("<w:keepNext/><w:numPr>") == len(case[0])
    assert document.count("<w:i/>") == len(case[0]) + 1


def test_typed_paragraphs_with_levels_become_a_list_with_levels_in_word(tmp_path: Path) -> None:
    typed = ("12. We saw:", "a) two rooms;", "b) a book.", "13. It has:", "a) a door;", "b) a bell.", "14. It stays.")
    data = package(p("We need:") + "".join(map(p, typed)) + p("The end."))
    revision, after = test_word.revised(tmp_path, data, found_list(test_word.read_again(data)))
    assert revision.results[0].is_applied, revision.results[0].reason
    tree = test_word.read_again(after)
    outer, *inner = lists(tree)
    assert [(each.style.value, each.start, each.delimiter.value) for each in (outer, *inner)] == [
        ("decimal", 12, "period"), ("lower-alpha", 1, "parenthesis"), ("lower-alpha", 1, "parenthesis"),
    ]  # fmt: skip
    assert [plain_text(item) for each in inner for item in each.items] == [
        "two rooms;",
        "a book.",
        "a door;",
        "a bell.",
    ]
    assert [plain_text(item) for item in outer.items][::2] == ["We saw: two rooms; a book.", "It stays."]
    assert not [finding for finding in lint(tree) if finding.rule == "list-by-hand"]


@pytest.mark.parametrize("typed", [("3. Two.", "4. Three."), ("3. Two.", "a) one;", "b) two.", "4. Three.")])
def test_typed_numbers_that_go_on_from_those_of_a_list_become_its_items(tmp_path: Path, typed: tuple[str, ...]) -> None:
    parts = {"numbering.xml": numbering("decimal")}
    data = package("".join(map(item, ("Zero.", "One."))) + "".join(map(p, typed)) + p("The end."), parts=parts)
    revision, after = test_word.revised(tmp_path, data, found_list(test_word.read_again(data)))
    assert revision.results[0].is_applied, revision.results[0].reason
    first, *_ = lists(test_word.read_again(after))
    assert (first.start, len(first.items)) == (1, 4)


@pytest.mark.parametrize(
    "lines",
    [
        ("1. one", "a) two"),
        ("1. one", "b) two", "2. three"),
        ("1. one", "a) two", "3. three"),
        ("1. one", "a) two", "2. three", "i) four"),
        ("1. one", "a) two", "2. three", "- four"),
    ],
)
def test_lines_with_other_levels_are_offered_no_list(lines: tuple[str, ...]) -> None:
    assert levels_of(lines) is None


def test_a_second_list_begins_with_its_own_number(tmp_path: Path) -> None:
    numbering = '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"/></w:abstractNum><w:num w:numId="7"/>'
    lines = p("1. one") + p("2. two") + p("Between.") + p("1. three") + p("2. four")
    data = package(lines, parts={"numbering.xml": part("numbering", numbering)})
    findings = [finding for finding in lint(test_word.read_again(data)) if finding.rule == "list-by-hand"]
    items = [finding.details.items for finding in findings if finding.details]
    revision, after = test_word.revised(tmp_path, data, *(TypedList(each[0], each[1:]) for each in items))
    assert [result.is_applied for result in revision.results] == [True, True], revision.results
    assert [(each.start, len(each.items)) for each in lists(test_word.read_again(after))] == [(1, 2), (1, 2)]
    tags = [tag.split()[0] for tag in parts_of(after)["word/numbering.xml"].decode().split("<") if " " in tag]
    assert [tag for tag in tags if tag in ("w:abstractNum", "w:num")] == ["w:abstractNum"] * 3 + ["w:num"] * 3


@pytest.mark.parametrize("case", [(("• one", "• two"), *LISTS[0][1:]), (("◦ one", "◦ two"), *LISTS[0][1:]), *LISTS[2:]])
@pytest.mark.parametrize("form", ["paragraphs", "lines"])
def test_a_typed_list_in_markdown(
    tmp_path: Path, case: tuple[tuple[str, ...], m.ListStyle, m.ListDelimiter, int], form: str
) -> None:
    written = [f"\\{line}" if line[0] == "(" else line.replace(")", "\\)") for line in case[0]]
    intro, text = ("We need:\\\n", "\\\n".join(written)) if form == "lines" else ("We need:\n\n", "\n\n".join(written))
    text = f"{intro}{text}\n\nThe *end*.\n"
    tree = test_text.read_again(text)
    assert not lists(tree)
    revision, after = test_text.revised(tmp_path, text, found_list(tree))
    assert revision.results[0].is_applied, revision.results[0].reason
    assert_is_list(test_text.read_again(after), case)
    assert after.startswith("We need:\n\n")
    assert after.endswith("\n\nThe *end*.\n")


@pytest.mark.parametrize("case", LISTS)
@pytest.mark.parametrize("form", ["paragraphs", "lines"])
def test_a_typed_list_in_a_web_page(
    tmp_path: Path, case: tuple[tuple[str, ...], m.ListStyle, m.ListDelimiter, int], form: str
) -> None:
    lines = [escaped(line) for line in case[0]]
    if form == "lines":
        body = f'<p class="c">We need:<br>\n{"<br/>".join(lines)}</p>'
    else:
        body = "\n".join(f'<p class="c">{line.replace(" ", "&nbsp;", 1)}</p>' for line in lines)
    text = PAGE.format(body)
    change = found_list(direct_reading.read(Path("manuscript.html"), text.encode()).publication)
    revision, after = test_text.revised(tmp_path, text, change, name="manuscript.html")
    assert revision.results[0].is_applied, revision.results[0].reason
    assert_is_list(direct_reading.read(Path("manuscript.html"), after.encode()).publication, case)
    before, _, rest = text.partition('<p class="c">')
    assert after.startswith(before)
    assert after.endswith(rest.rpartition("</p>")[2])


def test_a_typed_list_in_an_open_document() -> None:
    lines = "<t:p>• <t:span>one</t:span></t:p><t:p>•<t:tab/>two &amp; three</t:p>"
    data = zipped({**test_odt.FILES, "content.xml": test_odt.TEXT.replace("<t:p>Sí</t:p><t:p>Sí</t:p>", lines)})
    body = tuple(
        m.Paragraph(at=m.At(source=m.Source("a.odt", anchor=number)), children=(m.Text(text=text),))
        for number, text in ((1, "It is el agua."), (2, "• one"), (3, "• two & three"))
    )
    change = TypedList(m.Source("a.odt", anchor=2), (m.Source("a.odt", anchor=3),))
    tree = m.Publication(metadata=m.Metadata(), body=body)
    after, refusals = odt.apply(data, tree, [change])
    assert refusals == [None]
    content = parts_of(after)["content.xml"].decode()
    assert (
        "<text:list-item><t:p><t:span>one</t:span></t:p></text:list-item><text:list-item><t:p>two &amp; thr" in content
    )
    assert content.count("</text:list>") == content.count('text:bullet-char="&#8226;"') == 1


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Need:<t:line-break/>2) one<t:line-break/>3) <t:span>two</t:span>", ["Need:", "one", "two"]),
        ("<t:span>2) one<t:line-break/>3) two</t:span>", None),
    ],
)
def test_typed_lines_in_an_open_document(written: str, wanted: list[str] | None) -> None:
    content = test_odt.TEXT.replace("<t:p>Sí</t:p><t:p>Sí</t:p>", f'<t:p t:style-name="P1">{written}</t:p>')
    data = zipped({**test_odt.FILES, "content.xml": content})
    children = (m.Text("Need:"), m.LineBreak()) if wanted else ()
    lines = (m.Text("2) one"), m.LineBreak(), m.Text("3) two"))
    tree = m.Publication(
        metadata=m.Metadata(),
        body=(m.Paragraph(at=m.At(source=m.Source("a.odt", anchor=2)), children=(*children, *lines)),),
    )
    after, refusals = odt.apply(data, tree, [TypedList(m.Source("a.odt", anchor=2))])
    assert [refusal is None for refusal in refusals] == [wanted is not None]
    if wanted is None:
        assert after == data
        return
    root = etree.fromstring(parts_of(after)["content.xml"])
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    paragraphs = [each for each in root.iter(f"{text}p") if each.get(f"{text}style-name") == "P1"]
    assert ["".join(each.itertext()) for each in paragraphs] == wanted
    (level,) = root.iter(f"{text}list-level-style-number")
    assert level.get(f"{text}start-value") == "2"
    assert len(list(root.iter(f"{text}list-item"))) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("1. one", "2. two", "4. four"),
        ("• one", "◦ two"),
        ("1. one", "a) two"),
        ("(1) one", "2) two"),
        ("1) one", "2. two"),
        ("A) one", "b) two"),
    ],
)
def test_what_is_no_list_in_one_level_is_not_offered(lines: tuple[str, ...]) -> None:
    assert numbering_of(lines) is None


def test_no_words_are_lost_if_the_lines_are_no_list(tmp_path: Path) -> None:
    data = package(p("- one") + p("Words.") + p("- two"))
    change = TypedList(m.Source("manuscript.docx", anchor=1), (m.Source("manuscript.docx", anchor=3),))
    revision, after = test_word.revised(tmp_path, data, change)
    assert after == data
    assert "could not be made a list" in revision.results[0].reason
