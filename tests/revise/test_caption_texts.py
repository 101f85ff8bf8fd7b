"""New words for captions that exist, in manuscripts of four formats: what stays is not touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter.model.walk import images, walk
from exporter.revise import AltText, DecorativeImage, FigureCaption, TableCaption, odt
from exporter.revise.refusal import RefusedError
from exporter.revise.rewording import Letter, reword
from tests.readers.docx.files import p, package, picture, r, row, table, zipped
from tests.report.test_word_comments import parts_of
from tests.revise import test_odt, test_text, test_word
from tests.revise.test_captions import PAGE, captions
from tests.revise.test_text import at
from tests.revise.test_word import changed_parts, source_of

NUMBER = '<w:fldSimple w:instr=" SEQ Figure "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>north</w:t></w:r>"
COMPLEX = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> SEQ Figure </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
OLD = "Figure 1: Wells in the north"


@pytest.mark.parametrize("number", [NUMBER, COMPLEX])
@pytest.mark.parametrize(
    ("new", "is_applied", "kept"),
    [
        ("Figure 1: Dry wells & pumps in the north", True, True),
        ("Figure 1. Wells", True, False),
        ("Figure 1: Wells in the far north, 2025", True, True),
        ("Figure 2: Wells in the north", False, True),
        ("Wells in the north", False, True),
    ],
)
def test_new_words_for_the_caption_of_a_picture_in_word(
    tmp_path: Path, number: str, new: str, is_applied: bool, kept: bool
) -> None:
    caption = p(r("Figure ") + number + r(": Wells in the ") + BOLD, "Caption")
    data = package(p("Words.") + p(picture("")) + caption + p("More.") + p(OLD))
    image = next(images(test_word.read_again(data)))
    change = FigureCaption(source_of(image), new, old=OLD)
    revision, after = test_word.revised(tmp_path, data, change)
    assert revision.results[0].is_applied == is_applied, revision.results[0].reason
    assert captions(test_word.read_again(after)) == [new if is_applied else OLD]
    document = parts_of(after)["word/document.xml"].decode()
    assert "SEQ Figure" in document
    assert ("<w:b/>" in document and ">north</w:t>" in document.replace("north, 2025<", "north<")) == kept
    assert changed_parts(data, after) == ({"word/document.xml"} if is_applied else set())
    assert is_applied or "counts or fills in itself" in revision.results[0].reason


@pytest.mark.parametrize("number", [NUMBER, COMPLEX])
def test_words_are_added_to_a_number_alone(tmp_path: Path, number: str) -> None:
    data = package(p("Words.") + p(picture("")) + p(r("Figure ") + number, "Caption") + p("More."))
    image = next(images(test_word.read_again(data)))
    change = FigureCaption(source_of(image), "Figure 1: Wells", old="Figure 1")
    _, after = test_word.revised(tmp_path, data, change)
    assert captions(test_word.read_again(after)) == ["Figure 1: Wells"]


def test_new_words_for_the_caption_of_a_table_in_word_beside_the_same_words(tmp_path: Path) -> None:
    prices = p("Prices", "Caption") + table(row("a", "b"), row("1", "2"))
    data = package(p("Prices") + prices + p("Words.") + prices + p("Words."))
    (_, second) = [node for node in walk(test_word.read_again(data)) if isinstance(node, m.Table)]
    revision, after = test_word.revised(tmp_path, data, TableCaption(source_of(second), "Prices of 2025", old="Prices"))
    assert revision.results[0].is_applied, revision.results[0].reason
    assert captions(test_word.read_again(after)) == ["Prices", "Prices of 2025"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('![Wells in the *north*](a.png){alt="A"}', r'![Dry wells \& pumps in the *north*](a.png){alt="A"}'),
        (r'![Wells in the \*north\*](a.png){alt="A"}', r'![Dry wells \& pumps in the \*north\*](a.png){alt="A"}'),
        ('![A](a.png "Wells in the north")', r'![A](a.png "Dry wells \& pumps in the north")'),
        (
            "Table: Wells in the [north](b.html)\n\n| a | b |\n|---|---|\n| 1 | 2 |",
            "Table: Dry wells \\& pumps in the [north](b.html)\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        ),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\n\nTable: Wells in\nthe north {#t}",
            "| a | b |\n|---|---|\n| 1 | 2 |\n\nTable: Dry wells \\& pumps in\nthe north {#t}",
        ),
    ],
)
def test_new_words_for_a_caption_in_markdown(tmp_path: Path, before: str, after: str) -> None:
    text = "Words.\n\n{}\n\nMore: Wells in the north\n"
    tree = test_text.read_again(text.format(before))
    (old,) = captions(tree)
    (owner,) = [node for node in walk(tree) if isinstance(node, m.Figure | m.Table)]
    kind = FigureCaption if isinstance(owner, m.Figure) else TableCaption
    change = kind(source_of(owner), old.replace("Wells", "Dry wells & pumps"), old=old)
    revision, new = test_text.revised(tmp_path, text.format(before), change)
    assert revision.results[0].is_applied, revision.results[0].reason
    assert new == text.format(after)


PIPES = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 30
CODE = "```\n| a | b |\n\nTable: Wells\n```\n"


@pytest.mark.parametrize(
    "text",
    [
        f"# A\n\n{PIPES}\nTable: {{}}\n\n{PIPES}\nTable: Wells\n",
        f"# A\n\n{PIPES}\nTable: Wells\n\n{PIPES}\nTable: {{}}\n",
        f"# A\n\n{PIPES}\n: Wells\n\nWords.\n\nTable: {{}}\n\n{PIPES}",
        f"# A\n\nTable: {{}}\n\n{PIPES}\n{CODE}",
        f"# A\n\n{CODE}\nTable: Deep wells\n\n{PIPES}\n{CODE}\n{PIPES}Table: {{}}\n",
        f"# A\n\nTable: Wells\n\n{PIPES}\n> Words.\n>\n> Table: {{}}\n>\n> | a | b |\n> |---|---|\n> | 1 | 2 |\n",
    ],
)
def test_the_caption_of_a_table_in_markdown_is_that_beside_it(tmp_path: Path, text: str) -> None:
    before = text.format("Wells")
    tables = [node for node in walk(test_text.read_again(before)) if isinstance(node, m.Table)]
    caption = text[: text.index("{}")].count("\n") + 1
    sources = {node.caption[0].at.source: source_of(node) for node in tables if node.caption}
    (owner,) = [source for line, source in sources.items() if line is not None and line.line == caption]
    change = TableCaption(owner, "Pumps & wells", old="Wells")
    revision, new = test_text.revised(tmp_path, before, change)
    assert revision.results[0].is_applied, revision.results[0].reason
    assert new == text.format(r"Pumps \& wells")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('![Wells][ref]{alt="A"}', '![Dry wells][ref]{alt="A"}'),
        ('![Wells][]{alt="A"}', '![Dry wells][Wells]{alt="A"}'),
        ('![Wells]{alt="A"}', '![Dry wells][Wells]{alt="A"}'),
        ('![A](a.png)\n![Wells]{alt="B"}', '![A](a.png)\n![Dry wells][Wells]{alt="B"}'),
        ('![Wells of sand](a.png)\n![B](a.png "Wells")', '![Wells of sand](a.png)\n![B](a.png "Dry wells")'),
        ('![Wells](a.png)\n![B](a.png "Wells")', '![Wells](a.png)\n![B](a.png "Dry wells")'),
    ],
)
def test_new_words_for_the_caption_of_an_image_with_a_reference(tmp_path: Path, before: str, after: str) -> None:
    text = "# A\n\n{}\n\n[wells]: a.png\n[ref]: a.png\n"
    change = FigureCaption(at(3), "Dry wells", old="Wells")
    revision, new = test_text.revised(tmp_path, text.format(before), change)
    assert revision.results[0].is_applied, revision.results[0].reason
    assert new == text.format(after)


def test_quotation_marks_stay_inside_a_title(tmp_path: Path) -> None:
    text = "# A\n\n![A](a.png '{}')\n"
    change = FigureCaption(at(3), "Ana's (dry) wells", old="Wells")
    revision, new = test_text.revised(tmp_path, text.format("Wells"), change)
    assert revision.results[0].is_applied, revision.results[0].reason
    assert new == text.format(r"Ana\'s \(dry\) wells")


@pytest.mark.parametrize("wanted", [AltText(at(3), "New"), DecorativeImage(at(3))])
@pytest.mark.parametrize(("link", "kept"), [("[ref]", "[ref]"), ("[]", "[Wells]"), ("", "[Wells]")])
@pytest.mark.parametrize(("attributes", "caption"), [('{alt="A"}', "Wells"), ('{fig-alt="A" #f}', "Wells"), ("", "")])
def test_an_image_with_a_reference_is_described(
    tmp_path: Path, wanted: AltText | DecorativeImage, link: str, kept: str, attributes: str, caption: str
) -> None:
    text = "# A\n\n{}\n\n[wells]: a.png\n[ref]: a.png\n"
    revision, new = test_text.revised(tmp_path, text.format(f"![Wells]{link}{attributes}"), wanted)
    assert revision.results[0].is_applied, revision.results[0].reason
    tree = test_text.read_again(new)
    assert captions(tree) == [caption]
    assert [image.source for image in images(tree)] == ["a.png"]
    assert test_text.alts(new) == [m.Described("New") if isinstance(wanted, AltText) else m.Decorative()]
    assert f"]{link if caption else kept}" in new


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<figure><img src="a.png" alt="A"><figcaption>Wells &amp; the <em>north</em></figcaption></figure>',
            '<figure><img src="a.png" alt="A"><figcaption>Dry wells &amp; the far <em>north</em></figcaption></figure>',
        ),
        (
            "<table><caption>Wells &amp; the <b>north</b></caption><tr><td>1<td>2</table>",
            "<table><caption>Dry wells &amp; the far <b>north</b></caption><tr><td>1<td>2</table>",
        ),
    ],
)
def test_new_words_for_a_caption_in_a_web_page(tmp_path: Path, before: str, after: str) -> None:
    kind = FigureCaption if "img" in before else TableCaption
    change = kind(at(4), "Dry wells & the far north", old="Wells & the north")
    revision, new = test_text.revised(tmp_path, PAGE.format(before), change, name="manuscript.html")
    assert revision.results[0].is_applied, revision.results[0].reason
    assert new == PAGE.format(after)


def test_new_words_for_captions_in_an_open_document() -> None:
    sequence = '<t:sequence xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">1</t:sequence>'
    content = test_odt.CONTENT.replace(
        '<draw:frame draw:name="a">',
        f'<t:p xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">Figure {sequence}: <t:span>Wells</t:span>'
        '<draw:frame draw:name="a">',
        1,
    ).replace("</draw:frame>", "</draw:frame></t:p>", 1)
    data = zipped({**test_odt.FILES, "content.xml": content})
    changes = [FigureCaption(test_odt.SOURCES[0], new, old="Figure 1: Wells") for new in ("Figure 1: Dry wells", "2")]
    after, refusals = odt.apply(data, test_odt.BEFORE, changes)
    assert [refusal is None for refusal in refusals] == [True, False]
    assert parts_of(after)["content.xml"].decode() == content.replace(">Wells<", ">Dry wells<")
    text = zipped({**test_odt.FILES, "content.xml": test_odt.TEXT.replace("<t:p>Sí</t:p><x:", "<t:p>Wells</t:p><x:")})
    change = TableCaption(m.Source("a.odt", anchor=4), "Dry wells", old="Wells")
    after, refusals = odt.apply(text, test_odt.TREE, [change])
    assert refusals == [None]
    assert "<t:p>Dry wells</t:p><x:table>" in parts_of(after)["content.xml"].decode()


def test_spaces_are_no_difference_and_markup_stays() -> None:
    letters = [Letter(letter, letter) for letter in " a \n b "] + [Letter("", "</i>")]
    assert "".join(reword(letters, "a b", "a c b", str)) == " a c \n b </i>"


def test_words_are_not_put_between_what_a_program_writes() -> None:
    fixed = [Letter(letter, letter, is_fixed=True) for letter in "1 2"]
    assert "".join(reword(fixed, "1 2", "1 2: a", str)) == "1 2: a"
    with pytest.raises(RefusedError, match="counts or fills in itself"):
        reword(fixed, "1 2", "1 a 2", str)
    with pytest.raises(RefusedError, match="The text was not found"):
        reword(fixed, "13", "14", str)
