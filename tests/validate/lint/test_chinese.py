"""Rules about texts in Chinese, which has neither spaces between words nor capitals."""

from __future__ import annotations

import pytest

from exporter import model as m
from exporter.validate.lint import lint
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.lint.languages import check_labels

SENTENCE = "联合国大会于1948年12月10日在巴黎通过了《世界人权宣言》，宣言共有三十条。"


def found(*blocks: m.Block, kind: m.Kind | None = None, language: str = "zh-Hans") -> dict[str, str]:
    """Return the messages of findings by rule."""
    metadata = m.Metadata(title="报告", language=language, kind=kind)
    return {finding.rule: finding.message for finding in lint(m.Publication(metadata, body=blocks))}


def line(*children: m.Inline | str) -> m.Paragraph:
    return m.Paragraph(tuple(m.Text(child) if isinstance(child, str) else child for child in children))


def picture(alt: str) -> m.Paragraph:
    return m.Paragraph((m.Image("img/a.png", m.Described(alt)),))


def test_a_text_as_it_is_usually_written_has_no_findings() -> None:
    blocks = (
        line(SENTENCE),
        line("（一）国家有义务尊重、保护和实现权利；ＷＨＯ［2020］。"),
        line(m.Emphasis((m.Text("所有人"),))),
    )
    assert [rule for rule in found(*blocks) if not rule.endswith("-missing")] == []


@pytest.mark.parametrize(
    ("text", "is_long"), [("代表们在大厅里鼓掌。" * 12, False), ("代表们在大厅里鼓掌。" * 14, True), ("a" * 250, False)]
)
def test_an_alt_text_is_long_when_it_takes_long_to_hear(text: str, is_long: bool) -> None:
    assert ("alt-long" in found(picture(text))) is is_long


def test_a_message_about_a_length_says_how_it_is_counted() -> None:
    heading = m.Section((m.Text("世界人权" * 16),), (line(SENTENCE),))
    assert found(heading)["heading-long"].endswith("has 64 characters, of which Chinese ones count twice.")


@pytest.mark.parametrize(("count", "is_long"), [(60, False), (110, True)])
def test_a_long_text_without_headings_is_found_without_counting_spaces(count: int, is_long: bool) -> None:
    assert ("headings-none" in found(*[line(SENTENCE)] * count)) is is_long


@pytest.mark.parametrize("text", ["点击这里", "详情。", "《更多》", "阅读全文》"])
def test_links_without_meaning_are_found(text: str) -> None:
    assert "link-vague" in found(line(m.Link((m.Text(text),), "https://example.org/")))


def test_what_says_that_it_is_a_picture_is_found() -> None:
    assert "alt-image-of" in found(picture("照片显示代表们就座。"))
    assert "alt-image-of" in found(picture("图片：代表们就座。"))
    assert "alt-image-of" not in found(picture("照片墙前站着一名妇女。"))
    assert {"alt-placeholder"} <= found(picture("示意图")).keys()
    assert {"alt-placeholder"} <= found(picture("图片1")).keys()


def test_abbreviations_are_found_between_characters_and_explained_in_wide_brackets() -> None:
    rule = "abbreviation-unexplained"
    assert "“UNDP”, used twice" not in found(line("联合国开发计划署（UNDP）的报告。UNDP也参加。")).get(rule, "")
    assert rule not in found(line("联合国开发计划署（UNDP）的报告。UNDP也参加。"))
    assert rule not in found(line("UNDP（联合国开发计划署）也参加。"))
    assert "“UNDP”" in found(line("报告由UNDP的专家撰写。"))[rule]


def test_easy_read_has_short_sentences_and_no_rule_about_long_words() -> None:
    rules = found(line(SENTENCE * 2), kind=m.Kind.EASY_READ).keys()
    assert {"easy-sentence-long", "easy-line"} <= rules
    assert "easy-word-long" not in rules
    short = found(line("法官会给你写信。"), kind=m.Kind.EASY_READ).keys()
    assert short.isdisjoint({"easy-sentence-long", "easy-word-long", "easy-abbreviation", "easy-passive"})
    assert "easy-passive" in found(line("他被带走了。"), kind=m.Kind.EASY_READ)
    assert "easy-passive" not in found(line("被告不在。"), kind=m.Kind.EASY_READ)


@pytest.mark.parametrize(
    ("text", "is_caption"), [("图1：时间线", True), ("图 2　时间线", True), ("图书馆：时间线", False)]
)
def test_captions_are_known_by_their_word_without_a_space(text: str, is_caption: bool) -> None:
    figure = m.Figure((m.Image("a.png", m.Described("时间线。")),))
    assert ("figure-caption" in found(figure, line(text))) is is_caption


def test_two_captions_with_one_number_are_found() -> None:
    figures = [m.Figure((m.Image("a.png", m.Described(alt)),), (m.Text("图1：时间线"),)) for alt in ("一", "二")]
    assert "caption-number" in found(*figures)


def test_a_bold_line_that_ends_as_sentences_do_is_no_heading() -> None:
    assert "heading-by-hand" not in found(line(m.Strong((m.Text("谁来保护我们？"),))), line(SENTENCE))
    assert "heading-by-hand" in found(line(m.Strong((m.Text("保护的义务"),))), line(SENTENCE))


@pytest.mark.parametrize(
    ("language", "has_labels"), [("zh", True), ("zh-CN", True), ("zh-TW", False), ("zh-Hant", False)]
)
def test_traditional_chinese_is_told_that_its_fixed_words_are_english(language: str, has_labels: bool) -> None:
    index = DocumentIndex(m.Publication(m.Metadata(title="报告", language=language)))
    assert (list(check_labels(index, ["en", "zh"])) == []) is has_labels
