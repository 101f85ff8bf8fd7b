"""Passages in other languages, which a voice of the stated one would read wrongly, and names and titles, which stay."""

from __future__ import annotations

from itertools import permutations

import pytest

from exporter import model as m
from exporter.findings import Finding
from exporter.lexicon.passage_language import find_passage
from exporter.validate.lint import lint

PASSAGES = {
    "en": "The families were told that they could stay until the court had heard them, but nobody came to say when "
    "that would be.",
    "es": "A las familias les dijeron que podían quedarse hasta que el tribunal las escuchara, pero nadie vino a "
    "decirles cuándo sería.",
    "fr": "La commune ne prévoit aucun logement de remplacement, ce qui laisse les familles sans toit pendant toute "
    "la durée de la procédure.",
    "pt": "Disseram às famílias que podiam ficar até que o tribunal as ouvisse, mas ninguém veio dizer quando isso "
    "seria possível.",
    "de": "Den Familien wurde gesagt, dass sie bleiben dürfen, bis das Gericht sie gehört hat, aber niemand kam und "
    "sagte, wann das sein würde.",
    "it": "Alle famiglie è stato detto che potevano restare finché il tribunale non le avesse ascoltate, ma nessuno "
    "è venuto a dire quando.",
    "tr": "Ailelere mahkeme onları dinleyene kadar kalabilecekleri söylendi, ama bunun ne zaman olacağını söylemek "
    "için hiç kimse gelmedi.",
    "ru": "Семьям сказали, что они могут остаться, пока суд их не выслушает, но никто не пришёл сказать, когда это "
    "будет.",
    "uk": "Родинам сказали, що вони можуть залишитися, доки суд їх не вислухає, але ніхто не прийшов сказати, коли "
    "це буде.",
}
CYRILLIC = {"ru", "uk"}
PAIRS = [pair for pair in permutations(PASSAGES, 2) if (pair[0] in CYRILLIC) == (pair[1] in CYRILLIC)]
NAMES = [
    "Ley General de Acceso de las Mujeres a una Vida Libre de Violencia y de Igualdad entre Mujeres y Hombres",
    "Informe sobre la situación de los derechos humanos en las cárceles de la región del norte y de la costa",
    ("Loi relative à la protection des personnes déplacées et à la reconstruction des quartiers de la ville de Lyon"),
    (
        "Convenção Interamericana para Prevenir, Punir e Erradicar a Violência contra a Mulher, Convenção de "
        "Belém do Pará"
    ),
    "Gesetz über die Rechtsstellung der Soldaten und über die Versorgung der Familien in den Ländern des Bundes",
    (
        "Legge sulla tutela delle minoranze linguistiche storiche e sulla valorizzazione delle culture delle "
        "regioni di confine"
    ),
    (
        "María de los Ángeles de la Cruz, José de la Luz y Rosa de los Santos, del barrio de La Paz en el Puerto "
        "de las Flores"
    ),
]


def findings(*children: m.Inline, language: str = "en") -> list[Finding]:
    publication = m.Publication(m.Metadata(title="T", language=language), body=(m.Paragraph(children),))
    return [finding for finding in lint(publication) if finding.rule == "language-unmarked"]


@pytest.mark.parametrize(("language", "stated"), PAIRS)
def test_a_passage_is_found_alone_in_quotation_marks_and_among_sentences(language: str, stated: str) -> None:
    passage = PASSAGES[language]
    own = PASSAGES[stated]
    for text in (passage, f"{own} « {passage} » {own}", f"{own}: “{passage}”", f"{own} {passage} {own}"):
        assert find_passage(text, f"{stated}-XX") == (passage, language)
    assert find_passage(f"{own} {own}", stated) == ("", "")


def test_the_words_of_a_passage_are_offered_and_its_language() -> None:
    quotation = f"The mayor answered in writing: « {PASSAGES['fr']} » Nobody has been housed since."
    (finding,) = findings(m.Text(quotation))
    assert finding.passage == PASSAGES["fr"]
    assert finding.details is not None
    assert finding.details.language == "fr"
    assert finding.message.startswith("Unmarked passage: “La commune ne prévoit")
    (finding,) = findings(m.Text(PASSAGES["fr"]))
    assert finding.passage == ""


def test_a_bold_label_is_no_part_of_a_passage() -> None:
    words = PASSAGES["es"]
    for label, passage in (("Facebook:", words), ("ROSA M. (in Spanish, subtitled):", words), ("Facebook", "")):
        paragraph = m.Paragraph((m.Strong((m.Text(label),)), m.Text(f" {words}")))
        publication = m.Publication(m.Metadata(title="T", language="en"), body=(paragraph,))
        (finding,) = (finding for finding in lint(publication) if finding.rule == "language-unmarked")
        assert finding.passage == passage


def test_several_sentences_are_one_passage() -> None:
    both = f"{PASSAGES['es']} No había luz. {PASSAGES['es']}"
    assert find_passage(f"{PASSAGES['en']} {both} {PASSAGES['en']}", "en") == (both, "es")


@pytest.mark.parametrize("name", NAMES)
def test_names_and_titles_are_no_passages(name: str) -> None:
    for text in (name, f"The court applied the “{name}”.", f"See {name}, which the state has not amended since 2019."):
        assert find_passage(text, "en") == ("", "")


def test_a_short_quotation_in_quotation_marks_is_left_to_its_author() -> None:
    assert findings(m.Text("They call the road “el camino de los que no vuelven”, and nobody walks there alone.")) == []


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        (
            "en",
            "Statements by Rosa de la Peña, Juan de los Ríos and Eva del Valle, Sucre, file No. 7/2021, annex No. 2.",
        ),
        (
            "en",
            "Masacre de la Vereda de los Ríos v. Honduras, Serie C No. 14, Sentencia de 2 de mayo de 2006, párr. 3.",
        ),
        (
            "en",
            "Rua da Paz, nos. 5 e 7; Avenida das Flores, no. 12; Rua do Sol, no. 7; Praça da Luz, no. 3, em Recife.",
        ),
        ("en", "Sen. Kim of Van ve Mardin ile Urfa için bir rapor, Ben Tan and others"),
        (
            "en",
            "Juzgado de lo Civil de la Villa de la Sal; Junta de los Pueblos de la Sierra; Oficina de la Mujer.",
        ),
        (
            "en",
            "Rua da Luz, Praça da Fé, Rua do Sol, Avenida das Nações, todas em São Bento, bairro da Paz, perto do Rio.",
        ),
        (
            "fr",
            "Entretiens avec Me Roy, Me Sy et Me Diop, on the phone, and at the bar of Dakar, in person, with Me Ly.",
        ),
        (
            "pt",
            "Conversa com o jornal El Norte, La Voz, Los Andes, El Sur, La Hora e El Mundo, no Peru, se necessário.",
        ),
        (
            "es",
            "Informe de la WHO: The Health of the Children of the City and of the Villages in the Region of the Lakes.",
        ),
    ],
)
def test_words_and_short_forms_of_the_own_language_make_no_sentence_in_another(stated: str, text: str) -> None:
    assert find_passage(text, stated) == ("", "")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Les dones van dir que no podien entrar al poble perquè el jutge els havia dit que les terres eren seves.",
            "Spanish, or a language close to it, not in English",
        ),
        (PASSAGES["fr"], "French, not in English"),
    ],
)
def test_a_language_that_is_not_known_may_be_close_to_the_one_that_is_named(text: str, named: str) -> None:
    (finding,) = findings(m.Text(text))
    assert named in finding.message
