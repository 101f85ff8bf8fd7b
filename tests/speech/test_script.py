import datetime

import msgspec
import pytest

from exporter import model as m
from exporter.labels import Labels
from exporter.model.walk import headings
from exporter.speech.audio_credits import closing_credits, opening_credits
from exporter.speech.normalise import normalise
from exporter.speech.options import ColumnHeaders, NotePlacement, SpeechOptions
from exporter.speech.utterance import UtteranceKind as K
from tests.speech.trees import LEXICONS, cell, para, publication, row, said, section, text, told
from tests.write_context import LANGUAGES, STYLES


def note(name: str, words: str) -> m.Note:
    return m.Note(id=name, children=(para(words),))


def ref(name: str) -> m.NoteReference:
    return m.NoteReference(note=name)


def image(alt: m.Alt) -> m.Image:
    return m.Image(source="a.png", alt=alt)


def test_the_opening_names_title_authors_publisher_date_and_the_machine() -> None:
    made = publication(
        authors=(m.Contributor(name="Ana Paz"), m.Contributor(name="Luis Roa")),
        subtitle="What now?",
        publisher="The House",
        date=datetime.date(2026, 3, 4),
    )
    opening = [each.text for each in told(made).utterances if each.kind is K.OPENING]
    assert " ".join(opening) == (
        "Waiting. What now? By Ana Paz and Luis Roa. Published by The House. March 4, 2026. Read by a synthetic voice."
    )


def test_the_opening_has_the_full_stops_of_the_language() -> None:
    labels = Labels.load(STYLES, "zh-Hans")
    authors = (m.Contributor(name="李文"), m.Contributor(name="王芳"), m.Contributor(name="陈静"))
    about = m.Metadata(title="等待", subtitle="现在怎么办？", authors=authors, date=datetime.date(2026, 3, 4))
    spoken = "等待。现在怎么办？作者：李文、王芳和陈静。2026年3月4日。由合成语音朗读。"
    assert opening_credits(about, labels) == spoken
    assert opening_credits(m.Metadata(title="等待"), labels) == "等待。由合成语音朗读。"


def test_what_is_not_known_leaves_no_hole_in_the_opening() -> None:
    opening = [each.text for each in told(publication()).utterances if each.kind is K.OPENING]
    assert opening == ["Waiting.", "Read by a synthetic voice."]


def test_the_closing_says_how_the_recording_was_made() -> None:
    script = told(publication(), SpeechOptions(read_by="a voice"))
    assert script.chapters[-1].title == "About this recording"
    closing = [each.text for each in script.utterances if each.kind is K.CLOSING]
    assert closing[0] == "End of Waiting."
    assert closing[-1] == "It is read by a voice."


@pytest.mark.parametrize(
    ("title", "spoken"),
    [
        ("Waiting... for what?", "Waiting... for what?"),
        ("...and no answer...", "...and no answer..."),
        ("On U.N. Inc.", "On U.N. Inc."),
        ("Why?", "Why?"),
    ],
)
def test_credits_have_the_marks_of_the_title(title: str, spoken: str) -> None:
    labels = Labels.load(STYLES, "en")
    metadata = m.Metadata(title=title, publisher="The House", date=datetime.date(2026, 3, 4))
    assert opening_credits(metadata, labels).startswith(f"{spoken} Published by The House. March 4, 2026. Read")
    assert closing_credits(metadata, labels) == f"End of {spoken}"


def test_chapters_are_the_headings_with_the_opening_before_and_the_recording_after() -> None:
    made = publication(
        section("One", para("a"), section("One and a half", para("b"))),
        m.Quote(children=(section("Inside a quote", para("c")),)),
        section("Two"),
    )
    script = told(made)
    middle = [(each.level, each.title) for each in script.chapters[1:-1]]
    assert middle == [(each.level, each.text) for each in headings(made)]


def test_a_section_opens_with_its_heading_and_the_level_is_heard_in_the_silence() -> None:
    script = told(publication(section("One", para("Text."), section("Deep", para("More.")), name="s1")))
    first, deep = (each for each in script.utterances if each.kind is K.HEADING)
    assert (first.text, first.level, first.section) == ("One", 1, "s1")
    assert first.before > deep.before > first.after > 0.5
    assert [each.chapter for each in script.utterances if each.text in ("One", "Text.", "Deep", "More.")] == [
        1,
        1,
        2,
        2,
    ]


def test_a_paragraph_is_said_sentence_by_sentence_under_its_own_name() -> None:
    script = told(publication(para("One sentence. Two sentences.", name="p1")))
    found = [(each.text, each.node, each.after) for each in script.utterances if each.kind is K.TEXT]
    assert found == [("One sentence.", "p1", 0.3), ("Two sentences.", "p1", 0.6)]


def test_a_passage_in_another_language_is_said_apart() -> None:
    script = told(
        publication(para("She said ", m.Span(children=(text("no pasarán"),), at=m.At(language="es")), ", twice."))
    )
    found = [(each.text, each.language) for each in script.utterances if each.kind is K.TEXT]
    assert found == [("She said", "en"), ("no pasarán,", "es"), ("twice.", "en")]


def test_words_behind_a_comma_and_a_short_form_come_back_to_the_language_of_the_paragraph() -> None:
    passage = m.Span(children=(text("Catálogo"),), at=m.At(language="es"))
    gazette = m.Abbreviation(text="DOF", expansion="Official Gazette")
    made = publication(para("See ", passage, ", ", gazette, ", 14 January 2008."))
    script = told(made, SpeechOptions(voice_change_words=1))
    found = [(each.text, each.language) for each in script.utterances if each.kind is K.TEXT]
    assert found == [("See", "en"), ("Catálogo,", "es"), ("DOF, 14 January 2008.", "en")]


@pytest.mark.parametrize(
    ("words", "language", "changes"), [("Catálogo", "es", False), ("no pasarán", "es", True), ("مرحبا", "ar", True)]
)
def test_a_single_foreign_word_keeps_the_voice_of_its_sentence_unless_the_script_is_another(
    words: str, language: str, changes: bool
) -> None:
    passage = m.Span(children=(text(words),), at=m.At(language=language))
    said = [item for item in told(publication(para("See ", passage, " there."))).utterances if item.kind is K.TEXT]
    assert [item.language for item in said] == (["en", language, "en"] if changes else ["en"])
    assert [run for item in said for run in item.language_runs] == (
        [] if changes else [("en", "See "), (language, words), ("en", " there.")]
    )


def test_a_sentence_that_is_one_foreign_word_has_the_voice_of_its_language() -> None:
    script = told(publication(para("One. ", m.Span(children=(text("Basta."),), at=m.At(language="es")))))
    assert [item.language for item in script.utterances if item.kind is K.TEXT] == ["en", "es"]


def test_the_v_between_the_parties_of_a_case_ends_no_sentence() -> None:
    script = told(publication(para("Fernández Ortega et al. v. Mexico was decided in 2010.")))
    assert [each.text for each in script.utterances if each.kind is K.TEXT] == [
        "Fernández Ortega et al. v. Mexico was decided in 2010."
    ]


def test_a_region_of_the_same_language_is_no_other_language() -> None:
    script = told(publication(para("Hola ", text("amigo", "es-MX")), language="es"))
    assert [each.text for each in script.utterances if each.kind is K.TEXT] == ["Hola amigo"]


def test_a_link_is_read_by_its_text() -> None:
    assert said(para("See ", m.Link(children=(text("the report"),), target="https://x.org"), ".")) == [
        "See the report."
    ]


def test_images_are_announced_described_and_closed() -> None:
    figure = m.Figure(images=(image(m.Described(text="A gate.")),), caption=(text("The border."),))
    assert said(figure) == ["Image.", "A gate.", "End of image.", "The border."]


def test_several_images_are_counted() -> None:
    figure = m.Figure(images=(image(m.Described(text="A.")), image(m.Described(text="B.")), image(m.Decorative())))
    assert said(figure)[0] == "2 images."


def test_a_decorative_image_makes_no_sound() -> None:
    assert said(m.Figure(images=(image(m.Decorative()),))) == []


def test_an_undescribed_image_is_announced_honestly() -> None:
    assert said(m.Figure(images=(image(m.Undescribed()),))) == ["An image that nobody has described."]


def test_a_long_description_is_announced_and_closed() -> None:
    figure = m.Figure(images=(image(m.Described(text="A chart.")),), description=(para("It rises."),))
    assert said(figure)[-3:] == ["Long description.", "It rises.", "End of description."]


def test_an_image_inside_a_sentence_is_said_where_it_stands() -> None:
    words = said(para("Press ", image(m.Described(text="a plus sign")), " to add."))
    assert words == ["Press", "Image.", "a plus sign", "End of image.", "to add."]


def test_a_picture_in_a_passage_in_another_language_is_read_in_it() -> None:
    gate = m.Span(children=(image(m.Described(text="Una puerta.")),), at=m.At(language="es"))
    spoken = {each.text: each.language for each in told(publication(para("See ", gate, "."))).utterances}
    assert (spoken["Una puerta."], spoken["Image."]) == ("es", "en")


def test_a_table_is_said_row_by_row_each_cell_after_its_headers() -> None:
    table = m.Table(
        columns=(m.Column(), m.Column()),
        caption=(text("Cases"),),
        head=(row(cell("Year", m.Scope.COLUMN), cell("Opened", m.Scope.COLUMN)),),
        bodies=((row(cell("2019", m.Scope.ROW), cell("12")), row(cell("2020", m.Scope.ROW), cell(""))),),
    )
    assert said(table) == [
        *("Table:", "Cases", "Rows, 2; columns, 2.", "Columns:", "Year", "Opened"),
        *("2019", "Opened", "12"),
        *("2020", "Opened", "empty"),
        "End of table.",
    ]


def test_a_row_without_a_header_is_counted() -> None:
    table = m.Table(columns=(m.Column(),), bodies=((row(cell("a")), row(cell("b"))),))
    assert said(table) == ["Table: rows, 2; columns, 1.", "Row 1.", "a", "Row 2.", "b", "End of table."]


def test_a_header_that_reaches_over_rows_and_columns_is_said_for_each_of_them() -> None:
    table = m.Table(
        columns=(m.Column(),) * 3,
        head=(
            row(cell("State", m.Scope.COLUMN, rowspan=2), cell("Cases", m.Scope.COLUMN_GROUP, colspan=2)),
            row(cell("Old", m.Scope.COLUMN), cell("New", m.Scope.COLUMN)),
        ),
        bodies=((row(cell("Oaxaca", m.Scope.ROW, rowspan=2), cell("1"), cell("2")), row(cell("3"), cell("4"))),),
    )
    rows = {
        ColumnHeaders.CELL: (["Cases", "Old", "1", "Cases", "New", "2"], ["Cases", "Old", "3", "Cases", "New", "4"]),
        ColumnHeaders.CHANGES: (["Cases", "Old", "1", "New", "2"], ["Cases", "Old", "3", "New", "4"]),
        ColumnHeaders.ONCE: (["1", "2"], ["3", "4"]),
    }
    for repetition, (first, second) in rows.items():
        words = said(table, options=SpeechOptions(column_headers=repetition))
        assert words[words.index("Oaxaca") : -1] == ["Oaxaca", *first, "Oaxaca", *second]


def test_headers_of_columns_are_not_said_before_a_cell_across_all_and_only_the_widest_before_one_across_some() -> None:
    head = (
        row(cell("State", m.Scope.COLUMN, rowspan=2), cell("2024", m.Scope.COLUMN_GROUP, colspan=2)),
        row(cell("Old", m.Scope.COLUMN), cell("New", m.Scope.COLUMN)),
    )
    body = (row(cell("Coast", colspan=3)), row(cell("Oaxaca", m.Scope.ROW), cell("not counted", colspan=2)))
    words = said(m.Table(columns=(m.Column(),) * 3, head=head, bodies=(body,)))
    assert words[words.index("New") + 1 : -1] == ["Row 1.", "Coast", "Oaxaca", "2024", "not counted"]


def test_a_header_is_said_again_without_what_is_in_brackets() -> None:
    head = (row(cell("Paid (in thousands of US$)", m.Scope.COLUMN)),)
    table = m.Table(columns=(m.Column(),), head=head, bodies=((row(cell("12")),),))
    assert said(table)[2:-1] == ["Paid (in thousands of US$)", "Row 1.", "Paid", "12"]
    full = said(table, options=SpeechOptions(column_headers=ColumnHeaders.CELL))
    assert full[4] == "Paid (in thousands of US$)"


def test_headers_that_are_said_again_keep_the_language_of_their_row() -> None:
    table = m.Table(
        columns=(m.Column(), m.Column()),
        head=(msgspec.structs.replace(row(cell("Año"), cell("Casos")), at=m.At(language="es")),),
        bodies=(
            (
                msgspec.structs.replace(
                    row(cell("Région", m.Scope.ROW_GROUP, rowspan=2), cell("1")), at=m.At(language="fr")
                ),
                row(cell("2")),
            ),
        ),
    )
    heard = [(each.text, each.language) for each in told(publication(table)).utterances if "header" in each.kind]
    assert heard == [("Año", "es"), ("Casos", "es"), ("Casos", "es"), ("Région", "fr"), ("Casos", "es")]


def test_signs_are_named_where_a_heading_or_code_is_signs_alone() -> None:
    made = publication(section("• •", para("…"), m.CodeBlock("```\n);")), section("What?!", para("a")))
    spoken = [(each.kind, each.text, each.spoken_form) for each in told(made).utterances]
    assert (K.HEADING, "• •", "bullet, bullet") in spoken
    assert (K.HEADING, "What?!", "") in spoken
    assert (K.CODE, "```", "backtick, backtick, backtick") in spoken
    assert (K.CODE, ");", "close parenthesis, semicolon") in spoken


def test_long_lists_are_announced_with_their_length_and_short_ones_are_not() -> None:
    items = tuple(m.ListItem(children=(para(word),)) for word in ("a.", "b.", "c."))
    assert said(m.List(items=items)) == ["List with 3 items.", "a.", "b.", "c.", "End of list."]
    assert said(m.List(items=items[:2])) == ["a.", "b."]


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        (m.ListStyle.DECIMAL, ["4.", "5."]),
        (m.ListStyle.LOWER_ALPHA, ["d.", "e."]),
        (m.ListStyle.UPPER_ROMAN, ["IV.", "V."]),
    ],
)
def test_numbered_items_say_their_number(style: m.ListStyle, numbers: list[str]) -> None:
    items = tuple(m.ListItem(children=(para(word),)) for word in ("a", "b"))
    assert said(m.List(items=items, style=style, start=4)) == [numbers[0], "a", numbers[1], "b"]


@pytest.mark.parametrize("delimiter", m.ListDelimiter)
def test_the_transcript_has_what_stands_around_a_number_and_the_voice_says_the_number(
    delimiter: m.ListDelimiter,
) -> None:
    items = (m.ListItem(children=(para("a"),)),)
    made = publication(m.List(items=items, style=m.ListStyle.LOWER_ALPHA, start=4, delimiter=delimiter))
    (marker,) = (each for each in told(made).utterances if each.kind is K.MARKER)
    assert marker.text == {"period": "d.", "parenthesis": "d)", "parentheses": "(d)"}[delimiter.value]
    assert marker.spoken == "d."


def test_a_quote_is_announced_with_who_said_it() -> None:
    words = said(m.Quote(children=(para("We wait."),), attribution=(text("Rosa"),)))
    assert words == ["Quote.", "We wait.", "End of quote.", "Quoted from", "Rosa"]


def test_an_aside_is_announced_by_its_kind() -> None:
    words = said(m.Aside(children=(para("Act."),), kind=m.AsideKind.RECOMMENDATIONS, title=(text("Now"),)))
    assert words == ["Recommendations.", "Now", "Act.", "End of Recommendations."]


def test_notes_are_read_at_the_end_of_the_section_and_never_inside_a_sentence() -> None:
    made = (section("A", para("One", ref("n"), " two. Three."), para("Four.")), section("B"))
    words = said(*made, notes=(note("n", "Source."),))
    assert words == ["A", "One two.", "Note 1.", "Three.", "Four.", "Note 1 reads:", "Source.", "End of note.", "B"]


def test_notes_can_be_read_after_their_paragraph() -> None:
    words = said(
        para("One", ref("n"), " two."),
        para("Four."),
        notes=(note("n", "S."),),
        options=SpeechOptions(notes=NotePlacement.PARAGRAPH),
    )
    assert words == ["One two.", "Note 1 reads:", "S.", "End of note.", "Four."]


def test_a_repeated_mark_says_where_its_note_has_been_read() -> None:
    sections = (section("A", para("One", ref("n"), ". Two", ref("n"), ".")), section("B", para("Three", ref("n"), ".")))
    words = said(*sections, notes=(note("n", "S."),))
    assert words[2:6] == ["Note 1.", "Two.", "Note 1.", "Note 1 reads:"]
    assert words[-1] == "Note 1, already read in “A”."


@pytest.mark.parametrize("placement", NotePlacement)
def test_the_opening_says_where_notes_are_read(placement: NotePlacement) -> None:
    with_notes = publication(para("One", ref("n"), "."), notes=(note("n", "S."),))
    opening = [item.text for item in told(with_notes, SpeechOptions(notes=placement)).utterances]
    assert sum(words.startswith("Notes are read") for words in opening) == 1
    assert not any("Notes are read" in item.text for item in told(publication(para("One."))).utterances)


@pytest.mark.parametrize(
    ("quoted", "is_read"),
    [
        (("We waited … for a year.",), False),
        (("“We waited”", "— Rosa"), False),
        (("“We waited”", "Rosa"), False),
        (("We waited", "Rosa"), True),
        (("We never waited.",), True),
    ],
)
def test_a_pull_quote_is_read_unless_the_text_says_the_same(quoted: tuple[str, ...], is_read: bool) -> None:
    quote = m.Aside(children=tuple(map(para, quoted)), kind=m.AsideKind.PULL_QUOTE)
    words = said(para("In May, we waited, and waited for a year."), quote)
    assert ("Pull quote." in words) == is_read


def test_a_formula_is_transcribed_in_words() -> None:
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup></math>'
    script = told(
        publication(para("So ", m.Math(mathml=formula, tex="x^2"), "."), m.MathBlock(mathml=formula, tex="x^2"))
    )
    shown = [item.transcription or item.text for item in script.utterances]
    assert not any("^" in text for text in shown)
    assert sum("squared" in text for text in shown) == 2


def test_notes_can_have_a_chapter_of_their_own() -> None:
    made = publication(section("A", para("One", ref("n"), ".")), notes=(note("n", "S."),))
    script = told(made, SpeechOptions(notes=NotePlacement.END))
    assert [each.title for each in script.chapters] == ["Waiting", "A", "Notes", "About this recording"]
    assert [each.chapter for each in script.utterances if each.text == "S."] == [2]


def test_a_note_is_read_once_and_one_that_nothing_refers_to_is_read_too() -> None:
    words = said(para("One", ref("n"), ".", ref("n")), notes=(note("n", "First."), note("m", "Lost.")))
    assert words.count("First.") == 1
    assert words.count("Lost.") == 1


def test_a_note_that_refers_to_a_note_is_followed_by_it() -> None:
    notes = (m.Note(id="a", children=(para("See", ref("b"), "."),)), note("b", "Deep."))
    words = said(para("One", ref("a"), "."), notes=notes)
    assert words.index("Deep.") > words.index("See.")


def test_a_transcript_names_a_speaker_at_the_first_turn_only_when_voices_differ() -> None:
    turns = [
        m.Turn(speaker=m.Speaker(name="Ana", role="lawyer"), children=(para("A."),)),
        m.Turn(speaker=m.Speaker(name="Leo"), children=(para("B."),)),
        m.Cue(children=(text("A door."),)),
        m.Turn(speaker=m.Speaker(name="Ana", role="lawyer"), children=(para("C."),)),
    ]
    words = said(m.Transcript(turns=tuple(turns)))
    assert words == [
        *("Transcript.", "Ana, lawyer:", "A.", "Leo:", "B.", "Scene:", "A door.", "C.", "End of transcript."),
    ]
    words = said(m.Transcript(turns=tuple(turns)), options=SpeechOptions(shared_voices=frozenset({"Ana", "Leo"})))
    assert words.count("Ana:") == 1


def test_turns_carry_their_speaker_and_announcements_do_not() -> None:
    turn = m.Turn(speaker=m.Speaker(name="Ana"), children=(para("A."),))
    script = told(publication(m.Transcript(turns=(turn,))))
    assert {each.text: each.speaker for each in script.utterances if each.speaker} == {"A.": "Ana"}


def test_a_row_of_capitals_is_said_in_full_once_and_other_short_forms_always() -> None:
    court = m.Abbreviation(text="IACHR", expansion="Inter-American Commission")
    art = m.Abbreviation(text="Ltd", expansion="Limited")
    script = told(publication(para(court, " met ", art, ". The ", court, " met ", art, ".")))
    first, second = (each for each in script.utterances if each.kind is K.TEXT)
    assert (first.text, first.spoken) == ("IACHR met Ltd.", "Inter-American Commission, IACHR, met Limited.")
    assert second.spoken == "The IACHR met Limited."


def test_a_short_form_whose_meaning_makes_no_sound_is_said_as_it_stands() -> None:
    script = told(publication(para(m.Abbreviation(text=">E", expansion="]"), " is odd.")))
    assert next(each for each in script.utterances if each.kind is K.TEXT).spoken == ">E is odd."


def test_a_row_of_capitals_right_after_its_meaning_is_not_said_twice() -> None:
    court = m.Abbreviation(text="IACHR", expansion="Inter-American Commission")
    script = told(publication(para("The Inter-American Commission (", court, ") met.")))
    assert next(each for each in script.utterances if each.kind is K.TEXT).spoken_form == ""


def test_a_formula_keeps_what_is_printed_and_is_said_in_words() -> None:
    mathml = '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup></math>'
    script = told(publication(m.MathBlock(mathml=mathml, tex="x^2")))
    maths = next(each for each in script.utterances if each.kind is K.MATHS)
    assert (maths.text, maths.spoken) == ("x^2", "x squared")


@pytest.mark.parametrize(
    ("base", "raised", "shown", "read"),
    [
        ("some 10", "6", "⁶", "some 10 to the power 6 tonnes"),
        ("some 10", "−3", "⁻³", "some 10 to the power minus 3 tonnes"),
        ("some 110", "6", "⁶", "some 110 6 tonnes"),
        ("in 2024", "3", "³", "in 20 24 3 tonnes"),
        ("the 2", "nd", "nd", "the 2 nd tonnes"),
    ],
)
def test_a_raised_number_is_a_power_after_ten_and_no_further_digit_elsewhere(
    base: str, raised: str, shown: str, read: str
) -> None:
    script = told(publication(para(f"{base}", m.Superscript((text(raised),)), " tonnes")))
    spoken = next(each for each in script.utterances if each.kind is K.TEXT)
    assert normalise(spoken.spoken, LEXICONS("en")) == read
    assert spoken.text == f"{base}{raised} tonnes"
    assert (spoken.transcription or spoken.text) == f"{base}{shown} tonnes"


def test_code_is_announced_and_its_signs_are_named() -> None:
    script = told(publication(m.CodeBlock(text="make all\nrun a_b\n")))
    codes = [(each.text, each.spoken) for each in script.utterances if each.kind is K.CODE]
    assert codes == [("make all", "make all"), ("run a_b", "run a underscore b")]


def test_struck_words_are_said_to_be_struck() -> None:
    script = told(publication(para("It is ", m.Strikethrough(children=(text("open"),)), " closed.")))
    line = next(each for each in script.utterances if each.kind is K.TEXT)
    assert line.text == "It is open closed."
    assert line.spoken == "It is Struck out: open end of struck out words. closed."


def test_definitions_follow_their_terms() -> None:
    item = m.DefinitionItem(
        terms=(m.Term(children=(text("Amparo"),)),), definitions=(m.Definition(children=(para("A suit."),)),)
    )
    assert said(m.DefinitionList(items=(item,))) == ["Amparo", "A suit."]


def test_lines_of_verse_are_said_one_by_one_and_a_change_of_subject_is_heard() -> None:
    block = m.LineBlock(lines=(m.Line(children=(text("One"),)), m.Line(children=(text("Two"),))))
    assert said(block, m.ThematicBreak(), m.PageBreak(label="4")) == ["One", "Two", "New passage."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_announcements_are_in_the_language_of_the_document(language: str) -> None:
    made = publication(m.Figure(images=(image(m.Described(text="x")),)), m.CodeBlock(text="y"), language=language)
    spoken = [each for each in told(made).utterances if each.kind is K.ANNOUNCEMENT]
    assert len(spoken) == 4
    assert {each.language for each in spoken} == {language}


def test_announcements_in_a_language_without_labels_are_english_and_say_so() -> None:
    made = publication(m.CodeBlock(text="y"), language="nah")
    assert {each.language for each in told(made).utterances if each.kind is K.ANNOUNCEMENT} == {"en"}
