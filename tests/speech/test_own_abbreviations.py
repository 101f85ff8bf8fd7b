"""Abbreviations that a publication explains itself, as they are heard."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from exporter import model as m
from exporter.speech.normalisation.short_forms.initialisms import spell_short_form
from exporter.speech.normalise import normalise
from exporter.speech.own_abbreviations import OwnAbbreviations
from exporter.transforms import apply
from tests.speech.trees import LEXICONS, cell, para, publication, row, section, told

Entries = dict[str, str]


def table(entries: Entries) -> list[Any]:
    rows = tuple(row(cell(short), cell(meaning)) for short, meaning in entries.items())
    return [m.Table(columns=(m.Column(), m.Column()), bodies=(rows,))]


def definitions(entries: Entries) -> list[Any]:
    return [
        m.DefinitionList(
            items=tuple(
                m.DefinitionItem(
                    terms=(m.Term(children=(m.Text(text=short),)),),
                    definitions=(m.Definition(children=(para(meaning),)),),
                )
                for short, meaning in entries.items()
            )
        )
    ]


def lines(entries: Entries) -> list[Any]:
    return [para(f"{short} – {meaning}") for short, meaning in entries.items()]


def bullets(entries: Entries) -> list[Any]:
    items = tuple(m.ListItem(children=(para(f"{short}: {meaning}"),)) for short, meaning in entries.items())
    return [m.List(items=items)]


def broken(entries: Entries) -> list[Any]:
    inlines = [part for short, meaning in entries.items() for part in (f"{short} – {meaning}", m.LineBreak())]
    return [para(*inlines[:-1])]


def tabbed(entries: Entries) -> list[Any]:
    return [para(f"{short}\t{meaning}") for short, meaning in entries.items()]


def heard(made: m.Publication, chapter: str) -> str:
    """What is heard of a chapter, without its heading."""
    made = apply(made, "a")
    own, script = OwnAbbreviations(made, LEXICONS), told(made)
    titles = [each.title for each in script.chapters]
    said = [each for each in script.utterances if each.chapter == titles.index(chapter)]
    return " | ".join(normalise(each.spoken, own(each.language)) for each in said[1:])


def read_with(title: str, entries: Entries, written: str, language: str, form: Callable[..., Any] = lines) -> str:
    made = publication(section("1", para(written)), section(title, *form(entries)), language=language)
    return heard(made, "1")


EN = {"Dist.": "district", "p.c.": "per capita", "w/o": "written order", "DPO": "data protection officer"}
ES = {
    "Dir. Gral.": "Dirección General",
    "C.P.": "Comité Permanente",
    "RD": "República Dominicana",
    "expte.": "expediente",
}
FR = {"trvx.": "travaux", "Brg.": "brigade", "DPD": "délégué à la protection des données"}
AR = {"م.ع.": "المدير العام", "ق.إ.ج.": "قانون الإجراءات الجزائية", "UNDP": "برنامج الأمم المتحدة الإنمائي"}
RU = {"спецпр.": "специальное производство", "ДПО": "должностное лицо по защите данных", "ст.": "статья"}


@pytest.mark.parametrize("form", [table, definitions, lines, bullets, broken, tabbed])
def test_an_abbreviation_is_read_as_the_list_of_the_publication_says(form: Callable[..., Any]) -> None:
    written = "Aid is 5 p.c. in the Dist. 3 to 4. By w/o of the Dist. Court, the DPO came."
    assert read_with("2. Abbreviations and acronyms", EN, written, "en", form) == (
        "Aid is 5 per capita in the district 3 to 4. | By written order of the district Court, the D P O came."
    )


@pytest.mark.parametrize(
    ("language", "title", "entries", "written", "expected"),
    [
        (
            "es", "Siglas y abreviaturas", ES,
            "El expte. 12 del C.P. y la Dir. Gral. de RD 5.",
            "El expediente 12 del Comité Permanente y la Dirección General de erre de 5.",
        ),
        ("fr", "Sigles et abréviations", FR, "Les trvx. de la Brg., le DPD.", "Les travaux de la brigade, le D P D."),
        ("ar", "قائمة المختصرات", AR, "قال م.ع. إن ق.إ.ج. واضح.", "قال المدير العام إن قانون الإجراءات الجزائية واضح."),
        (
            "ru", "Список сокращений", RU,
            "По ст. 3 спецпр. 5, сказал ДПО.",
            "По статье 3 специальное производство 5, сказал дэ пэ о.",
        ),
    ],
)  # fmt: skip
def test_it_is_so_in_every_language(language: str, title: str, entries: Entries, written: str, expected: str) -> None:
    assert read_with(title, entries, written, language) == expected
    assert read_with(title, entries, written, language, table) == expected


@pytest.mark.parametrize(
    ("title", "entries", "written", "expected"),
    [
        ("People", EN, "in the Dist. of", "in the Dist. of"),
        ("Abbreviations", {"Dist.": "district"}, "in the Dist. of", "in the Dist. of"),
        ("Abbreviations", EN, "his dist. is big", "his dist. is big"),
        ("Annex A. Abbreviations", EN, "in the Dist. of", "in the district of"),
        ("Appendix 2: List of abbreviations", EN, "in the Dist. of", "in the district of"),
        ("Abbreviations and glossary", EN, "in the Dist. of", "in the district of"),
        ("Annex A. People", EN, "in the Dist. of", "in the Dist. of"),
        ("Abbreviations", EN | {"km": "kilometre", "kg": "kilo"}, "5 km, 3 kg", "5 kilometres, 3 kilograms"),
        ("Abbreviations", EN | {"St.": "standard"}, "the St. of St. Petersburg", "the Street of Saint Petersburg"),
        ("Abbreviations", EN | {"e.g.": "exempli gratia"}, "e.g. now", "for example now"),
        ("Abbreviations", EN | {"art.": "articles of the law"}, "art. 5", "article 5"),
        ("Abbreviations", EN | {"aid": "act on identity", "it": "internet"}, "it is aid", "it is aid"),
        ("Abbreviations", EN | {"Mr. Paz": "Director", "GBR": "Great Britain"}, "Mr. Paz, GBR", "Mister Paz, G B R"),
        ("Abbreviations", EN | {"Govt": "government", "p.": "person"}, "the Govt, p. 5", "the government, page 5"),
        ("Abbreviations", EN | {"DOB": "Department of Buildings"}, "The DOB said", "The Department of Buildings said"),
        ("Abbreviations", EN | {"DOB": "see the glossary"}, "Her DOB is", "Her date of birth is"),
        ("Abbreviations", EN | {"AD": "Anno Domini"}, "in AD 70", "in A D 70"),
        ("Abbreviations", EN | {"MoU": "memorandum of understanding"}, "an MoU", "an M O U"),
        ("Abbreviations", EN | {"PhD": "doctor of philosophy"}, "a PhD", "a P H D"),
    ],
)  # fmt: skip
def test_nothing_else_is_read_otherwise(title: str, entries: Entries, written: str, expected: str) -> None:
    assert read_with(title, entries, written, "en") == expected


WORDS = {
    "en": {"man.": "manager", "port.": "Portuguese", "Act.": "activity", "Pop": "population", "mgmt": "management"},
    "es": {"mar.": "marítimo", "sal.": "salario", "sur.": "suroeste"},
    "fr": {"fin.": "finances", "plan.": "planification", "Dlg": "délégation"},
    "ru": {"пол.": "половина", "год.": "годовой", "прав.": "правительство"},
    "de": {"Tag.": "Tagung", "Mod.": "Moderation", "Vhg.": "Verhandlung"},
}


@pytest.mark.parametrize(
    ("language", "title", "written", "expected"),
    [
        ("en", "Abbreviations", "He is a man. They came to port. 5 did.", "He is a man. | They came to port. | 5 did."),
        ("en", "Abbreviations", "“i saw the man. he ran”, Pop 5, mgmt", "“i saw the man. he ran”, Pop 5, mgmt"),
        ("en", "Abbreviations", "By the Act. Under the Act 5 came.", "By the Act. | Under the Act 5 came."),
        ("es", "Siglas", "Fue al mar. Falta sal. Van al sur. 5", "Fue al mar. | Falta sal. | Van al sur. | 5"),
        ("fr", "Sigles", "C’est la fin. Voir le plan.", "C’est la fin. | Voir le plan."),
        ("ru", "Список сокращений", "Упал на пол. Прошёл год. Он прав.", "Упал на пол. | Прошёл год. | Он прав."),
        ("de", "Abkürzungen", "Es war Tag. Die Vhg. am Tag.", "Es war Tag. | Die Verhandlung am Tag."),
    ],
)  # fmt: skip
def test_a_word_at_the_end_of_a_sentence_is_no_abbreviation(
    language: str, title: str, written: str, expected: str
) -> None:
    assert read_with(title, WORDS[language], written, language) == expected


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("coordinator; also coordination", "The coordinator met."),
        ("coordinator. In this report only staff.", "The coordinator met."),
        ("coordinator – not legislative", "The coordinator met."),
        ("coordinator, or coordination", "The coordinator met."),
        ("coordinator (see staff); also coordination", "The coordinator met."),
        ("coordinator/coordination", "The Crd. met."),
        ("coordinator of the project, who visits all families every month", "The Crd. met."),
    ],
)
def test_only_the_first_and_short_meaning_is_heard_at_every_use(definition: str, expected: str) -> None:
    assert read_with("Abbreviations", EN | {"Crd.": definition}, "The Crd. met.", "en") == expected


TITLES = {
    "Dr": "director", "Mr": "minister", "Lt": "limited", "Col.": "colony", "Hon.": "Honduras", "Adm.": "administration",
    "Sec.": "Security", "Res.": "residence", "Dir.": "direction", "Lic.": "licensing",
}  # fmt: skip
SPANISH = {"cap.": "capacidad", "Dir.": "Dirección", "Lic.": "Licitación", "Dra.": "Dirección regional"}


@pytest.mark.parametrize(
    ("language", "title", "entries", "written"),
    [
        ("en", "Abbreviations", TITLES, "Dr Paz, Mr Ruiz, Lt. Diaz, Col. Ruiz, Hon. Members and Adm. Smith met."),
        ("en", "Abbreviations", TITLES, "Sec. 12, S.C. Res. 1325, Dir. 5, Lic. 3 and Lt Diaz."),
        ("es", "Siglas", SPANISH, "El cap. Ruiz, la Lic. Ana Paz, el Dir. Paz, la Dra. Paz, cap. 5 y Dir. 2004/38."),
    ],
)  # fmt: skip
def test_titles_and_numbered_parts_are_read_as_ever(language: str, title: str, entries: Entries, written: str) -> None:
    assert read_with(title, entries, written, language) == read_with("2", {}, written, language)


@pytest.mark.parametrize("form", [table, definitions, lines, bullets, broken, tabbed])
def test_in_the_list_a_short_form_is_spelled_out_and_never_said_twice(form: Callable[..., Any]) -> None:
    entries = {"approx.": "approximately", "UNICEF": "United Nations Children’s Fund", "EU": "European Union"}
    spoken = heard(publication(section("Abbreviations", *form(entries))), "Abbreviations")
    assert spoken.count("approximately") == 1
    assert [short in spoken for short in ("eh P P R O X", "Unicef", "E U")] == [True, True, True]


def test_the_s_of_a_plural_is_not_spelled_out_behind_several_capitals_only() -> None:
    assert [spell_short_form(short, LEXICONS("es")) for short in ("ONGs", "Rs")] == ["o ene ge", "erre ese"]


def test_a_list_in_chinese_has_its_own_colon() -> None:
    entries = {"UNDP": "联合国开发计划署", "EU": "欧洲联盟", "UNESCO": "联合国教科文组织"}
    made = publication(
        section("缩略语", *(para(f"{short}：{meaning}") for short, meaning in entries.items())), language="zh"
    )
    assert [each in heard(made, "缩略语") for each in ("U N D P：联", "E U：欧", "Unesco：联")] == [True, True, True]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The Department of Buildings (DOB) and the DOB.", "The Department of Buildings (D O B) and the D O B."),
        ("Her date of birth (DOB) and his DOB.", "Her date of birth (date of birth) and his date of birth."),
        (
            "The United States Agency for International Development (USAID).",
            "The United States Agency for International Development (U S Aid).",
        ),
        ("Nobody (DOB) and his DOB.", "Nobody (date of birth) and his date of birth."),
    ],
)
def test_an_explanation_in_the_text_prevents_another_reading(written: str, expected: str) -> None:
    assert read_with("2", {}, written, "en") == expected


def test_a_paragraph_with_thousands_of_explanations_takes_no_time() -> None:
    made = publication(section("1", para("the date of birth (DOB) " * 8000)))
    begin = time.process_time()
    OwnAbbreviations(made, LEXICONS)
    assert time.process_time() - begin < 1


def test_what_is_shown_stays_as_it_is_written() -> None:
    made = apply(publication(section("1", para("In the Dist. of")), section("Abbreviations", *lines(EN))), "a")
    shown = [each.transcription or each.text for each in told(made).utterances if each.section]
    assert shown == [
        "1",
        "In the Dist. of",
        "Abbreviations",
        *(f"{short} – {meaning}" for short, meaning in EN.items()),
    ]


def test_a_short_form_with_two_meanings_is_read_by_neither() -> None:
    listed = [*lines(EN), para("Dist. – distribution")]
    made = publication(section("1", para("in the Dist. of")), section("Abbreviations", *listed), language="en")
    assert heard(made, "1") == "in the Dist. of"
