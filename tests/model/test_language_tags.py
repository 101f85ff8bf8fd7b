"""Language tags and what is known about the languages."""

from __future__ import annotations

from exporter.model.language_tags import locale_of


def test_a_locale_is_that_of_the_tag_or_of_a_shorter_one() -> None:
    tags = ("en-GB", "en-CN", "zh-Hant-TW", "sr-Latn-XX", "ar-x-local", "pt_BR", "tlh", "")
    assert [str(locale_of(tag)) for tag in tags] == [
        *("en_GB", "en", "zh_Hant_TW", "sr_Latn", "ar", "pt_BR", "None", "None")
    ]
