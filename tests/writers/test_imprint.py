"""The other languages and forms of a publication, in every edition."""

from __future__ import annotations

from pathlib import Path

from exporter import model as m
from exporter.labels import Labels
from exporter.speech.audio_credits import also_available
from exporter.writers import docx, imprint
from tests.write_context import STYLES, write_context
from tests.writers.docx.soundness import W, Word
from tests.writers.web.pages import make

MEMBERS = (
    m.Related("The well", "well", "en", m.Form.ORIGINAL),
    m.Related("البئر", "bir", "ar", m.Form.TRANSLATION),
    m.Related("El pozo, fácil", "facil", "es-MX", m.Form.EASY_READ),
    m.Related("The well, signed", "https://example.org/well", "ase", m.Form.SIGN_LANGUAGE),
)
METADATA = m.Metadata(title="El pozo", language="es-MX", family=m.Family(m.Form.TRANSLATION, "well", MEMBERS))
SPANISH = Labels.load(STYLES, "es-MX")


def test_each_language_has_its_own_name_as_far_as_it_is_known() -> None:
    ((name, others),) = imprint.about(METADATA, SPANISH, {"bir": "../bir/index.html"})["relations"]
    assert name == "También disponible"
    assert [(other.tag, other.language, other.is_own_name, other.form) for other in others] == [
        ("en", "English", True, "original"),
        ("ar", "العربية", True, ""),
        ("", "", False, "lectura fácil"),
        ("ase", SPANISH.language_name("ase"), False, "vídeo en lengua de señas"),
    ]
    assert [other.address for other in others] == ["", "../bir/index.html", "", "https://example.org/well"]


def test_a_page_marks_each_name_with_its_language(tmp_path: Path) -> None:
    body = (m.Paragraph((m.Text("Agua."),)),)
    page = make(tmp_path, m.Publication(METADATA, body=body))
    items = [
        item for item in page.root.iter("{*}dd") if item.find("{*}span") is not None or item.find("{*}a") is not None
    ]
    texts = ["".join(item.itertext()) for item in items]
    assert "البئر (العربية)" in texts
    assert "The well (English, original)" in texts
    arabic = items[texts.index("البئر (العربية)")]
    assert [(part.get("lang"), part.get("dir")) for part in arabic] == [("ar", "rtl")] * 2


def test_a_word_file_marks_each_name_with_its_language(tmp_path: Path) -> None:
    publication = m.Publication(METADATA, body=(m.Paragraph((m.Text("Agua."),)),))
    target = tmp_path / "a.docx"
    docx.write(publication, write_context(tmp_path, "es-MX"), docx.Options(), target)
    runs = [run for run in Word(target).body.iter(f"{W}r") if "".join(run.itertext()) in ("English", "العربية")]
    languages = [run.find(f"{W}rPr/{W}lang") for run in runs]
    assert [language.attrib.get(f"{W}val") or language.attrib.get(f"{W}bidi") for language in languages] == ["en", "ar"]


def test_a_recording_names_languages_and_forms_in_its_own_language() -> None:
    signs = SPANISH.language_name("ase")
    described = f"inglés, original; árabe; español, lectura fácil; {signs}, vídeo en lengua de señas"
    assert also_available(METADATA, SPANISH) == f"También disponible: {described}."
    assert also_available(m.Metadata(title="A", language="en"), SPANISH) == ""
