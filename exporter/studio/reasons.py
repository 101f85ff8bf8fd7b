"""Why a finding matters to readers: the key of the label that says so, by rule."""

from __future__ import annotations

_RULES = {
    "abbreviation": ("abbreviation-unexplained", "abbreviation-unreadable"),
    "automatic": ("word-alt-automatic",),
    "caption": ("table-caption",),
    "caption_number": ("caption-number",),
    "caption_place": ("caption-misplaced",),
    "capitals": ("text-capitals",),
    "columns": ("word-tabs",),
    "cropped": ("word-cropped",),
    "decorative": ("decorative-caption",),
    "details": ("details", "kind-missing", "date-missing", "who-missing", "description-missing"),
    "file": (
        *("image-missing", "image-case", "image-format", "image-outside", "image-remote", "image-too-large"),
        *("image-unreadable", "image-unsafe"),
    ),
    "heading": ("heading-duplicate", "heading-empty", "heading-long", "heading-skipped", "section-empty"),
    "heading_look": ("heading-by-hand", "headings-none", "word-heading-look"),
    "language": (
        *("language-doubtful", "language-invalid", "language-missing", "language-unmarked", "title-language"),
        "word-language-region",
    ),
    "link": ("link-ambiguous", "link-bare", "link-bare-in-note", "link-empty", "link-picture", "link-vague"),
    "link_target": ("link-local", "link-target-missing", "link-unreadable", "link-unsafe"),
    "list": ("list-by-hand",),
    "list_number": ("list-number",),
    "location": ("image-location",),
    "moving": ("image-moving",),
    "note": ("note-duplicate", "note-empty", "note-missing", "note-unused"),
    "picture": ("alt-file-name", "alt-missing", "alt-placeholder"),
    "picture_caption": ("figure-caption",),
    "picture_words": ("alt-image-of", "alt-is-caption", "alt-long", "alt-same"),
    "reference": ("word-note-renumbered", "word-reference-outdated"),
    "spacing": ("text-blanks", "word-empty-paragraphs"),
    "table": ("table-header-empty", "table-headless", "table-row-headers"),
    "table_shape": ("table-banner", "table-layout", "table-nested", "table-ragged", "table-span", "table-unreadable"),
    "table_wide": ("table-wide",),
    "text": ("character-removed", "text-fancy-letters", "text-spaced-letters"),
    "unsettled": ("embargo-left", "word-changes", "word-comments", "word-header-draft", "word-hidden"),
    "title": ("title-missing", "word-title-again", "word-title-doubtful", "word-title-twice"),
    "title_twice": ("title-repeated",),
    "transcript": (
        "interview-unmarked",
        "speaker-spelling",
        "transcript-unreadable",
        "turn-empty",
        "turn-speaker-missing",
    ),
}
REASONS = {rule: reason for reason, rules in _RULES.items() for rule in rules}


def reason_of(rule: str) -> str:
    """Return the key of the reason of a rule; `other` if none is its own."""
    return REASONS.get(rule, "other")
