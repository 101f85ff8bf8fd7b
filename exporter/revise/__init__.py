"""Revisions of manuscripts: fixes are written into the file itself, and all else in it stays byte for byte.

`changes` says what can be changed, `revise` returns the new files, and `history` replaces them, keeps the earlier
states and returns to them.
"""

from exporter.revise.changes import (
    AltText,
    CaptionParagraph,
    Change,
    DecorativeImage,
    FigureCaption,
    HeaderRows,
    HeadingLevel,
    Language,
    LongDescription,
    MetadataField,
    PassageLanguage,
    SpeakerName,
    TableCaption,
    Title,
    TypedList,
)
from exporter.revise.revision import ChangeResult, Revision, revise

__all__ = [
    "AltText",
    "CaptionParagraph",
    "Change",
    "ChangeResult",
    "DecorativeImage",
    "FigureCaption",
    "HeaderRows",
    "HeadingLevel",
    "Language",
    "LongDescription",
    "MetadataField",
    "PassageLanguage",
    "Revision",
    "SpeakerName",
    "TableCaption",
    "Title",
    "TypedList",
    "revise",
]
